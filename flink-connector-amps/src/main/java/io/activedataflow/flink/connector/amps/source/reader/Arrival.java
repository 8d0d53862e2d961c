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
import io.activedataflow.flink.connector.amps.client.AmpsException;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** What comes out of a {@link SubscriptionBuffer}. */
@Internal
sealed interface Arrival {

    /**
     * A run of messages; never empty.
     *
     * @param chunk holds them until the next {@link SubscriptionBuffer#poll}, and for longer only
     *     if it is {@linkplain MessageChunk#retain retained}
     * @param from the index of the first
     * @param to the index after the last
     */
    record Messages(MessageChunk chunk, int from, int to) implements Arrival {}

    /** Something between the messages. */
    sealed interface Event extends Arrival {}

    /** All synchronous destinations have the log up to here; null if the server did not say. */
    record Persisted(@Nullable AmpsBookmark bookmark) implements Event {}

    /**
     * The end of the replay or of the query; null if the server did not say where in the log that
     * is.
     */
    record Completed(@Nullable AmpsBookmark bookmark) implements Event {}

    /** A queue leases so many messages at a time; -1 if it did not say. */
    record Backlog(int messages) implements Event {}

    /** The records of a query begin. */
    record GroupBegin() implements Event {}

    /** All records of a query have come, if the server says later that it was completed. */
    record GroupEnd() implements Event {}

    /** The connection is lost or the server has ended the subscription. Nothing comes after it. */
    record Disconnected(AmpsException cause) implements Arrival {}
}
