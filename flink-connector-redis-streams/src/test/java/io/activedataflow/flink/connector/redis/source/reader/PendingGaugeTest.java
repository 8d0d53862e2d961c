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

import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RetryIncident;
import io.activedataflow.flink.connector.redis.testutils.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PendingGaugeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeRedisStreamsClient redis =
            FakeRedisStreamsClient.modern().add("a", "1-0", "2-0", "3-0").add("b", "1-0");
    private final PendingEntries entries = new PendingEntries();
    private final ReaderClient client = ReaderClient.create(redis, 0);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void countsWhileTheFetcherWaits() {
        add("a", "3-0", 3);
        add("b", "1-0", 1);
        PendingGauge gauge = new PendingGauge(entries, client, Duration.ofMillis(10));
        awaitPending(gauge, 0);

        redis.add("a", "4-0", "5-0").add("b", "2-0");
        awaitPending(gauge, 3);
        redis.add("b", "3-0", "4-0");
        awaitPending(gauge, 5);
    }

    /** A reader without streams has no fetcher that would collect anything. */
    @Test
    void leavesNothingBehindForTheFetcher() {
        add("a", "3-0", 3);
        PendingGauge gauge = new PendingGauge(entries, client, Duration.ZERO);
        redis.add("a", "4-0");
        awaitPending(gauge, 1);

        assertThat(client.control().uncollected()).isZero();
    }

    @Test
    void leavesItToAFetcherThatIsAtWork() {
        add("a", "2-0", 2);
        PendingGauge gauge = new PendingGauge(entries, client, Duration.ofHours(1));

        assertThat(gauge.getAsLong()).isEqualTo(PendingCount.UNKNOWN);
        assertThat(gauge.getAsLong()).isEqualTo(PendingCount.UNKNOWN);
        client.close();
        assertThat(redis.calls()).isEmpty();
    }

    @Test
    void serverThatIsAwayLeavesTheNumberAsItIs() {
        add("a", "2-0", 2);
        PendingGauge gauge = new PendingGauge(entries, client, Duration.ofMillis(10));
        awaitPending(gauge, 1);

        redis.add("a", "4-0");
        redis.failAll(
                "streamInfo a",
                new RedisStreamsException(RedisStreamsException.Kind.RETRIABLE, "away", null));
        int calls = redis.calls().size();
        Await.until(
                "two more attempts",
                PATIENCE,
                () -> gauge.getAsLong() == 1 && redis.calls().size() >= calls + 2);
        redis.failAll("streamInfo a", null);
        awaitPending(gauge, 2);
    }

    private void add(String key, String position, long read) {
        SplitProgress split =
                new SplitProgress(
                        ReaderFixture.readTo(key, position, read),
                        new RetryIncident(
                                new ExponentialBackoff(
                                        Duration.ofMillis(1), Duration.ofMillis(1), 0),
                                PATIENCE));
        entries.add(split);
    }

    private static void awaitPending(PendingGauge gauge, long pending) {
        Await.until(
                pending + " pending entries",
                PATIENCE,
                () -> gauge.getAsLong() == pending,
                () -> "There are " + gauge.getAsLong() + '.');
    }
}
