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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs one of Flink's programs that answer and end. */
final class Tool {

    private Tool() {}

    /**
     * Returns what the program has written to standard output and error.
     *
     * @throws IllegalStateException if it ends with an error or not in time
     */
    static String run(
            String name, List<String> command, FlinkJvm java, Duration timeout, Reaper reaper) {
        try {
            Path output = Files.createTempFile(java.folders().logs(), "tool-", ".out");
            OsProcess process = OsProcess.start(name, command, java.environment(), output, reaper);
            boolean ended = process.endsWithin(timeout);
            if (!ended) {
                process.kill();
            }
            String text = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitCode() != 0) {
                throw new IllegalStateException(
                        name
                                + (ended
                                        ? " ended with exit code " + process.exitCode()
                                        : " did not end within " + timeout.toSeconds() + " s")
                                + ", after writing:\n"
                                + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + name, e);
        }
    }
}
