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

package io.activedataflow.flink.connector.recordfile.format.compression;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Decompresses the snappy framing format. */
@Internal
final class SnappyFramedDecoder extends SnappyDecoder {

    private static final int COMPRESSED = 0;
    private static final int UNCOMPRESSED = 1;
    private static final int FIRST_SKIPPABLE = 0x80;
    private static final int IDENTIFIER = 0xff;
    private static final byte[] NAME = {'s', 'N', 'a', 'P', 'p', 'Y'};
    private static final int CHECKSUM_BYTES = 4;
    private static final int LARGEST_CONTENT = 65536;

    private final CRC32C checksum = new CRC32C();

    SnappyFramedDecoder(StoredBytes stored) throws IOException {
        super(stored);
    }

    @Override
    public long nextMember() throws IOException {
        while (!stored().isAtEnd()) {
            long offset = stored().position();
            int type = stored().nextByte();
            int length = stored().nextShort() | stored().nextByte() << 16;
            if (type == COMPRESSED || type == UNCOMPRESSED) {
                readChunk(type, length);
                return offset;
            }
            if (type == IDENTIFIER) {
                readIdentifier(length);
            } else if (type >= FIRST_SKIPPABLE) {
                stored().skip(length);
            } else {
                throw new IOException("a chunk has the unknown type " + type);
            }
        }
        return -1;
    }

    private void readChunk(int type, int length) throws IOException {
        if (length < CHECKSUM_BYTES) {
            throw new IOException("a chunk of " + length + " bytes has no checksum");
        }
        int expected = stored().nextInt();
        if (type == COMPRESSED) {
            decompress(length - CHECKSUM_BYTES);
        } else {
            copy(length - CHECKSUM_BYTES);
        }
        if (contentLength() > LARGEST_CONTENT) {
            throw new IOException("a chunk has " + contentLength() + " bytes, which is too much");
        }
        checksum.reset();
        checksum.update(content(), 0, contentLength());
        if (masked((int) checksum.getValue()) != expected) {
            throw new IOException("the checksum of a chunk is wrong");
        }
    }

    /** Checksums of data that may hold checksums are turned and shifted. */
    private static int masked(int crc) {
        return Integer.rotateRight(crc, 15) + 0xa282ead8;
    }

    private void readIdentifier(int length) throws IOException {
        byte[] name = new byte[Math.min(length, NAME.length)];
        stored().readFully(name, 0, name.length);
        if (length != NAME.length || !Arrays.equals(name, NAME)) {
            throw new IOException("a stream identifier is wrong");
        }
    }
}
