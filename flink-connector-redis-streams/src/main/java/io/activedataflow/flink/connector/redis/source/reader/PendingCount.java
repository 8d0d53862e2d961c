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

import javax.annotation.Nullable;

import java.util.Optional;

import static io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.UNKNOWN_ENTRIES_READ;

/**
 * Estimates how many entries of a stream have not been fetched, from the last observation and the
 * position. Any thread.
 */
@Internal
final class PendingCount {

    static final long UNKNOWN = -1L;

    private @Nullable StreamEntryId lastObserved;
    private long added;
    private long length;
    private StreamEntryId position;
    private long entriesRead;
    private volatile long pending = UNKNOWN;

    PendingCount(StreamEntryId position, long entriesRead) {
        this.position = position;
        this.entriesRead = entriesRead;
    }

    /** What the stream is like now. */
    synchronized void observe(Optional<StreamInfo> stream) {
        lastObserved = stream.map(StreamInfo::lastGeneratedId).orElse(StreamEntryId.ZERO);
        added = stream.map(StreamInfo::entriesAdded).orElse(0L);
        length = stream.map(StreamInfo::length).orElse(0L);
        pending = estimate();
    }

    /** How far it has been fetched now. */
    synchronized void update(StreamEntryId newPosition, long newEntriesRead) {
        position = newPosition;
        entriesRead = newEntriesRead;
        pending = estimate();
    }

    private long estimate() {
        if (lastObserved == null) {
            return UNKNOWN;
        }
        if (!lastObserved.isAfter(position)) {
            return 0;
        }
        if (added == StreamInfo.UNKNOWN || entriesRead == UNKNOWN_ENTRIES_READ) {
            return UNKNOWN;
        }
        return Math.max(0, Math.min(length, added - entriesRead));
    }

    /** The number, or {@link #UNKNOWN}. */
    long get() {
        return pending;
    }
}
