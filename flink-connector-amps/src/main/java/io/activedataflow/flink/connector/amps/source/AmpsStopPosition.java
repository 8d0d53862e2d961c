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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Where a bookmark replay stops; anything but {@link #never} makes the source bounded: it looks for
 * topics once, reads each up to its stop, and ends. After a restore the state decides.
 */
@PublicEvolving
public sealed interface AmpsStopPosition extends Serializable {

    /** Reads for ever. The default. */
    static AmpsStopPosition never() {
        return new Never();
    }

    /**
     * At the end of the log as it is when the job starts. The end is kept in the state. On another
     * server, after a failover, the end is taken again from that server's log, so that it can only
     * grow; messages that were read already do not come again.
     */
    static AmpsStopPosition latestAtStart() {
        return new LatestAtStart();
    }

    /**
     * Before the first message that the server processed at this time or later. A time in the
     * future is waited for, by the server's clock.
     */
    static AmpsStopPosition timestamp(Instant time) {
        return new Timestamp(time);
    }

    /** With the message that has this bookmark. */
    static AmpsStopPosition at(AmpsBookmark bookmark) {
        return new At(List.of(bookmark));
    }

    /** With the latest of these bookmarks in the server's log. */
    static AmpsStopPosition at(List<AmpsBookmark> bookmarks) {
        return new At(bookmarks);
    }

    /**
     * After so many messages of each split, counted as they are emitted. A split that has fewer
     * waits for more.
     *
     * @param messagesPerSplit at least 1
     */
    static AmpsStopPosition afterMessages(long messagesPerSplit) {
        return new AfterMessages(messagesPerSplit);
    }

    /** Whether a source that stops here is bounded. */
    default boolean isBounded() {
        return !(this instanceof Never);
    }

    /** See {@link #never}. */
    @Internal
    record Never() implements AmpsStopPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "never";
        }
    }

    /** See {@link #latestAtStart}. */
    @Internal
    record LatestAtStart() implements AmpsStopPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "latest at start";
        }
    }

    /** See {@link #timestamp}. */
    @Internal
    record Timestamp(Instant time) implements AmpsStopPosition {
        private static final long serialVersionUID = 1L;

        public Timestamp {
            PositionChecks.requireTime(time);
        }

        @Override
        public String toString() {
            return "timestamp " + time;
        }
    }

    /** See {@link #at(List)}. */
    @Internal
    record At(List<AmpsBookmark> bookmarks) implements AmpsStopPosition {
        private static final long serialVersionUID = 1L;

        public At {
            bookmarks = PositionChecks.requireBookmarks("at()", bookmarks);
        }

        @Override
        public String toString() {
            return "at " + WireBookmarks.list(bookmarks);
        }
    }

    /** See {@link #afterMessages}. */
    @Internal
    record AfterMessages(long messagesPerSplit) implements AmpsStopPosition {
        private static final long serialVersionUID = 1L;

        public AfterMessages {
            if (messagesPerSplit < 1) {
                throw new IllegalArgumentException(
                        "afterMessages() got " + messagesPerSplit + ". Give a number from 1 on.");
            }
        }

        @Override
        public String toString() {
            return "after " + messagesPerSplit + " messages per split";
        }
    }
}
