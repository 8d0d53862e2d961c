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

import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** How a bounded source comes to its end. */
@Timeout(60)
class BoundedEnumeratorTest {

    private final EnumeratorFixture job = new EnumeratorFixture().bounded();

    @Test
    void noMoreSplitsIsSaidOncePerRegistration() {
        job.amps.add("a", "b");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.runNow();
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of()));
        enumerator.handleSourceEvent(0, 1, new RestoredSplitsEvent(List.of()));
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);

        // Reader 0 may have finished by now: what the others do must not concern it any more.
        job.coordinator.register(1, enumerator);
        enumerator.handleSourceEvent(1, new RestoredSplitsEvent(List.of()));
        job.coordinator.fail(1, enumerator);

        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 1);
    }

    @Test
    void noMoreSplitsIsNotSaidBeforeTheFirstRoundIsDone() {
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();

        job.coordinator.runNow();

        assertThat(job.coordinator.noMoreSplits()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aSplitOfAFailedReaderIsPendingUntilItReturns() {
        job.amps.add("a", "b");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        List<AmpsSplit> given = job.coordinator.assignedTo(0);
        job.coordinator.fail(0, enumerator);
        job.coordinator.register(1, enumerator);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 1);

        job.coordinator.register(0, enumerator);

        assertThat(job.coordinator.assignedTo(0)).isEqualTo(given).hasSize(1);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 1, 0);
    }

    @Test
    void anIdleReaderIsToldToo() {
        job.coordinator = new FakeCoordinator(3);
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        for (int subtask = 0; subtask < 3; subtask++) {
            job.coordinator.register(subtask, enumerator);
        }

        assertThat(job.coordinator.allAssigned()).hasSize(1);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 1, 2);
    }

    @Test
    void readersThatComeOneAfterTheOtherAllGetTheirShare() {
        // As in a batch job with fewer slots than readers: the next starts when the last is done.
        job.amps.add("a", "b", "c", "d");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        assertThat(job.coordinator.assignedTo(0)).hasSize(2);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);

        job.coordinator.register(1, enumerator);

        assertThat(job.coordinator.assignedTo(1)).hasSize(2);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 1);
    }

    @Test
    void thereIsOneRoundOnly() {
        job.started();

        assertThat(job.coordinator.getExecutorService().getActivePeriodicScheduledTask()).isEmpty();
    }

    @Test
    void withoutAnyTopicTheSourceEnds() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();

        assertThat(job.coordinator.noMoreSplits()).containsExactlyInAnyOrder(0, 1);
        assertThat(job.amps.calls()).as("no log to ask for").containsExactly("topics of json");
    }

    @Test
    void anEmptyLogIsAnEmptySplitThatIsAssignedAndEnds() {
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(AmpsSplit::end)
                .containsExactly(ReplayEnd.ofLog("0", "tcp://amps1:9007/amps/json"))
                .allMatch(ReplayEnd::isBeforeEverything);
    }

    @Test
    void anEmptySplitIsStillToBeReadAfterARestore() {
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        AmpsEnumState state = enumerator.snapshotState(1);
        job.amps.logEndsAt(1, 9);
        AmpsSourceEnumerator restored = job.restored(state, 1);
        job.coordinator.register(0, restored);

        assertThat(job.coordinator.allAssigned()).isEqualTo(state.unassignedSplits());
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void theEndIsFixedAtTheStart() {
        job.amps.add("a").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.amps.logEndsAt(1, 6);
        AmpsSourceEnumerator restored = job.restored(enumerator.snapshotState(1), 1);
        job.coordinator.register(0, restored);

        assertThat(job.coordinator.allAssigned())
                .extracting(AmpsSplit::end)
                .containsExactly(ReplayEnd.ofLog("1|5|", "tcp://amps1:9007/amps/json"));
    }

    @Test
    void startAndStopOfAllSplitsAreOfTheSameMoment() {
        job.start = AmpsStartPosition.latest();
        job.sharding = new AmpsSharding(2, "/id");
        job.amps.add("a", "b").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(job.amps.calls()).containsExactly("topics of json", "open amps1", "end a");
        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .hasSize(4)
                .allSatisfy(
                        split -> {
                            assertThat(split.start()).isEqualTo("1|5|");
                            assertThat(split.end().bookmark()).isEqualTo("1|5|");
                        });
    }

    @Test
    void afterARestoreNothingIsLookedForAndTheRestIsAssigned() {
        AmpsSourceEnumerator enumerator =
                job.restored(Splits.state(Set.of("a"), Splits.of("b", "c")), 2);
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);

        assertThat(job.amps.calls()).isEmpty();
        assertThat(job.coordinator.allAssigned())
                .containsExactlyInAnyOrderElementsOf(Splits.of("b", "c"));
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 1);
    }

    @Test
    void afterARestoreOfAnUnfinishedFirstRoundItIsRunAgain() {
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.restored(job.create(null).snapshotState(1), 1);
        job.coordinator.register(0, enumerator);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        job.coordinator.runNow();

        assertThat(job.coordinator.allAssigned()).hasSize(1);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }
}
