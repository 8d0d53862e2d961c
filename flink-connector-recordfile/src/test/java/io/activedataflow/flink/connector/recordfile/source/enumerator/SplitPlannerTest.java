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
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscoveries;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileRange;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;

import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that an enumerator of Flink has cut into ranges. */
@Timeout(60)
class SplitPlannerTest {

    private static SplitPlanner.Plan plan(RecordFileSplitting splitting, long size) {
        EnumeratorFixture fixture = new EnumeratorFixture();
        fixture.splitting = splitting;
        return fixture.settings().planner(2).plan(inTwoRanges(size), size);
    }

    private static ListedFile inTwoRanges(long size) {
        return FileDiscoveries.inRanges(
                ListedFile.of(new Path("/data/a"), size, 1000),
                new FileRange(0, size / 2, List.of()),
                new FileRange(size / 2, size - size / 2, List.of()));
    }

    @Test
    void rangesAreReadAsTheyAreWhereAnyLineBreakEndsARecord() {
        assertThat(Splits.names(plan(RecordFileSplitting.LINE, 90).splits()))
                .containsExactly("a READ_CUT 0", "a READ_CUT 45");
    }

    /** Their places are guessed, and may lie inside of quotes. */
    @Test
    void rangesAreLeftAsideWhereTheFormatIsCutExactly() {
        assertThat(Splits.names(plan(RecordFileSplitting.EXACT, 90).splits())).containsExactly("a");
    }

    @Test
    void largeFileInRangesIsScannedWhereTheFormatIsCutExactly() {
        SplitPlanner.Plan plan = plan(RecordFileSplitting.EXACT, 300);

        assertThat(plan.splits()).isEmpty();
        assertThat(plan.scan().exact()).isTrue();
    }

    @Test
    void rangesAreLeftAsideWhereTheFormatIsNotCut() {
        assertThat(Splits.names(plan(RecordFileSplitting.NEVER, 90).splits())).containsExactly("a");
    }
}
