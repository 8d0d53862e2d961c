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

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.AmpsStandInMain;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the stand-in for AMPS is run as a program of its own, wherever that is. */
final class StandIn {

    private static final String PASSWORD_VARIABLE = "AMPS_STANDIN_PASSWORD";

    private StandIn() {}

    /** What is on its class path: it needs nothing but its own classes, in a jar or a folder. */
    static Path classes() {
        try {
            return Path.of(
                    AmpsStandIn.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The classes of the stand-in have no place.", e);
        }
    }

    /**
     * What follows {@code java}.
     *
     * @param classes where {@link #classes()} are for this process
     * @param journal the folder for its transaction log
     */
    static List<String> arguments(
            ServerSettings settings, String classes, int port, String journal, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-Xmx384m",
                                "-XX:+UseSerialGC",
                                "-XX:-UsePerfData",
                                "-cp",
                                classes,
                                AmpsStandInMain.class.getName(),
                                "--ignore-input",
                                "--name",
                                settings.name(),
                                "--port",
                                Integer.toString(port),
                                "--journal",
                                journal));
        settings.credentials()
                .ifPresent(credentials -> arguments.addAll(List.of("--user", credentials.user())));
        settings.queues().forEach(queue -> arguments.addAll(List.of("--queue", queue)));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** The password is not on the command line, which everybody on the machine can read. */
    static Map<String, String> environment(ServerSettings settings) {
        return settings.credentials()
                .map(credentials -> Map.of(PASSWORD_VARIABLE, credentials.password()))
                .orElse(Map.of());
    }
}
