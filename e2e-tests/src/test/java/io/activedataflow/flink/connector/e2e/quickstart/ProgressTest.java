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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ProgressTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final Progress progress = new Progress(snapshot("RUNNING", 0));

    @Test
    void waitsForWhatIsAskedFor() throws Exception {
        CompletableFuture<Void> later =
                CompletableFuture.runAsync(() -> progress.update(snapshot("RUNNING", 7)));

        assertThat(
                        progress.await("records", LONG, now -> now.of("test").read() == 7)
                                .of("test")
                                .read())
                .isEqualTo(7);
        later.get();
    }

    @Test
    void saysWhatItHasWaitedForInVain() {
        assertThatThrownBy(
                        () ->
                                progress.await(
                                        "records", Duration.ZERO, now -> now.of("test").read() > 0))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("Waited 0 s for records");
    }

    @Test
    void doesNotWaitForAJobThatIsOver() {
        progress.update(snapshot("FAILED", 0));

        assertThatThrownBy(() -> progress.await("records", LONG, now -> now.of("test").read() > 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The job is FAILED while waiting for records.");
    }

    private static Snapshot snapshot(String state, long read) {
        return new Snapshot(
                new Snapshot.JobStatus(state, 0, 0),
                List.of(new Snapshot.SourceProgress("test", 10, read)));
    }
}
