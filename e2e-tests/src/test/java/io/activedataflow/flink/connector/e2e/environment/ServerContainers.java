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

package io.activedataflow.flink.connector.e2e.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the containers of the servers are. They keep their data in the container itself. */
record ServerContainers(ContainerImages images) {

    static final int REDIS_PORT = 6379;
    static final int AMPS_PORT = 9007;

    private static final String REDIS_CONFIGURATION = "/etc/e2e-redis.conf";
    private static final String STAND_IN = "/opt/stand-in/classes";
    private static final String JOURNAL = "/var/lib/stand-in";

    /**
     * A server that has on disk what it has acknowledged.
     *
     * @param port of this machine
     */
    ContainerSpec redis(ServerSettings settings, int port) {
        return new ContainerSpec(
                images.redis(),
                settings.name(),
                List.of(),
                List.of(images.redisProgram(), REDIS_CONFIGURATION),
                Map.of(),
                Map.of(REDIS_PORT, port),
                Map.of(),
                Map.of(REDIS_CONFIGURATION, redisConfiguration(settings)),
                List.of(),
                Optional.empty(),
                false);
    }

    /**
     * The stand-in for AMPS.
     *
     * @param port of this machine
     */
    ContainerSpec amps(ServerSettings settings, int port) {
        Path classes = StandIn.classes();
        String place = STAND_IN + (classes.toString().endsWith(".jar") ? ".jar" : "");
        return new ContainerSpec(
                images.java(),
                settings.name(),
                List.of("java"),
                StandIn.arguments(settings, place, AMPS_PORT, JOURNAL, "--any-address"),
                StandIn.environment(settings),
                Map.of(AMPS_PORT, port),
                Map.of(place, classes),
                Map.of(),
                List.of(),
                Optional.empty(),
                false);
    }

    private static String redisConfiguration(ServerSettings settings) {
        Stream<String> users =
                settings.credentials().stream()
                        .flatMap(
                                credentials ->
                                        Stream.of(
                                                "user default off ~* &* +@all",
                                                "user "
                                                        + credentials.user()
                                                        + " on >"
                                                        + credentials.password()
                                                        + " ~* &* +@all"));
        return Stream.concat(
                        Stream.of(
                                "port " + REDIS_PORT,
                                "protected-mode no",
                                "save \"\"",
                                "appendonly yes",
                                "appendfsync always"),
                        users)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
