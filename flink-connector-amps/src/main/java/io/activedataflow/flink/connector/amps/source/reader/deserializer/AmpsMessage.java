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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.time.Instant;

/**
 * A message as a deserializer sees it: a view that is valid only during the call. Task thread.
 *
 * <p>The body can be read in place ({@link #bodyArray}, {@link #bodyOffset}, {@link #bodyLength})
 * or copied ({@link #body}); the array holds other messages too and must not be changed.
 */
@PublicEvolving
public interface AmpsMessage {

    /** Stands for a time that is not known; see {@link #timestampMicros}. */
    long NO_TIMESTAMP = Long.MIN_VALUE;

    /** The topic that the message was published to. */
    String topic();

    AmpsCommand command();

    /** The number of bytes of the body; may be 0. */
    int bodyLength();

    /** The array in which the body lies. */
    byte[] bodyArray();

    /** Where in {@link #bodyArray} the body begins. */
    int bodyOffset();

    /** A copy of the body. */
    byte[] body();

    /** The identity of the message in the transaction log; null if its topic is not logged. */
    @Nullable
    AmpsBookmark bookmark();

    /**
     * When the server processed the message, in microseconds since the epoch, or {@link
     * #NO_TIMESTAMP} if the source does not ask for it.
     */
    long timestampMicros();

    /** As {@link #timestampMicros}; null if not known. */
    @Nullable
    default Instant timestamp() {
        long micros = timestampMicros();
        return micros == NO_TIMESTAMP
                ? null
                : Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        Math.floorMod(micros, 1_000_000L) * 1000L);
    }

    /** The key of the record in the state of the world; null if the topic has none. */
    @Nullable
    String sowKey();

    /** Why a record is out of focus; null unless the command is {@link AmpsCommand#OOF}. */
    @Nullable
    AmpsOutOfFocusReason outOfFocusReason();

    /**
     * Until when a message of a queue is leased to this job, by the server's clock; null for other
     * messages, and where leases do not expire.
     */
    @Nullable
    Instant leaseExpiry();

    /** What the publisher has set; null if nothing. */
    @Nullable
    String correlationId();

    /** The user that the publisher was authenticated as, where the server tells it, or null. */
    @Nullable
    String userId();
}
