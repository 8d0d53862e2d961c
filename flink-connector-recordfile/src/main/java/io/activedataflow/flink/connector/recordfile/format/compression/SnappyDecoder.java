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

import org.xerial.snappy.Snappy;

import java.io.IOException;

/** Decompresses blocks, each of which can be read without those before it, and is a member. */
@Internal
abstract class SnappyDecoder implements MemberDecoder {

    // Three bytes of snappy stand for 64 bytes at most.
    private static final int LARGEST_RATIO = 22;

    private final StoredBytes stored;
    private byte[] compressed = new byte[0];
    private byte[] content = new byte[0];
    private int position;
    private int limit;

    SnappyDecoder(StoredBytes stored) throws IOException {
        this.stored = stored;
        // Tells now, and not in the middle of a file, whether the library is there.
        Snappy.maxCompressedLength(0);
    }

    final StoredBytes stored() {
        return stored;
    }

    /** Takes a block of this stored length, and decompresses it. */
    final void decompress(int length) throws IOException {
        compressed = readBlock(compressed, length);
        int contentLength = Snappy.uncompressedLength(compressed, 0, length);
        if (contentLength < 0 || contentLength > (long) LARGEST_RATIO * length) {
            throw new IOException(
                    "a block of " + length + " bytes cannot have " + contentLength + " bytes");
        }
        content = ofLength(content, contentLength);
        content(Snappy.uncompress(compressed, 0, length, content, 0));
    }

    /** Takes a block that is content. */
    final void copy(int length) throws IOException {
        content = readBlock(content, length);
        content(length);
    }

    final byte[] content() {
        return content;
    }

    final int contentLength() {
        return limit;
    }

    private void content(int length) {
        position = 0;
        limit = length;
    }

    private byte[] readBlock(byte[] buffer, int length) throws IOException {
        if (length > stored.remaining()) {
            throw stored.endOfFile();
        }
        byte[] block = ofLength(buffer, length);
        stored.readFully(block, 0, length);
        return block;
    }

    private static byte[] ofLength(byte[] buffer, int length) {
        return buffer.length < length ? new byte[length] : buffer;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) {
        if (position == limit) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(content, position, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public final void close() {
        // There is nothing to be given back.
    }
}
