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

import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.StreamReadConnection;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The connections of a reader, one per node that has streams of it. Fetcher thread only. */
@Internal
final class NodeChannels {

    private static final long KEEP_UNUSED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ReaderClient client;
    private final EntryBufferPool pool;
    private final ReaderOptions options;
    private final RedisStreamsSourceReaderMetrics metrics;
    private final Map<RedisNode, NodeChannel> channels = new LinkedHashMap<>();
    private List<NodeChannel> open = List.of();
    private int lost;
    private boolean closed;

    NodeChannels(
            ReaderClient client,
            EntryBufferPool pool,
            ReaderOptions options,
            RedisStreamsSourceReaderMetrics metrics) {
        this.client = client;
        this.pool = pool;
        this.options = options;
        this.metrics = metrics;
    }

    /** The open channels. */
    List<NodeChannel> open() {
        return open;
    }

    /**
     * Sees to it that there is a channel, or will be, for every node that is to be read.
     *
     * @param onFailure takes the channel that could not be opened, and why
     */
    void connect(
            Collection<SplitProgress> splits,
            long nowNanos,
            BiConsumer<NodeChannel, RedisStreamsException> onFailure) {
        for (SplitProgress split : splits) {
            if (split.isReadable(nowNanos)) {
                RedisNode node = split.askNode() == null ? split.node() : split.askNode();
                NodeChannel channel =
                        channels.computeIfAbsent(
                                node, address -> new NodeChannel(address, pool, options));
                channel.usedAt(nowNanos);
                if (channel.beginConnecting()) {
                    connect(channel, onFailure);
                }
            }
        }
        for (NodeChannel channel : open) {
            // A paused split keeps its channel: after opening another one, its position would have
            // to be checked again.
            if (!channel.isWaiting()
                    && nowNanos - channel.lastUsed() > KEEP_UNUSED_NANOS
                    && splits.stream().noneMatch(split -> split.isReadFrom(channel.node()))) {
                close(channel);
            }
        }
    }

    private void connect(
            NodeChannel channel, BiConsumer<NodeChannel, RedisStreamsException> onFailure) {
        client.control()
                .submit(
                        () -> client.redis().connect(channel.node(), options.readFromReplica()),
                        (connection, failure) -> {
                            if (failure == null) {
                                opened(channel, connection);
                            } else {
                                onFailure.accept(channel, asRedisException(channel, failure));
                            }
                        });
    }

    private void opened(NodeChannel channel, StreamReadConnection connection) {
        if (closed || channels.get(channel.node()) != channel) {
            connection.close();
            return;
        }
        channel.opened(connection);
        if (lost > 0) {
            lost--;
            metrics.reconnected();
        }
        updateOpen();
    }

    private static RedisStreamsException asRedisException(NodeChannel channel, Exception failure) {
        return failure instanceof RedisStreamsException known
                ? known
                : new RedisStreamsException(
                        RedisStreamsException.Kind.FATAL,
                        "Connecting to Redis at " + channel.node() + " failed unexpectedly.",
                        failure);
    }

    /** Closes a channel that failed; the next {@link #connect} opens another one. */
    void drop(NodeChannel channel) {
        if (channel.isOpen()) {
            lost++;
        }
        close(channel);
    }

    private void close(NodeChannel channel) {
        channel.close();
        channels.remove(channel.node(), channel);
        updateOpen();
    }

    private void updateOpen() {
        List<NodeChannel> now = new ArrayList<>(channels.values());
        now.removeIf(channel -> !channel.isOpen());
        open = List.copyOf(now);
    }

    /** Takes up rotated credentials on all connections. */
    void reauthenticate(
            RedisStreamsCredentials credentials,
            BiConsumer<NodeChannel, RedisStreamsException> onFailure) {
        for (NodeChannel channel : open) {
            try {
                channel.connection().reauthenticate(credentials);
            } catch (RedisStreamsException e) {
                onFailure.accept(channel, e);
            }
        }
    }

    void close() {
        closed = true;
        channels.values().forEach(NodeChannel::close);
        channels.clear();
        updateOpen();
    }
}
