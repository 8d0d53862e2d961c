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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.metrics.AmpsSourceReaderMetrics;
import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A split reader over {@link FakeServers}, with the thread of the test as fetcher and task thread.
 */
final class ReaderFixture implements AutoCloseable {

    final FakeServers servers = new FakeServers();

    boolean timestamps = true;
    boolean endpointsAreStable = true;

    /** Whether messages of queues are not emitted, though they are handed on. */
    boolean holdsBack;

    KindOptions kindOptions = KindOptions.NONE;
    List<String> subscribeOptions = List.of();
    Duration overlap = Duration.ofSeconds(60);
    AmpsDataLossPolicy onLoss = AmpsDataLossPolicy.FAIL;
    int bufferMessages = 1000;
    Duration heartbeat = Duration.ZERO;
    Duration commandTimeout = Duration.ofMinutes(1);
    Duration backoff = Duration.ofMillis(1);
    Duration deadline = Duration.ofMinutes(1);

    private final MetricListener metrics = new MetricListener();
    private final Map<String, AmpsSplitState> states = new HashMap<>();
    private final Map<String, List<String>> emitted = new HashMap<>();
    private final Map<String, List<String>> missing = new HashMap<>();
    private final List<String> finished = new ArrayList<>();
    private final QueueLeases queues = new QueueLeases();
    private QueueReader queueReader;
    private long timeOfMissing;
    private SubscriptionContext context;
    private AmpsSplitReader reader;
    private int records;

    // ------------------------------------------------------------------------ splits

    ReaderFixture assign(AmpsSplit... splits) {
        for (AmpsSplit split : splits) {
            AmpsSplitState state =
                    new AmpsSplitState(
                            split, context().options().pruning(), context().options().trackKeys());
            states.put(split.splitId(), state);
            if (context().options().areOfQueues()) {
                queueReader().begin(split, state);
            }
        }
        reader().handleSplitsChanges(new SplitsAddition<>(List.of(splits)));
        return this;
    }

    void remove(AmpsSplit split) {
        reader().handleSplitsChanges(new SplitsRemoval<>(List.of(split)));
    }

    void pause(AmpsSplit... splits) {
        reader().pauseOrResumeSplits(List.of(splits), List.of());
    }

    void resume(AmpsSplit... splits) {
        reader().pauseOrResumeSplits(List.of(), List.of(splits));
    }

    // ------------------------------------------------------------------------ running

    ReaderOptions options() {
        return new ReaderOptions(
                "job",
                null,
                subscribeOptions,
                timestamps,
                endpointsAreStable,
                overlap,
                onLoss,
                new PublisherPruning(100, Duration.ofDays(7)),
                bufferMessages,
                1L << 26,
                heartbeat,
                commandTimeout,
                new ExponentialBackoff(backoff, backoff.multipliedBy(2), 0.0),
                deadline,
                kindOptions);
    }

    SubscriptionContext context() {
        if (context == null) {
            ClientNames names = new ClientNames("job", 0);
            context =
                    new SubscriptionContext(
                            options(),
                            servers,
                            new ReplayPlanner(options()),
                            new ConnectionWorkers(names.toString(), heartbeat),
                            new Signal(),
                            new AmpsSourceReaderMetrics(
                                    InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup()),
                                    queues::unacknowledged),
                            this::update,
                            names,
                            queues,
                            new Acknowledger(names.toString()));
        }
        return context;
    }

    /** What the task thread does of queues. */
    QueueReader queueReader() {
        if (queueReader == null) {
            queueReader = new QueueReader(context(), event -> {});
        }
        return queueReader;
    }

    /** A checkpoint is taken and completes. */
    void checkpoint(long id) {
        states.forEach((splitId, state) -> queueReader().checkpoint(id, state, splitId));
        states.forEach((splitId, state) -> queueReader().completed(id, state, splitId));
    }

    private void update(String splitId, SplitUpdate update) {
        emitted(splitId).add(update.getClass().getSimpleName());
        update.applyTo(states.get(splitId));
    }

    AmpsSplitReader reader() {
        if (reader == null) {
            reader = new AmpsSplitReader(context());
        }
        return reader;
    }

    /** Fetches until the condition holds, without ever waiting in a fetch. */
    void runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Waited in vain.");
            }
            reader().wakeUp();
            takeIn(reader().fetch());
            LockSupport.parkNanos(100_000L);
        }
    }

    /** Fetches until there is something to emit or to finish. */
    void fetchOnce() {
        takeIn(reader().fetch());
    }

    /** Runs until this many subscriptions have been opened in all, and returns the last. */
    FakeSubscription runUntilSubscribed(int count) {
        runUntil(() -> servers.subscriptions().size() >= count);
        return servers.subscriptions().get(count - 1);
    }

    void runUntilEmitted(AmpsSplit split, String last) {
        runUntil(() -> emitted(split).contains(last));
    }

    void runUntilFinished(AmpsSplit split) {
        runUntil(() -> finished.contains(split.splitId()));
    }

    private void takeIn(RecordsWithSplitIds<AmpsMessageCursor> batch) {
        for (String split = batch.nextSplit(); split != null; split = batch.nextSplit()) {
            AmpsMessageCursor message;
            while ((message = batch.nextRecordFromSplit()) != null) {
                emit(split, message);
            }
        }
        finished.addAll(batch.finishedSplits());
        batch.recycle();
    }

    private void emit(String split, AmpsMessageCursor message) {
        records++;
        emitted(split).add(new String(message.body(), StandardCharsets.UTF_8));
        if (message.outOfFocusReason() == AmpsOutOfFocusReason.MISSING) {
            missing.computeIfAbsent(split, id -> new ArrayList<>()).add(message.sowKey());
            timeOfMissing = message.timestampMicros();
        }
        if (holdsBack) {
            return;
        }
        message.advance(states.get(split));
    }

    // ------------------------------------------------------------------------ results

    /** The bodies handed on and the kinds of updates, in order. */
    List<String> emitted(AmpsSplit split) {
        return emitted(split.splitId());
    }

    private List<String> emitted(String splitId) {
        return emitted.computeIfAbsent(splitId, id -> new ArrayList<>());
    }

    /** The keys of records that were told to be missing, in order. */
    List<String> missing(AmpsSplit split) {
        return missing.getOrDefault(split.splitId(), List.of());
    }

    /** The server time of the last of those messages. */
    long timeOfMissing() {
        return timeOfMissing;
    }

    /** What a checkpoint would hold now. */
    AmpsSplit state(AmpsSplit split) {
        return states.get(split.splitId()).toSplit();
    }

    int records() {
        return records;
    }

    List<String> finished() {
        return finished;
    }

    long metric(AmpsMetric metric) {
        return metrics.getCounter(metric.qualifiedName().split("\\.")).orElseThrow().getCount();
    }

    /** The threads that this reader has made. */
    List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(context().clientNames().toString()))
                .toList();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        if (context != null) {
            context.acknowledger().close();
            context.workers().close();
        }
    }
}
