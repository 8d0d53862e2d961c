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

import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.client.RedisErrors;
import io.activedataflow.flink.connector.redis.client.RedisRedirect;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RetryIncident;
import io.activedataflow.flink.connector.redis.client.StreamReadConnection.Reply;
import io.activedataflow.flink.connector.redis.client.StreamReadPosition;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Reads all splits of a reader on one thread, over one connection per node, and hands the replies
 * on as they lie in memory.
 *
 * <p>Before a split is read, and again after every lost connection, {@link SplitSupervisor}
 * compares its position with the server. The next read is sent before the entries of the last one
 * are handed on, so that the server works meanwhile.
 *
 * <p>Fetcher thread only, but for {@link #wakeUp}.
 */
@Internal
final class RedisStreamsSplitReader implements SplitReader<StreamEntryCursor, RedisStreamsSplit> {

    /** Bounds how long a wake-up may take while the socket is being read. */
    static final int MAX_WAIT_MILLIS = 50;

    /**
     * How long to wait for one of several nodes, so that a silent one does not hold up the rest.
     */
    private static final int SHARED_WAIT_MILLIS = 2;

    private static final int MAX_KEYS_IN_MESSAGE = 5;

    private final ReaderOptions options;
    private final RedisStreamsSourceReaderMetrics metrics;
    private final ControlThread control;
    private final Signal signal;
    private final SplitSupervisor supervisor;
    private final NodeChannels channels;
    private final ReadPlanner planner;
    private final EntryBufferPool pool;

    private final Map<String, SplitProgress> splits = new LinkedHashMap<>();
    private final PendingEntries pendingEntries;
    private final Set<SplitProgress> finished = new LinkedHashSet<>();
    private final AtomicBoolean wokenUp = new AtomicBoolean();

    RedisStreamsSplitReader(
            ReaderOptions options,
            ReaderClient client,
            PendingEntries pendingEntries,
            RedisStreamsSourceReaderMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.control = client.control();
        this.signal = client.signal();
        this.pendingEntries = pendingEntries;
        this.pool = new EntryBufferPool(options.targetBytes());
        this.channels = new NodeChannels(client, pool, options, metrics);
        this.supervisor =
                new SplitSupervisor(
                        options, client, channels, splits.values(), metrics, finished::add);
        this.planner =
                options.multiKeyReads()
                        ? new MultiKeyReadPlanner(MAX_WAIT_MILLIS)
                        : new PipelinedReadPlanner();
    }

    // ------------------------------------------------------------------------ splits

    @Override
    public void handleSplitsChanges(SplitsChange<RedisStreamsSplit> change) {
        if (change instanceof SplitsAddition) {
            for (RedisStreamsSplit split : change.splits()) {
                SplitProgress added =
                        new SplitProgress(
                                split,
                                new RetryIncident(options.backoff(), options.retryDeadline()));
                splits.put(split.splitId(), added);
                pendingEntries.add(added);
            }
        } else if (change instanceof SplitsRemoval) {
            for (RedisStreamsSplit split : change.splits()) {
                SplitProgress removed = splits.get(split.splitId());
                if (removed != null) {
                    finished.add(removed);
                }
            }
        } else {
            throw new IllegalArgumentException(
                    "Cannot handle a splits change of " + change.getClass().getName() + '.');
        }
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<RedisStreamsSplit> toPause, Collection<RedisStreamsSplit> toResume) {
        // Either may name splits that have just finished.
        setPaused(toPause, true);
        setPaused(toResume, false);
    }

    private void setPaused(Collection<RedisStreamsSplit> some, boolean paused) {
        for (RedisStreamsSplit split : some) {
            SplitProgress progress = splits.get(split.splitId());
            if (progress != null) {
                progress.setPaused(paused);
            }
        }
    }

    // ------------------------------------------------------------------------ fetching

    @Override
    public RecordsWithSplitIds<StreamEntryCursor> fetch() {
        while (true) {
            control.runCompleted();
            long now = System.nanoTime();
            pendingEntries.fetcherSeen(now);
            supervisor.doWhatIsDue(now);
            if (!finished.isEmpty()) {
                return endFinished(EntryBatch.builder()).build();
            }
            if (wokenUp.compareAndSet(true, false) || Thread.currentThread().isInterrupted()) {
                return EntryBatch.builder().build();
            }
            RecordsWithSplitIds<StreamEntryCursor> batch = readOnce(now);
            if (batch != null) {
                return batch;
            }
        }
    }

    private RecordsWithSplitIds<StreamEntryCursor> readOnce(long now) {
        int waiting = sendRequests();
        if (waiting == 0) {
            signal.await(supervisor.nanosUntilDue(now, Signal.millis(MAX_WAIT_MILLIS)));
            return null;
        }
        int waitMillis = waiting == 1 ? MAX_WAIT_MILLIS : SHARED_WAIT_MILLIS;
        for (NodeChannel channel : channels.open()) {
            if (channel.isWaiting()) {
                RecordsWithSplitIds<StreamEntryCursor> batch = receive(channel, waitMillis);
                if (batch != null) {
                    return batch;
                }
            }
        }
        return null;
    }

    private int sendRequests() {
        int waiting = 0;
        for (NodeChannel channel : channels.open()) {
            sendRequest(channel);
            waiting += channel.isWaiting() ? 1 : 0;
        }
        return waiting;
    }

    private void sendRequest(NodeChannel channel) {
        if (channel.isWaiting()) {
            return;
        }
        try {
            planner.send(channel, splits.values(), System.nanoTime());
        } catch (RedisStreamsException e) {
            supervisor.channelFailed(channel, e);
        }
    }

    private RecordsWithSplitIds<StreamEntryCursor> receive(NodeChannel channel, int waitMillis) {
        try {
            do {
                Reply reply = channel.receive(waitMillis);
                if (reply == null) {
                    return null;
                }
                if (reply.error() != null) {
                    replyFailed(channel, reply);
                }
            } while (channel.isWaiting() && !channel.isFull(options.targetBytes()));
        } catch (RedisStreamsException e) {
            supervisor.channelFailed(channel, e);
            return null;
        }
        return handOn(channel);
    }

    private RecordsWithSplitIds<StreamEntryCursor> handOn(NodeChannel channel) {
        EntryBuffer buffer = channel.buffer();
        boolean hasEntries = buffer.entryCount() > 0;
        EntryBatchBuilder batch =
                hasEntries ? EntryBatch.builder(buffer, pool::giveBack) : EntryBatch.builder();
        Set<SplitProgress> advanced = hasEntries ? addSections(buffer, batch) : Set.of();
        long now = System.nanoTime();
        for (Reply reply : channel.replies()) {
            for (StreamReadPosition stream : reply.streams()) {
                SplitProgress split = splits.get(stream.streamKey());
                if (split != null && split.position() == stream) {
                    supervisor.onReply(split, advanced.contains(split), now);
                }
            }
        }
        if (!hasEntries) {
            channel.nothingToHandOn();
            return finished.isEmpty() ? null : endFinished(batch).build();
        }
        channel.handedOn();
        endFinished(batch);
        sendRequest(channel);
        return batch.listener(metrics::sectionEntered)
                .fetchTimeMillis(System.currentTimeMillis())
                .build();
    }

    private Set<SplitProgress> addSections(EntryBuffer buffer, EntryBatchBuilder batch) {
        Set<SplitProgress> advanced = new LinkedHashSet<>();
        for (int section = 0; section < buffer.sectionCount(); section++) {
            StreamReadPosition stream = buffer.sectionStream(section);
            SplitProgress split = splits.get(stream.streamKey());
            int from = buffer.sectionStart(section);
            int to = buffer.sectionEnd(section);
            if (split == null || split.position() != stream || from == to) {
                continue;
            }
            advanced.add(split);
            int end = split.stop().endWithin(buffer, from, to);
            if (end > from) {
                long ordinal = split.advance(buffer, from, end);
                batch.addSection(split.splitId(), split.partition(), from, end, ordinal);
            }
            if (split.isFinished()) {
                finished.add(split);
            }
        }
        return advanced;
    }

    private EntryBatchBuilder endFinished(EntryBatchBuilder batch) {
        for (SplitProgress split : finished) {
            supervisor.ended(split);
            splits.remove(split.splitId(), split);
            pendingEntries.remove(split);
            batch.finished(split.splitId());
        }
        finished.clear();
        return batch;
    }

    // ------------------------------------------------------------------------ failures

    private void replyFailed(NodeChannel channel, Reply reply) {
        Optional<RedisRedirect> redirect = RedisRedirect.parse(reply.error(), channel.node());
        RedisStreamsException error =
                RedisErrors.reply(channel.node(), "XREAD", keysOf(reply), reply.error());
        if (!error.isRetriable()) {
            throw error;
        }
        if (redirect.isPresent() && options.multiKeyReads()) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.FATAL,
                    error.getMessage()
                            + " This server is part of a cluster: connect with"
                            + " RedisStreamsConnectionOptions.cluster(…).",
                    null);
        }
        metrics.errorRetried();
        for (StreamReadPosition stream : reply.streams()) {
            SplitProgress split = splits.get(stream.streamKey());
            if (split == null || split.position() != stream) {
                continue;
            }
            split.setInFlightOn(null);
            redirect.ifPresent(any -> metrics.redirected());
            if (redirect.isPresent() && redirect.get().ask()) {
                split.setAskNode(redirect.get().target());
            } else {
                supervisor.retryLater(split, error);
            }
        }
    }

    private static String keysOf(Reply reply) {
        int shown = Math.min(MAX_KEYS_IN_MESSAGE, reply.streams().size());
        String keys =
                reply.streams().subList(0, shown).stream()
                        .map(StreamReadPosition::streamKey)
                        .collect(Collectors.joining(", "));
        int more = reply.streams().size() - shown;
        return more == 0 ? keys : keys + " and " + more + " more";
    }

    @Override
    public void wakeUp() {
        wokenUp.set(true);
        signal.raise();
    }

    @Override
    public void close() {
        pendingEntries.removeAll(splits.values());
        channels.close();
    }
}
