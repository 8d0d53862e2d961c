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
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RestoredSplitsEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** How an unbounded source goes on from a checkpoint. */
@Timeout(60)
class RestoredEnumeratorTest {

    private final EnumeratorFixture job = new EnumeratorFixture();

    private static RedisStreamsEnumState state(Set<String> assigned, String... unassigned) {
        return new RedisStreamsEnumState(true, assigned, Splits.of(unassigned));
    }

    @Test
    void unassignedSplitsAreInTheStateWithTheirFixedPositions() {
        job.start = RedisStreamsStartPosition.latest();
        job.redis.add("a", "5-0").add("b", "5-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
        assertThat(enumerator.snapshotState(1))
                .isEqualTo(new RedisStreamsEnumState(false, Set.of(), List.of()));
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);

        RedisStreamsEnumState state = enumerator.snapshotState(2);
        assertThat(state.initialDiscoveryDone()).isTrue();
        assertThat(state.assignedSplitIds())
                .containsExactlyElementsOf(job.coordinator.keysAssignedTo(0));
        assertThat(state.unassignedSplits())
                .hasSize(1)
                .extracting(RedisStreamsSplit::bookmark)
                .containsExactly(new StreamEntryId(5, 0));

        job.redis.add("a", "6-0").add("b", "6-0");
        RedisStreamsSourceEnumerator restored = job.restored(state, 1);
        job.coordinator.register(0, restored);
        restored.handleSourceEvent(
                0, new RestoredSplitsEvent(List.copyOf(state.assignedSplitIds())));

        assertThat(job.coordinator.allAssigned()).isEqualTo(state.unassignedSplits());
    }

    @Test
    void splitsThatReadersHaveAreNotAssignedAgain() {
        job.redis.add("a").add("b");
        RedisStreamsSourceEnumerator enumerator = job.restored(state(Set.of("a", "b")), 1);
        job.coordinator.register(0, enumerator);
        job.coordinator.runNow();
        job.nextRound();

        assertThat(job.coordinator.allAssigned()).isEmpty();
    }

    @Test
    void newSplitsWaitUntilAllReadersHaveReported() {
        job.redis.add("a").add("b").add("x").add("y");
        RedisStreamsSourceEnumerator enumerator = job.restored(state(Set.of("a", "b")), 2);
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("a", "b")));
        assertThat(job.coordinator.allAssigned()).isEmpty();
        assertThat(job.coordinator.unassignedSplits()).isEqualTo(2);

        enumerator.handleSourceEvent(1, new RestoredSplitsEvent(List.of()));

        assertThat(job.coordinator.keysAssignedTo(1)).containsExactly("x", "y");
    }

    @Test
    void newSplitsWaitNoLongerThanUntilTheNextRound() {
        job.redis.add("a").add("x");
        RedisStreamsSourceEnumerator enumerator = job.restored(state(Set.of("a")), 2);
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        assertThat(job.coordinator.allAssigned()).isEmpty();

        job.nextRound();

        assertThat(Splits.ids(job.coordinator.allAssigned())).containsExactly("x");
    }

    @Test
    void streamsThatAreNewSinceTheCheckpointAreReadFromTheirBeginning() {
        job.start = RedisStreamsStartPosition.latest();
        job.redis.add("a", "5-0").add("x", "7-0");
        RedisStreamsSourceEnumerator enumerator = job.restored(state(Set.of("a")), 1);
        job.coordinator.register(0, enumerator);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("a")));
        job.coordinator.runNow();

        assertThat(job.coordinator.allAssigned())
                .extracting(split -> split.streamKey() + ' ' + split.bookmark())
                .containsExactly("x 0-0");
    }

    @Test
    void whatIsNotSelectedAnyMoreIsForgotten() {
        job.selection = RedisStreamsSelection.pattern("a*");
        RedisStreamsSourceEnumerator enumerator =
                job.restored(state(Set.of("a1", "b1"), "a2", "b2"), 1);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("a1", "b1")));

        RedisStreamsEnumState state = enumerator.snapshotState(1);
        assertThat(state.assignedSplitIds()).containsExactly("a1");
        assertThat(state.unassignedSplits()).isEqualTo(Splits.of("a2"));
    }

    @Test
    void whatIsSelectedAgainIsReadFromItsBeginning() {
        job.selection = RedisStreamsSelection.pattern("a*");
        RedisStreamsEnumState without = job.restored(state(Set.of("a1", "b1")), 1).snapshotState(1);
        job.selection = RedisStreamsSelection.pattern("*");
        job.redis.add("a1", "1-0").add("b1", "1-0");
        RedisStreamsSourceEnumerator enumerator = job.restored(without, 1);
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(split -> split.streamKey() + ' ' + split.bookmark())
                .containsExactly("b1 0-0");
    }

    @Test
    void positionsGivenByHandAreAppliedOnceToUnassignedSplits() {
        StreamEntryId override = new StreamEntryId(77, 7);
        job.overrides = Map.of("b", override);
        RedisStreamsEnumState first = job.restored(state(Set.of(), "a", "b"), 1).snapshotState(1);
        assertThat(first.unassignedSplits())
                .extracting(RedisStreamsSplit::bookmark)
                .containsExactly(Splits.named("a").bookmark(), override);

        RedisStreamsEnumState second = job.restored(first, 1).snapshotState(1);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void positionsGivenByHandCountFromTheFirstStartOn() {
        // Otherwise the first failure after the start would move the stream behind everybody's
        // back.
        StreamEntryId override = new StreamEntryId(3, 0);
        job.overrides = Map.of("a", override);
        job.redis.add("a", "5-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(RedisStreamsSplit::bookmark, RedisStreamsSplit::appliedOverride)
                .containsExactly(tuple(override, override));
    }
}
