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
import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FileScansTest {

    private static final RecordFileSplit WHOLE = Splits.file("big", 250, "");
    private static final FileScan EXACT = FileScan.of(WHOLE, 100, true);
    private static final FileScan LOOK = FileScan.of(WHOLE, 100, false);

    private final FileScans scans = new FileScans();

    /** A block of 10 records of one line each, which are not cut at the begin. */
    static BlockSummary block(boolean togglesQuotes, boolean irregular) {
        BlockSummary.View view = new BlockSummary.View(3, 1, 10, 1, 10, irregular);
        return new BlockSummary(togglesQuotes, view, view);
    }

    private static ScannedBlockEvent answer(int block) {
        return ScannedBlockEvent.scanned(EXACT.scanId(block), block(false, false));
    }

    @Test
    void blocksAreScannedInParallelAndMakeRangesWithRecordNumbers() {
        List<RecordFileSplit> asked = scans.add(EXACT);

        assertThat(asked).extracting(RecordFileSplit::offset).containsExactly(0L, 100L, 200L);
        assertThat(asked).extracting(RecordFileSplit::length).containsExactly(100L, 100L, 50L);
        assertThat(asked).extracting(RecordFileSplit::kind).containsOnly(Kind.SCAN);
        assertThat(scans.answered(answer(2)).splits()).isEmpty();
        assertThat(scans.answered(answer(0)).splits()).isEmpty();
        assertThat(scans.isEmpty()).isFalse();
        List<RecordFileSplit> ranges = scans.answered(answer(1)).splits();

        assertThat(scans.isEmpty()).isTrue();
        assertThat(ranges).extracting(RecordFileSplit::kind).containsOnly(Kind.READ);
        assertThat(ranges)
                .extracting(RecordFileSplit::position)
                .containsExactly(
                        RecordFilePosition.START,
                        RecordFilePosition.at(103, 11, 11),
                        RecordFilePosition.at(203, 21, 21));
        assertThat(ranges).extracting(RecordFileSplit::end).containsExactly(103L, 203L, 250L);
        assertThat(ranges).extracting(RecordFileSplit::splitId).doesNotHaveDuplicates();
    }

    @Test
    void answersThatComeTwiceOrTooLateAreIgnored() {
        scans.add(EXACT);
        scans.answered(answer(0));
        scans.answered(answer(0));
        scans.answered(answer(1));
        assertThat(scans.answered(answer(2)).splits()).hasSize(3);

        assertThat(scans.answered(answer(2)).splits()).isEmpty();
        assertThat(scans.answered(ScannedBlockEvent.splittable("unknown")).splits()).isEmpty();
    }

    @Test
    void irregularQuotesMakeOneSplit() {
        scans.add(EXACT);
        scans.answered(answer(0));
        scans.answered(ScannedBlockEvent.scanned(EXACT.scanId(1), block(false, true)));

        assertThat(scans.answered(answer(2)).splits()).containsExactly(WHOLE);
    }

    @Test
    void aQuoteThatIsOpenAtTheEndMakesOneSplit() {
        scans.add(EXACT);
        scans.answered(answer(0));
        scans.answered(answer(1));

        assertThat(
                        scans.answered(
                                        ScannedBlockEvent.scanned(
                                                EXACT.scanId(2), block(true, false)))
                                .splits())
                .containsExactly(WHOLE);
    }

    @Test
    void aFileThatTurnsOutToBeCompressedIsOneSplitAndItsScansAreObsolete() {
        scans.add(EXACT);
        scans.answered(answer(0));
        FileScans.Outcome outcome =
                scans.answered(ScannedBlockEvent.notSplittable(EXACT.scanId(2), "it is gzip."));

        assertThat(outcome.splits()).containsExactly(WHOLE);
        assertThat(outcome.obsolete()).containsExactly(EXACT.scanId(1), EXACT.scanId(2));
        assertThat(scans.isEmpty()).isTrue();
        assertThat(scans.answered(answer(1)).splits()).isEmpty();
    }

    @Test
    void aLookAtTheBeginningComesBeforeCutsAtLines() {
        List<RecordFileSplit> asked = scans.add(LOOK);
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).length()).isZero();
        List<RecordFileSplit> parts =
                scans.answered(ScannedBlockEvent.splittable(LOOK.scanId(0))).splits();

        assertThat(parts).extracting(RecordFileSplit::kind).containsOnly(Kind.READ_CUT);
        assertThat(parts).extracting(RecordFileSplit::offset).containsExactly(0L, 100L, 200L);
        assertThat(parts).extracting(RecordFileSplit::end).containsExactly(100L, 200L, 250L);
        assertThat(parts)
                .extracting(part -> part.position().recordNumber())
                .containsExactly(0L, RecordFilePosition.UNKNOWN, RecordFilePosition.UNKNOWN);
    }

    @Test
    void aLookThatFindsACompressedFileMakesOneSplit() {
        scans.add(LOOK);

        assertThat(
                        scans.answered(ScannedBlockEvent.notSplittable(LOOK.scanId(0), "it is xz."))
                                .splits())
                .containsExactly(WHOLE);
    }

    @Test
    void aBlockWithoutAResultIsAnError() {
        scans.add(EXACT);

        assertThatThrownBy(() -> scans.answered(ScannedBlockEvent.splittable(EXACT.scanId(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/data/big");
    }

    @Test
    void whatAReaderHadAndDoesNotReportIsAskedAgain() {
        scans.add(EXACT);
        scans.assigned(EXACT.scanId(0), 0);
        scans.assigned(EXACT.scanId(1), 0);
        scans.assigned(EXACT.scanId(2), 1);
        scans.answered(answer(0));

        assertThat(scans.started(0, List.of())).containsExactly(EXACT.scanSplit(1));
        assertThat(scans.started(0, List.of())).as("asked already").isEmpty();
        assertThat(scans.started(1, List.of(EXACT.scanId(2)))).isEmpty();
    }

    @Test
    void goesOnFromItsStateWithTheBlocksThatHaveNoAnswer() {
        scans.add(EXACT);
        scans.answered(answer(1));
        FileScans restored = new FileScans();

        assertThat(restored.add(scans.content().get(0)))
                .containsExactly(EXACT.scanSplit(0), EXACT.scanSplit(2));
        restored.answered(answer(0));
        assertThat(restored.answered(answer(2)).splits()).hasSize(3);
    }

    @Test
    void aFileThatHasChangedIsForgotten() {
        scans.add(EXACT);

        assertThat(scans.drop(Set.of(new Path("/data/other")))).isEmpty();
        assertThat(scans.drop(Set.of(WHOLE.path()))).hasSize(3);
        assertThat(scans.isEmpty()).isTrue();
    }
}
