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

import org.apache.flink.annotation.Internal;

import java.io.Closeable;
import java.util.List;

/**
 * One connection to one node on which entries are read: requests go out in order, replies come back
 * in order, several may be outstanding. Used by one thread; {@link #close} may be called by any.
 *
 * <p>All methods but {@link #close} throw {@link RedisStreamsException} when the connection is
 * lost; it is then of no further use.
 */
@Internal
public interface StreamReadConnection extends Closeable {

    RedisNode node();

    /**
     * Sends {@code XREAD COUNT … [BLOCK …] STREAMS …} for these streams, each from its position.
     *
     * @param count the most entries to return of each stream
     * @param blockMillis how long the server may wait for the first entry; negative: not at all
     * @param asking whether {@code ASKING} goes first, for a slot that is being migrated
     */
    void send(List<StreamReadPosition> streams, int count, int blockMillis, boolean asking);

    /** How many requests have not been answered yet. */
    int outstanding();

    /**
     * Waits for the reply to the oldest outstanding request and appends its entries to the buffer.
     * A reply that has arrived in part stays where it is; the next call with the same or an emptied
     * buffer goes on with it. Positions are not moved.
     *
     * @param waitMillis how long to wait at most, if nothing arrives; at least 1
     * @return the reply, or null if it was not complete in time
     */
    Reply poll(EntryBuffer buffer, int waitMillis);

    /** Takes up rotated credentials before the next request ({@code AUTH}). */
    void reauthenticate(RedisStreamsCredentials credentials);

    /** Closes the socket; a thread inside another method gets an exception at once. Idempotent. */
    @Override
    void close();

    /**
     * The outcome of one request.
     *
     * @param streams the streams that were asked for
     * @param entries how many entries were appended to the buffer
     * @param error the text of an error reply such as {@code MOVED 3999 127.0.0.1:6381}, or null
     */
    record Reply(List<StreamReadPosition> streams, int entries, String error) {}
}
