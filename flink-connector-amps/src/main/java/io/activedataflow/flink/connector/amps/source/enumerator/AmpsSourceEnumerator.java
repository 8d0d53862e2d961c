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

import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.source.LogEnds;
import io.activedataflow.flink.connector.amps.source.enumerator.subscriber.TopicFinder;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.PositionOverrides;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.util.FlinkRuntimeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Finds the topics to read and gives their splits to the readers. The life of a split, with the
 * thread of each step:
 *
 * <ol>
 *   <li>a round of discovery finds the topic, cuts it into shards and fixes start and stop (worker
 *       thread, {@link TopicDiscovery});
 *   <li>the split is entered into the {@link SplitLedger}, from then on part of every checkpoint,
 *       and planned for a reader (coordinator thread);
 *   <li>it is assigned as soon as that reader has registered (coordinator thread);
 *   <li>it comes back, with the same positions, if the reader fails before a checkpoint has covered
 *       it, and waits for the reader to return (coordinator thread).
 * </ol>
 *
 * All methods run on the coordinator thread, and none waits for the server.
 *
 * <p>It does not support snapshots of batch jobs: planned owners are not in the state, and after
 * the loss of the JobManager a split could be planned for a reader that has finished.
 */
@Internal
public final class AmpsSourceEnumerator
        implements SplitEnumerator<AmpsSplit, AmpsEnumState>,
                SupportsHandleExecutionAttemptSourceEvent {

    /** Counts attempts to ask the server that failed and were repeated. */
    public static final String DISCOVERY_FAILURES = "discoveryFailures";

    private static final Logger LOG = LoggerFactory.getLogger(AmpsSourceEnumerator.class);

    private final SplitEnumeratorContext<AmpsSplit> context;
    private final AmpsEnumeratorSettings settings;
    private final TopicDiscovery discovery;
    private final SplitLedger ledger;
    private final SplitAssigner assigner;
    private final DiscoveryLog log;
    private final QueueGate queueGate;

    /**
     * Why the restored state cannot be used; told by {@link #start}. What is thrown earlier, while
     * Flink restores the coordinator, does not always fail the job: it may come before the job can
     * fail, and the job then waits for splits for ever.
     */
    private final @Nullable IllegalStateException refusal;

    private boolean initialDiscoveryDone;
    private boolean hadRound;
    private boolean closed;

    /** Read by the threads of metric reporters. */
    private volatile long unassignedSplits;

    /**
     * @param restored the state to go on from, or null for a new job
     */
    public AmpsSourceEnumerator(
            SplitEnumeratorContext<AmpsSplit> context,
            AmpsEnumeratorSettings settings,
            AmpsConnectionFactory connections,
            LogEnds logEnds,
            TopicFinder topicFinder,
            @Nullable AmpsEnumState restored) {
        this(context, settings, connections, logEnds, topicFinder, restored, Pause.system());
    }

    AmpsSourceEnumerator(
            SplitEnumeratorContext<AmpsSplit> context,
            AmpsEnumeratorSettings configured,
            AmpsConnectionFactory connections,
            LogEnds logEnds,
            TopicFinder topicFinder,
            @Nullable AmpsEnumState restored,
            Pause pause) {
        this.context = context;
        this.settings = configured.forParallelism(context::currentParallelism);
        this.queueGate = new QueueGate(context);
        this.discovery =
                new TopicDiscovery(
                        settings,
                        connections,
                        logEnds,
                        topicFinder,
                        context.metricGroup().counter(DISCOVERY_FAILURES),
                        pause);
        AmpsEnumState usable = null;
        IllegalStateException refused = null;
        try {
            usable = restored == null ? null : RestoredState.adapt(restored, settings);
        } catch (IllegalStateException e) {
            refused = e;
        }
        this.refusal = refused;
        this.ledger = usable == null ? new SplitLedger(seed()) : restore(usable);
        this.assigner = new SplitAssigner(context, ledger);
        this.log = new DiscoveryLog(settings);
        knownSplitsChanged();
    }

    private SplitLedger restore(AmpsEnumState state) {
        initialDiscoveryDone = state.initialDiscoveryDone();
        return new SplitLedger(
                seed(), state.assignedSplitIds(), state.unassignedSplits(), !settings.isBounded());
    }

    private int seed() {
        return settings.selection().toString().hashCode();
    }

    @Override
    public void start() {
        requireUsableState();
        context.metricGroup().setUnassignedSplitsGauge(() -> unassignedSplits);
        LOG.info("{} with {}.", initialDiscoveryDone ? "Restored" : "Starting", settings);
        if (allSplitsKnown()) {
            log.splitsKnown(ledger.knownIds());
        } else {
            context.callAsync(discovery::run, this::onRound);
        }
        Duration interval = settings.discoveryInterval();
        if (!settings.isBounded() && interval.toMillis() > 0 && discovery.canFindMore()) {
            context.callAsync(
                    () -> discovery.runUnlessWithin(interval.dividedBy(2)),
                    this::onRound,
                    interval.toMillis(),
                    interval.toMillis());
        }
    }

    private void onRound(@Nullable TopicDiscovery.Round round, @Nullable Throwable error) {
        if (closed) {
            return;
        }
        if (error != null) {
            throw new FlinkRuntimeException(
                    "Could not find out what to read for " + settings.selection() + '.', error);
        }
        // A second initial round, begun before the first was entered, may start new topics too
        // late.
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
        hadRound = true;
        log.roundDone(round.newSplits().size(), ledger.knownIds());
        knownSplitsChanged();
        assigner.assignAll(allSplitsKnown());
        releaseIdleReaders();
        updateGauge();
    }

    private void releaseIdleReaders() {
        if (initialDiscoveryDone && !settings.isBounded()) {
            assigner.releaseIdleReaders();
        }
    }

    @Override
    public void addReader(int subtaskId) {
        queueGate.readerIsRestored(subtaskId);
        assigner.readerRegistered(subtaskId, allSplitsKnown());
        releaseIdleReaders();
        updateGauge();
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        // Splits are planned, not asked for.
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        if (queueGate.handle(subtaskId, event)) {
            return;
        }
        if (!(event instanceof RestoredSplitsEvent restored)) {
            throw new IllegalArgumentException(
                    "Unexpected event from reader " + subtaskId + ": " + event);
        }
        // What is not selected any more the reader drops; remembering it here would keep it from
        // being read when it is selected again.
        ledger.report(subtaskId, restored.splitIds().stream().filter(this::selects).toList());
        knownSplitsChanged();
        assigner.assignAll(allSplitsKnown());
        releaseIdleReaders();
        updateGauge();
    }

    private boolean selects(String splitId) {
        return settings.selection()
                .selects(AmpsSplit.topicOf(splitId, settings.sharding().count()));
    }

    @Override
    public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
        handleSourceEvent(subtaskId, event);
    }

    @Override
    public void addSplitsBack(List<AmpsSplit> splits, int subtaskId) {
        queueGate.readerIsRestored(subtaskId);
        ledger.addBack(splits, subtaskId);
        assigner.assign(Set.of(subtaskId), allSplitsKnown());
        updateGauge();
    }

    /** Whether no split can be added any more: one round is all there is to a bounded source. */
    private boolean allSplitsKnown() {
        return settings.isBounded() && initialDiscoveryDone;
    }

    private void knownSplitsChanged() {
        discovery.setKnown(initialDiscoveryDone, ledger.knownIds());
        updateGauge();
    }

    private void updateGauge() {
        unassignedSplits = ledger.unassignedCount();
    }

    private void requireUsableState() {
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public AmpsEnumState snapshotState(long checkpointId) {
        requireUsableState();
        return new AmpsEnumState(
                settings.kind(),
                settings.sharding(),
                settings.filter(),
                initialDiscoveryDone,
                ledger.assignedIds(),
                ledger.unassigned());
    }

    @Override
    public void close() {
        closed = true;
        discovery.close();
    }
}
