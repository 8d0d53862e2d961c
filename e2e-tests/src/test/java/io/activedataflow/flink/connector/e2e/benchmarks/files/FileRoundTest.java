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

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class FileRoundTest {

    @Test
    void theQuickestStartIsSubtractedFromEachRound() {
        List<FileRound> rounds = List.of(round(3, 13), round(1, 12), round(2, 21));
        assertThat(FileRound.costs(rounds, FileMeasurement::cpuNanos)).containsExactly(12, 11, 20);
        assertThat(FileRound.costs(rounds, FileMeasurement::wallNanos))
                .containsExactly(120, 110, 200);
    }

    @Test
    void roundsAreComparedOneByOne() {
        assertThat(FileRound.ratio(new double[] {20, 90, 40}, new double[] {10, 30, 40}))
                .isEqualTo(2);
        assertThat(FileRound.ratio(new double[] {20, 30}, new double[] {10, 10})).isEqualTo(2.5);
    }

    @Test
    void roundsAreReadAsTheyWereWritten() {
        FileRound round = round(3, 13);
        assertThat(FileRound.isLine(round.toLine())).isTrue();
        assertThat(FileRound.parse(round.toLine())).isEqualTo(round);
    }

    private static FileRound round(long cpuOfJob, long cpuOfAll) {
        return new FileRound(
                new FileMeasurement(10 * cpuOfJob, cpuOfJob),
                new FileMeasurement(10 * cpuOfAll, cpuOfAll));
    }
}
