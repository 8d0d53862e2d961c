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
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moves the cursor of the consumer group to the positions of completed checkpoints, for operators
 * and tools to look at; nothing is ever read from there after a restore. Positions are remembered
 * and released on the task thread and written on the control thread, only the newest of each
 * stream. A failure is counted and logged, nothing else.
 */
@Internal
final class CursorCommitter {

    private static final Logger LOG = LoggerFactory.getLogger(CursorCommitter.class);

    private final String group;
    private final @Nullable String consumer;
    private final ReaderClient client;
    private final RedisStreamsSourceReaderMetrics metrics;

    /** Task thread only. */
    private final NavigableMap<Long, Map<String, RedisStreamsSplit>> byCheckpoint = new TreeMap<>();

    /** Task thread only. */
    private final Map<String, RedisStreamsSplit> ended = new HashMap<>();

    private final Map<String, RedisStreamsSplit> toCommit = new ConcurrentHashMap<>();

    /** How many runs of {@link #commit()} have not ended. */
    private final AtomicInteger openCommits = new AtomicInteger();

    /** Control thread only. */
    private final Set<String> consumerShownIn = new HashSet<>();

    /** Control thread only. */
    private boolean failing;

    CursorCommitter(
            String group,
            @Nullable String consumer,
            ReaderClient client,
            RedisStreamsSourceReaderMetrics metrics) {
        this.group = group;
        this.consumer = consumer;
        this.client = client;
        this.metrics = metrics;
    }

    /** Remembers the final position of a split that has ended, until it is committed. */
    void splitEnded(RedisStreamsSplit split) {
        if (isCommittable(split)) {
            ended.put(split.splitId(), split);
        }
    }

    void snapshot(long checkpointId, Collection<RedisStreamsSplit> splits) {
        Map<String, RedisStreamsSplit> positions = new HashMap<>(ended);
        for (RedisStreamsSplit split : splits) {
            if (isCommittable(split)) {
                positions.put(split.splitId(), split);
            }
        }
        byCheckpoint.put(checkpointId, positions);
    }

    private static boolean isCommittable(RedisStreamsSplit split) {
        return split.seen() && !split.bookmark().equals(StreamEntryId.ZERO);
    }

    void checkpointCompleted(long checkpointId) {
        Map<String, RedisStreamsSplit> positions = byCheckpoint.get(checkpointId);
        byCheckpoint.headMap(checkpointId, true).clear();
        if (positions == null || positions.isEmpty() && toCommit.isEmpty()) {
            return;
        }
        ended.values().removeIf(split -> split == positions.get(split.splitId()));
        toCommit.putAll(positions);
        openCommits.incrementAndGet();
        client.control().execute(this::commit);
    }

    /**
     * Waits until everything that was released is written, but no longer than this: at the end of a
     * job the reader is closed right after its last checkpoint has completed. Task thread.
     */
    void awaitCommits(Duration patience) {
        if (openCommits.get() == 0) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        client.control().execute(done::countDown);
        try {
            if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "The reader is closed before all cursors of group '{}' could be moved; {}"
                                + " streams had to wait.",
                        group,
                        toCommit.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets a checkpoint that will not complete. */
    void checkpointAborted(long checkpointId) {
        byCheckpoint.remove(checkpointId);
    }

    /**
     * Writes what is newest; a node that does not answer delays this, and whatever waits behind it,
     * only once. Control thread.
     */
    private void commit() {
        Map<RedisNode, RedisStreamsException> unreachable = new HashMap<>();
        boolean allMoved = true;
        try {
            for (String streamKey : Set.copyOf(toCommit.keySet())) {
                RedisStreamsSplit position = toCommit.remove(streamKey);
                if (position != null) {
                    allMoved &= commit(position, unreachable);
                }
            }
            if (failing && allMoved) {
                failing = false;
                LOG.info("All cursors of group '{}' are moved again.", group);
            }
        } finally {
            openCommits.decrementAndGet();
        }
    }

    /** Returns whether the cursor was moved. */
    private boolean commit(
            RedisStreamsSplit position, Map<RedisNode, RedisStreamsException> unreachable) {
        String streamKey = position.streamKey();
        RedisNode master = null;
        try {
            master = client.redis().locate(streamKey, false);
            if (unreachable.containsKey(master)) {
                throw unreachable.get(master);
            }
            client.redis()
                    .commitCursor(streamKey, group, position.bookmark(), position.entriesRead());
            if (consumer != null && !consumerShownIn.contains(streamKey)) {
                client.redis().createConsumer(streamKey, group, consumer);
                consumerShownIn.add(streamKey);
            }
            metrics.commitSucceeded();
            return true;
        } catch (RedisStreamsException e) {
            if (master != null && e.isRetriable()) {
                unreachable.put(master, e);
            }
            // The final position of a split that has ended is in no later checkpoint.
            toCommit.putIfAbsent(streamKey, position);
            consumerShownIn.remove(streamKey);
            metrics.commitFailed();
            if (!failing) {
                failing = true;
                LOG.warn(
                        "The cursor of group '{}' on stream '{}' could not be moved to {}; the job"
                                + " goes on and the next checkpoint tries again: {}",
                        group,
                        streamKey,
                        position.bookmark(),
                        e.getMessage());
            }
            return false;
        }
    }
}
