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
import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RetryIncident;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.RedisStreamsDataLossPolicy;
import io.activedataflow.flink.connector.redis.source.RedisStreamsResetPolicy;
import io.activedataflow.flink.connector.redis.source.reader.SplitProgress.Phase;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.LogLines;

import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** A single split, which is paused so that nothing connects: replies and failures are made up. */
@Timeout(60)
class SplitSupervisorTest {

    private static final String KEY = "orders-0";
    private static final RedisNode HOME = new RedisNode("fake", 6379);
    private static final RedisNode TARGET = new RedisNode("target", 6379);

    private final FakeRedisStreamsClient redis = FakeRedisStreamsClient.modern().add(KEY, "5-0");
    private final ReaderClient client = ReaderClient.create(redis, 0);
    private final ReaderOptions options =
            new ReaderOptions(
                    false,
                    false,
                    1000,
                    1 << 20,
                    Duration.ofDays(1),
                    Duration.ofSeconds(1),
                    new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0),
                    Duration.ofMinutes(1),
                    RedisStreamsDataLossPolicy.FAIL,
                    RedisStreamsResetPolicy.FAIL,
                    null,
                    null);
    private final EntryBufferPool pool = new EntryBufferPool(1 << 20);
    private final RedisStreamsSourceReaderMetrics metrics =
            new RedisStreamsSourceReaderMetrics(
                    InternalSourceReaderMetricGroup.mock(new MetricListener().getMetricGroup()));
    private final SplitProgress split =
            new SplitProgress(
                    new RedisStreamsSplit(
                            KEY,
                            0,
                            StreamEntryId.ZERO,
                            RedisStreamsSplit.UNKNOWN_ENTRIES_READ,
                            false,
                            false,
                            new StopPoint(new StreamEntryId(10, 0), false),
                            null),
                    new RetryIncident(options.backoff(), options.retryDeadline()));
    private final List<SplitProgress> ended = new ArrayList<>();
    private final SplitSupervisor supervisor =
            new SplitSupervisor(
                    options,
                    client,
                    new NodeChannels(client, pool, options, metrics),
                    List.of(split),
                    metrics,
                    ended::add);

    @BeforeEach
    void verify() {
        split.setPaused(true);
        askAndTakeAnswer();
        assertThat(split.phase()).isEqualTo(Phase.READING);
        assertThat(split.node()).isEqualTo(HOME);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void anEmptyReplyFromBeforeTheServerPassedTheStopIsNotTheEnd() {
        replyEmpty();
        split.setInFlightOn(HOME);
        redis.add(KEY, "10-0");
        askAndTakeAnswer();

        // The server may have answered this read before it was given 10-0.
        replyEmpty();
        assertThat(ended).isEmpty();

        replyEmpty();
        assertThat(ended).containsExactly(split);
    }

    @Test
    void aRedirectToANodeThatIsDownIsAnIncident() {
        split.setAskNode(TARGET);

        fail(TARGET);

        assertThat(split.incident().isOpen()).isTrue();
        assertThat(split.phase()).isEqualTo(Phase.UNVERIFIED);
        assertThat(split.askNode()).isNull();
        assertThat(split.nextAttemptNanos() - System.nanoTime()).isPositive();
    }

    @Test
    void anIncidentIsOneLineWhenItBeginsAndOneWhenItEnds() {
        try (LogLines log = LogLines.of(SplitSupervisor.class)) {
            split.position().moveTo(5, 0);
            fail(HOME);
            fail(HOME);
            Await.until(
                    "the end of the incident",
                    Duration.ofSeconds(30),
                    () -> {
                        askAndTakeAnswer();
                        return split.phase() == Phase.READING;
                    });
            replyEmpty();

            assertThat(log.all())
                    .containsExactly(
                            "WARN Reading is interrupted and will be retried for 60000 ms, at"
                                    + " orders-0 after 5-0: lost",
                            "INFO No stream has trouble any more; the last one, 'orders-0', is read"
                                    + " from fake:6379 again, after 5-0.");
        }
    }

    @Test
    void aReadUnderWayElsewhereIsNotRepeated() {
        split.setInFlightOn(TARGET);

        fail(HOME);
        assertThat(split.isInFlight()).isTrue();
        assertThat(split.phase()).isEqualTo(Phase.READING);

        fail(TARGET);
        assertThat(split.isInFlight()).isFalse();
        assertThat(split.phase()).isEqualTo(Phase.UNVERIFIED);
    }

    @Test
    void aConnectionThatIsLostConcernsTheSplitsThatAreReadThere() {
        fail(TARGET);
        assertThat(split.phase()).isEqualTo(Phase.READING);

        fail(HOME);
        assertThat(split.phase()).isEqualTo(Phase.UNVERIFIED);
    }

    private void replyEmpty() {
        supervisor.onReply(split, false, System.nanoTime());
    }

    private void fail(RedisNode node) {
        supervisor.channelFailed(
                new NodeChannel(node, pool, options),
                new RedisStreamsException(RedisStreamsException.Kind.RETRIABLE, "lost", null));
    }

    private void askAndTakeAnswer() {
        AtomicBoolean answered = new AtomicBoolean();
        supervisor.doWhatIsDue(System.nanoTime());
        client.control().submit(() -> true, (result, failure) -> answered.set(true));
        Await.until(
                "an answer",
                Duration.ofSeconds(30),
                () -> {
                    client.control().runCompleted();
                    return answered.get();
                });
    }
}
