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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a program whose output is appended to a file, and which ends with this JVM. */
final class OsProcess {

    private static final Duration DEATH = Duration.ofSeconds(10);

    private final Process process;
    private final String name;

    private OsProcess(Process process, String name) {
        this.process = process;
        this.name = name;
    }

    static OsProcess start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path output,
            Reaper reaper) {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            reaper.watch(process.toHandle());
            process.getOutputStream().close();
            return new OsProcess(process, name);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.get(0) + " for " + name, e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    int exitCode() {
        return process.exitValue();
    }

    boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name + '.', e);
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        if (!endsWithin(DEATH)) {
            throw new IllegalStateException(name + " (" + process.pid() + ") survived SIGKILL.");
        }
    }

    /** Sends a signal by name, such as STOP. */
    void signal(String signal) {
        outputOf("sh", "-c", "kill -" + signal + ' ' + process.pid());
    }

    /** The memory it has in RAM; 0 when it is gone. */
    long residentBytes() {
        return process.isAlive() ? ResidentMemory.ofProcess(process.pid()) : 0;
    }

    private String outputOf(String... command) {
        try {
            Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tool.waitFor() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " for " + name + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking about " + name + '.', e);
        }
    }

    static String contentOf(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }
}
