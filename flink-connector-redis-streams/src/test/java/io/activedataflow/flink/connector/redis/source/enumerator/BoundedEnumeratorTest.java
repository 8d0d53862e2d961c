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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;
import io.activedataflow.flink.connector.redis.source.split.RestoredSplitsEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How a bounded source comes to its end. */
@Timeout(60)
class BoundedEnumeratorTest {

    private final EnumeratorFixture job = new EnumeratorFixture().bounded();

    @Test
    void noMoreSplitsIsSaidOncePerRegistration() {
        job.redis.add("a", "1-0").add("b", "1-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
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
        job.redis.add("a", "1-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();

        job.coordinator.runNow();

        assertThat(job.coordinator.noMoreSplits()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aSplitOfAFailedReaderIsPendingUntilItReturns() {
        job.redis.add("a", "1-0").add("b", "1-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        List<RedisStreamsSplit> given = job.coordinator.assignedTo(0);
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
        job.redis.add("a", "1-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
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
        job.redis.add("a", "1-0").add("b", "1-0").add("c", "1-0").add("d", "1-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
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
    void withoutAnyStreamTheSourceEnds() {
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();

        assertThat(job.coordinator.noMoreSplits()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aStreamThatIsNotThereIsAnEmptySplit() {
        job.selection = RedisStreamsSelection.keys("absent");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(RedisStreamsSplit::stop)
                .containsExactly(new StopPoint(StreamEntryId.ZERO, false));
    }

    @Test
    void aStreamWithoutStopIdFailsTheJob() {
        job.stop = RedisStreamsStopPosition.ids(Map.of("a", new StreamEntryId(1, 0)));
        job.redis.add("a", "1-0").add("b", "1-0");
        job.started();

        assertThatThrownBy(() -> job.coordinator.runNow())
                .hasStackTraceContaining("no stop ID for the stream 'b'");
    }

    @Test
    void afterARestoreNothingIsLookedForAndTheRestIsAssigned() {
        RedisStreamsSourceEnumerator enumerator =
                job.restored(new RedisStreamsEnumState(true, Set.of("a"), Splits.of("b", "c")), 2);
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);

        assertThat(job.redis.calls()).isEmpty();
        assertThat(job.coordinator.allAssigned())
                .containsExactlyInAnyOrderElementsOf(Splits.of("b", "c"));
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0, 1);
    }

    @Test
    void afterARestoreOfAnUnfinishedFirstRoundItIsRunAgain() {
        job.redis.add("a", "1-0");
        RedisStreamsSourceEnumerator enumerator =
                job.restored(new RedisStreamsEnumState(false, Set.of(), List.of()), 1);
        job.coordinator.register(0, enumerator);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        job.coordinator.runNow();

        assertThat(job.coordinator.allAssigned()).hasSize(1);
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }
}
