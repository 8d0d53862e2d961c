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
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Ends processes and removes folders that this JVM leaves behind, even when it is killed and has no
 * chance to do so itself.
 *
 * <p>A small shell process is told of them, and reads until its standard input ends. It ends when
 * this is closed, and when the operating system closes it because this JVM is gone. All methods may
 * be called by any thread.
 */
final class Reaper implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    /**
     * What is asked to end politely with the whole build is to outlive it, hence the trap. Folders
     * may be written to until the last process is gone, hence the attempts.
     */
    private static final String SCRIPT =
            """
            trap '' HUP INT TERM
            pids=''
            folders=''
            while IFS=' ' read -r order what; do
              case $order in
                kill) pids="$pids $what" ;;
                spare)
                  kept=''
                  for pid in $pids; do [ "$pid" = "$what" ] || kept="$kept $pid"; done
                  pids=$kept ;;
                remove) folders="$folders$what
            " ;;
              esac
            done
            for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
            printf '%s' "$folders" | while IFS= read -r folder; do
              attempts=0
              until rm -rf -- "$folder" 2>/dev/null || [ "$attempts" -ge 50 ]; do
                attempts=$((attempts + 1))
                sleep 0.1
              done
            done
            """;

    private final Process process;
    private final PrintStream orders;

    private Reaper(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static Reaper start() {
        try {
            return new Reaper(
                    new ProcessBuilder("sh", "-c", SCRIPT)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot start 'sh', which the tests on processes need.", e);
        }
    }

    /** The process is killed at the end, unless it has ended before. */
    void watch(ProcessHandle child) {
        order("kill " + child.pid());
        // The number may be that of another process afterwards.
        child.onExit().thenRun(() -> order("spare " + child.pid()));
    }

    /** The folder is removed at the end with all that is in it. */
    void watch(Path folder) {
        String path = folder.toAbsolutePath().normalize().toString();
        if (folder.getNameCount() < 2 || path.contains("\n")) {
            throw new IllegalArgumentException(
                    "'" + path + "' is no folder to be removed. Give one made for the purpose.");
        }
        order("remove " + path);
    }

    /** Kills and removes what is left, and returns when that is done. */
    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void order(String order) {
        orders.print(order + '\n');
        orders.flush();
    }
}
