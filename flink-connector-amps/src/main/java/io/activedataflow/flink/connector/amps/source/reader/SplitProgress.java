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

import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Event;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * What has been handed on of a split, and what what arrives next means for it: the part of {@link
 * SplitSubscription} that differs by kind of subscription. Fetcher thread only.
 */
@Internal
interface SplitProgress {

    static SplitProgress of(AmpsSplit split, SubscriptionContext context) {
        return switch (split.kind()) {
            case BOOKMARK_REPLAY, LIVE -> new ReplayProgress(split, context);
            case SOW -> new QueryProgress(split, context);
            case SOW_AND_SUBSCRIBE -> new FollowedProgress(split, context);
            case QUEUE -> new QueueProgress(split, context);
        };
    }

    String splitId();

    /** The split as it is to be opened now. */
    AmpsSplit toSplit();

    /** Whether there is nothing left to read, whatever the server has. */
    boolean isAtEnd();

    /**
     * The subscription was accepted; nothing of it has been taken yet.
     *
     * @param onServer the server, as in positions
     * @param newEnd the end as taken from this server's log, or null if it is the one known
     */
    void opened(String onServer, From from, @Nullable ReplayEnd newEnd);

    /** The server has not got the position any more. */
    void lost(DataLoss loss);

    /** Hands on messages, without those that were handed on before. */
    Step onMessages(Messages messages, MessageBatch.Builder batch);

    /** Something has arrived between the messages. */
    Step onEvent(Event event);

    /** Adds the changes of the state that are due; before the messages that come after them. */
    void handOnUpdates(MessageBatch.Builder batch);

    /** The connection of the subscription that was opened; after {@link #opened}. */
    default void connected(AmpsConnection connection) {}

    /** The connection is of no more use. */
    default void disconnected() {}

    /** Looks at how things stand, now and then while the subscription is open. */
    default void look(long nowNanos) {}

    /** What to tell the server when the split is given up, before the connection is closed. */
    default Runnable farewell(AmpsConnection connection, SubscriptionBuffer buffer) {
        return () -> {};
    }

    /** Whether there are messages of the connector's own, to be handed on before any other. */
    default boolean hasPending() {
        return false;
    }

    /** Hands on some of those messages. */
    default void handOnPending(MessageBatch.Builder batch) {
        throw new IllegalStateException(splitId() + " has nothing of its own to hand on.");
    }
}
