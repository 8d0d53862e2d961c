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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.Endpoint;
import io.activedataflow.flink.connector.e2e.environment.Environment;
import io.activedataflow.flink.connector.e2e.environment.ServerProcess;
import io.activedataflow.flink.connector.e2e.environment.ServerSettings;
import io.activedataflow.flink.connector.e2e.pipeline.AmpsFeeder;
import io.activedataflow.flink.connector.e2e.pipeline.ControlFiles;
import io.activedataflow.flink.connector.e2e.pipeline.FileFeeder;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;
import io.activedataflow.flink.connector.e2e.pipeline.PartWriter;
import io.activedataflow.flink.connector.e2e.pipeline.RedisFeeder;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import redis.clients.jedis.DefaultJedisClientConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the job of one scenario reads, and where it writes: a Redis server, a stand-in for AMPS, and
 * folders that nobody else uses. Both servers want a password, which must be nowhere to be read.
 */
final class ScenarioServers implements AutoCloseable {

    /** Nowhere else in this project, so that logs can be searched for it. */
    static final String PASSWORD = "correct-horse-battery-staple";

    private static final String USER = "pipeline";
    private static final String GROUP = "pipeline";

    private final ServerProcess redis;
    private final ServerProcess amps;
    private final Path folder;
    private final ControlFiles control;

    private ScenarioServers(ServerProcess redis, ServerProcess amps, Path folder) {
        this.redis = redis;
        this.amps = amps;
        this.folder = folder;
        this.control = new ControlFiles(folder.resolve("control").toString());
    }

    static ScenarioServers start(Environment environment) {
        String name = UUID.randomUUID().toString().substring(0, 8);
        Path folder = environment.sharedFolder().resolve(name);
        try {
            Files.createDirectories(folder.resolve("files"));
            Files.createDirectories(folder.resolve("control"));
            Files.writeString(folder.resolve("password"), PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ScenarioServers(
                environment.startRedis(
                        ServerSettings.named("redis-" + name).withCredentials(USER, PASSWORD)),
                environment.startAmps(
                        ServerSettings.named("amps-" + name).withCredentials(USER, PASSWORD)),
                folder);
    }

    ServerProcess redis() {
        return redis;
    }

    ServerProcess amps() {
        return amps;
    }

    /** Where the job commits to. */
    Path output() {
        return output("output");
    }

    /** Where another run of the job commits to. */
    Path output(String name) {
        return folder.resolve(name);
    }

    /** What the job reads files from. */
    Path files() {
        return folder.resolve("files");
    }

    /** How a running job is told what to do. */
    ControlFiles control() {
        return control;
    }

    /** Past the network of the jobs. */
    RedisCommands redisCommands() {
        Endpoint endpoint = redis.endpointOfTest();
        return RedisCommands.connect(
                endpoint.host(),
                endpoint.port(),
                DefaultJedisClientConfig.builder().user(USER).password(PASSWORD).build());
    }

    /** The consumer group that is told of the progress. */
    static String group() {
        return GROUP;
    }

    /** Those that write the parts of these orders, past the network of the jobs. */
    List<PartWriter> writers(OrderBook book) {
        return List.of(
                new RedisFeeder(this::redisCommands, book),
                new AmpsFeeder(
                        "tcp://"
                                + USER
                                + ':'
                                + PASSWORD
                                + '@'
                                + amps.endpointOfTest()
                                + "/amps/json",
                        book),
                new FileFeeder(files(), book));
    }

    /** The arguments of the job, with more of them at the end. */
    List<String> arguments(Path output, String... more) {
        String passwordFile = folder.resolve("password").toString();
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--redis",
                                redis.endpointOfJobs().toString(),
                                "--redis-user",
                                USER,
                                "--redis-password-file",
                                passwordFile,
                                "--redis-group",
                                GROUP,
                                "--amps",
                                "tcp://" + amps.endpointOfJobs() + "/amps/json",
                                "--amps-user",
                                USER,
                                "--amps-password-file",
                                passwordFile,
                                "--files",
                                files().toString(),
                                "--output",
                                output.toString(),
                                "--control",
                                control.directory()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Override
    public void close() {
        redis.close();
        amps.close();
    }
}
