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

package io.activedataflow.flink.connector.e2e.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the quick start is to run.
 *
 * @param records how many orders are written for each source
 * @param duration how long writing them takes, faults not counted
 * @param webPort the port of Flink's web UI
 * @param keepRunning whether everything stays up after the verdict
 * @param directory where output, checkpoints and the log go; what an earlier run left is deleted
 */
record QuickStartSettings(
        long records, Duration duration, int webPort, boolean keepRunning, Path directory) {

    static QuickStartSettings fromSystemProperties() {
        int webPort = Integer.getInteger("quickstart.webPort", 0);
        return new QuickStartSettings(
                Long.getLong("quickstart.records", 500_000),
                Duration.ofSeconds(Long.getLong("quickstart.seconds", 20)),
                webPort == 0 ? freePort() : webPort,
                Boolean.getBoolean("quickstart.keepRunning"),
                Path.of(System.getProperty("quickstart.directory", "target/quickstart"))
                        .toAbsolutePath());
    }

    String webUi() {
        return "http://localhost:" + webPort;
    }

    /** Where the committed output of the job is, in a directory for each source. */
    Path output() {
        return directory.resolve("output");
    }

    Path output(String source) {
        return output().resolve(source);
    }

    /** Where the orders are that are written to files. */
    Path orderFiles() {
        return directory.resolve("order-files");
    }

    Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    /** A file that, once it exists, makes the job crash after its next checkpoint. */
    Path crashRequest() {
        return directory.resolve("crash-requested");
    }

    Path logFile() {
        return directory.resolve("quickstart.log");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No port is free for the web UI.", e);
        }
    }
}
