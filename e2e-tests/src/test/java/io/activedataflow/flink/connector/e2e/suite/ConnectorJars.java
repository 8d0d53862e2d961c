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

package io.activedataflow.flink.connector.e2e.suite;

import com.crankuptheamps.client.Client;
import com.google.gson.Gson;
import org.apache.commons.pool2.ObjectPool;
import org.json.JSONObject;
import redis.clients.authentication.core.TokenManager;
import redis.clients.jedis.Jedis;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What users add to their jobs for a connector: its jar as it is released, and what it needs. */
final class ConnectorJars {

    private ConnectorJars() {}

    static List<URL> redisStreams() {
        return connectorWith(
                "flink-connector-redis-streams",
                Jedis.class,
                ObjectPool.class,
                JSONObject.class,
                Gson.class,
                TokenManager.class);
    }

    static List<URL> amps() {
        return connectorWith("flink-connector-amps", Client.class);
    }

    static List<URL> recordFiles() {
        return connectorWith("flink-connector-recordfile");
    }

    private static List<URL> connectorWith(String module, Class<?>... oneOfEachJar) {
        return Stream.concat(
                        Stream.of(packaged(module)),
                        Stream.of(oneOfEachJar)
                                .map(
                                        type ->
                                                type.getProtectionDomain()
                                                        .getCodeSource()
                                                        .getLocation()))
                .toList();
    }

    private static URL packaged(String module) {
        Path jar =
                Path.of(
                        System.getProperty("test.project.root"),
                        module,
                        System.getProperty("test.build.output"),
                        module + "-" + System.getProperty("test.project.version") + ".jar");
        if (Files.notExists(jar)) {
            throw new IllegalStateException("There is no " + jar + ". Build up to package.");
        }
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
