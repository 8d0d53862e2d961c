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
import io.activedataflow.flink.connector.recordfile.source.RecordFileSplitSettings;

import org.apache.flink.configuration.MemorySize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FileCuttingTest {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final FileCutting cutting = cutting(RecordFileSplitting.LINE, 100, 60);

    private static FileCutting cutting(RecordFileSplitting splitting, long target, long minimum) {
        return new FileCutting(
                splitting,
                true,
                "",
                new RecordFileSplitSettings(new MemorySize(target), new MemorySize(minimum)));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "100, false", "119, false", "120, true", "1000, true"})
    void aFileIsLargeWhereItHasTwoParts(long size, boolean isLarge) {
        assertThat(cutting.isLarge(size)).isEqualTo(isLarge);
        assertThat(cutting.cuts("file", size)).isEqualTo(isLarge);
    }

    @Test
    void aFileOfTheTargetSizeIsNotCutEvenIfPartsMayBeSmaller() {
        assertThat(cutting(RecordFileSplitting.LINE, 100, 10).isLarge(100)).isFalse();
        assertThat(cutting(RecordFileSplitting.LINE, 100, 10).isLarge(101)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.gz", "a.csv.ZST"})
    void whatIsCompressedByItsNameIsNotCut(String name) {
        assertThat(cutting.cuts(name, 1000)).isFalse();
    }

    @Test
    void whatTheFormatDoesNotAllowIsNotCut() {
        assertThat(cutting(RecordFileSplitting.NEVER, 100, 60).cuts("file", 1000)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"120, 60", "1000, 100", "1001, 91", "199, 100"})
    void partsAreAboutEqualAndNotLargerThanTheTarget(long size, long part) {
        assertThat(cutting.partSize(size, NO_LIMIT)).isEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource({"101, 100", "100, 100", "90, 84", "70, 67", "63, 63", "60, 63", "0, 63"})
    void partsMayBeSmallerButNotSmallerThanTheMinimum(long most, long part) {
        assertThat(cutting.partSize(1000, most)).isEqualTo(part);
    }

    @Test
    void settingsHaveToFitEachOther() {
        assertThat(RecordFileSplitSettings.ofSize(new MemorySize(7)).minimumSize())
                .isEqualTo(new MemorySize(7));
        assertThatThrownBy(
                        () -> new RecordFileSplitSettings(new MemorySize(10), new MemorySize(11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minimum size");
    }
}
