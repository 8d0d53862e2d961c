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

import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;
import io.activedataflow.flink.connector.redis.source.RedisStreamsDataLossPolicy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.after;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.answer;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.lost;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.bounded;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.fresh;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.readTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Splits that end. */
@Timeout(60)
class SplitReaderBoundedTest {

    private static final RedisNode MASTER = FakeRedisStreamsClient.MASTER;
    private static final RedisNode REPLICA = new RedisNode("replica", 6380);

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    @Test
    void aStopThatIsReachedExactlyEndsWithTheSameBatch() {
        job.redis.add("a", "1-0", "2-0");
        job.assign(bounded(fresh("a"), "2-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
        assertThat(job.data.requests()).hasSize(1);
    }

    @Test
    void whatLiesBeyondTheStopIsNotEmitted() {
        job.redis.add("a", "1-0", "2-0", "2-1", "3-0");
        job.assign(bounded(fresh("a"), "2-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
    }

    @Test
    void entriesAllBeyondTheStopEndTheSplitWithNone() {
        job.redis.add("a", "5-0");
        job.assign(bounded(fresh("a"), "2-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).isEmpty();
    }

    @Test
    void aStopWhoseEntryIsGoneIsReachedByAnEmptyRead() {
        job.redis.add("a", "1-0", "2-0").deleteEntry("a", "2-0");
        job.assign(bounded(fresh("a"), "2-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("1-0");
    }

    @Test
    void anEntryAddedAfterAnEmptyReadIsNotMissed() {
        job.redis.add("a", "1-0");
        job.assign(bounded(readTo("a", "1-0", 1), "3-0", false));
        // The stream passes its stop between an empty read and the look at the server.
        job.data.next(
                after(
                        () ->
                                job.redis.beforeCall(
                                        () -> {
                                            job.redis.beforeCall(() -> {});
                                            job.redis.add("a", "2-0", "4-0");
                                        }),
                        answer()));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("2-0");
    }

    @Test
    void aStreamThatHasNotGotThereYetIsWaitedFor() {
        job.redis.add("a", "1-0");
        job.assign(bounded(fresh("a"), "5-0", false));
        job.runRequests(10);
        assertThat(job.finished()).isEmpty();
        job.redis.add("a", "4-0", "6-0");
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("1-0", "4-0");
    }

    @Test
    void anEmptyStreamEndsAtOnce() {
        job.assign(bounded(fresh("a"), "0-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.finished()).containsExactly("a");
        assertThat(job.data.requests()).isEmpty();
    }

    @Test
    void aStopByTimeEndsWithTheServersClock() {
        job.redis.add("a", "1-0").serverTime(100);
        job.assign(bounded(fresh("a"), "100-18446744073709551615", true));
        job.runRequests(10);
        assertThat(job.finished()).as("entries of this millisecond may yet come").isEmpty();
        job.redis.serverTime(101);
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("1-0");
    }

    @Test
    void aStreamThatNeverComesEndsWithTheServersClock() {
        job.redis.serverTime(101);
        job.assign(bounded(fresh("a"), "100-0", true));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).isEmpty();
    }

    @Test
    void theClockIsAskedForOnlyWhereItCounts() {
        job.redis.add("a", "1-0");
        job.assign(bounded(fresh("a"), "1-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.calls("serverTimeMillis a")).isZero();
    }

    @Test
    void aReplicaThatHasNothingMoreIsNotBelieved() {
        job.readFromReplica = true;
        job.redis.moveTo(MASTER, REPLICA).add("a", "1-0", "2-0", "3-0").deleteEntry("a", "3-0");
        job.data.lagging(REPLICA);
        job.assign(bounded(fresh("a"), "3-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
        assertThat(job.data.requests().get(0).node()).isEqualTo(REPLICA);
        assertThat(job.data.requests().get(job.data.requests().size() - 1).node())
                .isEqualTo(MASTER);
    }

    @Test
    void aReplicaThatHasNothingMoreIsNotBelievedAfterALostConnectionEither() {
        job.readFromReplica = true;
        job.redis.moveTo(MASTER, REPLICA).add("a", "1-0");
        job.data.next(answer());
        job.assign(bounded(readTo("a", "1-0", 1), "3-0", false));
        job.runRequests(2);
        job.data.lagging(REPLICA);
        job.data.next(after(() -> job.redis.add("a", "2-0", "3-0"), lost()));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("2-0", "3-0");
    }

    @Test
    void theStopAppliesAfterALostConnectionToo() {
        job.redis.add("a", "1-0", "2-0", "3-0");
        job.data.next(lost());
        job.assign(bounded(fresh("a"), "2-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
    }

    @Test
    void aSplitAtItsStopDoesNotCareWhatBecameOfItsStream() {
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0").trimBefore("a", "4-0");
        job.assign(
                bounded(readTo("a", "2-0", 2), "2-0", false),
                bounded(readTo("gone", "2-0", 2), "1-0", false));
        job.runUntil(() -> job.finished().size() == 2);

        assertThat(job.data.requests()).isEmpty();
    }

    @Test
    void otherSplitsGoOn() {
        job.redis.add("a", "1-0").add("b", "1-0");
        job.assign(bounded(fresh("a"), "1-0", false), fresh("b"));
        job.runUntil(() -> job.finished().equals(List.of("a")));
        job.redis.add("a", "2-0").add("b", "2-0");
        job.runUntilEmitted("b", "2-0");

        assertThat(job.emitted("a")).containsExactly("1-0");
    }

    @Test
    void failuresWhileInspectingDoNotKeepASplitFromEnding() {
        job.redis.add("a", "1-0");
        job.checkInterval = Duration.ofMillis(1);
        job.assign(bounded(fresh("a"), "2-0", false));
        job.runUntilEmitted("a", "1-0");
        job.redis.failAll(
                "streamInfo a",
                new RedisStreamsException(RedisStreamsException.Kind.RETRIABLE, "LOADING", null));
        job.redis.add("a", "2-0").deleteEntry("a", "2-0");
        job.runRequests(5);
        assertThat(job.finished()).isEmpty();
        job.redis.failAll("streamInfo a", null);

        job.runUntil(() -> !job.finished().isEmpty());
    }

    @Test
    void whatWasTrimmedInFrontOfAStopIsLost() {
        job.onLoss = RedisStreamsDataLossPolicy.WARN;
        trimWhileReadingToTheStop();
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("4-0", "5-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(2);
        assertThat(job.data.requests()).as("nothing is read beyond the stop").hasSize(1);
    }

    @Test
    void aSplitDoesNotEndWhereEntriesAreLost() {
        trimWhileReadingToTheStop();

        assertThatThrownBy(() -> job.runUntil(() -> !job.finished().isEmpty()))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContainingAll("'a'", "2 entries were lost");
        assertThat(job.finished()).isEmpty();
    }

    @Test
    void aGapInFrontOfAStopEndsTheSplitAlsoOfAStreamThatIsGone() {
        job.onLoss = RedisStreamsDataLossPolicy.WARN;
        job.redis.beforeCall(
                () -> {
                    if (job.calls("streamInfo a") == 2) {
                        job.redis.delete("a");
                    }
                });
        trimWhileReadingToTheStop();
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(2);
        assertThat(job.metric(RedisStreamsMetric.STREAM_RESETS)).isZero();
    }

    @Test
    void anEmptyReadDoesNotEndASplitWhereEntriesAreLostEither() {
        job.onLoss = RedisStreamsDataLossPolicy.WARN;
        job.readFromReplica = true;
        job.redis.moveTo(MASTER, REPLICA).add("a", "1-0", "2-0", "3-0", "4-0", "5-0");
        job.data.lagging(REPLICA);
        job.data.next(after(() -> job.redis.add("a", "6-0").deleteEntry("a", "6-0"), answer()));
        // It goes on at the master, where the stream is known to be past the stop.
        job.redis.beforeCall(
                () -> {
                    if (job.redis.calls().contains("connect " + MASTER)) {
                        job.redis.trimBefore("a", "4-0");
                    }
                });
        job.assign(bounded(readTo("a", "1-0", 1), "6-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("4-0", "5-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(2);
    }

    @Test
    void whatWasDeletedInFrontOfAStopIsNoLoss() {
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0");
        job.data.next(after(() -> job.redis.deleteEntry("a", "3-0"), answer()));
        job.assign(bounded(readTo("a", "1-0", 1), "4-0", false));
        job.runUntil(() -> !job.finished().isEmpty());

        assertThat(job.emitted("a")).containsExactly("2-0", "4-0");
        assertThat(job.metric(RedisStreamsMetric.LOST_ENTRIES)).isZero();
    }

    private void trimWhileReadingToTheStop() {
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0", "5-0");
        job.data.next(after(() -> job.redis.trimBefore("a", "4-0"), answer()));
        job.assign(bounded(readTo("a", "1-0", 1), "5-0", false));
    }
}
