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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;
import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;

import java.util.Optional;
import java.util.Set;

/**
 * All that the connector asks of Redis besides reading entries: where streams are, what they look
 * like, and the committed cursor of a group. Redirects within a cluster and the search for the
 * master behind sentinels happen inside.
 *
 * <p>Every method blocks for at most the configured time-outs and throws {@link
 * RedisStreamsException}, which says whether trying again can help. Thread-safe. Never to be called
 * on a task or coordinator thread.
 */
@Internal
public interface RedisStreamsClient extends AutoCloseable {

    /** {@code XINFO STREAM} on the stream's master; empty where the key does not exist. */
    Optional<StreamInfo> streamInfo(String streamKey);

    /** {@code XINFO GROUPS} on the stream's master; empty where stream or group do not exist. */
    Optional<GroupCursor> groupCursor(String streamKey, String group);

    /**
     * The keys of all streams that match a glob pattern, by {@code SCAN … MATCH … TYPE stream} on
     * every master.
     */
    Set<String> scanStreams(String globPattern);

    /**
     * Whether the stream's master has the entry of exactly this ID, asked with {@code XREAD} alone
     * so that no further permission is needed.
     */
    boolean entryExists(String streamKey, StreamEntryId id);

    /** The clock of the stream's master ({@code TIME}), in milliseconds since the epoch. */
    long serverTimeMillis(String streamKey);

    /**
     * Sets the cursor of the group ({@code XGROUP SETID … ENTRIESREAD}), creating the group where
     * it is missing but never the stream.
     *
     * @param entriesRead or {@link StreamInfo#UNKNOWN}
     */
    void commitCursor(String streamKey, String group, StreamEntryId id, long entriesRead);

    /** Makes a consumer of this name visible in the group ({@code XGROUP CREATECONSUMER}). */
    void createConsumer(String streamKey, String group, String consumer);

    /** The node that serves the stream now; for {@code ReadFrom.REPLICA} one of its replicas. */
    RedisNode locate(String streamKey, boolean replica);

    /** Forgets what is known of the topology, so that the next {@link #locate} asks again. */
    void refreshTopology();

    /** Where there are several replicas, lets {@link #locate} name another one; never blocks. */
    void chooseAnotherReplica();

    /**
     * Opens a connection for reading entries: connected, encrypted, authenticated, named and with
     * its database selected.
     */
    StreamReadConnection connect(RedisNode node, boolean replica);

    /** The user's credentials as they are now; asked for by whoever keeps connections open. */
    RedisStreamsCredentials currentCredentials();

    /** Ends what is under way on other threads, closes all connections; idempotent. */
    @Override
    void close();
}
