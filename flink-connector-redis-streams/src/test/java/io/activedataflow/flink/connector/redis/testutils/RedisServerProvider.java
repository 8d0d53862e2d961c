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

import java.util.Map;

/**
 * Where a test gets a running server with default settings from, if it does not matter how that
 * server runs: a process of this machine, a container, or one that the user runs.
 *
 * <p>Tests that kill or configure their server use {@link RedisProcess} directly.
 */
public interface RedisServerProvider {

    /** Chooses the provider: {@code auto} (the default), {@code process}, ... */
    String PROVIDER_PROPERTY = "redis.provider";

    /**
     * The address of a server that the user runs, {@code redis[s]://[[user]:password@]host:port}.
     */
    String URI_PROPERTY = "redis.uri";

    /** As {@link #URI_PROPERTY}, from the environment, where passwords are better kept. */
    String URI_VARIABLE = "REDIS_TEST_URI";

    /** The image of the container provider. */
    String IMAGE_PROPERTY = "redis.image";

    /**
     * A server that answers. Closing it ends what was started for it.
     *
     * @throws IllegalStateException if there can be none, with the reason
     */
    RedisServer start();

    /** What this provides, for logs. */
    String description();

    /**
     * The provider for this machine: what {@link #PROVIDER_PROPERTY} names, and without it a server
     * the user has named by its address; else a process. A container is used only if asked for or
     * if no process can run here, for its image has to be downloaded, and only where a Docker
     * engine answers.
     */
    static RedisServerProvider automatic() {
        return new ProviderSelection(
                        ProviderSelection.systemProperties(),
                        System.getenv(),
                        DockerEngine::answers)
                .select();
    }

    /** As {@link #automatic()}, from the given settings instead of this JVM's. */
    static RedisServerProvider from(
            Map<String, String> properties, Map<String, String> environment) {
        return new ProviderSelection(properties, environment, DockerEngine::answers).select();
    }
}
