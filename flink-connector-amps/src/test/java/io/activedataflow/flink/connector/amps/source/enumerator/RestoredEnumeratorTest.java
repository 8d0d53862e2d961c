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
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** How an unbounded source goes on from a checkpoint. */
@Timeout(60)
class RestoredEnumeratorTest {

    private final EnumeratorFixture job = new EnumeratorFixture();

    private static AmpsEnumState state(Set<String> assigned, String... unassigned) {
        return Splits.state(assigned, Splits.of(unassigned));
    }

    @Test
    void discoveredButUnassignedSplitsAreInTheStateWithTheirFixedPositions() {
        job.start = AmpsStartPosition.latest();
        job.amps.add("a", "b").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        assertThat(enumerator.snapshotState(1).initialDiscoveryDone()).isFalse();
        assertThat(enumerator.snapshotState(1).unassignedSplits()).isEmpty();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);

        AmpsEnumState state = enumerator.snapshotState(2);
        assertThat(state.initialDiscoveryDone()).isTrue();
        assertThat(state.assignedSplitIds())
                .containsExactlyElementsOf(job.coordinator.keysAssignedTo(0));
        assertThat(state.unassignedSplits())
                .hasSize(1)
                .extracting(AmpsSplit::start)
                .containsExactly("1|5|");

        job.amps.logEndsAt(1, 6);
        AmpsSourceEnumerator restored = job.restored(state, 1);
        job.coordinator.register(0, restored);
        restored.handleSourceEvent(
                0, new RestoredSplitsEvent(List.copyOf(state.assignedSplitIds())));

        assertThat(job.coordinator.allAssigned()).isEqualTo(state.unassignedSplits());
    }

    @Test
    void splitsThatReadersHaveAreNotAssignedAgain() {
        job.amps.add("a", "b");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("a", "b")), 1);
        job.coordinator.register(0, enumerator);
        job.coordinator.runNow();
        job.nextRound();

        assertThat(job.coordinator.allAssigned()).isEmpty();
    }

    @Test
    void newSplitsWaitUntilAllReadersHaveReported() {
        job.amps.add("a", "b", "x", "y");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("a", "b")), 2);
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
        job.amps.add("a", "x");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("a")), 2);
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        assertThat(job.coordinator.allAssigned()).isEmpty();

        job.nextRound();

        assertThat(Splits.ids(job.coordinator.allAssigned())).containsExactly("x");
    }

    @Test
    void topicsThatAreNewSinceTheCheckpointAreReadFromTheirBeginning() {
        job.start = AmpsStartPosition.latest();
        job.amps.add("a", "x").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("a")), 1);
        job.coordinator.register(0, enumerator);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("a")));
        job.coordinator.runNow();

        assertThat(job.coordinator.allAssigned())
                .extracting(split -> split.splitId() + ' ' + split.start())
                .containsExactly("x 0");
        assertThat(job.amps.calls()).as("the end of the log").doesNotContain("end a", "end x");
    }

    @Test
    void aTopicAddedToTheListIsReadFromItsBeginning() {
        job.selection = AmpsTopicSelection.topics("a", "b");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("a")), 1);
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(split -> split.splitId() + ' ' + split.start())
                .containsExactly("b 0");
    }

    @Test
    void whatIsNotSelectedAnyMoreIsForgotten() {
        job.selection = EnumeratorFixture.discovered("a.*");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("a1", "b1"), "a2", "b2"), 1);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("a1", "b1")));

        AmpsEnumState state = enumerator.snapshotState(1);
        assertThat(state.assignedSplitIds()).containsExactly("a1");
        assertThat(state.unassignedSplits()).isEqualTo(Splits.of("a2"));
    }

    @Test
    void whatIsSelectedAgainIsReadFromItsBeginning() {
        job.selection = EnumeratorFixture.discovered("a.*");
        AmpsEnumState without = job.restored(state(Set.of("a1", "b1")), 1).snapshotState(1);
        job.selection = EnumeratorFixture.discovered(".*");
        job.amps.add("a1", "b1");
        AmpsSourceEnumerator enumerator = job.restored(without, 1);
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(split -> split.splitId() + ' ' + split.start())
                .containsExactly("b1 0");
    }

    @Test
    void aPatternIsTheSameSplitAfterARestore() {
        job.selection = AmpsTopicSelection.pattern("a.*");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("/^(?:a.*)$/")), 1);
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).assignedSplitIds()).containsExactly("/^(?:a.*)$/");
        assertThat(enumerator.snapshotState(1).unassignedSplits()).isEmpty();
    }

    @Test
    void anotherPatternIsAnotherSplit() {
        job.selection = AmpsTopicSelection.pattern("b.*");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("/^(?:a.*)$/")), 1);
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).assignedSplitIds()).isEmpty();
        assertThat(Splits.ids(enumerator.snapshotState(1).unassignedSplits()))
                .containsExactly("/^(?:b.*)$/");
    }

    // ------------------------------------------------------- another subscription than before

    private static AmpsEnumState sharded(AmpsSharding sharding, String... assigned) {
        return new AmpsEnumState(
                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                sharding,
                null,
                true,
                Set.of(assigned),
                List.of());
    }

    @Test
    void shardsAreAssignedAgainOnlyIfTheyAreMissing() {
        job.sharding = new AmpsSharding(3, "/id");
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.restored(sharded(job.sharding, "a#0/3", "a#2/3"), 1);
        job.coordinator.runNow();

        assertThat(Splits.ids(enumerator.snapshotState(1).unassignedSplits()))
                .containsExactly("a#1/3");
    }

    @Test
    void anotherNumberOfShardsFailsNamingBoth() {
        job.sharding = new AmpsSharding(3, "/id");

        assertThatThrownBy(() -> job.create(sharded(new AmpsSharding(2, "/id"), "a#0/2")).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 shards by /id")
                .hasMessageContaining("3 shards by /id")
                .hasMessageContaining("Restore with the old sharding");
    }

    @Test
    void anotherExpressionOfShardsFailsNamingBoth() {
        job.sharding = new AmpsSharding(2, "/customer");

        assertThatThrownBy(() -> job.create(sharded(new AmpsSharding(2, "/id"), "a#0/2")).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 shards by /id")
                .hasMessageContaining("2 shards by /customer");
    }

    @Test
    void shardsWhereThereWereNoneFailToo() {
        job.sharding = new AmpsSharding(2, "/id");

        assertThatThrownBy(() -> job.create(state(Set.of(), "a")).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shards: none")
                .hasMessageContaining("2 shards by /id");
    }

    @Test
    void noShardsWhereThereWereSomeFailToo() {
        assertThatThrownBy(() -> job.create(sharded(new AmpsSharding(2, "/id"), "a#0/2")).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 shards by /id")
                .hasMessageContaining("asks for: none");
    }

    @Test
    void otherShardsOfOtherTopicsAreFine() {
        job.sharding = new AmpsSharding(2, "/id");
        job.selection = AmpsTopicSelection.topics("b");
        AmpsSourceEnumerator enumerator = job.restored(state(Set.of("a"), "c"), 1);
        job.coordinator.runNow();

        assertThat(Splits.ids(enumerator.snapshotState(1).unassignedSplits()))
                .containsExactly("b#0/2", "b#1/2");
        assertThat(enumerator.snapshotState(1).sharding()).isEqualTo(job.sharding);
    }

    @Test
    void anotherFilterIsTakenOver() {
        job.filter = "/id > 7";

        AmpsEnumState state = job.restored(state(Set.of("a"), "b"), 1).snapshotState(1);

        assertThat(state.filter()).isEqualTo("/id > 7");
        assertThat(state.assignedSplitIds()).containsExactly("a");
        assertThat(state.unassignedSplits()).isEqualTo(Splits.of("b"));
    }

    @Test
    void anotherKindOfSubscriptionFailsNamingBoth() {
        job.kind = AmpsSubscriptionKind.LIVE;

        assertThatThrownBy(() -> job.create(state(Set.of("a"))).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kind BOOKMARK_REPLAY")
                .hasMessageContaining("kind LIVE");
    }

    /** Flink loses what is thrown while it restores, so nothing may be until it starts. */
    @Test
    void stateThatCannotBeUsedIsRefusedByTheStartAndNeverReplaced() {
        job.kind = AmpsSubscriptionKind.LIVE;

        AmpsSourceEnumerator enumerator = job.create(state(Set.of("a")));

        assertThatThrownBy(enumerator::start).hasMessageContaining("kind BOOKMARK_REPLAY");
        assertThatThrownBy(() -> enumerator.snapshotState(1))
                .hasMessageContaining("kind BOOKMARK_REPLAY");
    }

    // ---------------------------------------------------------------- positions given by hand

    @Test
    void positionsGivenByHandAreAppliedOnceToUnassignedSplits() {
        job.overrides = Map.of("b", "77|7|");
        AmpsEnumState first = job.restored(state(Set.of(), "a", "b"), 1).snapshotState(1);
        assertThat(first.unassignedSplits())
                .extracting(AmpsSplit::start)
                .containsExactly(Splits.named("a").start(), "77|7|");

        AmpsEnumState second = job.restored(first, 1).snapshotState(1);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void positionsGivenByHandCountFromTheFirstStartOn() {
        // Otherwise the first failure after the start would move the split behind everybody's
        // back.
        job.overrides = Map.of("a", "3|1|");
        job.amps.add("a");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(AmpsSplit::start, AmpsSplit::appliedOverride)
                .containsExactly(tuple("3|1|", "3|1|"));
    }
}
