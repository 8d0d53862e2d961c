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

package io.activedataflow.flink.connector.recordfile.source.split;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Writes splits into checkpoints and to the readers.
 *
 * <p>Version 1: mode (byte, 0 = files that do not grow), kind (byte: 0 read, 1 read cut, 2 scan),
 * ID (int length, UTF-8), path as URI (text, as the ID), range (2 longs: offset, length), identity
 * (2 longs: size, modification time; 2 ints: head length, head checksum), position (6 longs:
 * offset, member offset, offset in the member, skip, record number, line), malformed records
 * (long), distribution key (text), hosts (int count, then texts). If 16 is added to the kind, the
 * position that was given by hand follows (6 longs, as above). Big-endian.
 */
@Internal
public final class RecordFileSplitSerializer implements SimpleVersionedSerializer<RecordFileSplit> {

    public static final RecordFileSplitSerializer INSTANCE = new RecordFileSplitSerializer();

    /** The mode of files that do not grow; other modes are for later. */
    public static final byte MODE_FILES = 0;

    private static final int VERSION = 1;

    private static final int OVERRIDE = 16;

    private RecordFileSplitSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RecordFileSplit split) throws IOException {
        StateWriter out = new StateWriter();
        out.writeByte(MODE_FILES);
        int kind =
                switch (split.kind()) {
                    case READ -> 0;
                    case READ_CUT -> 1;
                    case SCAN -> 2;
                };
        out.writeByte(split.appliedOverride() == null ? kind : kind | OVERRIDE);
        out.writeText(split.splitId());
        out.writeText(split.path().toUri().toString());
        out.writeLong(split.offset());
        out.writeLong(split.length());
        writeIdentity(out, split.identity());
        writePosition(out, split.position());
        out.writeLong(split.malformed());
        out.writeText(split.distributionKey());
        out.writeInt(split.hostnames().length);
        for (String host : split.hostnames()) {
            out.writeText(host);
        }
        if (split.appliedOverride() != null) {
            writePosition(out, split.appliedOverride());
        }
        return out.toByteArray();
    }

    @Override
    public RecordFileSplit deserialize(int version, byte[] serialized) throws IOException {
        StateReader in = new StateReader("split", serialized);
        in.requireVersion(version, VERSION);
        in.requireMode(MODE_FILES);
        int flags = in.readByte();
        Kind kind = kind(flags & ~OVERRIDE, in);
        String id = in.readText();
        Path path = readPath(in);
        long offset = in.readLong();
        long length = in.readLong();
        RecordFileIdentity identity = readIdentity(in);
        RecordFilePosition position = readPosition(in);
        long malformed = in.readLong();
        if (offset < 0 || length < 0 || offset + length < 0 || malformed < 0) {
            throw in.corrupt(
                    "offset " + offset + ", length " + length + ", malformed " + malformed);
        }
        String distributionKey = in.readText();
        String[] hosts = new String[in.readCount(Integer.BYTES)];
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = in.readText();
        }
        RecordFilePosition override = (flags & OVERRIDE) == 0 ? null : readPosition(in);
        in.requireEnd();
        return new RecordFileSplit(
                id,
                path,
                offset,
                length,
                kind,
                identity,
                position,
                malformed,
                distributionKey,
                override,
                hosts);
    }

    private static Kind kind(int kind, StateReader in) throws IOException {
        return switch (kind) {
            case 0 -> Kind.READ;
            case 1 -> Kind.READ_CUT;
            case 2 -> Kind.SCAN;
            default -> throw in.corrupt("kind " + kind);
        };
    }

    private static Path readPath(StateReader in) throws IOException {
        String path = in.readText();
        try {
            return new Path(new URI(path));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw in.corrupt("a path that is no URI");
        }
    }

    private static void writeIdentity(StateWriter out, RecordFileIdentity identity)
            throws IOException {
        out.writeLong(identity.size());
        out.writeLong(identity.modificationTime());
        out.writeInt(identity.headLength());
        out.writeInt(identity.headChecksum());
    }

    private static RecordFileIdentity readIdentity(StateReader in) throws IOException {
        long size = in.readLong();
        long modificationTime = in.readLong();
        int headLength = in.readInt();
        int headChecksum = in.readInt();
        if (size < 0 || headLength < -1 || headLength > RecordFileIdentity.HEAD_BYTES) {
            throw in.corrupt("size " + size + ", head length " + headLength);
        }
        return new RecordFileIdentity(size, modificationTime, headLength, headChecksum);
    }

    private static void writePosition(StateWriter out, RecordFilePosition position)
            throws IOException {
        out.writeLong(position.offset());
        out.writeLong(position.memberOffset());
        out.writeLong(position.offsetInMember());
        out.writeLong(position.skip());
        out.writeLong(position.recordNumber());
        out.writeLong(position.line());
    }

    private static RecordFilePosition readPosition(StateReader in) throws IOException {
        try {
            return new RecordFilePosition(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong());
        } catch (IllegalArgumentException e) {
            throw in.corrupt("no position: " + e.getMessage());
        }
    }
}
