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
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.StreamReadConnection;
import io.activedataflow.flink.connector.redis.client.StreamReadConnection.Reply;
import io.activedataflow.flink.connector.redis.client.StreamReadPosition;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The connection to one node and the replies that have come over it but have not been handed on. A
 * connection that is lost takes them along: they are read again. Fetcher thread only.
 */
@Internal
final class NodeChannel {

    private final RedisNode node;
    private final EntryBufferPool pool;
    private final BatchSizer sizer;
    private final long stallNanos;
    private final List<Reply> replies = new ArrayList<>();

    private @Nullable StreamReadConnection connection;
    private boolean connecting;
    private @Nullable EntryBuffer buffer;
    private long lastProgressNanos;
    private long lastUsedNanos;
    private int rotation;
    private int busyStreams = Integer.MAX_VALUE;
    private int dryStreams;

    NodeChannel(RedisNode node, EntryBufferPool pool, ReaderOptions options) {
        this.node = node;
        this.pool = pool;
        this.sizer = new BatchSizer(options.maxEntries(), options.targetBytes());
        this.stallNanos = options.commandTimeout().toNanos();
    }

    RedisNode node() {
        return node;
    }

    boolean isOpen() {
        return connection != null;
    }

    /** Whether nobody has begun to connect yet; from now on somebody has. */
    boolean beginConnecting() {
        boolean first = !connecting && connection == null;
        connecting = true;
        return first;
    }

    void opened(StreamReadConnection newConnection) {
        connection = newConnection;
        connecting = false;
    }

    StreamReadConnection connection() {
        return connection;
    }

    BatchSizer sizer() {
        return sizer;
    }

    boolean isWaiting() {
        return connection != null && connection.outstanding() > 0;
    }

    void usedAt(long nanos) {
        lastUsedNanos = nanos;
    }

    long lastUsed() {
        return lastUsedNanos;
    }

    /** How many streams had entries in the last replies that had any. */
    int busyStreams() {
        return busyStreams;
    }

    /** How many streams were found empty since one last was not. */
    int dryStreams() {
        return dryStreams;
    }

    /** Where a read that cannot ask for all streams begins, so that each has its turn. */
    int rotate(int step) {
        int from = rotation;
        rotation += step;
        return from;
    }

    void send(List<StreamReadPosition> streams, int count, int blockMillis, boolean asking) {
        if (connection.outstanding() == 0) {
            lastProgressNanos = System.nanoTime() + Signal.millis(Math.max(0, blockMillis));
        }
        connection.send(streams, count, blockMillis, asking);
    }

    /**
     * Takes in one more reply, if it arrives in time.
     *
     * @return the reply, or null
     * @throws RedisStreamsException if the connection is lost, or silent for too long
     */
    @Nullable
    Reply receive(int waitMillis) {
        if (buffer == null) {
            buffer = pool.take();
        }
        int filledBefore = buffer.filled();
        Reply reply = connection.poll(buffer, waitMillis);
        if (reply != null || buffer.filled() != filledBefore) {
            lastProgressNanos = System.nanoTime();
        } else if (System.nanoTime() - lastProgressNanos > stallNanos) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.RETRIABLE,
                    "Redis at " + node + " has not answered for longer than the command time-out.",
                    null);
        }
        if (reply != null && reply.error() == null) {
            replies.add(reply);
        }
        return reply;
    }

    /** Whether as much has arrived as should be handed on at once. */
    boolean isFull(long targetBytes) {
        return buffer != null && buffer.decoded() >= targetBytes;
    }

    List<Reply> replies() {
        return replies;
    }

    /** The buffer that holds the entries of {@link #replies}. */
    EntryBuffer buffer() {
        return buffer;
    }

    /** Forgets the replies, whose entries belong to somebody else now. */
    void handedOn() {
        sizer.onReply(buffer.decoded(), buffer.entryCount());
        busyStreams = buffer.sectionCount();
        dryStreams = 0;
        replies.clear();
        buffer = null;
    }

    /** Forgets the replies, none of which had entries. */
    void nothingToHandOn() {
        for (Reply reply : replies) {
            dryStreams = Math.min(Integer.MAX_VALUE / 2, dryStreams) + reply.streams().size();
        }
        replies.clear();
        // Replies without entries take a few bytes, too, and the buffer stays here.
        buffer.clear();
    }

    void close() {
        replies.clear();
        buffer = null;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
