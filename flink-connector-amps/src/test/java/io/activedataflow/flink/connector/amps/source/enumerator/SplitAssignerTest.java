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

package io.activedataflow.flink.connector.amps.source.enumerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SplitAssignerTest {

    private final EnumeratorFixture job = new EnumeratorFixture();

    @Test
    void noMoreSplitsIsNotSaidWhileASplitCouldStillGoToTheReader() {
        job.coordinator.register(0, job.create(null));
        SplitLedger ledger = new SplitLedger(0, Set.of("a"), Splits.of("x"), true);
        SplitAssigner assigner = new SplitAssigner(job.coordinator, ledger);

        assigner.assignAll(true);
        assertThat(job.coordinator.noMoreSplits()).as("'x' is not planned yet").isEmpty();

        ledger.report(0, List.of("a"));
        ledger.report(1, List.of());
        assigner.assignAll(true);

        assertThat(ledger.isPendingFor(1)).isTrue();
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void nothingGoesToAReaderThatIsNotThere() {
        SplitLedger ledger = new SplitLedger(0);
        ledger.add(Splits.of("x", "y"));
        SplitAssigner assigner = new SplitAssigner(job.coordinator, ledger);

        assigner.assign(Set.of(0, 1), true);

        assertThat(job.coordinator.allAssigned()).isEmpty();
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        assertThat(ledger.unassigned()).isEqualTo(Splits.of("x", "y"));
    }
}
