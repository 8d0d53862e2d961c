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
import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.client.StreamInfo;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Optional;

import static io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.UNKNOWN_ENTRIES_READ;

/**
 * Finds gaps in a stream that is being read: {@code XREAD} skips silently what was trimmed before
 * it came by.
 *
 * <p>An observation says that A entries had been added when the last one was G. Once reading has
 * got to G, exactly A entries must have been counted; if fewer were, the difference was removed
 * unread: trimmed, or deleted on purpose. Which of the two, the next observation tells. Fetcher
 * thread only; works with servers that count entries (Redis 7.0 and later).
 */
@Internal
final class ContinuityAudit {

    private @Nullable StreamEntryId target;
    private long targetAdded;
    private StreamEntryId since = StreamEntryId.ZERO;

    /** Which entry was the stream's first when it was observed last. */
    private @Nullable StreamEntryId firstObserved;

    private long deficit;
    private StreamEntryId deficitSince = StreamEntryId.ZERO;

    /**
     * Sets the next point at which to compare; positions up to here have been judged intact. An
     * observation that reading has overtaken meanwhile is of no use.
     */
    void arm(StreamInfo info, StreamEntryId position) {
        if (target == null
                && deficit == 0
                && info.countsEntries()
                && !position.isAfter(info.lastGeneratedId())) {
            target = info.lastGeneratedId();
            targetAdded = info.entriesAdded();
            since = position;
        }
    }

    /** Forgets everything, for a stream that starts anew. */
    void reset() {
        target = null;
        deficit = 0;
    }

    /** Takes note of where a start that takes whatever comes first should begin. */
    void observed(Optional<StreamInfo> info) {
        firstObserved = info.map(StreamInfo::firstEntryId).orElse(null);
    }

    /**
     * Begins with this entry, whatever comes first: what was trimmed since the observation need not
     * have been read, nor can it be counted.
     *
     * @return the ordinal of the position, unknown if that has happened
     */
    long begin(EntryBuffer buffer, int first, long entriesRead) {
        StreamEntryId id =
                new StreamEntryId(buffer.idMilliseconds(first), buffer.idSequence(first));
        if (id.equals(firstObserved)) {
            return entriesRead;
        }
        if (target != null && id.isAfter(target)) {
            target = null;
        }
        return UNKNOWN_ENTRIES_READ;
    }

    /**
     * Compares at the target, if these entries reach it.
     *
     * @param entriesRead the ordinal of the entry before the first of them, or unknown
     * @return the same ordinal, now known if the target was reached
     */
    long onEntries(EntryBuffer buffer, int from, int to, long entriesRead) {
        if (target == null || to == from || isAfterTarget(buffer, to - 1) < 0) {
            return entriesRead;
        }
        int reached = from;
        int above = to;
        while (reached < above) {
            int middle = (reached + above) >>> 1;
            if (isAfterTarget(buffer, middle) > 0) {
                above = middle;
            } else {
                reached = middle + 1;
            }
        }
        return compare(entriesRead, reached - from);
    }

    /** Compares at a position that is already at or beyond the target, without new entries. */
    long onPosition(StreamEntryId position, long entriesRead) {
        return target != null && target.equals(position) ? compare(entriesRead, 0) : entriesRead;
    }

    private long compare(long entriesReadBefore, int entriesUpToTarget) {
        target = null;
        if (entriesReadBefore == UNKNOWN_ENTRIES_READ) {
            return targetAdded - entriesUpToTarget;
        }
        deficit = targetAdded - (entriesReadBefore + entriesUpToTarget);
        deficitSince = since;
        return entriesReadBefore;
    }

    private int isAfterTarget(EntryBuffer buffer, int entry) {
        return StreamEntryId.compare(
                buffer.idMilliseconds(entry),
                buffer.idSequence(entry),
                target.milliseconds(),
                target.sequence());
    }

    /** Whether entries are missing and an observation is needed to tell why. */
    boolean isSuspicious() {
        return deficit != 0;
    }

    /**
     * Tells why entries are missing.
     *
     * @param info the stream, or empty if it is gone
     * @param entriesRead the ordinal of the position now
     */
    PositionAudit.Verdict settle(Optional<StreamInfo> info, long entriesRead) {
        long missing = deficit;
        deficit = 0;
        long corrected = entriesRead + missing;
        if (missing < 0) {
            return new PositionAudit.Reset(
                    "more entries were read than the stream has ever counted, so it was written"
                            + " anew, rolled back by a failover, or its counter was set back");
        }
        StreamEntryId first = info.map(StreamInfo::firstEntryId).orElse(null);
        StreamEntryId deleted = info.map(StreamInfo::maxDeletedEntryId).orElse(null);
        boolean neverDeleted = StreamEntryId.ZERO.equals(deleted);
        // Where nothing was ever deleted, the gap is older than the position: a job that failed
        // because of it, and was restored from a checkpoint taken behind it, must not go on.
        if (first != null && !first.isAfter(deficitSince) && !neverDeleted) {
            return new PositionAudit.Intact(corrected);
        }
        boolean onlyTrimmed = deleted != null && !deleted.isAfter(deficitSince);
        return new PositionAudit.Lost(missing, onlyTrimmed, first, corrected);
    }
}
