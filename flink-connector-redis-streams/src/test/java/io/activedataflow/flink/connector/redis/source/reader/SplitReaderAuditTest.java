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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException.Kind;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;
import io.activedataflow.flink.connector.redis.source.RedisStreamsDataLossPolicy;
import io.activedataflow.flink.connector.redis.source.RedisStreamsResetPolicy;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.enumerator.initializer.SplitInitializer;
import io.activedataflow.flink.connector.redis.source.enumerator.subscriber.DiscoveredStream;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.after;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.answer;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.lost;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.silence;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.fresh;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.readTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lost entries and streams that are no longer the same. */
@Timeout(60)
class SplitReaderAuditTest {

    private static final RedisStreamsException DOWN =
            new RedisStreamsException(Kind.RETRIABLE, "No connection.", null);

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    // ------------------------------------------------------------------------ loss

    @Test
    void entriesTrimmedUnreadFailTheJob() {
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0").trimBefore("a", "4-0");
        job.assign(readTo("a", "1-0", 1));

        assertThatThrownBy(() -> job.runUntilEmitted("a", "4-0"))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContainingAll(
                        "'a'", "1-0", "2 entries were lost", "4-0", "'scan.on-data-loss'");
        assertThat(job.data.requests()).isEmpty();
    }

    @Test
    void entriesTrimmedUnreadAreCountedAndLeft() {
        job.onLoss = RedisStreamsDataLossPolicy.WARN;
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0").trimBefore("a", "4-0");
        job.assign(readTo("a", "1-0", 1));
        job.runUntilEmitted("a", "4-0");

        assertThat(job.emitted("a")).containsExactly("4-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(2);
    }

    @Test
    void aLossNobodyCanCountIsCountedAsOne() {
        try (ReaderFixture old = new ReaderFixture(FakeRedisStreamsClient.beforeSeven())) {
            old.onLoss = RedisStreamsDataLossPolicy.WARN;
            old.redis.add("a", "1-0", "2-0", "3-0").trimBefore("a", "3-0");
            old.assign(readTo("a", "1-0", -1));
            old.runUntilEmitted("a", "3-0");

            assertThat(old.metric(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(1);
        }
    }

    @Test
    void anObservationMadeDuringAReadIsJudgedAfterIt() {
        job.checkInterval = Duration.ofMillis(1);
        job.redis.add("a", "1-0", "2-0");
        job.data.next(silence());
        job.assign(readTo("a", "1-0", 1));
        job.runRequests(1);
        settleUntilOneIsKept();
        long postponed = job.calls("streamInfo a");
        job.runUntilEmitted("a", "2-0");
        job.runUntil(() -> job.calls("streamInfo a") > postponed);

        assertThat(job.pending.sum()).isZero();
    }

    /** Asks whenever a check is due, until an answer is kept and no more is asked. */
    private void settleUntilOneIsKept() {
        long asked;
        do {
            asked = job.calls("streamInfo a");
            job.settleControl();
            LockSupport.parkNanos(job.checkInterval.multipliedBy(20).toNanos());
            job.settleControl();
        } while (job.calls("streamInfo a") > asked);
    }

    @Test
    void aGapWhileReadingIsFoundAtTheNextTarget() {
        job.onLoss = RedisStreamsDataLossPolicy.WARN;
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0", "5-0");
        job.data.next(after(() -> job.redis.trimBefore("a", "4-0"), answer()));
        job.assign(readTo("a", "1-0", 1));
        job.runUntil(() -> job.metric(RedisStreamsMetric.LOST_ENTRIES) > 0);

        assertThat(job.emitted("a")).containsExactly("4-0", "5-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(2);
        assertThat(job.pending.sum()).isZero();
    }

    @Test
    void aGapFromDeletingIsNoLoss() {
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0");
        job.data.next(after(() -> job.redis.deleteEntry("a", "3-0"), answer()));
        job.assign(readTo("a", "1-0", 1));
        job.runUntil(() -> job.calls("streamInfo a") == 2);
        job.settleControl();
        job.redis.add("a", "5-0");
        job.runUntilEmitted("a", "5-0");

        assertThat(job.emitted("a")).containsExactly("2-0", "4-0", "5-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isZero();
    }

    @Test
    void aSuspicionThatCannotBeSettledIsNotAskedAboutWithoutPause() {
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0");
        job.data.next(
                after(
                        () -> {
                            job.redis.deleteEntry("a", "3-0");
                            job.redis.failAll("streamInfo a", DOWN);
                        },
                        answer()));
        job.assign(readTo("a", "1-0", 1));
        job.runUntil(() -> job.calls("streamInfo a") == 2);
        job.settleControl();
        job.runRequests(20);
        job.settleControl();

        assertThat(job.calls("streamInfo a")).as("the rest is up to periodic checks").isEqualTo(2);
    }

    @Test
    void whatWasTrimmedBeforeALenientStartIsNoLoss() {
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0", "5-0");
        job.data.next(after(() -> job.redis.trimBefore("a", "3-0"), answer()));
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "5-0");
        job.settleControl();
        job.runRequests(1);

        assertThat(job.emitted("a")).containsExactly("3-0", "4-0", "5-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isZero();
        assertThat(job.pending.sum()).isZero();
    }

    @Test
    void whatWasAddedAndTrimmedBeforeALenientStartIsNoLoss() {
        job.checkInterval = Duration.ofMillis(1);
        job.redis.add("a", "1-0", "2-0");
        job.data.next(
                after(
                        () -> job.redis.add("a", "3-0", "4-0", "5-0", "6-0").trimBefore("a", "5-0"),
                        answer()));
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "6-0");
        job.redis.add("a", "7-0");
        job.runUntilEmitted("a", "7-0");
        long asked = job.calls("streamInfo a");
        job.runUntil(() -> job.calls("streamInfo a") > asked + 2);

        assertThat(job.emitted("a")).containsExactly("5-0", "6-0", "7-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isZero();
    }

    @Test
    void whatIsTrimmedAfterALenientStartIsALoss() {
        job.onLoss = RedisStreamsDataLossPolicy.WARN;
        job.maxEntries = 1;
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0", "5-0");
        job.data.next(answer(), after(() -> job.redis.trimBefore("a", "4-0"), answer()));
        job.assign(fresh("a"));
        job.runUntil(() -> job.metric(RedisStreamsMetric.LOST_ENTRIES) > 0);

        assertThat(job.emitted("a")).containsExactly("1-0", "4-0", "5-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(2);
    }

    // ------------------------------------------------------------------------ resets

    @Test
    void aDeletedStreamFailsTheJob() {
        job.assign(readTo("a", "1-0", 1));

        assertThatThrownBy(() -> job.runUntilEmitted("a", "2-0"))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContainingAll("'a'", "1-0", "deleted", "'scan.on-stream-reset'");
    }

    @Test
    void aStreamNeverSeenIsEmpty() {
        job.assign(fresh("a"));
        job.runRequests(3);
        job.redis.add("a", "1-0");
        job.runUntilEmitted("a", "1-0");

        assertThat(job.metric(RedisStreamsMetric.STREAM_RESETS)).isZero();
    }

    @Test
    void aStreamWrittenAnewIsReadFromItsBeginning() {
        job.onReset = RedisStreamsResetPolicy.EARLIEST;
        job.redis.add("a", "1-0", "2-0");
        job.assign(readTo("a", "7-0", 7));
        job.runUntilEmitted("a", "2-0");

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
        assertThat(job.metric(RedisStreamsMetric.STREAM_RESETS)).isEqualTo(1);
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isZero();
        assertThat(job.pending.sum()).isZero();
    }

    @Test
    void aResetWhileReadingIsFoundByThePeriodicCheck() {
        job.checkInterval = Duration.ofMillis(1);
        job.onReset = RedisStreamsResetPolicy.EARLIEST;
        job.redis.add("a", "5-0");
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "5-0");
        job.redis.delete("a").add("a", "1-0");
        job.runUntilEmitted("a", "1-0");

        assertThat(job.emitted("a")).containsExactly("5-0", "1-0");
        assertThat(job.metric(RedisStreamsMetric.STREAM_RESETS)).isEqualTo(1);
    }

    @Test
    void aStreamIsWaitedForUntilItContainsTheBookmarkAgain() {
        job.checkInterval = Duration.ofMillis(1);
        job.onReset = RedisStreamsResetPolicy.WAIT;
        job.redis.add("b", "1-0");
        job.assign(readTo("a", "2-0", 2), fresh("b"));
        job.runUntilEmitted("b", "1-0");
        job.runUntil(() -> job.calls("streamInfo a") > 5);
        assertThat(job.data.keysAskedSince(0)).containsExactly("b");
        job.redis.add("a", "1-0", "2-0", "3-0");
        job.runUntilEmitted("a", "3-0");

        assertThat(job.emitted("a")).containsExactly("3-0");
        assertThat(job.metric(RedisStreamsMetric.STREAM_RESETS)).isEqualTo(1);
    }

    @Test
    void waitingIsNoIncident() {
        job.checkInterval = Duration.ofMillis(1);
        job.deadline = Duration.ofNanos(1);
        job.onReset = RedisStreamsResetPolicy.WAIT;
        failOneInspection();
        job.assign(readTo("a", "2-0", 2));
        job.settleUntil(() -> job.calls("streamInfo a") > 3);
        failOneInspection();
        job.settleUntil(() -> job.metric(RedisStreamsMetric.RETRIED_ERRORS) == 2);
        job.redis.add("a", "1-0", "2-0", "3-0");
        job.runUntilEmitted("a", "3-0");
    }

    private void failOneInspection() {
        job.redis.beforeCall(
                () -> {
                    if (job.redis.calls().get(job.redis.calls().size() - 1).startsWith("stream")) {
                        job.redis.beforeCall(() -> {});
                        throw DOWN;
                    }
                });
    }

    @Test
    void theCheckAfterALostConnectionFindsAStreamRolledBack() {
        job.redis.add("a", "1-0", "2-0");
        job.assign(readTo("a", "1-0", 1));
        job.runUntilEmitted("a", "2-0");
        job.data.next(after(() -> job.redis.delete("a").add("a", "1-0"), lost()));

        assertThatThrownBy(() -> job.runUntilEmitted("a", "3-0"))
                .hasMessageContainingAll("read up to 2-0", "1-0", "rolled back by a failover");
    }

    @Test
    void aPausedSplitIsCheckedToo() {
        job.checkInterval = Duration.ofMillis(1);
        job.redis.add("a", "1-0");
        job.assign(readTo("a", "1-0", 1));
        job.reader().pauseOrResumeSplits(List.of(fresh("a")), List.of());
        job.settleUntil(() -> job.pending.sum() == 0);
        job.redis.delete("a");

        assertThatThrownBy(() -> job.settleUntil(() -> false)).hasMessageContaining("deleted");
    }

    // ------------------------------------------------------------------------ missing bookmarks

    @Test
    void aBookmarkThatWasReadAndIsMissingIsAReset() {
        job.redis.add("a", "1-0", "2-0");
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "2-0");
        job.data.next(
                after(() -> job.redis.add("a", "3-0", "4-0").forgetEntry("a", "2-0"), lost()));

        assertThatThrownBy(() -> job.runUntilEmitted("a", "4-0"))
                .hasMessageContainingAll("read up to 2-0", "not the bookmark itself", "failover");
    }

    @Test
    void anExplicitStartNeedNotBeAnEntry() {
        job.redis.add("a", "1-0", "5-0");
        job.assign(
                new SplitInitializer(
                                RedisStreamsStartPosition.afterIds(
                                        Map.of("a", StreamEntryId.parse("3-0"))),
                                RedisStreamsStopPosition.never(),
                                null)
                        .atStart(job.redis, new DiscoveredStream("a", -1, true)));
        job.runUntilEmitted("a", "5-0");

        assertThat(job.emitted("a")).containsExactly("5-0");
    }

    @Test
    void aStartThatIsNoEntryIsNotLookedForAfterAFailureEither() {
        job.redis.add("a", "1-0", "5-0");
        job.data.next(lost());
        job.assign(
                new RedisStreamsSplit(
                        "a", -1, StreamEntryId.parse("3-0"), -1, true, false, null, null));
        job.runUntilEmitted("a", "5-0");

        assertThat(job.emitted("a")).containsExactly("5-0");
        assertThat(job.redis.calls()).doesNotContain("entryExists a 3-0");
    }

    @Test
    void aBookmarkDeletedWhileTheServerIsAskedIsNoReset() {
        job.redis.add("a", "1-0", "2-0", "3-0");
        job.redis.beforeCall(
                () -> {
                    if (job.redis.calls().contains("entryExists a 2-0")) {
                        job.redis.deleteEntry("a", "2-0");
                    }
                });
        job.assign(readTo("a", "2-0", 2));
        job.runUntilEmitted("a", "3-0");

        assertThat(job.emitted("a")).containsExactly("3-0");
        assertThat(job.metric(RedisStreamsMetric.STREAM_RESETS)).isZero();
    }

    @Test
    void aBookmarkTrimmedWhileTheServerIsAskedIsNoReset() {
        job.redis.add("a", "1-0", "2-0", "3-0");
        job.redis.beforeCall(
                () -> {
                    if (job.redis.calls().contains("entryExists a 2-0")) {
                        job.redis.trimBefore("a", "3-0");
                    }
                });
        job.assign(readTo("a", "2-0", 2));
        job.runUntilEmitted("a", "3-0");

        assertThat(job.metric(RedisStreamsMetric.STREAM_RESETS)).isZero();
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isZero();
    }
}
