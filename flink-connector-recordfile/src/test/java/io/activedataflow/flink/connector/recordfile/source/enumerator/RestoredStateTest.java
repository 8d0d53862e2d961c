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
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.testutils.logging.LoggerAuditingExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of files that the job does not select any more when it is restored. */
@Timeout(60)
class RestoredStateTest {

    @RegisterExtension
    final LoggerAuditingExtension log =
            new LoggerAuditingExtension(RestoredState.class, Level.WARN);

    private final EnumeratorFixture job = new EnumeratorFixture();
    private RecordFileSourceEnumerator enumerator;

    @AfterEach
    void close() {
        enumerator.close();
    }

    private void restoreSelecting(String root, int parallelism) {
        job.selection = RecordFileSelection.of(root);
        enumerator = job.restored(enumerator.snapshotState(1), parallelism);
    }

    @Test
    void waitingSplitsOfOtherFilesAreDropped() {
        enumerator = job.add("a", "b").listed();
        restoreSelecting("file:///data/b", 1);
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("b");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void allIsKeptIfTheRootIsOnlyWrittenInAnotherWay() {
        enumerator = job.add("a", "b").listed();
        RecordFileEnumState state = enumerator.snapshotState(1);

        assertThat(
                        RestoredState.adapt(
                                state,
                                RecordFileSelection.of("file:///data/"),
                                PositionOverrides.NONE))
                .isEqualTo(state);
    }

    @Test
    void splitsThatCameBackHalfReadAreDroppedToo() {
        enumerator = job.add("a", "b").parallelism(1).listed();
        RecordFileEnumState state = enumerator.snapshotState(1);
        RecordFileSplit a = state.waiting().get(0);
        RecordFileSplit half = a.at(RecordFilePosition.at(5, 1, 1), a.identity(), 0);
        RecordFileEnumState halfRead =
                new RecordFileEnumState(
                        true,
                        state.discovery(),
                        List.of(half, state.waiting().get(1)),
                        state.openKeys(),
                        state.scans());

        RecordFileEnumState adapted =
                RestoredState.adapt(
                        halfRead, RecordFileSelection.of("/data/b"), PositionOverrides.NONE);

        assertThat(Splits.names(adapted.waiting())).containsExactly("b");
        assertThat(adapted.allFound()).isTrue();
    }

    @Test
    void filesAreNotScannedAnyMore() {
        job.splitting = RecordFileSplitting.EXACT;
        enumerator = job.addSized("big", 250).add("small").parallelism(1).listed();
        job.come(enumerator, 0);
        restoreSelecting("/data/small", 1);
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("small");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void rootsThatABoundedJobDoesNotListAnyMoreAreNamed() {
        enumerator = job.add("a").listed();
        RecordFileEnumState state = enumerator.snapshotState(1);
        for (String root : List.of("/data", "file:///data/", "/data/sub/*.csv", "relative")) {
            restoreSelecting(root, 1);
            assertThat(log.getMessages())
                    .as(root)
                    .noneMatch(message -> message.contains("had been found"));
        }
        job.selection = RecordFileSelection.of("/data", "/other/*.csv", "file:/data2");
        enumerator.close();
        enumerator = job.restored(state, 1);

        assertThat(log.getMessages())
                .filteredOn(message -> message.contains("had been found"))
                .singleElement()
                .asString()
                .contains("[/other, file:/data2]", "setContinuous()");
    }

    @Test
    void aContinuousJobListsNewRoots() {
        enumerator = job.continuous().add("a").listed();
        restoreSelecting("/other", 1);

        assertThat(log.getMessages()).noneMatch(message -> message.contains("had been found"));
    }

    /** The reader has dropped what it had, and so does not report it. */
    @Test
    void theKeyOfADroppedSplitIsFreeWhenItsReaderHasReported() {
        enumerator = job.keyedByFirstLetter().parallelism(1).add("a1", "a2").listed();
        job.come(enumerator, 0);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a1");
        restoreSelecting("/data/a2", 1);
        job.come(enumerator, 0);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a2");
    }
}
