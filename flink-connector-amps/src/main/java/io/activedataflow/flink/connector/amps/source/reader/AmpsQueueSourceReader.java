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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.core.io.InputStatus;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The reader of queues: holds splits back until what was restored is acknowledged, and acknowledges
 * what completed checkpoints cover. Task thread only; a thread of its own sends.
 */
@Internal
@SuppressWarnings("try") // As above.
final class AmpsQueueSourceReader<T> extends AmpsSourceReader<T> {

    private final SubscriptionContext subscriptions;
    private final SplitStates states;
    private final QueueReader queues;

    AmpsQueueSourceReader(
            SourceReaderContext context,
            SubscriptionContext subscriptions,
            RestoredSplits restoredSplits,
            SplitStates states,
            RecordEmitter<AmpsMessageCursor, T, AmpsSplitState> emitter) {
        super(context, subscriptions, restoredSplits, states, emitter);
        this.subscriptions = subscriptions;
        this.states = states;
        this.queues = new QueueReader(subscriptions, context::sendSourceEventToCoordinator);
    }

    // ------------------------------------------------------------------------ splits

    @Override
    void restored(List<AmpsSplit> all, List<AmpsSplit> kept) {
        queues.restore(all, kept);
    }

    @Override
    void assigned(List<AmpsSplit> splits) {
        read(queues.assign(splits));
    }

    @Override
    protected AmpsSplitState initializedState(AmpsSplit split) {
        AmpsSplitState state = super.initializedState(split);
        queues.begin(split, state);
        return state;
    }

    @Override
    public void start() {
        super.start();
        queues.start();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        List<AmpsSplit> released = queues.handle(event);
        if (released == null) {
            super.handleSourceEvents(event);
            return;
        }
        if (!released.isEmpty()) {
            // It may have been told that there is nothing more while these were held back.
            somethingToRead();
        }
        read(released);
    }

    // ------------------------------------------------------------------------ records

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        queues.advance();
        return super.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return queues.isAvailable(super.isAvailable());
    }

    // ------------------------------------------------------------------------ checkpoints

    @Override
    public List<AmpsSplit> snapshotState(long checkpointId) {
        states.all().forEach((id, state) -> queues.checkpoint(checkpointId, state, id));
        return queues.toState(super.snapshotState(checkpointId));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        queues.checkpointCompleted();
        states.all().forEach((id, state) -> queues.completed(checkpointId, state, id));
    }

    @Override
    public void close() throws Exception {
        try {
            queues.close();
        } finally {
            super.close();
        }
    }
}
