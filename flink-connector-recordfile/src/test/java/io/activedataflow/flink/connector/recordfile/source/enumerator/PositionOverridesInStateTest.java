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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.split.OverriddenRange;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.core.fs.Path;
import org.apache.flink.testutils.logging.LoggerAuditingExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What becomes of positions given by hand when a job is restored. */
@Timeout(60)
class PositionOverridesInStateTest {

    private static final RecordFilePosition GIVEN = RecordFilePosition.atOffset(120);

    @RegisterExtension
    final LoggerAuditingExtension log =
            new LoggerAuditingExtension(OverrideCheck.class, Level.WARN);

    private final EnumeratorFixture job = new EnumeratorFixture();
    private RecordFileSourceEnumerator enumerator;

    @AfterEach
    void close() {
        enumerator.close();
    }

    private void restoreWith(String path) {
        job.overrides = new PositionOverrides(Map.of(path, GIVEN));
        enumerator = job.restored(enumerator.snapshotState(1), 1);
    }

    private void come(OverriddenRange... ranges) {
        job.coordinator.register(0, enumerator);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of(), List.of(ranges)));
        enumerator.handleSplitRequest(0, null);
    }

    @Test
    void whatWaitsGoesOnThereAndIsMovedOnce() {
        enumerator = job.addSized("a", 200).add("b").listed();
        restoreWith("/data/a");
        RecordFileEnumState afterwards = enumerator.snapshotState(2);
        come();

        assertThat(job.coordinator.assignedTo(0))
                .extracting(RecordFileSplit::position)
                .containsExactly(GIVEN);
        enumerator.close();
        enumerator = job.restored(afterwards, 1);
        assertThat(enumerator.snapshotState(3).waiting())
                .isEqualTo(afterwards.waiting())
                .extracting(RecordFileSplit::appliedOverride)
                .containsExactly(GIVEN, null);
        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void whatIsFoundLaterIsReadFromItsBeginningAlsoAfterAFailure() {
        enumerator = job.continuous().add("b").listed();
        restoreWith("/data/a");
        job.addSized("a", 200);
        job.coordinator.runNow();
        enumerator.close();
        enumerator = job.restored(enumerator.snapshotState(2), 1);

        assertThat(enumerator.snapshotState(3).waiting())
                .filteredOn(split -> split.path().getName().equals("a"))
                .extracting(RecordFileSplit::position)
                .containsExactly(RecordFilePosition.START);
    }

    @Test
    void theRangesOfAFileThatIsBeingScannedAreReadFromThere() {
        job.splitting = RecordFileSplitting.EXACT;
        enumerator = job.addSized("big", 250).listed();
        restoreWith("/data/big");
        FileScan scan = enumerator.snapshotState(2).scans().get(0);
        come();
        for (int block = 0; block < scan.blocks(); block++) {
            enumerator.handleSourceEvent(
                    0,
                    ScannedBlockEvent.scanned(
                            scan.scanId(block), FileScansTest.block(false, false)));
        }

        List<RecordFileSplit> ranges = new ArrayList<>(job.coordinator.assignedTo(0));
        ranges.addAll(enumerator.snapshotState(3).waiting());
        assertThat(ranges)
                .filteredOn(split -> split.kind() == Kind.READ)
                .extracting(RecordFileSplit::end, RecordFileSplit::position)
                .containsExactly(
                        tuple(87L, GIVEN),
                        tuple(171L, GIVEN),
                        tuple(250L, RecordFilePosition.at(171, 21, 21)));
        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void aFileThatIsNotInTheStateIsWarnedAbout() {
        enumerator = job.add("b").listed();
        restoreWith("/data/a");
        assertThat(log.getMessages()).isEmpty();
        come();

        assertThat(log.getMessages())
                .singleElement()
                .asString()
                .contains("/data/a", "not applied", "setPositionOverrides");
    }

    @Test
    void partsThatHaveBeenReadToTheirEndsAreNamed() {
        enumerator = job.add("b").listed();
        restoreWith("/data/a");
        Path a = new Path("/data/a");
        come(
                new OverriddenRange(a, 300, 400, 500, true),
                new OverriddenRange(a, 100, 200, 500, true));

        assertThat(log.getMessages())
                .singleElement()
                .asString()
                .contains("/data/a", "bytes 200 to 300, 400 to 500 have been read");
    }

    @Test
    void nothingIsSaidOfWhatWasAppliedBefore() {
        enumerator = job.add("b").listed();
        restoreWith("/data/a");
        come(new OverriddenRange(new Path("/data/a"), 300, 400, 500, false));

        assertThat(log.getMessages()).isEmpty();
    }
}
