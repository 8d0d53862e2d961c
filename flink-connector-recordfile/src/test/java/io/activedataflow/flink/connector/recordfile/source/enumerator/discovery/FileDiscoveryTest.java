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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;
import io.activedataflow.flink.connector.recordfile.testutils.LogLines;

import org.apache.flink.core.fs.Path;
import org.apache.flink.util.FlinkRuntimeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.file;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.listing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Policies, waits and failures. */
@Timeout(60)
class FileDiscoveryTest {

    private static final long NOW = 1_000_000;

    private final Ledgers settings = new Ledgers();

    private FileDiscovery discovery() {
        return discovery(DiscoveryState.EMPTY);
    }

    private FileDiscovery discovery(DiscoveryState state) {
        return new FileDiscovery(
                settings.settings(),
                () -> {
                    throw new IOException("unused");
                },
                state);
    }

    @Test
    void waitsLongerUntilSomethingIsFound() {
        FileDiscovery discovery = discovery();
        discovery.apply(listing(), NOW);
        discovery.apply(listing(), NOW);
        assertThat(discovery.delayMillis()).isEqualTo(4000);

        discovery.apply(listing(file("a", 1)), NOW);

        assertThat(discovery.delayMillis()).isEqualTo(1000);
    }

    /** A file that is looked at twice is late by the shortest interval, not by the longest. */
    @Test
    void looksSoonAtAFileThatMayStillChange() {
        settings.completeness = RecordFileCompleteness.atOnce().withStableListings(2);
        FileDiscovery discovery = discovery();
        for (int i = 0; i < 10; i++) {
            discovery.apply(listing(), NOW);
        }
        assertThat(discovery.delayMillis()).isEqualTo(5000);

        assertThat(discovery.apply(listing(file("a", 10, 1)), NOW).toRead()).isEmpty();
        assertThat(discovery.delayMillis()).isEqualTo(1000);
        assertThat(discovery.apply(listing(file("a", 20, 2)), NOW).toRead()).isEmpty();
        assertThat(discovery.delayMillis()).isEqualTo(1000);
        assertThat(discovery.apply(listing(file("a", 20, 2)), NOW).toRead()).hasSize(1);
        discovery.apply(listing(file("a", 20, 2)), NOW);
        assertThat(discovery.delayMillis()).isEqualTo(2000);
    }

    @Test
    void aChangedFileFailsTheJobIfThePolicySaysSo() {
        settings.changed = RecordFileChangePolicy.FAIL;
        FileDiscovery discovery = discovery();
        discovery.apply(listing(file("a", 10, 1000)), NOW);

        assertThatThrownBy(() -> discovery.apply(listing(file("a", 12, 1000)), NOW))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("test:/in/a (now 12 bytes")
                .hasMessageContaining("RESTART");
    }

    @Test
    void aLateFileFailsTheJobIfThePolicySaysSoAndDoesSoAgainAfterARestart() {
        settings.late = RecordFileLatePolicy.FAIL;
        FileDiscovery discovery = discovery();
        discovery.apply(listing(file("a", 1000)), NOW);
        DiscoveryState state = discovery.snapshot();
        FileListing withLate = listing(file("a", 1000), file("b", 1));

        assertThatThrownBy(() -> discovery.apply(withLate, NOW))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("test:/in/b")
                .hasMessageContaining("tolerance of PT0.1S");
        assertThatThrownBy(() -> discovery(state).apply(withLate, NOW))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("At least 1 files");
    }

    @Test
    void failedListingsAreRepeatedUntilTheDeadline() {
        FileDiscovery discovery = discovery();
        IOException error = new IOException("no answer");

        assertThat(discovery.failed(error, 0)).isBetween(100L, 200L);
        assertThat(discovery.failed(error, 1)).isBetween(200L, 400L);
        for (int attempt = 3; attempt < 10; attempt++) {
            discovery.failed(error, 2);
        }
        assertThat(discovery.failed(error, 3)).isBetween(15_000L, 30_000L);
        assertThat(discovery.failed(error, seconds(58))).isEqualTo(2_000L);
        assertThat(discovery.failed(error, seconds(60))).isPositive();
        assertThat(discovery.listingErrors()).isEqualTo(12);
        assertThatThrownBy(() -> discovery.failed(error, seconds(60) + 1))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("60000 ms, in 13 attempts")
                .hasMessageContaining("no answer")
                .hasCause(error);
    }

    @Test
    void aListingThatSucceedsEndsTheIncident() {
        FileDiscovery discovery = discovery();
        discovery.failed(new IOException("no answer"), 0);
        discovery.apply(listing(), NOW);

        assertThat(discovery.failed(new IOException("no answer"), seconds(1000))).isPositive();
        assertThat(discovery.listingErrors()).isEqualTo(2);
    }

    @Test
    void anIncidentIsOneLineWhenItBeginsAndOneWhenItEnds() {
        FileDiscovery discovery = discovery();
        try (LogLines log = LogLines.of(FileDiscovery.class)) {
            discovery.failed(new IOException("no answer of s3://me:sesame@bucket/in"), 0);
            discovery.failed(new IOException("no answer"), 1);
            discovery.apply(listing(), NOW);

            String selection = settings.settings().selection().toString();
            assertThat(log.all())
                    .containsExactly(
                            "WARN Cannot list "
                                    + selection
                                    + "; trying again for 60000 ms: java.io.IOException: no answer"
                                    + " of s3://***@bucket/in",
                            "INFO " + selection + " can be listed again, after 2 failed attempts.");
        }
    }

    @Test
    void aRootThatWasNeverThereFailsTheJobAtOnceAndOneThatWasMayComeBack() {
        UnusableRootException missing =
                UnusableRootException.missing(new Path("s3://k:secret@b/in"));
        FileDiscovery discovery = discovery();

        assertThatThrownBy(() -> discovery.failed(missing, 0))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("s3://***@b/in");
        discovery.apply(listing(), NOW);
        assertThat(discovery.failed(missing, 0)).isPositive();
    }

    @Test
    void whatTryingAgainCannotHelpFailsTheJobAtOnce() {
        for (Exception error :
                List.of(
                        new AccessDeniedException("/in"),
                        new IOException("Cannot list /in", new AccessDeniedException("/in")),
                        new IllegalStateException("y"))) {
            assertThatThrownBy(() -> discovery().failed(error, 0))
                    .isInstanceOf(FlinkRuntimeException.class)
                    .hasCause(error);
        }
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
