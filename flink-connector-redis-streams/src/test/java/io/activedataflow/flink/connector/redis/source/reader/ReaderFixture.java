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
import io.activedataflow.flink.connector.redis.client.FakeDataPlane;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.RedisStreamsDataLossPolicy;
import io.activedataflow.flink.connector.redis.source.RedisStreamsResetPolicy;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A split reader over a Redis in memory, with the thread of the test as its fetcher and a control
 * thread of its own.
 */
final class ReaderFixture implements AutoCloseable {

    final FakeRedisStreamsClient redis;
    final FakeDataPlane data;
    final PendingEntries pending = new PendingEntries();

    boolean multiKeyReads = true;
    boolean readFromReplica;
    int maxEntries = 100;
    long targetBytes = 1 << 20;
    Duration checkInterval = Duration.ofHours(1);
    Duration commandTimeout = Duration.ofMinutes(1);
    Duration backoff = Duration.ofMillis(1);
    Duration deadline = Duration.ofMinutes(1);
    RedisStreamsDataLossPolicy onLoss = RedisStreamsDataLossPolicy.FAIL;
    RedisStreamsResetPolicy onReset = RedisStreamsResetPolicy.FAIL;

    private final MetricListener metrics = new MetricListener();
    private final Map<String, List<String>> emitted = new HashMap<>();
    private final List<String> finished = new ArrayList<>();
    private ReaderClient client;
    private RedisStreamsSplitReader reader;

    ReaderFixture() {
        this(FakeRedisStreamsClient.modern());
    }

    ReaderFixture(FakeRedisStreamsClient redis) {
        this.redis = redis;
        this.data = redis.dataPlane();
    }

    // ------------------------------------------------------------------------ splits

    /** A split that starts at the beginning of its stream. */
    static RedisStreamsSplit fresh(String key) {
        return new RedisStreamsSplit(key, -1, StreamEntryId.ZERO, -1, false, false, null, null);
    }

    /** A split that was read up to this entry. */
    static RedisStreamsSplit readTo(String key, String id, long entriesRead) {
        return new RedisStreamsSplit(
                key, -1, StreamEntryId.parse(id), entriesRead, true, true, null, null);
    }

    static RedisStreamsSplit bounded(RedisStreamsSplit split, String lastId, boolean byTime) {
        return new RedisStreamsSplit(
                split.streamKey(),
                split.partition(),
                split.bookmark(),
                split.entriesRead(),
                split.strict(),
                split.seen(),
                new StopPoint(StreamEntryId.parse(lastId), byTime),
                null);
    }

    ReaderFixture assign(RedisStreamsSplit... splits) {
        reader().handleSplitsChanges(new SplitsAddition<>(List.of(splits)));
        return this;
    }

    void remove(RedisStreamsSplit split) {
        reader().handleSplitsChanges(new SplitsRemoval<>(List.of(split)));
    }

    // ------------------------------------------------------------------------ running

    ReaderOptions options() {
        return new ReaderOptions(
                multiKeyReads,
                readFromReplica,
                maxEntries,
                targetBytes,
                checkInterval,
                commandTimeout,
                new ExponentialBackoff(backoff, backoff.multipliedBy(2), 0.0),
                deadline,
                onLoss,
                onReset,
                null,
                null);
    }

    RedisStreamsSplitReader reader() {
        if (reader == null) {
            client = ReaderClient.create(redis, 0);
            reader =
                    new RedisStreamsSplitReader(
                            options(),
                            client,
                            pending,
                            new RedisStreamsSourceReaderMetrics(
                                    InternalSourceReaderMetricGroup.mock(
                                            metrics.getMetricGroup())));
        }
        return reader;
    }

    ReaderClient client() {
        reader();
        return client;
    }

    /** Fetches until the condition holds; each fetch ends with the first reply or silence. */
    void runUntil(BooleanSupplier condition) {
        data.afterPoll(reader()::wakeUp);
        while (!condition.getAsBoolean()) {
            requireTime();
            takeIn(reader.fetch());
        }
    }

    /** Lets the reader do everything but wait for replies until the condition holds. */
    void settleUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            requireTime();
            reader().wakeUp();
            takeIn(reader.fetch());
            LockSupport.parkNanos(100_000L);
        }
    }

    /** The time-out of a test interrupts it. */
    private static void requireTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("Waited in vain.");
        }
    }

    /** Lets the reader take up everything that the control thread has been asked until now. */
    void settleControl() {
        AtomicBoolean done = new AtomicBoolean();
        client().control().submit(() -> true, (result, failure) -> done.set(result));
        settleUntil(done::get);
        AtomicBoolean again = new AtomicBoolean();
        client().control().submit(() -> true, (result, failure) -> again.set(result));
        settleUntil(again::get);
    }

    /** Runs until so many more requests have been sent. */
    void runRequests(int more) {
        int target = data.requests().size() + more;
        runUntil(() -> data.requests().size() >= target);
    }

    void runUntilEmitted(String key, String lastId) {
        runUntil(() -> emitted(key).contains(lastId));
    }

    private void takeIn(RecordsWithSplitIds<StreamEntryCursor> batch) {
        for (String split = batch.nextSplit(); split != null; split = batch.nextSplit()) {
            List<String> entries = emitted.computeIfAbsent(split, key -> new ArrayList<>());
            StreamEntryCursor entry;
            while ((entry = batch.nextRecordFromSplit()) != null) {
                entries.add(
                        new StreamEntryId(entry.idMilliseconds(), entry.idSequence()).toString());
            }
        }
        finished.addAll(batch.finishedSplits());
        batch.recycle();
    }

    /** The IDs of the entries handed on, in order. */
    List<String> emitted(String key) {
        return emitted.getOrDefault(key, List.of());
    }

    List<String> finished() {
        return finished;
    }

    long metric(RedisStreamsMetric metric) {
        return metrics.getCounter(metric.qualifiedName().split("\\.")).orElseThrow().getCount();
    }

    long calls(String call) {
        return redis.calls().stream().filter(call::equals).count();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            client.close();
        }
    }
}
