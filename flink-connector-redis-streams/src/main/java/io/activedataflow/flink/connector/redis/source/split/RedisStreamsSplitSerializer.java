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
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;

/**
 * Writes splits into checkpoints and to the readers.
 *
 * <p>Version 1: mode (byte, 0 = log), key (int length, UTF-8), partition (int), bookmark (2 longs),
 * entries read (long), flags (byte: 1 strict, 2 seen, 4 stop, 8 stop by time, 16 override), stop (2
 * longs, if flagged), applied override (2 longs, if flagged). Big-endian.
 */
@Internal
public final class RedisStreamsSplitSerializer
        implements SimpleVersionedSerializer<RedisStreamsSplit> {

    public static final RedisStreamsSplitSerializer INSTANCE = new RedisStreamsSplitSerializer();

    /** The mode of a split that is read by position; other modes are for later. */
    public static final byte MODE_LOG = 0;

    private static final int VERSION = 1;

    private static final int STRICT = 1;
    private static final int SEEN = 2;
    private static final int STOP = 4;
    private static final int STOP_BY_TIME = 8;
    private static final int OVERRIDE = 16;
    private static final int ALL_FLAGS = STRICT | SEEN | STOP | STOP_BY_TIME | OVERRIDE;

    private RedisStreamsSplitSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RedisStreamsSplit split) throws IOException {
        StopPoint stop = split.stop();
        int flags =
                (split.strict() ? STRICT : 0)
                        | (split.seen() ? SEEN : 0)
                        | (stop != null ? STOP : 0)
                        | (stop != null && stop.byTime() ? STOP_BY_TIME : 0)
                        | (split.appliedOverride() != null ? OVERRIDE : 0);
        StateWriter out = new StateWriter();
        out.writeByte(MODE_LOG);
        out.writeText(split.streamKey());
        out.writeInt(split.partition());
        writeId(out, split.bookmark());
        out.writeLong(split.entriesRead());
        out.writeByte(flags);
        if (stop != null) {
            writeId(out, stop.lastId());
        }
        if (split.appliedOverride() != null) {
            writeId(out, split.appliedOverride());
        }
        return out.toByteArray();
    }

    @Override
    public RedisStreamsSplit deserialize(int version, byte[] serialized) throws IOException {
        StateReader in = new StateReader("split", serialized);
        in.requireVersion(version, VERSION);
        in.requireMode(MODE_LOG);
        String streamKey = in.readText();
        int partition = in.readInt();
        StreamEntryId bookmark = readId(in);
        long entriesRead = in.readLong();
        if (partition < RedisStreamsSplit.NO_PARTITION
                || entriesRead < RedisStreamsSplit.UNKNOWN_ENTRIES_READ) {
            throw in.corrupt("partition " + partition + ", entries read " + entriesRead);
        }
        int flags = in.readByte();
        if ((flags & ~ALL_FLAGS) != 0 || (flags & (STOP | STOP_BY_TIME)) == STOP_BY_TIME) {
            throw in.corrupt("flags " + flags);
        }
        StopPoint stop =
                (flags & STOP) == 0 ? null : new StopPoint(readId(in), (flags & STOP_BY_TIME) != 0);
        StreamEntryId override = (flags & OVERRIDE) == 0 ? null : readId(in);
        in.requireEnd();
        return new RedisStreamsSplit(
                streamKey,
                partition,
                bookmark,
                entriesRead,
                (flags & STRICT) != 0,
                (flags & SEEN) != 0,
                stop,
                override);
    }

    private static void writeId(StateWriter out, StreamEntryId id) throws IOException {
        out.writeLong(id.milliseconds());
        out.writeLong(id.sequence());
    }

    private static StreamEntryId readId(StateReader in) throws IOException {
        return new StreamEntryId(in.readLong(), in.readLong());
    }
}
