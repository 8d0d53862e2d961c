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
 * Where a bookmark replay starts in a new job. After a restore the state decides.
 *
 * <p>It is turned into a fixed position once, before anything is read. Topics that appear later are
 * read from the beginning of the log.
 */
@PublicEvolving
public sealed interface AmpsStartPosition extends Serializable {

    /** With the first message that the transaction log still has ({@code EPOCH}). The default. */
    static AmpsStartPosition earliest() {
        return new Earliest();
    }

    /**
     * With what is published after the job has started ({@code NOW}). The position is fixed once,
     * before anything is read, so that a restart before the first message loses nothing.
     */
    static AmpsStartPosition latest() {
        return new Latest();
    }

    /**
     * With the first message that the server processed at this time or later, as close as the
     * server can tell; the beginning of the log, if that is later.
     */
    static AmpsStartPosition timestamp(Instant time) {
        return new Timestamp(time);
    }

    /** After the message with this bookmark. */
    static AmpsStartPosition after(AmpsBookmark bookmark) {
        return new After(List.of(bookmark));
    }

    /** After the earliest of these bookmarks in the server's log. */
    static AmpsStartPosition after(List<AmpsBookmark> bookmarks) {
        return new After(bookmarks);
    }

    /**
     * A position as the server, or a message of this connector, writes it.
     *
     * @param text {@code 0} for the beginning of the log, a bookmark, a list of bookmarks with
     *     commas between them, or a time such as {@code 20260102T030405.678901Z}
     * @throws IllegalArgumentException if the text is anything else
     */
    static AmpsStartPosition parse(String text) {
        return WireBookmarks.parseStart(text);
    }

    /** See {@link #earliest}. */
    @Internal
    record Earliest() implements AmpsStartPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "earliest";
        }
    }

    /** See {@link #latest}. */
    @Internal
    record Latest() implements AmpsStartPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "latest";
        }
    }

    /** See {@link #timestamp}. */
    @Internal
    record Timestamp(Instant time) implements AmpsStartPosition {
        private static final long serialVersionUID = 1L;

        public Timestamp {
            PositionChecks.requireTime(time);
        }

        @Override
        public String toString() {
            return "timestamp " + time;
        }
    }

    /** See {@link #after(List)}. */
    @Internal
    record After(List<AmpsBookmark> bookmarks) implements AmpsStartPosition {
        private static final long serialVersionUID = 1L;

        public After {
            bookmarks = PositionChecks.requireBookmarks("after()", bookmarks);
        }

        @Override
        public String toString() {
            return "after " + WireBookmarks.list(bookmarks);
        }
    }
}
