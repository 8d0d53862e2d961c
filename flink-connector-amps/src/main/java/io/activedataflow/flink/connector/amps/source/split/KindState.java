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

package io.activedataflow.flink.connector.amps.source.split;

import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;

import org.apache.flink.annotation.Internal;

import java.util.Objects;

/** What a split remembers besides its position; differs by kind of subscription. Immutable. */
@Internal
public sealed interface KindState {

    /** Nothing: a replay and a live subscription have no more than a position. */
    KindState NONE = new None();

    /** See {@link #NONE}. */
    record None() implements KindState {}

    /**
     * Of a query of the state of the world.
     *
     * @param complete whether all records have been emitted, so that messages with bookmarks move
     *     the position on from there
     * @param keys the keys of records that were emitted: of a bounded query all of them, of one
     *     that is followed by updates those that are to be tracked and are in focus
     */
    record Snapshot(boolean complete, SowKeys keys) implements KindState {

        /** Nothing was emitted yet. */
        public static final Snapshot BEGINNING = new Snapshot(false, SowKeys.NONE);

        public Snapshot {
            Objects.requireNonNull(keys, "keys");
        }
    }

    /**
     * Of a subscription to a queue.
     *
     * @param bookmarks of the messages that were emitted and are not known to be acknowledged
     */
    record Unacknowledged(BookmarkList bookmarks) implements KindState {

        /** There are none. */
        public static final Unacknowledged NONE = new Unacknowledged(BookmarkList.EMPTY);

        public Unacknowledged {
            Objects.requireNonNull(bookmarks, "bookmarks");
        }
    }

    /** What a split of this kind remembers before it is read. */
    static KindState initial(AmpsSubscriptionKind kind) {
        return switch (kind) {
            case BOOKMARK_REPLAY, LIVE -> NONE;
            case QUEUE -> Unacknowledged.NONE;
            case SOW, SOW_AND_SUBSCRIBE -> Snapshot.BEGINNING;
        };
    }

    /** Whether splits of this kind remember such things. */
    default boolean isOf(AmpsSubscriptionKind kind) {
        return initial(kind).getClass() == getClass();
    }
}
