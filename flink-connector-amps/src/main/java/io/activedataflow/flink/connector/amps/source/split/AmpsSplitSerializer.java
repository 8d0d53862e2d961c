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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes splits into checkpoints and to the readers.
 *
 * <p>Version 1: mode (byte, see {@link SubscriptionModes}), flags (byte: 1 topic is a pattern, 2
 * sharded, 4 bookmark, 8 idle, 16 end, 32 end inclusive, 64 end of a server's log, 128 override),
 * topic (text), shard (int index, int count, text expression; if flagged), start (text), server and
 * bookmark (text, 2 longs; if flagged), server time (long), publishers (int count, then 3 longs of
 * each: ID, sequence, server time), end (text, if flagged), server of the end (text, if flagged),
 * messages remaining (long), applied override (text, if flagged). A text is an int length and
 * UTF-8. Big-endian. Modes 2 and 3 go on with what {@link KindStateFormat} says.
 */
@Internal
public final class AmpsSplitSerializer implements SimpleVersionedSerializer<AmpsSplit> {

    public static final AmpsSplitSerializer INSTANCE = new AmpsSplitSerializer();

    private static final int VERSION = 1;
    private static final String WHAT = "split";

    private static final int PATTERN = 1;
    private static final int SHARDED = 2;
    private static final int BOOKMARK = 4;
    private static final int IDLE = 8;
    private static final int END = 16;
    private static final int END_INCLUSIVE = 32;
    private static final int END_OF_LOG = 64;
    private static final int OVERRIDE = 128;

    private static final int BYTES_PER_PUBLISHER = 3 * Long.BYTES;

    private AmpsSplitSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(AmpsSplit split) throws IOException {
        AmpsShard shard = split.shard();
        StateWriter out = new StateWriter();
        out.writeByte(SubscriptionModes.of(split.kind()));
        out.writeByte(flags(split));
        out.writeText(split.topic().name());
        if (shard.expression() != null) {
            out.writeInt(shard.index());
            out.writeInt(shard.count());
            out.writeText(shard.expression());
        }
        out.writeText(split.start());
        writePosition(out, split.position());
        ReplayEnd end = split.end();
        if (end != null) {
            out.writeText(end.bookmark());
            if (end.server() != null) {
                out.writeText(end.server());
            }
        }
        out.writeLong(split.remaining());
        if (split.appliedOverride() != null) {
            out.writeText(split.appliedOverride());
        }
        KindStateFormat.write(out, split.kindState());
        return out.toByteArray();
    }

    private static int flags(AmpsSplit split) {
        ReplayPosition position = split.position();
        ReplayEnd end = split.end();
        return (split.topic().pattern() ? PATTERN : 0)
                | (split.shard().expression() != null ? SHARDED : 0)
                | (position.bookmark() != null ? BOOKMARK : 0)
                | (position.idle() ? IDLE : 0)
                | (end != null ? END : 0)
                | (end != null && end.inclusive() ? END_INCLUSIVE : 0)
                | (end != null && end.server() != null ? END_OF_LOG : 0)
                | (split.appliedOverride() != null ? OVERRIDE : 0);
    }

    private static void writePosition(StateWriter out, ReplayPosition position) throws IOException {
        if (position.bookmark() != null) {
            out.writeText(position.server());
            out.writeLong(position.bookmark().publisherId());
            out.writeLong(position.bookmark().sequence());
        }
        out.writeLong(position.timestampMicros());
        out.writeInt(position.publishers().size());
        for (PublisherPosition publisher : position.publishers()) {
            out.writeLong(publisher.publisherId());
            out.writeLong(publisher.sequence());
            out.writeLong(publisher.timestampMicros());
        }
    }

    @Override
    public AmpsSplit deserialize(int version, byte[] serialized) throws IOException {
        StateReader in = new StateReader(WHAT, serialized);
        in.requireVersion(version, VERSION);
        AmpsSubscriptionKind kind = SubscriptionModes.read(in, WHAT);
        int flags = in.readByte() & 0xff;
        if (lacks(flags, BOOKMARK, IDLE) || lacks(flags, END, END_INCLUSIVE | END_OF_LOG)) {
            throw in.corrupt("flags " + flags);
        }
        try {
            AmpsTopic topic = new AmpsTopic(in.readText(), (flags & PATTERN) != 0);
            AmpsShard shard = readShard(in, flags);
            String start = in.readText();
            ReplayPosition position = readPosition(in, flags);
            ReplayEnd end = readEnd(in, flags);
            long remaining = in.readLong();
            String override = (flags & OVERRIDE) == 0 ? null : in.readText();
            KindState kindState = KindStateFormat.read(in, kind);
            in.requireEnd();
            return new AmpsSplit(
                    topic, shard, kind, start, position, end, remaining, override, kindState);
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
    }

    /** Whether there is a part where the whole is missing. */
    private static boolean lacks(int flags, int whole, int parts) {
        return (flags & whole) == 0 && (flags & parts) != 0;
    }

    private static AmpsShard readShard(StateReader in, int flags) throws IOException {
        return (flags & SHARDED) == 0
                ? AmpsShard.WHOLE
                : new AmpsShard(in.readInt(), in.readInt(), in.readText());
    }

    private static ReplayPosition readPosition(StateReader in, int flags) throws IOException {
        boolean hasBookmark = (flags & BOOKMARK) != 0;
        String server = hasBookmark ? in.readText() : null;
        AmpsBookmark bookmark = hasBookmark ? new AmpsBookmark(in.readLong(), in.readLong()) : null;
        long timestampMicros = in.readLong();
        List<PublisherPosition> publishers = new ArrayList<>();
        for (int left = in.readCount(BYTES_PER_PUBLISHER); left > 0; left--) {
            publishers.add(new PublisherPosition(in.readLong(), in.readLong(), in.readLong()));
        }
        return new ReplayPosition(
                server, bookmark, (flags & IDLE) != 0, timestampMicros, publishers);
    }

    @Nullable
    private static ReplayEnd readEnd(StateReader in, int flags) throws IOException {
        if ((flags & END) == 0) {
            return null;
        }
        String bookmark = in.readText();
        String server = (flags & END_OF_LOG) == 0 ? null : in.readText();
        return new ReplayEnd(bookmark, (flags & END_INCLUSIVE) != 0, server);
    }
}
