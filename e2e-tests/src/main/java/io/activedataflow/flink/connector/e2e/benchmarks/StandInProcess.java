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

package io.activedataflow.flink.connector.e2e.benchmarks;

import io.activedataflow.flink.connector.amps.standin.AmpsStandInMain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The stand-in for an AMPS server in a process of its own, with a log that is there already. */
final class StandInProcess implements AutoCloseable {

    static final String TOPIC = "benchmark";

    private static final String URI_LINE = "amps ";

    private final Process process;
    private final String uri;

    StandInProcess(long messages, int bytes) throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx3g",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                AmpsStandInMain.class.getName(),
                                "--preload",
                                messages + "x" + bytes,
                                TOPIC)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith(URI_LINE)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("The stand-in server did not start; see its error above.");
        }
        uri = line.substring(URI_LINE.length());
    }

    String uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
