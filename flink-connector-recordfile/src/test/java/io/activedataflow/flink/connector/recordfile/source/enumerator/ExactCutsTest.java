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
import io.activedataflow.flink.connector.recordfile.format.BlockSummary.View;
import io.activedataflow.flink.connector.recordfile.source.enumerator.ExactCuts.Range;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class ExactCutsTest {

    private static final View NOTHING = new View(-1, 0, 0, 0, 4, false);
    private static final View IRREGULAR = new View(3, 0, 1, 0, 1, true);

    @Test
    void cutsAtTheFirstRecordOfEachBlockInItsTrueState() {
        BlockSummary first = new BlockSummary(true, new View(5, 1, 3, 1, 6, false), IRREGULAR);
        BlockSummary second = new BlockSummary(true, IRREGULAR, new View(7, 1, 2, 3, 5, false));
        BlockSummary third = new BlockSummary(false, new View(1, 0, 4, 1, 4, false), IRREGULAR);

        ExactCuts cuts = ExactCuts.of(300, List.of(0L, 100L, 200L), List.of(first, second, third));

        assertThat(cuts.whyWhole()).isEmpty();
        assertThat(cuts.ranges())
                .containsExactly(
                        new Range(RecordFilePosition.START, 107),
                        new Range(RecordFilePosition.at(107, 4, 9), 201),
                        new Range(RecordFilePosition.at(201, 5, 12), 300));
    }

    @Test
    void blockInWhichNoRecordBeginsIsPartOfTheRangeBefore() {
        BlockSummary any = new BlockSummary(false, new View(5, 1, 3, 1, 3, false), IRREGULAR);
        BlockSummary none = new BlockSummary(false, NOTHING, IRREGULAR);
        ExactCuts cuts = ExactCuts.of(300, List.of(0L, 100L, 200L), List.of(any, none, any));
        assertThat(cuts.ranges())
                .containsExactly(
                        new Range(RecordFilePosition.START, 205),
                        new Range(RecordFilePosition.at(205, 4, 8), 300));
    }

    @Test
    void recordThatWouldBeginAtTheEndOfTheFileIsNone() {
        BlockSummary any = new BlockSummary(false, new View(5, 1, 1, 1, 1, false), IRREGULAR);
        BlockSummary last = new BlockSummary(false, new View(100, 1, 1, 1, 1, false), IRREGULAR);
        assertThat(ExactCuts.of(200, List.of(0L, 100L), List.of(any, last)).ranges())
                .containsExactly(new Range(RecordFilePosition.START, 200));
    }

    @Test
    void irregularQuotesAndOddParityGiveOneRangeAndAReason() {
        BlockSummary odd = new BlockSummary(true, new View(5, 1, 3, 1, 3, false), NOTHING);
        BlockSummary wrong = new BlockSummary(false, IRREGULAR, NOTHING);

        ExactCuts irregular = ExactCuts.of(200, List.of(0L, 100L), List.of(wrong, wrong));
        assertThat(irregular.ranges()).containsExactly(new Range(RecordFilePosition.START, 200));
        assertThat(irregular.whyWhole()).contains("between offsets 0 and 100");

        ExactCuts unclosed = ExactCuts.of(100, List.of(0L), List.of(odd));
        assertThat(unclosed.ranges()).containsExactly(new Range(RecordFilePosition.START, 100));
        assertThat(unclosed.whyWhole()).contains("never closed");
    }
}
