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

package io.activedataflow.flink.connector.e2e.benchmarks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MeterTest {

    private static final long ENTRIES = 10;

    private final Dataset dataset = new Dataset(1, ENTRIES);
    private final Meter meter = new Meter(ENTRIES, dataset.number(ENTRIES - 1));

    @Test
    void measuresARunThatEndsWithTheLastEntry() {
        meter.count(1, record(0));
        meter.count(ENTRIES, record(ENTRIES - 1));

        Measurement result = meter.result(7);

        assertThat(result.entries()).isEqualTo(ENTRIES);
        assertThat(result.redisNanos()).isEqualTo(7);
        assertThat(result.wallNanos()).isPositive();
        assertThat(Measurement.parse(result.toLine())).isEqualTo(result);
    }

    @Test
    void refusesARunThatHadMoreRecords() {
        meter.count(1, record(0));
        meter.count(ENTRIES, record(ENTRIES - 1));
        meter.count(ENTRIES + 1, record(ENTRIES - 1));

        assertThatThrownBy(() -> meter.result(7))
                .hasMessage("Miscounted: 11 records of 10 entries.");
    }

    @Test
    void refusesARunWhoseLastRecordIsNotThatOfTheLastEntry() {
        meter.count(1, record(0));
        meter.count(ENTRIES, record(ENTRIES - 2));

        assertThatThrownBy(() -> meter.result(7))
                .hasMessageContaining("not that of the last entry");
    }

    private String record(long n) {
        return dataset.number(n) + "xxx";
    }
}
