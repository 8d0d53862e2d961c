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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.client.ServerTimestamps;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.time.Instant;

/**
 * A window on one message of a {@link MessageChunk}, that is moved from one to the next, so that
 * passing a message on allocates nothing. Task thread only.
 */
@Internal
final class AmpsMessageCursor implements AmpsMessage {

    private String server = "";
    private MessageChunk chunk;
    private int index;

    /** Moves before the messages of a chunk. */
    void enter(String newServer, MessageChunk newChunk) {
        server = newServer;
        chunk = newChunk;
    }

    void moveTo(int newIndex) {
        index = newIndex;
    }

    /** The server that the message was received from. */
    String server() {
        return server;
    }

    boolean hasBookmark() {
        return chunk.hasBookmark(index);
    }

    /** Whether a queue has leased the message. */
    boolean hasLease() {
        return chunk.hasLease(index);
    }

    /** Unsigned; only if there is a bookmark. */
    long publisherId() {
        return chunk.publisherId(index);
    }

    /** Unsigned; only if there is a bookmark. */
    long sequence() {
        return chunk.sequence(index);
    }

    /** This message has just been emitted. */
    void advance(AmpsSplitState split) {
        if (split.leases() != null) {
            if (hasLease()) {
                split.leases().emitted(publisherId(), sequence());
            }
            return;
        }
        if (split.remembersKeys() && chunk.sowKeyLength(index) >= 0) {
            split.emittedKey(
                    command() == AmpsCommand.OOF,
                    topic(),
                    chunk.data(),
                    chunk.sowKeyOffset(index),
                    chunk.sowKeyLength(index));
        }
        if (hasBookmark() && split.isMovedByBookmarks()) {
            split.advance(server, publisherId(), sequence(), timestampMicros());
        } else {
            split.countEmitted();
        }
    }

    @Override
    public String topic() {
        return chunk.topic(index);
    }

    @Override
    public AmpsCommand command() {
        return chunk.command(index);
    }

    @Override
    public int bodyLength() {
        return chunk.bodyLength(index);
    }

    @Override
    public byte[] bodyArray() {
        return chunk.data();
    }

    @Override
    public int bodyOffset() {
        return chunk.bodyOffset(index);
    }

    @Override
    public byte[] body() {
        return chunk.body(index);
    }

    @Nullable
    @Override
    public AmpsBookmark bookmark() {
        return hasBookmark() ? new AmpsBookmark(publisherId(), sequence()) : null;
    }

    @Override
    public long timestampMicros() {
        return chunk.timestampMicros(index);
    }

    @Nullable
    @Override
    public String sowKey() {
        return chunk.sowKey(index);
    }

    @Nullable
    @Override
    public String correlationId() {
        return chunk.correlationId(index);
    }

    @Nullable
    @Override
    public String userId() {
        return chunk.userId(index);
    }

    @Nullable
    @Override
    public AmpsOutOfFocusReason outOfFocusReason() {
        return chunk.outOfFocusReason(index);
    }

    @Nullable
    @Override
    public Instant leaseExpiry() {
        return ServerTimestamps.toInstant(chunk.leaseExpiryMicros(index));
    }

    @Override
    public String toString() {
        return "message " + bookmark() + " of topic '" + topic() + "'";
    }
}
