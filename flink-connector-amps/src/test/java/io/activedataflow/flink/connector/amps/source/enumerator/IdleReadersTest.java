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

import io.activedataflow.flink.connector.amps.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Which readers are told that there is nothing for them to read. */
@Timeout(60)
class IdleReadersTest {

    private final EnumeratorFixture job = new EnumeratorFixture();

    @Test
    void nobodyIsToldBeforeTheFirstRound() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);

        assertThat(job.coordinator.getSentEvents()).isEmpty();
    }

    @Test
    void readersWithoutASplitAreToldOnce() {
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        int idle = job.coordinator.assignedTo(0).isEmpty() ? 0 : 1;
        job.nextRound();
        enumerator.handleSourceEvent(idle, new RestoredSplitsEvent(List.of()));

        assertThat(told(idle)).isEqualTo(1);
        assertThat(told(1 - idle)).isZero();
    }

    @Test
    void aReaderThatRegistersLaterIsTold() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(1, enumerator);

        assertThat(told(1)).isEqualTo(1);
        assertThat(told(0)).isZero();
    }

    @Test
    void aReaderThatComesBackIsToldAgain() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        job.coordinator.fail(0, enumerator);
        job.coordinator.register(0, enumerator);

        assertThat(told(0)).isEqualTo(2);
    }

    @Test
    void aReaderThatGetsWhatIsPlannedForItIsNotTold() {
        job.amps.add("a", "b");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);

        assertThat(job.coordinator.allAssigned()).hasSize(2);
        assertThat(job.coordinator.getSentEvents()).isEmpty();
    }

    @Test
    void nobodyIsToldWhileRestoredSplitsAreStillToBeHandedOut() {
        job.amps.add("a", "b");
        AmpsEnumState state = Splits.state(Set.of("a"), Splits.of("b"));
        AmpsSourceEnumerator enumerator = job.restored(state, 2);
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        assertThat(job.coordinator.getSentEvents()).as("'b' may go to either").isEmpty();
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("a")));
        enumerator.handleSourceEvent(1, new RestoredSplitsEvent(List.of()));

        assertThat(job.coordinator.keysAssignedTo(1)).containsExactly("b");
        assertThat(job.coordinator.getSentEvents()).isEmpty();
    }

    @Test
    void readersOfABoundedSourceAreNotTold() {
        AmpsSourceEnumerator enumerator = job.bounded().started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();

        assertThat(job.coordinator.getSentEvents()).isEmpty();
        assertThat(job.coordinator.noMoreSplits()).containsExactlyInAnyOrder(0, 1);
    }

    private long told(int subtask) {
        return job.coordinator.getSentEvents().getOrDefault(subtask, List.of()).stream()
                .filter(NothingToReadEvent.class::isInstance)
                .count();
    }
}
