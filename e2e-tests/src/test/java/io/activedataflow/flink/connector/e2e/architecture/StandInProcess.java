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

package io.activedataflow.flink.connector.e2e.architecture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stand-in server for AMPS, from a jar that is alone on the class path. */
final class StandInProcess implements AutoCloseable {

    private static final String MAIN_CLASS =
            "io.activedataflow.flink.connector.amps.standin.AmpsStandInMain";
    private static final Pattern URI = Pattern.compile("tcp://\\S+/amps/json");

    private final Process process;
    private final String uri;

    private StandInProcess(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts it on any free port, and returns when it listens. */
    static StandInProcess start(Path jar) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-classpath",
                                jar.toString(),
                                MAIN_CLASS,
                                "--port",
                                "0")
                        .redirectErrorStream(true)
                        .start();
        return new StandInProcess(process, uriShownBy(process));
    }

    private static String uriShownBy(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher uri = URI.matcher(line);
            if (uri.find()) {
                return uri.group();
            }
            text.append(line).append('\n');
        }
        throw new IOException("The stand-in server has ended without naming its URI:\n" + text);
    }

    /** Where clients connect to, for messages in JSON. */
    String uri() {
        return uri;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
