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

import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;
import io.activedataflow.flink.connector.amps.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.core.io.InputStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The reader of the AMPS source: one fetcher thread for all its splits, a connection and a client
 * thread for each of them, and worker threads for everything that waits for a server. This class
 * itself runs on the task thread and never waits.
 */
@Internal
@SuppressWarnings("try") // Flink's own close() throws any exception.
public sealed class AmpsSourceReader<T>
        extends SourceReaderBase<AmpsMessageCursor, T, AmpsSplit, AmpsSplitState>
        permits AmpsQueueSourceReader {

    private final SubscriptionContext subscriptions;
    private final RestoredSplits restoredSplits;
    private final SplitStates states;
    private final ReaderIdleness idleness = new ReaderIdleness();
    private final SplitOutputs splitOutputs = new SplitOutputs();
    private boolean started;

    AmpsSourceReader(
            SourceReaderContext context,
            SubscriptionContext subscriptions,
            RestoredSplits restoredSplits,
            SplitStates states,
            RecordEmitter<AmpsMessageCursor, T, AmpsSplitState> emitter) {
        super(
                new SingleThreadFetcherManager<>(
                        () -> new AmpsSplitReader(subscriptions), context.getConfiguration()),
                emitter,
                context.getConfiguration(),
                context);
        this.subscriptions = subscriptions;
        this.restoredSplits = restoredSplits;
        this.states = states;
    }

    /** Splits that come before {@link #start} are those the reader is restored with. */
    @Override
    public final void addSplits(List<AmpsSplit> splits) {
        if (started) {
            idleness.somethingToRead();
            assigned(splits);
            return;
        }
        List<AmpsSplit> kept = restoredSplits.restore(splits);
        List<String> dropped = new ArrayList<>(splits.stream().map(AmpsSplit::splitId).toList());
        dropped.removeAll(restoredSplits.ids());
        splitOutputs.release(dropped);
        restored(splits, kept);
    }

    /**
     * The reader was restored with splits.
     *
     * @param all whatever the checkpoint has
     * @param kept those of them to be read on
     */
    void restored(List<AmpsSplit> all, List<AmpsSplit> kept) {
        read(kept);
    }

    /** The enumerator has assigned splits. */
    void assigned(List<AmpsSplit> splits) {
        read(splits);
    }

    /** Reads splits from now on. */
    final void read(List<AmpsSplit> splits) {
        super.addSplits(splits);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof NothingToReadEvent)) {
            throw new IllegalArgumentException("Unexpected event from the enumerator: " + event);
        }
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            idleness.nothingToRead();
        }
    }

    /** There are splits after all. */
    final void somethingToRead() {
        idleness.somethingToRead();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        splitOutputs.outputIs(output);
        idleness.outputIs(output);
        return super.pollNext(output);
    }

    @Override
    public void start() {
        started = true;
        context.sendSourceEventToCoordinator(new RestoredSplitsEvent(restoredSplits.ids()));
    }

    @Override
    protected final void onSplitFinished(Map<String, AmpsSplitState> finishedSplits) {
        finishedSplits.keySet().forEach(states::remove);
    }

    @Override
    protected AmpsSplitState initializedState(AmpsSplit split) {
        AmpsSplitState state =
                new AmpsSplitState(
                        split,
                        subscriptions.options().pruning(),
                        subscriptions.options().trackKeys());
        states.put(split.splitId(), state);
        return state;
    }

    @Override
    protected final AmpsSplit toSplitType(String splitId, AmpsSplitState state) {
        return state.toSplit();
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            subscriptions.workers().close();
        }
    }
}
