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

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;

import org.apache.flink.api.connector.source.SourceEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Discovery and assignment in a job that is not restored. */
@Timeout(60)
class AmpsSourceEnumeratorTest {

    private static final AmpsException DOWN =
            new AmpsException(Kind.RETRIABLE, "No connection.", null);

    private final EnumeratorFixture job = new EnumeratorFixture();

    @Test
    void startingDoesNotTouchTheServer() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        enumerator.close();

        assertThat(job.amps.calls()).isEmpty();
        assertThat(job.coordinator.allAssigned()).isEmpty();
    }

    @Test
    void splitsAreSpreadOverReadersInWhateverOrderTheseCome() {
        job.coordinator = new FakeCoordinator(3);
        job.amps.add("a", "b", "c", "d", "e", "f");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(2, enumerator);
        job.coordinator.runNow();
        assertThat(job.coordinator.allAssigned()).as("not all to the first reader").hasSize(2);
        assertThat(job.coordinator.unassignedSplits()).isEqualTo(4);

        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);

        for (int subtask = 0; subtask < 3; subtask++) {
            assertThat(job.coordinator.assignedTo(subtask)).hasSize(2);
        }
        assertThat(job.coordinator.unassignedSplits()).isZero();
    }

    @Test
    void everyTopicIsCutIntoItsShards() {
        job.selection = AmpsTopicSelection.topics("b", "a");
        job.sharding = new AmpsSharding(2, "/id");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(Splits.ids(enumerator.snapshotState(1).unassignedSplits()))
                .containsExactly("a#0/2", "a#1/2", "b#0/2", "b#1/2");
        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(split -> split.shard().filter())
                .contains("(ABS(CRC32(/id)) % 2) = 1");
    }

    @Test
    void aPatternIsOneSplit() {
        job.selection = AmpsTopicSelection.pattern("orders-.*");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(job.amps.calls()).isEmpty();
        assertThat(Splits.ids(enumerator.snapshotState(1).unassignedSplits()))
                .containsExactly("/^(?:orders-.*)$/");
    }

    @Test
    void whatAppearsLaterIsReadFromItsBeginning() {
        job.start = AmpsStartPosition.latest();
        job.amps.add("a").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        job.amps.add("b").logEndsAt(1, 7);
        job.nextRound();

        assertThat(job.coordinator.allAssigned())
                .extracting(split -> split.splitId() + ' ' + split.start())
                .containsExactlyInAnyOrder("a 1|5|", "b 0");
    }

    @Test
    void roundsThatWereMissedAreNotMadeUpFor() {
        job.amps.add("a");
        job.started();
        job.coordinator.runNow();
        job.nextRound();
        int calls = job.amps.calls().size();
        job.coordinator.runPeriodic();

        assertThat(job.amps.calls()).hasSize(calls);
        job.nextRound();
        assertThat(job.amps.calls()).hasSizeGreaterThan(calls);
    }

    @Test
    void fixedTopicsAreNotLookedForAgain() {
        job.selection = AmpsTopicSelection.topics("orders");
        job.started();

        assertThat(job.coordinator.getExecutorService().getActivePeriodicScheduledTask()).isEmpty();
    }

    @Test
    void whatTheServersHaveIsNarrowedToTheSelection() {
        job.selection = EnumeratorFixture.discovered("orders-[0-9]+");
        job.amps.add("orders-0", "orders-x", "my-orders-1", "orders-11");
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(Splits.ids(enumerator.snapshotState(1).unassignedSplits()))
                .containsExactly("orders-0", "orders-11");
    }

    // --------------------------------------------------------------- pinned positions

    @Test
    void aMessagePublishedAfterTheStartWasFixedIsNotSkipped() {
        job.start = AmpsStartPosition.latest();
        job.amps.add("a").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.amps.logEndsAt(1, 6);
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);

        assertThat(job.coordinator.allAssigned())
                .extracting(AmpsSplit::start)
                .containsExactly("1|5|");
    }

    @Test
    void theFixedStartSurvivesAFailureBeforeTheFirstCheckpoint() {
        job.start = AmpsStartPosition.latest();
        job.amps.add("a", "b").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        List<AmpsSplit> given = job.coordinator.assignedTo(0);
        job.amps.logEndsAt(1, 6);

        job.coordinator.fail(0, enumerator);
        assertThat(enumerator.snapshotState(1).unassignedSplits()).containsAll(given);
        job.coordinator.register(1, enumerator);
        job.coordinator.register(0, enumerator);

        assertThat(given).hasSize(1);
        assertThat(job.coordinator.assignedTo(0)).isEqualTo(given);
        assertThat(job.coordinator.assignedTo(1)).hasSize(1);
    }

    @Test
    void aSecondInitialRoundChangesNothing() {
        job.start = AmpsStartPosition.latest();
        job.amps.add("a").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.create(null);
        // While the first round is under way, another begins and is entered before it.
        job.amps.beforeCall(
                () -> {
                    job.amps.beforeCall(() -> {});
                    enumerator.start();
                    job.coordinator.runNow();
                    job.amps.add("b").logEndsAt(1, 7);
                });
        enumerator.start();
        job.coordinator.runNow();
        job.nextRound();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(split -> split.splitId() + ' ' + split.start())
                .containsExactly("a 1|5|", "b 0");
    }

    @Test
    void liveSubscriptionsHaveNoPosition() {
        job.kind = AmpsSubscriptionKind.LIVE;
        job.start = AmpsStartPosition.latest();
        job.amps.add("a").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(job.amps.calls()).containsExactly("topics of json");
        assertThat(enumerator.snapshotState(1).kind()).isEqualTo(AmpsSubscriptionKind.LIVE);
        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .allMatch(split -> split.kind() == AmpsSubscriptionKind.LIVE)
                .allMatch(split -> split.position().isNone())
                .hasSize(1);
    }

    // ------------------------------------------------------------------------ failures

    @Test
    void aFailingFirstRoundDelaysButSkipsNothing() {
        job.bounded();
        job.amps.add("a").failNext(DOWN, DOWN);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        job.coordinator.runNow();

        assertThat(job.pause.waits()).containsExactly(100L, 200L);
        assertThat(job.coordinator.discoveryFailures()).isEqualTo(2);
        assertThat(job.coordinator.allAssigned()).hasSize(1);
        assertThat(job.coordinator.noMoreSplits()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void eachStepIsRepeatedByItselfOnTheNextServer() {
        job.start = AmpsStartPosition.latest();
        job.amps.add("a").logEndsAt(1, 5);
        job.amps.beforeCall(
                () -> {
                    if (job.amps.calls().size() == 2 || job.amps.calls().size() == 4) {
                        job.amps.failNext(DOWN);
                    }
                });
        job.started();
        job.coordinator.runNow();

        assertThat(job.amps.calls())
                .containsExactly(
                        "topics of json",
                        "open amps1",
                        "open amps2",
                        "end a",
                        "open amps1",
                        "end a");
        assertThat(job.amps.openConnections()).isZero();
        assertThat(job.amps.clientNames())
                .doesNotHaveDuplicates()
                .allMatch(n -> n.startsWith("job"));
    }

    @Test
    void anEndThatAServerDoesNotTellIsATime() {
        job.bounded().start = AmpsStartPosition.latest();
        job.amps.add("a").silentFor(topic -> true);
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(split -> split.start() + ' ' + split.end().bookmark())
                .containsExactly("20260102T030405.678901Z 20260102T030405.678901Z");
    }

    @Test
    void aServerThatStaysAwayFailsTheJob() {
        job.bounded();
        job.amps.add("a");
        job.amps.beforeCall(
                () -> {
                    if (job.amps.calls().size() > 1) {
                        job.amps.failNext(DOWN);
                    }
                });
        job.started();

        assertThatThrownBy(() -> job.coordinator.runNow())
                .hasStackTraceContaining("Could not find out what to read for each topic matching")
                .hasStackTraceContaining(
                        "Could not find the end of the log on amps1:9007, amps2:9007 for 30000 ms")
                .hasStackTraceContaining("No connection.");
    }

    @Test
    void anAdministrationInterfaceThatStaysAwayFailsTheJobNamingIt() {
        job.amps.beforeCall(() -> job.amps.failNext(DOWN));
        job.started();

        assertThatThrownBy(() -> job.coordinator.runNow())
                .hasStackTraceContaining("Could not look for topics on")
                .hasStackTraceContaining("http://admin.example:8085");
    }

    @Test
    void whatTryingAgainCannotMendFailsTheJobAtOnce() {
        job.bounded();
        job.selection = AmpsTopicSelection.topics("a");
        job.amps.failNext(new AmpsException(Kind.FATAL, "Not entitled to 'a'.", null));
        job.started();

        assertThatThrownBy(() -> job.coordinator.runNow())
                .hasStackTraceContaining("Not entitled to 'a'.");
        assertThat(job.pause.waits()).isEmpty();
    }

    @Test
    void closingEndsRetries() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.amps.failNext(DOWN);
        job.pause.whileWaiting(enumerator::close);
        job.nextRound();

        assertThat(job.pause.waits()).hasSize(1);
    }

    @Test
    void closingClosesTheConnectionOfAQuestionThatIsUnderWay() {
        job.bounded();
        job.amps.add("a").logEndsAt(1, 5);
        AmpsSourceEnumerator enumerator = job.started();
        job.amps.beforeCall(
                () -> {
                    if (job.amps.calls().contains("end a")) {
                        assertThat(job.amps.openConnections()).isEqualTo(1);
                        enumerator.close();
                        assertThat(job.amps.openConnections()).isZero();
                    }
                });
        job.coordinator.runNow();

        assertThat(job.amps.calls()).endsWith("end a");
        assertThat(enumerator.snapshotState(1).unassignedSplits()).isEmpty();
    }

    @Test
    void nothingIsConnectedAfterClose() {
        job.bounded().selection = AmpsTopicSelection.topics("a");
        AmpsSourceEnumerator enumerator = job.started();
        enumerator.close();
        job.coordinator.runNow();

        assertThat(job.amps.calls()).isEmpty();
        assertThat(enumerator.snapshotState(1).unassignedSplits()).isEmpty();
    }

    @Test
    void anEventOfAnotherKindIsAnError() {
        AmpsSourceEnumerator enumerator = job.started();
        SourceEvent stranger = new SourceEvent() {};

        assertThatThrownBy(() -> enumerator.handleSourceEvent(0, stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reader 0");
    }

    @Test
    void anUnboundedSourceWithoutTopicsGoesOnLooking() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        assertThat(job.coordinator.allAssigned()).isEmpty();

        job.amps.add("a");
        job.nextRound();

        assertThat(job.coordinator.allAssigned()).hasSize(1);
    }
}
