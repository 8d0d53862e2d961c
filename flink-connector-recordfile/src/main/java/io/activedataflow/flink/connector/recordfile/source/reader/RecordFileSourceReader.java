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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.metrics.FinishedSplitMetrics;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.split.FinishedSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.core.io.InputStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The reader of the record-file source: asks for splits, a few ahead of the one that is being read,
 * and tells the enumerator of each that has ended. This class runs on the task thread and never
 * waits.
 *
 * @param <E> what the fetcher thread hands over, see {@link SplitInput}
 */
@Internal
@SuppressWarnings("try") // Flink's own close() throws any exception.
final class RecordFileSourceReader<E, T>
        extends SourceReaderBase<E, T, RecordFileSplit, RecordFileSplitState> {

    private static final Logger LOG = LoggerFactory.getLogger(RecordFileSourceReader.class);

    private final LastingFetcherManager<E> fetchers;
    private final SplitStates states;
    private final SplitOutcome.Board outcomes;
    private final RecordFileSourceReaderMetrics metrics;
    private final FinishedSplitMetrics finishedSplitMetrics;
    private final int prefetchedSplits;
    private final ReaderIdleness idleness = new ReaderIdleness();
    private final SplitOutputs splitOutputs = new SplitOutputs();
    private final RestoredSplits restoredSplits;
    private boolean requested;
    private boolean toldNothingToRead;
    private boolean started;
    private boolean noMoreSplits;

    RecordFileSourceReader(
            SourceReaderContext context,
            LastingFetcherManager<E> fetchers,
            RecordEmitter<E, T, RecordFileSplitState> emitter,
            RestoredSplits restoredSplits,
            SplitStates states,
            SplitOutcome.Board outcomes,
            RecordFileSourceReaderMetrics metrics,
            ReaderOptions options) {
        super(fetchers, emitter, context.getConfiguration(), context);
        this.fetchers = fetchers;
        this.restoredSplits = restoredSplits;
        this.states = states;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.finishedSplitMetrics = new FinishedSplitMetrics(context.metricGroup());
        this.prefetchedSplits = options.prefetchedSplits();
    }

    @Override
    public void start() {
        started = true;
        context.sendSourceEventToCoordinator(restoredSplits.event());
        requestSplits();
    }

    /** Splits that come before {@link #start} are those the reader is restored with. */
    @Override
    public void addSplits(List<RecordFileSplit> splits) {
        if (!started) {
            List<RecordFileSplit> kept = restoredSplits.restore(splits);
            splitOutputs.release(restoredSplits.dropped());
            addToWaiting(kept);
            return;
        }
        requested = false;
        toldNothingToRead = false;
        idleness.somethingToRead();
        addToWaiting(splits);
        requestSplits();
    }

    /**
     * To the watermark, a split counts from its first batch on, as if the reader had not had it
     * before; one that was being read when a checkpoint was taken counts at once, because the
     * watermark must not overtake what is left of it.
     */
    private void addToWaiting(List<RecordFileSplit> splits) {
        splitOutputs.release(
                splits.stream()
                        .filter(RecordFileSplit::isUntouched)
                        .map(RecordFileSplit::splitId)
                        .toList());
        super.addSplits(splits);
    }

    /** One request at a time: it may be answered with several splits, now or much later. */
    private void requestSplits() {
        if (!requested
                && !noMoreSplits
                && getNumberOfCurrentlyAssignedSplits() <= prefetchedSplits) {
            requested = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        fetchers.notifyNoMoreSplits();
        super.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof NothingToReadEvent)) {
            throw new IllegalArgumentException("Unexpected event from the enumerator: " + event);
        }
        toldNothingToRead = true;
        markIdleIfTold();
    }

    /** The word comes early where splits are asked for before the last one has ended. */
    private void markIdleIfTold() {
        if (toldNothingToRead && getNumberOfCurrentlyAssignedSplits() == 0) {
            idleness.nothingToRead();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        splitOutputs.outputIs(output);
        idleness.outputIs(output);
        return super.pollNext(output);
    }

    @Override
    protected void onSplitFinished(Map<String, RecordFileSplitState> finishedSplits) {
        List<String> read = new ArrayList<>(finishedSplits.size());
        finishedSplits.forEach(
                (splitId, state) -> {
                    states.remove(splitId);
                    SplitOutcome outcome = outcomes.take(splitId);
                    if (outcome instanceof SplitOutcome.Scanned scanned) {
                        context.sendSourceEventToCoordinator(scanned.event());
                        return;
                    }
                    read.add(splitId);
                    if (outcome instanceof SplitOutcome.Skipped skipped) {
                        LOG.warn("{} It was {}.", skipped.reason(), state.toSplit());
                        return;
                    }
                    metrics.fileFinished();
                    if (outcome instanceof SplitOutcome.Read all) {
                        metrics.batchEntered(all.bytes());
                    }
                });
        if (!read.isEmpty()) {
            context.sendSourceEventToCoordinator(new FinishedSplitsEvent(read));
        }
        finishedSplitMetrics.splitsFinished(finishedSplits.size());
        requestSplits();
        markIdleIfTold();
    }

    @Override
    protected RecordFileSplitState initializedState(RecordFileSplit split) {
        return states.create(split);
    }

    @Override
    protected RecordFileSplit toSplitType(String splitId, RecordFileSplitState state) {
        return state.toSplit();
    }
}
