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

package io.activedataflow.flink.connector.redis.source.split;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceSplit;

import javax.annotation.Nullable;

import java.util.Comparator;
import java.util.Objects;

/**
 * One stream key and how far it has been read. Immutable; {@link RedisStreamsSplitState} is its
 * mutable counterpart in a reader.
 *
 * @param streamKey the Redis key, which is also the split's ID
 * @param partition the partition number within its topic, or {@link #NO_PARTITION}
 * @param bookmark the last entry ID emitted, or the pinned start; reading goes on <em>after</em> it
 * @param entriesRead how many of the entries ever added to the stream lie at or before the
 *     bookmark, in the sense of {@code entries-added} of {@code XINFO STREAM}, or {@link
 *     #UNKNOWN_ENTRIES_READ}
 * @param strict whether everything after the bookmark must still be there: true once an entry was
 *     emitted, or for starts that name an exact position; false while a lenient start (earliest,
 *     timestamp) has emitted nothing, which takes whatever comes first
 * @param seen whether the stream was ever known to exist; a stream never seen is empty, not
 *     deleted. Of a strict split also whether the bookmark is an ID that the stream itself has had;
 *     a position that was given by hand, or by a group's cursor, need not be one
 * @param stop where to stop, or null to read for ever
 * @param appliedOverride the position that was last put in place of the bookmark by hand, or null;
 *     keeps an override from being applied twice
 */
@Internal
public record RedisStreamsSplit(
        String streamKey,
        int partition,
        StreamEntryId bookmark,
        long entriesRead,
        boolean strict,
        boolean seen,
        @Nullable StopPoint stop,
        @Nullable StreamEntryId appliedOverride)
        implements SourceSplit, Comparable<RedisStreamsSplit> {

    private static final Comparator<RedisStreamsSplit> ORDER =
            Comparator.comparingInt(RedisStreamsSplit::partition)
                    .thenComparing(RedisStreamsSplit::streamKey);

    public static final int NO_PARTITION = -1;
    public static final long UNKNOWN_ENTRIES_READ = -1L;

    public RedisStreamsSplit {
        Objects.requireNonNull(streamKey, "streamKey");
        Objects.requireNonNull(bookmark, "bookmark");
    }

    @Override
    public String splitId() {
        return streamKey;
    }

    /** Partitions in order, then everything else by key: the same plan on every machine. */
    @Override
    public int compareTo(RedisStreamsSplit other) {
        return ORDER.compare(this, other);
    }

    /**
     * The end of a bounded split.
     *
     * @param lastId the largest ID that still belongs to the split; no entry needs to have it
     * @param byTime whether the split also ends, with nothing left to read, once the server's clock
     *     has passed the ID's milliseconds (a time stop), and not only once the stream itself has
     *     got past the ID
     */
    public record StopPoint(StreamEntryId lastId, boolean byTime) {
        public StopPoint {
            Objects.requireNonNull(lastId, "lastId");
        }
    }
}
