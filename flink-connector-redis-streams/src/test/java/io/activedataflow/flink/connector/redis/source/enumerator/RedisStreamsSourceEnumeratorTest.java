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
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException.Kind;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.api.connector.source.SourceEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Discovery and assignment in a job that is not restored. */
@Timeout(60)
class RedisStreamsSourceEnumeratorTest {

    private static final RedisStreamsException DOWN =
            new RedisStreamsException(Kind.RETRIABLE, "No connection.", null);

    private final EnumeratorFixture job = new EnumeratorFixture();

    @Test
    void startingDoesNotTouchTheServer() {
        job.connect =
                () -> {
                    throw new AssertionError("on the coordinator thread");
                };
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        enumerator.close();

        assertThat(job.redis.calls()).isEmpty();
        assertThat(job.coordinator.allAssigned()).isEmpty();
    }

    @Test
    void splitsAreSpreadOverReadersInWhateverOrderTheseCome() {
        job.coordinator = new FakeCoordinator(3);
        for (String key : List.of("a", "b", "c", "d", "e", "f")) {
            job.redis.add(key);
        }
        RedisStreamsSourceEnumerator enumerator = job.started();
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
    void whatAppearsLaterIsReadFromItsBeginning() {
        job.start = RedisStreamsStartPosition.latest();
        job.redis.add("a", "5-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        job.redis.add("b", "7-0");
        job.nextRound();

        assertThat(job.coordinator.allAssigned())
                .extracting(split -> split.streamKey() + ' ' + split.bookmark())
                .containsExactlyInAnyOrder("a 5-0", "b 0-0");
    }

    @Test
    void roundsThatWereMissedAreNotMadeUpFor() {
        job.redis.add("a");
        job.started();
        job.coordinator.runNow();
        job.nextRound();
        int calls = job.redis.calls().size();
        job.coordinator.runPeriodic();

        assertThat(job.redis.calls()).hasSize(calls);
        job.nextRound();
        assertThat(job.redis.calls()).hasSizeGreaterThan(calls);
    }

    @Test
    void fixedKeysAreNotLookedForAgain() {
        job.selection = RedisStreamsSelection.topic("orders", 2);
        job.started();

        assertThat(job.coordinator.getExecutorService().getActivePeriodicScheduledTask()).isEmpty();
    }

    @Test
    void aScanIsNarrowedToTheSelection() {
        job.selection = RedisStreamsSelection.topic("orders");
        job.redis.add("orders-0").add("orders-x").add("orders-11");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(job.redis.calls()).containsExactly("scanStreams orders-[0-9]*");
        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(RedisStreamsSplit::streamKey, RedisStreamsSplit::partition)
                .containsExactly(tuple("orders-0", 0), tuple("orders-11", 11));
    }

    // --------------------------------------------------------------- pinned positions

    @Test
    void anEntryAddedAfterTheStartWasFixedIsNotSkipped() {
        job.start = RedisStreamsStartPosition.latest();
        job.redis.add("a", "5-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.redis.add("a", "6-0");
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);

        assertThat(job.coordinator.allAssigned())
                .extracting(RedisStreamsSplit::bookmark)
                .containsExactly(new StreamEntryId(5, 0));
    }

    @Test
    void theFixedStartSurvivesAFailureBeforeTheFirstCheckpoint() {
        job.start = RedisStreamsStartPosition.latest();
        job.redis.add("a", "5-0").add("b", "5-0");
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        List<RedisStreamsSplit> given = job.coordinator.assignedTo(0);
        job.redis.add("a", "6-0").add("b", "6-0");

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
        job.start = RedisStreamsStartPosition.latest();
        job.redis.add("a", "5-0");
        RedisStreamsSourceEnumerator enumerator = job.create(null);
        // While the first round is under way, another begins and is entered before it.
        job.redis.beforeCall(
                () -> {
                    job.redis.beforeCall(() -> {});
                    enumerator.start();
                    job.coordinator.runNow();
                    job.redis.add("b", "7-0");
                });
        enumerator.start();
        job.coordinator.runNow();
        job.nextRound();

        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(split -> split.streamKey() + ' ' + split.bookmark())
                .containsExactly("a 5-0", "b 0-0");
    }

    // ------------------------------------------------------------------------ failures

    @Test
    void aFailingFirstRoundDelaysButSkipsNothing() {
        job.bounded();
        job.redis.add("a", "5-0").failNext(DOWN, DOWN);
        RedisStreamsSourceEnumerator enumerator = job.started();
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
    void aFailureHalfwayDoesNotMovePositionsFixedBefore() {
        job.start = RedisStreamsStartPosition.latest();
        job.redis.add("a", "5-0").add("b", "5-0");
        job.redis.beforeCall(
                () -> {
                    if (job.redis
                            .calls()
                            .equals(List.of("scanStreams *", "streamInfo a", "streamInfo b"))) {
                        job.redis.failNext(DOWN);
                        job.redis.add("a", "6-0");
                    }
                });
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(job.redis.calls()).endsWith("streamInfo b", "streamInfo b");
        assertThat(enumerator.snapshotState(1).unassignedSplits())
                .extracting(RedisStreamsSplit::bookmark)
                .containsOnly(new StreamEntryId(5, 0));
    }

    @Test
    void aServerThatIsNotThereYetIsWaitedFor() {
        job.redis.add("a");
        job.connect =
                () -> {
                    if (job.pause.waits().size() < 3) {
                        throw DOWN;
                    }
                    return job.redis;
                };
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits()).hasSize(1);
    }

    @Test
    void aServerThatStaysAwayFailsTheJob() {
        job.connect =
                () -> {
                    throw DOWN;
                };
        job.started();

        assertThatThrownBy(() -> job.coordinator.runNow())
                .hasStackTraceContaining("Could not find out what to read for pattern '*'")
                .hasStackTraceContaining(
                        "Could not look for streams on redis.example:6379 for 30000 ms")
                .hasStackTraceContaining("No connection.");
    }

    @Test
    void whatTryingAgainCannotMendFailsTheJobAtOnce() {
        job.redis.failNext(new RedisStreamsException(Kind.FATAL, "NOPERM for SCAN", null));
        job.started();

        assertThatThrownBy(() -> job.coordinator.runNow())
                .hasStackTraceContaining("NOPERM for SCAN");
        assertThat(job.pause.waits()).isEmpty();
    }

    @Test
    void closingEndsRetriesAndClosesTheClient() {
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.redis.failNext(DOWN);
        job.pause.whileWaiting(enumerator::close);
        job.nextRound();

        assertThat(job.redis.isClosed()).isTrue();
        assertThat(job.pause.waits()).hasSize(1);
    }

    @Test
    void aClientThatIsBornDuringCloseIsClosed() {
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.connect =
                () -> {
                    enumerator.close();
                    return job.redis;
                };
        job.coordinator.runNow();

        assertThat(job.redis.isClosed()).isTrue();
        assertThat(job.redis.calls()).isEmpty();
    }

    @Test
    void nothingIsConnectedAfterClose() {
        RedisStreamsSourceEnumerator enumerator = job.started();
        enumerator.close();
        job.connect =
                () -> {
                    throw new AssertionError("after close");
                };
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(1).unassignedSplits()).isEmpty();
    }

    @Test
    void anEventOfAnotherKindIsAnError() {
        RedisStreamsSourceEnumerator enumerator = job.started();
        SourceEvent stranger = new SourceEvent() {};

        assertThatThrownBy(() -> enumerator.handleSourceEvent(0, stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reader 0");
    }

    @Test
    void anUnboundedSourceWithoutStreamsGoesOnLooking() {
        RedisStreamsSourceEnumerator enumerator = job.started();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        job.coordinator.runNow();
        assertThat(job.coordinator.noMoreSplits()).isEmpty();
        assertThat(job.coordinator.allAssigned()).isEmpty();

        job.redis.add("a");
        job.nextRound();

        assertThat(job.coordinator.allAssigned()).hasSize(1);
    }
}
