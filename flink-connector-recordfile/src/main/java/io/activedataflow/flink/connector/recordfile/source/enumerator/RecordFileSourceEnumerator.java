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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.source.enumerator.SplitAssigner.Outlook;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryRound;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscovery;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.split.FinishedSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsBatchSnapshot;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the files to read and gives them to the readers. The life of a file, with the thread of
 * each step:
 *
 * <ol>
 *   <li>a listing has it (worker thread, {@link DiscoveryLoop}), and it is not known yet
 *       (coordinator thread, {@link FileDiscovery});
 *   <li>it becomes splits, or scan splits first ({@link SplitPlanner}), which wait in the {@link
 *       SplitLedger}, from then on part of every checkpoint (coordinator thread);
 *   <li>a reader that asks for work gets them ({@link SplitAssigner}, coordinator thread), and has
 *       them in its own state;
 *   <li>they come back if the reader fails before a checkpoint has covered them (coordinator
 *       thread).
 * </ol>
 *
 * All methods run on the coordinator thread, and none waits for the file system.
 */
@Internal
public final class RecordFileSourceEnumerator
        implements SplitEnumerator<RecordFileSplit, RecordFileEnumState>,
                SupportsHandleExecutionAttemptSourceEvent,
                SupportsBatchSnapshot {

    private static final Logger LOG = LoggerFactory.getLogger(RecordFileSourceEnumerator.class);

    private final SplitEnumeratorContext<RecordFileSplit> context;
    private final RecordFileEnumeratorSettings settings;
    private final @Nullable RecordFileEnumState restored;
    private final Pause pause;
    private final Function<DiscoveryState, FileDiscovery> discoveries;
    private final Set<Integer> readersToReport = new HashSet<>();

    /** Made by {@link #start}: earlier the parallelism may not be known. */
    private @Nullable Work work;

    /** What works on the files that have been found. */
    private record Work(
            FileDiscovery discovery,
            DiscoveryLoop loop,
            SplitPlanner planner,
            SplitLedger ledger,
            SplitAssigner assigner,
            OverrideCheck overrideCheck,
            RecordFileEnumeratorMetrics metrics) {}

    /**
     * @param restored the state to go on from, or null for a new job
     */
    public RecordFileSourceEnumerator(
            SplitEnumeratorContext<RecordFileSplit> context,
            RecordFileEnumeratorSettings settings,
            @Nullable RecordFileEnumState restored) {
        this(
                context,
                settings,
                restored,
                Pause.system(),
                state ->
                        FileDiscovery.create(
                                settings.discoveryInRounds(),
                                settings.fileEnumerator(),
                                state,
                                context.currentParallelism()));
    }

    RecordFileSourceEnumerator(
            SplitEnumeratorContext<RecordFileSplit> context,
            RecordFileEnumeratorSettings settings,
            @Nullable RecordFileEnumState restored,
            Pause pause,
            Function<DiscoveryState, FileDiscovery> discoveries) {
        this.context = context;
        this.settings = settings;
        this.restored = restored;
        this.pause = pause;
        this.discoveries = discoveries;
    }

    /**
     * Begins to work. State that does not fit the job is refused here and not earlier: what is
     * thrown while Flink restores the coordinator does not always fail the job.
     */
    @Override
    public void start() {
        FileDiscovery discovery =
                discoveries.apply(restored == null ? DiscoveryState.EMPTY : restored.discovery());
        SplitLedger ledger = new SplitLedger(context.currentParallelism(), settings.queue());
        if (restored != null) {
            RestoredState.warnOfRootsThatAreNotListed(restored, settings);
            ledger.restore(
                    RestoredState.adapt(
                            restored, settings.discovery().selection(), settings.overrides()));
        }
        RecordFileEnumeratorMetrics metrics =
                new RecordFileEnumeratorMetrics(context.metricGroup());
        DiscoveryLoop loop =
                new DiscoveryLoop(
                        context,
                        settings,
                        discovery,
                        pause,
                        settings.bounded() && restored != null && restored.allFound(),
                        ledger::hasRoom,
                        this::onRound,
                        metrics);
        work =
                new Work(
                        discovery,
                        loop,
                        settings.planner(context.currentParallelism()),
                        ledger,
                        new SplitAssigner(context, ledger),
                        OverrideCheck.of(
                                settings.overrides(), context.currentParallelism(), restored),
                        metrics);
        LOG.info("{} {}.", restored == null ? "Starting" : "Restored", settings);
        metrics.unassignedSplits(ledger.waitingCount());
        loop.start();
    }

    private void onRound(DiscoveryRound round) {
        work.ledger.dropOldContentsOf(round.changed());
        List<ListedFile> toRead = new ArrayList<>(work.ledger.dropRenamed(round.renamed()));
        toRead.addAll(round.toRead());
        long bytesToRead =
                work.ledger.waitingBytes() + toRead.stream().mapToLong(ListedFile::size).sum();
        for (ListedFile file : toRead) {
            work.ledger.add(work.planner.plan(file, bytesToRead));
        }
        work.metrics.round(round);
        serveReaders();
    }

    private void serveReaders() {
        work.assigner.serveAll(outlook());
        work.metrics.unassignedSplits(work.ledger.waitingCount());
        work.loop.roomMade();
    }

    private Outlook outlook() {
        if (settings.bounded()) {
            return work.loop.allFound() ? Outlook.COMPLETE : Outlook.UNKNOWN;
        }
        return work.loop.hasListed() ? Outlook.OPEN : Outlook.UNKNOWN;
    }

    @Override
    public void addReader(int subtaskId) {
        work.assigner.forget(subtaskId);
        readersToReport.add(subtaskId);
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        work.assigner.requested(subtaskId, requesterHostname);
        serveReaders();
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        if (event instanceof RestoredSplitsEvent restoredSplits) {
            // A speculative attempt, which reports later, does not know what the first one has.
            if (readersToReport.remove(subtaskId)) {
                work.ledger.readerStarted(subtaskId, restoredSplits.splitIds());
                work.overrideCheck.reported(subtaskId, restoredSplits.overridden());
                work.assigner.restored(subtaskId, restoredSplits.splitIds());
            }
        } else if (event instanceof FinishedSplitsEvent finished) {
            work.ledger.finished(finished.splitIds());
            work.assigner.finished(subtaskId, finished.splitIds());
        } else if (event instanceof ScannedBlockEvent scanned) {
            work.ledger.answered(scanned);
            work.assigner.finished(subtaskId, Set.of(scanned.splitId()));
        } else {
            throw new IllegalArgumentException(
                    "Unexpected event from reader " + subtaskId + ": " + event);
        }
        serveReaders();
    }

    @Override
    public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
        handleSourceEvent(subtaskId, event);
    }

    @Override
    public void addSplitsBack(List<RecordFileSplit> splits, int subtaskId) {
        work.assigner.forget(subtaskId);
        work.ledger.readerFailed(subtaskId, splits);
        serveReaders();
    }

    @Override
    public RecordFileEnumState snapshotState(long checkpointId) {
        if (work == null) {
            throw new IllegalStateException(
                    "The record-file source has no state to write: it was not started.");
        }
        work.ledger.checkpointBegins(checkpointId);
        return new RecordFileEnumState(
                work.loop.allFound(),
                work.discovery.snapshot(),
                work.ledger.waiting(),
                work.ledger.openKeys(),
                work.ledger.scans());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        work.ledger.checkpointCompleted(checkpointId);
    }

    @Override
    public void close() {
        if (work != null) {
            work.loop.close();
        }
    }
}
