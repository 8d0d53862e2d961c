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

package io.activedataflow.flink.connector.redis.testutils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of the operating system whose output goes to a file and which dies with this JVM at the
 * latest. One run; a restart is another instance.
 */
final class ChildProcess {

    private static final Duration DEATH = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;
    private final int logStart;
    private final Thread hook;

    private ChildProcess(Process process, Path log, int logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
        this.hook = new Thread(process::destroyForcibly, "kill-" + process.pid());
    }

    /** Starts the command in the directory, appending its output to the log file. */
    static ChildProcess start(List<String> command, Path directory, Path log) {
        try {
            int logStart = Files.exists(log) ? Math.toIntExact(Files.size(log)) : 0;
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            process.getOutputStream().close();
            ChildProcess child = new ChildProcess(process, log, logStart);
            Runtime.getRuntime().addShutdownHook(child.hook);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.get(0), e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What this run has written so far; earlier runs that share the file are left out. */
    String output() {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(all, logStart, all.length - logStart, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }

    /** The last lines of the output, for failure messages. */
    String tail(int lines) {
        List<String> all = output().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** Sends a signal by name, such as STOP or CONT. Needs a POSIX system. */
    void signal(String name) {
        try {
            Process kill =
                    new ProcessBuilder("sh", "-c", "kill -" + name + ' ' + pid())
                            .redirectErrorStream(true)
                            .start();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw new IllegalStateException(
                        "Cannot send SIG" + name + " to process " + pid() + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        if (!exitsWithin(DEATH)) {
            throw new IllegalStateException("Process " + pid() + " survived SIGKILL.");
        }
        forgetHook();
    }

    /** SIGTERM, and SIGKILL if that does not end the process in time; returns when it is gone. */
    void terminate(Duration patience) {
        process.destroy();
        if (exitsWithin(patience)) {
            forgetHook();
        } else {
            kill();
        }
    }

    boolean exitsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw interrupted(e);
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down and runs the hook itself.
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for a process.", e);
    }
}
