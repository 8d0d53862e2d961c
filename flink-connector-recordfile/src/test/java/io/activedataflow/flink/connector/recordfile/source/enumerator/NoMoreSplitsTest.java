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

import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** When a bounded source tells its readers that there are no more splits, and when not. */
@Timeout(60)
class NoMoreSplitsTest {

    private final EnumeratorFixture job = new EnumeratorFixture();
    private RecordFileSourceEnumerator enumerator;

    @Test
    void noReaderIsToldTwice() {
        enumerator = job.add("a").listed();
        job.come(enumerator, 0);
        job.finish(enumerator, 0, "a");
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);

        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void aReaderThatHasNotAskedIsNotTold() {
        enumerator = job.listed();
        job.coordinator.register(0, enumerator);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("something")));

        assertThat(job.coordinator.noMoreSplits()).as("it may have ended by itself").isEmpty();
    }

    @Test
    void noReaderIsToldBeforeTheFirstListing() {
        enumerator = job.started();
        job.come(enumerator, 0);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        job.coordinator.runNow();

        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void noReaderIsToldWhileMoreFilesAreToBeFound() {
        job.maxFilesPerRound = 1;
        enumerator = job.parallelism(1).add("a", "b").listed();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        job.coordinator.runNow();

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void noReaderIsToldWhileAScanIsUnanswered() {
        job.splitting = RecordFileSplitting.EXACT;
        enumerator = job.addSized("big", 250).listed();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.assignedTo(0)).hasSize(2);
        job.come(enumerator, 1);
        RecordFileSplit last = job.coordinator.assignedTo(1).get(0);
        enumerator.handleSourceEvent(
                1, ScannedBlockEvent.scanned(last.splitId(), FileScansTest.block(false, false)));
        enumerator.handleSplitRequest(1, null);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        List<RecordFileSplit> scans = List.copyOf(job.coordinator.assignedTo(0));
        for (RecordFileSplit scan : scans) {
            assertThat(job.coordinator.assignedTo(1)).containsExactly(last);
            enumerator.handleSourceEvent(
                    0,
                    ScannedBlockEvent.scanned(scan.splitId(), FileScansTest.block(false, false)));
        }

        assertThat(job.coordinator.assignedTo(1)).hasSize(2);
    }

    @Test
    void noReaderIsToldWhileAFileOfItsKeysWaits() {
        enumerator = job.keyedByFirstLetter().parallelism(1).add("a1", "a2").listed();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a1");
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        job.finish(enumerator, 0, "a1");
        job.finish(enumerator, 0, "a2");

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a1", "a2");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void aReaderWithoutFilesOfItsKeysIsToldThoughOthersWait() {
        enumerator = job.keyedByFirstLetter().parallelism(4).add("a1", "a2").listed();
        int its = new KeyedLine("a", 4).subtask();
        int other = (its + 1) % 4;
        job.come(enumerator, other);
        job.come(enumerator, its);

        assertThat(job.coordinator.noMoreSplits()).containsExactly(other);
    }

    @Test
    void aReaderIsNotToldWhileAFileOfItsKeyWaitsForAReaderFromBeforeTheRescale() {
        job.keyedByFirstLetter().add("a1", "a2");
        enumerator = job.parallelism(1).listed();
        job.come(enumerator, 0);
        RecordFileEnumState state = enumerator.snapshotState(1);
        enumerator = job.restored(state, 2);
        int its = new KeyedLine("a", 2).subtask();
        job.come(enumerator, 1 - its, Splits.id("a1"));
        job.come(enumerator, its);
        assertThat(job.coordinator.noMoreSplits()).doesNotContain(its);
        assertThat(job.coordinator.assignedTo(its)).isEmpty();
        job.finish(enumerator, 1 - its, "a1");

        assertThat(job.coordinator.namesAssignedTo(its)).containsExactly("a2");
    }

    @Test
    void splitsThatComeBackAreReadByTheReaderThatComesBack() {
        enumerator = job.add("a").listed();
        job.come(enumerator, 0);
        job.come(enumerator, 1);
        assertThat(job.coordinator.noMoreSplits()).as("reader 1 has nothing").containsExactly(1);
        job.coordinator.fail(0, enumerator);
        job.come(enumerator, 0);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
        job.finish(enumerator, 0, "a");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(1, 0);
    }

    @Test
    void aReaderWithoutSplitsIsTold() {
        enumerator = job.add("a").parallelism(3).listed();
        job.come(enumerator, 0);
        job.come(enumerator, 1);
        job.come(enumerator, 2);

        assertThat(job.coordinator.noMoreSplits()).containsExactly(1, 2);
    }

    @Test
    void aReaderThatRegistersAgainIsToldAgain() {
        enumerator = job.listed();
        job.come(enumerator, 0);
        job.coordinator.fail(0, enumerator);
        job.come(enumerator, 0);

        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 0);
    }

    @Test
    void theRequestOfAReaderThatHasFailedIsVoid() {
        enumerator = job.started();
        job.come(enumerator, 0);
        job.coordinator.fail(0, enumerator);
        job.coordinator.runNow();
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        job.coordinator.register(0, enumerator);

        assertThat(job.coordinator.noMoreSplits()).as("it has not asked").isEmpty();
    }

    @Test
    void anEmptyFileIsASplitToo() {
        enumerator = job.addSized("empty", 0).listed();
        job.come(enumerator, 0);

        assertThat(job.coordinator.assignedTo(0)).extracting(s -> s.length()).containsExactly(0L);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        RecordFileEnumState state = enumerator.snapshotState(1);
        enumerator = job.restored(state, 1);
        job.come(enumerator, 0);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void afterARestoreNothingIsLookedForAgain() {
        enumerator = job.add("a", "b").parallelism(1).listed();
        RecordFileEnumState state = enumerator.snapshotState(1);
        job.add("c");
        enumerator = job.restored(state, 1);
        assertThat(job.coordinator.calls()).isZero();
        job.come(enumerator, 0);
        job.finish(enumerator, 0);
        job.finish(enumerator, 0);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void continuousSourcesNeverEnd() {
        enumerator = job.continuous().listed();
        job.come(enumerator, 0);
        job.coordinator.runNow();

        assertThat(job.coordinator.noMoreSplits()).isEmpty();
    }
}
