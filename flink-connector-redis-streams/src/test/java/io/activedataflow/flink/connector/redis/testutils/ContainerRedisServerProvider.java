/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.redis.testutils;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import redis.clients.jedis.JedisClientConfig;

import java.util.ArrayList;
import java.util.List;

/**
 * Starts a container for each server; needs a Docker engine.
 *
 * @param image the image, whose server need not be of a version known here
 */
record ContainerRedisServerProvider(String image) implements RedisServerProvider {

    private static final int PORT = 6379;

    @Override
    public RedisServer start() {
        GenericContainer<?> container = container();
        container.start();
        return new Server(container, ClientConfigs.of(null, null, null));
    }

    @Override
    public String description() {
        return "containers of " + image;
    }

    /** The container, not started, for which no engine is needed. */
    GenericContainer<?> container() {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(PORT)
                .withCommand(command().toArray(String[]::new))
                .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\n", 1));
    }

    /** What runs in the container; only directives that every version knows. */
    List<String> command() {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        command.addAll(
                RedisConfig.EMPTY
                        .with("protected-mode", "no")
                        .with("save", "")
                        .with("port", Integer.toString(PORT))
                        .toArguments());
        return command;
    }

    private record Server(GenericContainer<?> container, JedisClientConfig clientConfig)
            implements RedisServer {

        @Override
        public String host() {
            return container.getHost();
        }

        @Override
        public int port() {
            return container.getMappedPort(PORT);
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
