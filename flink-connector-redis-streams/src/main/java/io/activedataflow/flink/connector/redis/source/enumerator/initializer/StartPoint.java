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

package io.activedataflow.flink.connector.redis.source.enumerator.initializer;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.GroupCursor;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Optional;

/** Where a split starts; the components mean what they mean in {@link RedisStreamsSplit}. */
@Internal
record StartPoint(StreamEntryId bookmark, long entriesRead, boolean strict, boolean seen) {

    private static final long UNKNOWN = RedisStreamsSplit.UNKNOWN_ENTRIES_READ;

    static StartPoint beginning(boolean seen) {
        return new StartPoint(StreamEntryId.ZERO, UNKNOWN, false, seen);
    }

    static StartPoint resolve(
            RedisStreamsStartPosition start, StreamSnapshot snapshot, @Nullable String group) {
        boolean exists = snapshot.stream().exists();
        if (start instanceof RedisStreamsStartPosition.Earliest) {
            return beginning(exists);
        }
        if (start instanceof RedisStreamsStartPosition.Latest) {
            return latest(snapshot.info());
        }
        if (start instanceof RedisStreamsStartPosition.Timestamp timestamp) {
            return new StartPoint(before(timestamp.epochMillis()), UNKNOWN, false, exists);
        }
        if (start instanceof RedisStreamsStartPosition.AfterIds explicit) {
            StreamEntryId id = explicit.ids().get(snapshot.stream().key());
            return id == null ? resolve(explicit.fallback(), snapshot, group) : exact(id, UNKNOWN);
        }
        if (start instanceof RedisStreamsStartPosition.Committed committed) {
            return committed(committed, snapshot, group);
        }
        throw new IllegalArgumentException("Unknown start position: " + start);
    }

    /** The largest ID of the time before this millisecond; {@code 0-0} if there is no such time. */
    static StreamEntryId before(long epochMillis) {
        return epochMillis == 0L
                ? StreamEntryId.ZERO
                : new StreamEntryId(epochMillis, 0L).predecessor();
    }

    private static StartPoint latest(Optional<StreamInfo> info) {
        return info.map(i -> new StartPoint(i.lastGeneratedId(), i.entriesAdded(), true, true))
                .orElseGet(() -> beginning(false));
    }

    /**
     * A position that names an ID; what comes after it must still be there, except after 0-0. Not
     * "seen": a user, or a group's cursor, can name an ID that was never an entry of the stream.
     */
    private static StartPoint exact(StreamEntryId id, long entriesRead) {
        return id.equals(StreamEntryId.ZERO)
                ? beginning(false)
                : new StartPoint(id, entriesRead, true, false);
    }

    private static StartPoint committed(
            RedisStreamsStartPosition.Committed start,
            StreamSnapshot snapshot,
            @Nullable String group) {
        Optional<GroupCursor> cursor = snapshot.cursorOf(group);
        if (cursor.isPresent()) {
            return exact(cursor.get().lastDeliveredId(), cursor.get().entriesRead());
        }
        if (start.fallback() != null) {
            return resolve(start.fallback(), snapshot, group);
        }
        throw new RedisStreamsException(
                RedisStreamsException.Kind.FATAL,
                "The source is to start at the committed cursor of the consumer group '"
                        + group
                        + "', but the stream '"
                        + snapshot.stream().key()
                        + "' does not exist or does not have this group. Create it with XGROUP"
                        + " CREATE, or give a fallback: committed(earliest()).",
                null);
    }
}
