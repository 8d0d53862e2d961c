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

import io.activedataflow.flink.connector.redis.testutils.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nothing is left of tests, however they end. */
@Timeout(60)
class ReaperITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void killsAndRemovesWhatIsLeftWhenItIsClosed() throws IOException {
        Path removed = Files.createDirectories(folder.resolve("with space/and more"));
        Reaper reaper = Reaper.start();
        reaper.watch(removed);
        Process running = sleep();
        reaper.watch(running.toHandle());

        reaper.close();

        Await.until("the process to be gone", PATIENCE, () -> !running.isAlive());
        assertThat(removed).doesNotExist();
        assertThat(removed.getParent()).exists();
    }

    @Test
    void sparesTheNumberOfAProcessThatHasEnded() throws Exception {
        try (Reaper reaper = Reaper.start()) {
            Process ended = sleep();
            reaper.watch(ended.toHandle());
            ended.destroyForcibly().waitFor();
            OsProcess started =
                    OsProcess.start("other", List.of("sleep", "300"), Map.of(), log(), reaper);

            started.kill();

            assertThat(started.isAlive()).isFalse();
        }
    }

    @Test
    void nothingIsLeftOfTestsThatAreKilled() throws Exception {
        Path shared = folder.resolve("cluster");
        Process tests =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestsThatAreKilled.class.getName(),
                                shared.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<Long> pids =
                List.of(tests.inputReader().readLine().split(" ")).stream()
                        .map(Long::parseLong)
                        .toList();
        assertThat(pids).hasSize(2).allMatch(ReaperITCase::isThere);
        assertThat(shared).exists();

        tests.destroyForcibly().waitFor();

        Await.until(
                "all processes to be gone",
                PATIENCE,
                () -> pids.stream().noneMatch(ReaperITCase::isThere));
        Await.until("the folder to be gone", PATIENCE, () -> Files.notExists(shared));
    }

    @Test
    void doesNotRemoveWhatIsNoWorkFolder() {
        try (Reaper reaper = Reaper.start()) {
            assertThatThrownBy(() -> reaper.watch(Path.of("/")))
                    .hasMessageContaining("is no folder to be removed");
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static Process sleep() throws IOException {
        return new ProcessBuilder("sleep", "300").start();
    }

    /** A zombie that nobody has collected is gone. */
    private static boolean isThere(long pid) {
        Path status = Path.of("/proc/" + pid + "/status");
        if (Files.exists(status)) {
            try {
                return !Files.readString(status).contains("State:\tZ");
            } catch (IOException e) {
                return false;
            }
        }
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
