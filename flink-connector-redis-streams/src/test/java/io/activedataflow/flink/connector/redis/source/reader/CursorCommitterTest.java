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
import io.activedataflow.flink.connector.redis.client.GroupCursor;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException.Kind;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.testutils.LogLines;

import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class CursorCommitterTest {

    private static final RedisStreamsException DOWN =
            new RedisStreamsException(Kind.RETRIABLE, "No connection.", null);

    private final FakeRedisStreamsClient redis = FakeRedisStreamsClient.modern().add("a").add("b");
    private final MetricListener metrics = new MetricListener();
    private final ReaderClient client = ReaderClient.create(redis, 0);
    private final CursorCommitter committer = committer(null);

    private CursorCommitter committer(String consumer) {
        return new CursorCommitter(
                "g",
                consumer,
                client,
                new RedisStreamsSourceReaderMetrics(
                        InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup())));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void commitsThePositionsOfACompletedCheckpoint() throws Exception {
        committer.snapshot(1, List.of(at("a", 5)));
        finishControl();
        assertThat(commits()).isEmpty();
        committer.checkpointCompleted(1);
        finishControl();

        assertThat(commits()).containsExactly("commitCursor a g 5-0");
        assertThat(redis.committed("a", "g"))
                .hasValueSatisfying(
                        (GroupCursor cursor) -> assertThat(cursor.entriesRead()).isEqualTo(5));
        assertThat(count(RedisStreamsMetric.COMMITS_SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void onlyTheNewestPositionIsWritten() throws Exception {
        CountDownLatch blocked = blockControl();
        for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
            committer.snapshot(checkpoint, List.of(at("a", checkpoint)));
            committer.checkpointCompleted(checkpoint);
        }
        blocked.countDown();
        finishControl();

        assertThat(commits()).containsExactly("commitCursor a g 3-0");
    }

    @Test
    void checkpointsThatNeverCompletedAreSuperseded() throws Exception {
        committer.snapshot(1, List.of(at("a", 1)));
        committer.snapshot(2, List.of(at("a", 2)));
        committer.checkpointCompleted(2);
        committer.checkpointCompleted(1);
        finishControl();

        assertThat(commits()).containsExactly("commitCursor a g 2-0");
    }

    @Test
    void anAbortedCheckpointIsForgotten() throws Exception {
        committer.snapshot(1, List.of(at("a", 1)));
        committer.checkpointAborted(1);
        committer.checkpointCompleted(1);
        finishControl();

        assertThat(commits()).isEmpty();
    }

    @Test
    void anAbortedCheckpointDoesNotTakeTheEndOfASplitWithIt() throws Exception {
        committer.splitEnded(at("a", 9));
        committer.snapshot(1, List.of());
        committer.checkpointAborted(1);
        committer.snapshot(2, List.of());
        committer.checkpointCompleted(2);
        finishControl();

        assertThat(commits()).containsExactly("commitCursor a g 9-0");
    }

    @Test
    void aSplitThatHasEndedIsCommittedOnce() throws Exception {
        committer.splitEnded(at("a", 9));
        for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
            committer.snapshot(checkpoint, List.of(at("b", checkpoint)));
            committer.checkpointCompleted(checkpoint);
            finishControl();
        }

        assertThat(commits())
                .containsExactlyInAnyOrder(
                        "commitCursor a g 9-0",
                        "commitCursor b g 1-0",
                        "commitCursor b g 2-0",
                        "commitCursor b g 3-0");
    }

    @Test
    void theEndOfASplitThatCouldNotBeCommittedIsTriedAgain() throws Exception {
        redis.failAll("commitCursor a g 9-0", DOWN);
        committer.splitEnded(at("a", 9));
        complete(1);
        assertThat(redis.committed("a", "g")).isEmpty();
        redis.failAll("commitCursor a g 9-0", null);
        complete(2);

        assertThat(redis.committed("a", "g")).isPresent();
        assertThat(count(RedisStreamsMetric.COMMITS_FAILED)).isEqualTo(1);
        assertThat(count(RedisStreamsMetric.COMMITS_SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void aFailedPositionDoesNotOverwriteANewerOne() throws Exception {
        redis.failAll("commitCursor a g 1-0", DOWN);
        complete(1, at("a", 1));
        complete(2, at("a", 2));
        complete(3);

        assertThat(commits()).containsExactly("commitCursor a g 1-0", "commitCursor a g 2-0");
    }

    @Test
    void streamsNeverSeenAndStreamsNotReadAreLeftAlone() throws Exception {
        complete(1, ReaderFixture.fresh("a"), notSeen("b"));

        assertThat(redis.calls()).isEmpty();
    }

    @Test
    void aFailureIsCountedAndDisturbsNothing() throws Exception {
        RedisStreamsException refused = new RedisStreamsException(Kind.FATAL, "NOPERM", null);
        redis.failAll("commitCursor a g 1-0", refused);
        complete(1, at("a", 1), at("b", 1));

        assertThat(count(RedisStreamsMetric.COMMITS_FAILED)).isEqualTo(1);
        assertThat(count(RedisStreamsMetric.COMMITS_SUCCEEDED)).isEqualTo(1);
        assertThat(redis.committed("b", "g")).isPresent();
    }

    @Test
    void aRowOfFailuresIsOneLineWhenItBeginsAndOneWhenItEnds() throws Exception {
        RedisStreamsException refused = new RedisStreamsException(Kind.FATAL, "NOPERM", null);
        redis.failAll("commitCursor a g 1-0", refused).failAll("commitCursor a g 2-0", refused);
        try (LogLines log = LogLines.of(CursorCommitter.class)) {
            for (int checkpoint = 1; checkpoint <= 4; checkpoint++) {
                complete(checkpoint, at("a", checkpoint), at("b", checkpoint));
            }

            assertThat(log.all())
                    .containsExactly(
                            "WARN The cursor of group 'g' on stream 'a' could not be moved to 1-0;"
                                    + " the job goes on and the next checkpoint tries again:"
                                    + " NOPERM",
                            "INFO All cursors of group 'g' are moved again.");
        }
    }

    @Test
    void aNodeThatDoesNotAnswerIsAskedOncePerRound() throws Exception {
        redis.failAll("commitCursor a g 1-0", DOWN).failAll("commitCursor b g 1-0", DOWN);
        complete(1, at("a", 1), at("b", 1));

        assertThat(commits()).hasSize(1);
        assertThat(count(RedisStreamsMetric.COMMITS_FAILED)).isEqualTo(2);
        complete(2, at("a", 2), at("b", 2));
        assertThat(count(RedisStreamsMetric.COMMITS_SUCCEEDED)).isEqualTo(2);
    }

    @Test
    void theConsumerIsShownOnceAndAgainAfterAFailure() throws Exception {
        CursorCommitter withConsumer = committer("me");
        for (int checkpoint = 1; checkpoint <= 4; checkpoint++) {
            redis.failAll("commitCursor a g 3-0", DOWN);
            withConsumer.snapshot(checkpoint, List.of(at("a", checkpoint)));
            withConsumer.checkpointCompleted(checkpoint);
            finishControl();
        }

        assertThat(redis.calls().stream().filter("createConsumer a g me"::equals)).hasSize(2);
    }

    @Test
    void whatWasReleasedIsWaitedFor() {
        for (int checkpoint = 1; checkpoint <= 50; checkpoint++) {
            committer.snapshot(checkpoint, List.of(at("a", checkpoint), at("b", checkpoint)));
            committer.checkpointCompleted(checkpoint);
        }
        committer.awaitCommits(Duration.ofSeconds(50));

        assertThat(redis.committed("a", "g"))
                .map(GroupCursor::lastDeliveredId)
                .contains(StreamEntryId.parse("50-0"));
        assertThat(redis.committed("b", "g"))
                .map(GroupCursor::lastDeliveredId)
                .contains(StreamEntryId.parse("50-0"));
    }

    @Test
    void withNothingReleasedNobodyIsWaitedFor() {
        CountDownLatch blocked = blockControl();
        committer.awaitCommits(Duration.ofDays(1));
        blocked.countDown();

        assertThat(redis.calls()).isEmpty();
    }

    @Test
    void waitingEndsWhenPatienceDoes() {
        CountDownLatch blocked = blockControl();
        committer.snapshot(1, List.of(at("a", 1)));
        committer.checkpointCompleted(1);
        committer.awaitCommits(Duration.ofMillis(1));
        assertThat(redis.calls()).isEmpty();
        blocked.countDown();
    }

    private void complete(long checkpoint, RedisStreamsSplit... splits) throws Exception {
        committer.snapshot(checkpoint, List.of(splits));
        committer.checkpointCompleted(checkpoint);
        finishControl();
    }

    private CountDownLatch blockControl() {
        CountDownLatch blocked = new CountDownLatch(1);
        client.control()
                .execute(
                        () -> {
                            try {
                                blocked.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        return blocked;
    }

    private void finishControl() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        client.control().execute(done::countDown);
        done.await();
    }

    private List<String> commits() {
        return redis.calls().stream().filter(call -> call.startsWith("commit")).toList();
    }

    private long count(RedisStreamsMetric metric) {
        return metrics.getCounter(metric.qualifiedName().split("\\.")).orElseThrow().getCount();
    }

    private static RedisStreamsSplit at(String key, long n) {
        return ReaderFixture.readTo(key, n + "-0", n);
    }

    private static RedisStreamsSplit notSeen(String key) {
        RedisStreamsSplit seen = at(key, 5);
        return new RedisStreamsSplit(key, -1, seen.bookmark(), -1, true, false, null, null);
    }
}
