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

import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplitState;
import io.activedataflow.flink.connector.redis.source.split.RestoredSplitsEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.core.io.InputStatus;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The reader of the Redis Streams source: one fetcher thread for all its splits, and a control
 * thread for everything else that waits for a server. This class itself runs on the task thread and
 * never waits.
 */
@Internal
@SuppressWarnings("try") // Flink's own close() throws any exception.
public final class RedisStreamsSourceReader<T>
        extends SourceReaderBase<StreamEntryCursor, T, RedisStreamsSplit, RedisStreamsSplitState> {

    /** With the time that closing the client may take, less than five seconds. */
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(2);

    private final ReaderClient client;
    private final RestoredSplits restoredSplits;
    private final @Nullable CursorCommitter committer;
    private final ReaderIdleness idleness = new ReaderIdleness();
    private final SplitOutputs splitOutputs = new SplitOutputs();
    private boolean started;

    RedisStreamsSourceReader(
            SourceReaderContext context,
            ReaderOptions options,
            ReaderClient client,
            RestoredSplits restoredSplits,
            RecordEmitter<StreamEntryCursor, T, RedisStreamsSplitState> emitter,
            PendingEntries pendingEntries,
            RedisStreamsSourceReaderMetrics metrics) {
        super(
                new SingleThreadFetcherManager<>(
                        () -> new RedisStreamsSplitReader(options, client, pendingEntries, metrics),
                        context.getConfiguration()),
                emitter,
                context.getConfiguration(),
                context);
        this.client = client;
        this.restoredSplits = restoredSplits;
        this.committer =
                options.group() == null
                        ? null
                        : new CursorCommitter(options.group(), options.consumer(), client, metrics);
    }

    /** Splits that come before {@link #start} are those the reader is restored with. */
    @Override
    public void addSplits(List<RedisStreamsSplit> splits) {
        if (started) {
            idleness.somethingToRead();
            super.addSplits(splits);
            return;
        }
        List<RedisStreamsSplit> kept = restoredSplits.restore(splits);
        List<String> dropped =
                new ArrayList<>(splits.stream().map(RedisStreamsSplit::splitId).toList());
        dropped.removeAll(restoredSplits.ids());
        splitOutputs.release(dropped);
        super.addSplits(kept);
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
    public List<RedisStreamsSplit> snapshotState(long checkpointId) {
        List<RedisStreamsSplit> splits = super.snapshotState(checkpointId);
        if (committer != null) {
            committer.snapshot(checkpointId, splits);
        }
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (committer != null) {
            committer.checkpointCompleted(checkpointId);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        super.notifyCheckpointAborted(checkpointId);
        if (committer != null) {
            committer.checkpointAborted(checkpointId);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, RedisStreamsSplitState> finishedSplits) {
        if (committer != null) {
            for (RedisStreamsSplitState state : new ArrayList<>(finishedSplits.values())) {
                committer.splitEnded(state.toSplit());
            }
        }
    }

    @Override
    protected RedisStreamsSplitState initializedState(RedisStreamsSplit split) {
        return new RedisStreamsSplitState(split);
    }

    @Override
    protected RedisStreamsSplit toSplitType(String splitId, RedisStreamsSplitState state) {
        return state.toSplit();
    }

    @Override
    public void close() throws Exception {
        try {
            // The fetcher may wait for the control thread, never the other way round.
            super.close();
            if (committer != null) {
                committer.awaitCommits(COMMIT_PATIENCE);
            }
        } finally {
            client.close();
        }
    }
}
