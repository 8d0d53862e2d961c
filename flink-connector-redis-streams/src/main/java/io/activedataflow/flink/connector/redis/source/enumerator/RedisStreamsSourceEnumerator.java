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

import io.activedataflow.flink.connector.redis.client.RedisStreamsClientFactory;
import io.activedataflow.flink.connector.redis.source.enumerator.initializer.SplitInitializer;
import io.activedataflow.flink.connector.redis.source.enumerator.subscriber.RedisStreamsSubscriber;
import io.activedataflow.flink.connector.redis.source.split.PositionOverrides;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RestoredSplitsEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.FlinkRuntimeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the streams to read and gives them to the readers. The life of a split, with the thread of
 * each step:
 *
 * <ol>
 *   <li>a round of discovery finds the stream and fixes its start and stop (worker thread, {@link
 *       StreamDiscovery});
 *   <li>the split is entered into the {@link SplitLedger}, from then on part of every checkpoint,
 *       and planned for a reader (coordinator thread);
 *   <li>it is assigned as soon as that reader has registered (coordinator thread);
 *   <li>it comes back, with the same positions, if the reader fails before a checkpoint has covered
 *       it, and waits for the reader to return (coordinator thread).
 * </ol>
 *
 * All methods run on the coordinator thread, and none waits for the server.
 *
 * <p>It does not support snapshots of batch jobs: planned owners are not in the state, and after the
 * loss of the JobManager a split could be planned for a reader that has finished.
 */
@Internal
public final class RedisStreamsSourceEnumerator
        implements SplitEnumerator<RedisStreamsSplit, RedisStreamsEnumState>,
                SupportsHandleExecutionAttemptSourceEvent {

    /** Counts attempts to ask the server that failed and were repeated. */
    public static final String DISCOVERY_FAILURES = "discoveryFailures";

    private static final Logger LOG = LoggerFactory.getLogger(RedisStreamsSourceEnumerator.class);

    private final SplitEnumeratorContext<RedisStreamsSplit> context;
    private final RedisStreamsEnumeratorSettings settings;
    private final RedisStreamsSubscriber subscriber;
    private final StreamDiscovery discovery;
    private final Pause pause;
    private final SplitLedger ledger;

    private final Set<Integer> signalledNoMoreSplits = new HashSet<>();
    private boolean initialDiscoveryDone;
    private boolean hadRound;
    private boolean closed;

    /** What the next round starts from; written by the coordinator, read by the worker thread. */
    private volatile Known known;

    /** Read by the threads of metric reporters. */
    private volatile long unassignedSplits;

    /** When the last round ended; worker thread. */
    private long lastRoundNanos;

    private record Known(boolean initialDiscoveryDone, Set<String> splitIds) {}

    /**
     * @param restored the state to go on from, or null for a new job
     */
    public RedisStreamsSourceEnumerator(
            SplitEnumeratorContext<RedisStreamsSplit> context,
            RedisStreamsEnumeratorSettings settings,
            RedisStreamsClientFactory clientFactory,
            @Nullable RedisStreamsEnumState restored) {
        this(context, settings, clientFactory, restored, Pause.system());
    }

    RedisStreamsSourceEnumerator(
            SplitEnumeratorContext<RedisStreamsSplit> context,
            RedisStreamsEnumeratorSettings settings,
            RedisStreamsClientFactory clientFactory,
            @Nullable RedisStreamsEnumState restored,
            Pause pause) {
        this.context = context;
        this.settings = settings;
        this.pause = pause;
        this.subscriber = RedisStreamsSubscriber.of(settings.selection());
        Counter failures = context.metricGroup().counter(DISCOVERY_FAILURES);
        this.discovery =
                new StreamDiscovery(
                        clientFactory,
                        subscriber,
                        new SplitInitializer(settings.start(), settings.stop(), settings.group()),
                        new RetryPolicy(
                                settings.backoff(),
                                settings.retryDeadline(),
                                pause,
                                failures,
                                clientFactory.toString()),
                        pause);
        this.ledger = restored == null ? new SplitLedger(seed()) : restore(restored);
        stateChanged();
    }

    private SplitLedger restore(RedisStreamsEnumState restored) {
        RedisStreamsEnumState state = RestoredState.adapt(restored, settings);
        initialDiscoveryDone = state.initialDiscoveryDone();
        return new SplitLedger(
                seed(),
                state.assignedSplitIds(),
                state.unassignedSplits(),
                !settings.isBounded());
    }

    private int seed() {
        return settings.selection().toString().hashCode();
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(() -> unassignedSplits);
        if (!settings.isBounded() || !initialDiscoveryDone) {
            context.callAsync(this::discover, this::onRound);
        }
        long interval = settings.discoveryInterval().toMillis();
        if (!settings.isBounded() && interval > 0 && subscriber.canChange()) {
            context.callAsync(this::discoverAgain, this::onRound, interval, interval);
        }
        LOG.info(
                "Reading {} from {} to {}, {}.",
                settings.selection(),
                settings.start(),
                settings.stop(),
                initialDiscoveryDone ? "restored" : "started anew");
    }

    /** Worker thread. */
    private StreamDiscovery.Round discover() throws InterruptedException {
        Known now = known;
        StreamDiscovery.Round round =
                discovery.run(!now.initialDiscoveryDone(), now.splitIds());
        lastRoundNanos = pause.nanoTime();
        return round;
    }

    /** Worker thread. Rounds that were due while an earlier one took long are not made up for. */
    @Nullable
    private StreamDiscovery.Round discoverAgain() throws InterruptedException {
        long sinceLast = pause.nanoTime() - lastRoundNanos;
        return sinceLast < settings.discoveryInterval().toNanos() / 2 ? null : discover();
    }

    private void onRound(@Nullable StreamDiscovery.Round round, @Nullable Throwable error) {
        if (closed) {
            return;
        }
        if (error != null) {
            throw new FlinkRuntimeException(
                    "Could not find out what to read for " + settings.selection() + '.', error);
        }
        // A round that began before the initial one was entered would start new streams too late.
        if (round == null || (round.initial() && initialDiscoveryDone)) {
            return;
        }
        ledger.add(
                round.newSplits().stream()
                        .map(split -> PositionOverrides.apply(split, settings.positionOverrides()))
                        .toList());
        initialDiscoveryDone = true;
        if (hadRound) {
            ledger.stopWaiting();
        }
        reportRound(round.newSplits());
        hadRound = true;
        assign(Set.copyOf(context.registeredReaders().keySet()));
    }

    private void reportRound(List<RedisStreamsSplit> newSplits) {
        if (!newSplits.isEmpty()) {
            LOG.info("Found {} new streams for {}.", newSplits.size(), settings.selection());
        } else if (!hadRound && ledger.isEmpty()) {
            if (settings.isBounded()) {
                LOG.warn(
                        "There is no stream for {}: the source ends without reading anything.",
                        settings.selection());
            } else {
                LOG.info(
                        "There is no stream for {} yet; looking again every {}.",
                        settings.selection(),
                        settings.discoveryInterval());
            }
        }
    }

    @Override
    public void addReader(int subtaskId) {
        signalledNoMoreSplits.remove(subtaskId);
        assign(Set.of(subtaskId));
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        // Splits are planned, not asked for.
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        if (!(event instanceof RestoredSplitsEvent restored)) {
            throw new IllegalArgumentException(
                    "Unexpected event from reader " + subtaskId + ": " + event);
        }
        // What is not selected any more the reader drops; remembering it here would keep it from
        // being read when it is selected again.
        ledger.report(
                subtaskId,
                restored.splitIds().stream().filter(settings.selection()::selects).toList());
        assign(Set.copyOf(context.registeredReaders().keySet()));
    }

    @Override
    public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
        handleSourceEvent(subtaskId, event);
    }

    @Override
    public void addSplitsBack(List<RedisStreamsSplit> splits, int subtaskId) {
        ledger.addBack(splits, subtaskId);
        assign(Set.of(subtaskId));
    }

    /** Gives what is planned for them to those of these readers that are there. */
    private void assign(Set<Integer> subtasks) {
        ledger.plan(context.currentParallelism());
        Map<Integer, List<RedisStreamsSplit>> assignment = new HashMap<>();
        for (int subtask : subtasks) {
            if (context.registeredReaders().containsKey(subtask)) {
                List<RedisStreamsSplit> splits = ledger.take(subtask);
                if (!splits.isEmpty()) {
                    assignment.put(subtask, splits);
                }
            }
        }
        if (!assignment.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(assignment));
        }
        subtasks.forEach(this::signalIfThereAreNoMoreSplits);
        stateChanged();
    }

    private void signalIfThereAreNoMoreSplits(int subtask) {
        if (settings.isBounded()
                && initialDiscoveryDone
                && !ledger.isPendingFor(subtask)
                && context.registeredReaders().containsKey(subtask)
                && signalledNoMoreSplits.add(subtask)) {
            context.signalNoMoreSplits(subtask);
        }
    }

    private void stateChanged() {
        unassignedSplits = ledger.unassignedCount();
        known = new Known(initialDiscoveryDone, ledger.knownIds());
    }

    @Override
    public RedisStreamsEnumState snapshotState(long checkpointId) {
        return new RedisStreamsEnumState(
                initialDiscoveryDone, ledger.assignedIds(), ledger.unassigned());
    }

    @Override
    public void close() {
        closed = true;
        discovery.close();
    }
}
