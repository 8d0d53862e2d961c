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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the operating system how much memory a process has in RAM. */
final class ResidentMemory {

    private static final Pattern LINE = Pattern.compile("VmRSS:\\s*(\\d+)");

    private ResidentMemory() {}

    /** In bytes; 0 if there is no such process any more. */
    static long ofProcess(long pid) {
        try {
            Path status = Path.of("/proc", Long.toString(pid), "status");
            return 1024
                    * (Files.isDirectory(Path.of("/proc", "self"))
                            ? kilobytes(status)
                            : kilobytesByTool(pid));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot ask for the memory of process " + pid, e);
        }
    }

    private static long kilobytes(Path status) throws IOException {
        try {
            Matcher line = LINE.matcher(Files.readString(status));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            if (Files.exists(status)) {
                throw e;
            }
            return 0;
        }
    }

    private static long kilobytesByTool(long pid) throws IOException {
        Process tool = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        tool.getOutputStream().close();
        String answer =
                new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return answer.isEmpty() ? 0 : Long.parseLong(answer);
    }
}
