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

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.StreamInfo;

import org.apache.flink.annotation.Internal;

import java.util.Optional;

import static io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.UNKNOWN_ENTRIES_READ;

/**
 * Judges whether everything after a position is still there. Pure.
 *
 * <p>Since Redis 7.0 a stream counts the entries ever added (A). With the ordinal of the position
 * (r), the length (L) and the first remaining entry (F) the loss is exact: if F lies beyond the
 * position, all L remaining entries are unread, so A - r - L entries went unread. A negative result
 * means that the stream has forgotten entries that were read: it is another one, or was rolled
 * back. Before 7.0 nothing counts entries; that F lies beyond the position is then all there is to
 * know.
 */
@Internal
final class PositionAudit {

    private PositionAudit() {}

    /**
     * A position of a reader.
     *
     * @param id the last entry read, or the pinned start
     * @param entriesRead the ordinal of the ID, or unknown
     * @param strict whether everything after the ID must be there
     * @param isEntry whether the ID is known to be that of an entry
     */
    record Position(StreamEntryId id, long entriesRead, boolean strict, boolean isEntry) {}

    /** The outcome of an audit. */
    sealed interface Verdict permits Intact, Lost, Reset {}

    /**
     * Nothing is missing.
     *
     * @param entriesRead the ordinal of the position, as far as it is known now
     */
    record Intact(long entriesRead) implements Verdict {}

    /**
     * Unread entries are gone.
     *
     * @param count how many, or how many at most, or {@link #UNKNOWN_COUNT}
     * @param exact whether the count is exact
     * @param firstRemaining the first entry that is still there, or null if none is
     * @param entriesRead the ordinal of the position if the loss is accepted
     */
    record Lost(long count, boolean exact, StreamEntryId firstRemaining, long entriesRead)
            implements Verdict {

        static final long UNKNOWN_COUNT = -1L;

        String describe() {
            if (exact) {
                return count + (count == 1 ? " entry was" : " entries were") + " lost";
            }
            return count == UNKNOWN_COUNT
                    ? "entries may be lost (this server does not count entries, Redis 7.0 and later"
                            + " do, so nobody can tell how many)"
                    : "at most " + count + (count == 1 ? " entry was" : " entries were") + " lost";
        }
    }

    /**
     * The stream is no longer the one that was read.
     *
     * @param finding what was found, as part of a sentence
     */
    record Reset(String finding) implements Verdict {}

    /**
     * @param position the position now, with every reply that was under way at the time of the
     *     observation taken into account
     */
    static Verdict judge(Position position, StreamObservation observation) {
        Optional<StreamInfo> found = observation.info();
        if (found.isEmpty()) {
            // A stream that was first seen after the question was put need not be gone again.
            return observation.asked().seen()
                    ? new Reset("the stream was deleted")
                    : new Intact(position.entriesRead());
        }
        StreamInfo info = found.get();
        if (observation.asked().strict()
                && observation.asked().position().isAfter(info.lastGeneratedId())) {
            return new Reset(
                    "the last entry ever added to the stream is "
                            + info.lastGeneratedId()
                            + ", so it was written anew or rolled back by a failover");
        }
        boolean counted = info.countsEntries() && position.entriesRead() != UNKNOWN_ENTRIES_READ;
        if (isBehindFirst(position.id(), info)) {
            return judgeTrimmed(position, info, counted);
        }
        if (counted && position.strict() && info.entriesAdded() < orderedBefore(position, info)) {
            return forgotten(position.entriesRead() - info.entriesAdded());
        }
        if (observation.bookmarkMissing() && bookmarkWasNotDeleted(position, info)) {
            return new Reset(
                    "the stream has entries before and after the bookmark but not the bookmark"
                            + " itself, so a failover promoted a replica that had missed it");
        }
        return new Intact(
                info.countsEntries() && info.lastGeneratedId().equals(position.id()) && !counted
                        ? info.entriesAdded()
                        : position.entriesRead());
    }

    /** Whether entries between the position and the first remaining one could have existed. */
    private static boolean isBehindFirst(StreamEntryId id, StreamInfo info) {
        StreamEntryId first = info.firstEntryId();
        return first == null ? info.lastGeneratedId().isAfter(id) : first.isAfter(id);
    }

    private static Verdict judgeTrimmed(Position position, StreamInfo info, boolean counted) {
        long removed =
                info.countsEntries() ? info.entriesAdded() - info.length() : UNKNOWN_ENTRIES_READ;
        if (!position.strict()) {
            return new Intact(removed);
        }
        if (counted) {
            long lost = removed - position.entriesRead();
            return lost == 0
                    ? new Intact(position.entriesRead())
                    : lost > 0
                            ? new Lost(lost, true, info.firstEntryId(), removed)
                            : new Reset(
                                    "before its first remaining entry the stream counts "
                                            + -lost
                                            + " entries less than were read from it, so it was"
                                            + " written anew or rolled back by a failover");
        }
        if (info.countsEntries()) {
            return removed == 0
                    ? new Intact(0)
                    : new Lost(removed, false, info.firstEntryId(), removed);
        }
        return new Lost(Lost.UNKNOWN_COUNT, false, info.firstEntryId(), UNKNOWN_ENTRIES_READ);
    }

    /** How many entries the stream must at least have counted for the position to be genuine. */
    private static long orderedBefore(Position position, StreamInfo info) {
        // A position that moved on after the observation may rightly be ahead of it.
        return position.id().isAfter(info.lastGeneratedId()) ? 0 : position.entriesRead();
    }

    private static boolean bookmarkWasNotDeleted(Position position, StreamInfo info) {
        return position.isEntry()
                && info.maxDeletedEntryId() != null
                && position.id().isAfter(info.maxDeletedEntryId());
    }

    private static Reset forgotten(long entries) {
        return new Reset(
                "the stream counts "
                        + entries
                        + (entries == 1 ? " entry" : " entries")
                        + " less than were read from it, so it was written anew or rolled back by a"
                        + " failover");
    }
}
