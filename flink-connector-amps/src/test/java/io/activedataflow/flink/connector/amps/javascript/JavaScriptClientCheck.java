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

package io.activedataflow.flink.connector.amps.javascript;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.Authentication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Drives the stand-in server with the JavaScript client of AMPS, which was written independently of
 * the Java client: what both agree with is less likely to be a whim of one of them. By hand only,
 * with the profile {@code amps-js}: it needs node and npm, and npm fetches the client, whose
 * licence whoever runs this has to accept.
 *
 * <p>What is checked is in {@code src/test/js/standin.js}.
 */
public final class JavaScriptClientCheck {

    private static final String CLIENT = "amps@5.3.4-0.378635.60b2fcc";
    private static final int TIMEOUT_MINUTES = 5;

    private JavaScriptClientCheck() {}

    /**
     * Runs the check; the exit code is 0 if it was passed.
     *
     * @param arguments the script and the directory into which the client is installed
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path script = Path.of(arguments[0]).toAbsolutePath();
        Path directory = Path.of(arguments[1]).toAbsolutePath();
        install(directory);
        // Node looks for modules beside the script.
        Path copy = directory.resolve(script.getFileName());
        Files.writeString(copy, Files.readString(script));
        int exitCode;
        try (AmpsStandIn server =
                AmpsStandIn.builder()
                        .websocket(true)
                        .authentication(Authentication.user("bob", "sesame"))
                        .start()) {
            for (int id = 1; id <= 3; id++) {
                server.publish("replay", "{\"id\":" + id + "}");
            }
            exitCode = run(directory, "node", copy.toString(), server.webSocketUri("json"));
        }
        System.exit(exitCode);
    }

    private static void install(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("package.json"), "{\"private\":true}");
        // Its dependencies have native parts to be compiled, which they can do without.
        int exitCode = run(directory, "npm", "install", "--ignore-scripts", "--no-audit", CLIENT);
        if (exitCode != 0) {
            throw new IOException("npm cannot install " + CLIENT + ", exit code " + exitCode + ".");
        }
    }

    private static int run(Path directory, String... command)
            throws IOException, InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(List.of(command))
                            .directory(directory.toFile())
                            .inheritIO()
                            .start();
        } catch (IOException e) {
            throw new IOException("This check needs " + command[0] + " on the path.", e);
        }
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not come to an end.");
        }
        return process.exitValue();
    }
}
