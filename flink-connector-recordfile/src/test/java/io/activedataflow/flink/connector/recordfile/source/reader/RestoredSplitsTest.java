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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.split.OverriddenRange;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;

import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RestoredSplitsTest {

    @Test
    void keepsWhatIsSelected() {
        RestoredSplits restored =
                new RestoredSplits(
                        RecordFileSelection.of("file:///data/a", "/data/b"),
                        PositionOverrides.NONE);

        assertThat(restored.restore(List.of(TestSplits.file("a"), TestSplits.file("c"))))
                .containsExactly(TestSplits.file("a"));
        assertThat(restored.restore(List.of(TestSplits.file("b"))))
                .containsExactly(TestSplits.file("b"));
        assertThat(restored.event()).isEqualTo(new RestoredSplitsEvent(List.of("a", "b")));
    }

    @Test
    void withoutSplitsThereIsNothingToReport() {
        RestoredSplits restored =
                new RestoredSplits(RecordFileSelection.of("/data"), PositionOverrides.NONE);

        assertThat(restored.restore(List.of())).isEmpty();
        assertThat(restored.event()).isEqualTo(new RestoredSplitsEvent(List.of()));
    }

    @Test
    void appliesPositionsGivenByHandAndTellsTheEnumerator() {
        RecordFilePosition given = RecordFilePosition.atOffset(70);
        RestoredSplits restored =
                new RestoredSplits(
                        RecordFileSelection.of("/data"),
                        new PositionOverrides(Map.of("/data/a", given)));
        RecordFileSplit first = TestSplits.file("a");

        List<RecordFileSplit> moved = restored.restore(List.of(first, TestSplits.file("b")));

        assertThat(moved)
                .extracting(RecordFileSplit::position)
                .containsExactly(given, RecordFilePosition.START);
        assertThat(restored.event())
                .isEqualTo(
                        new RestoredSplitsEvent(
                                List.of("a", "b"),
                                List.of(
                                        new OverriddenRange(
                                                new Path("/data/a"), 0, 100, 100, true))));
    }

    @Test
    void whatWasAppliedBeforeIsNotAppliedAgain() {
        PositionOverrides overrides =
                new PositionOverrides(Map.of("/data/a", RecordFilePosition.atOffset(70)));
        RecordFileSplit read =
                new RestoredSplits(RecordFileSelection.of("/data"), overrides)
                        .restore(List.of(TestSplits.range("a", 0, 100, Kind.READ)))
                        .get(0);
        RecordFileSplit readOn = read.at(RecordFilePosition.atOffset(90), read.identity(), 0);
        RestoredSplits restored = new RestoredSplits(RecordFileSelection.of("/data"), overrides);

        assertThat(restored.restore(List.of(readOn))).containsExactly(readOn);
        assertThat(restored.event().overridden())
                .extracting(OverriddenRange::applied)
                .containsExactly(false);
    }
}
