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

/** Decompresses the lz4 frame format. */
@Internal
final class Lz4Decoder implements MemberDecoder {

    private static final int MAGIC = 0x184d2204;
    // Blocks may copy from what lies so far before them.
    private static final int WINDOW = 64 * 1024;
    private static final int LARGEST_RATIO = 255;
    private static final int STORED = 0x8000_0000;

    private final StoredBytes stored;
    private final XxHash32 checksum = new XxHash32();
    private Lz4FrameHeader header;
    private byte[] compressed = new byte[0];
    // The end of the blocks before, and then the block that is being read.
    private byte[] content = new byte[0];
    private int position;
    private int limit;
    private long total;

    Lz4Decoder(StoredBytes stored) {
        this.stored = stored;
    }

    @Override
    public long nextMember() throws IOException {
        while (!stored.isAtEnd()) {
            long offset = stored.position();
            int magic = stored.nextInt();
            if (magic == MAGIC) {
                begin();
                return offset;
            }
            if (!SkippableFrames.isMagic(magic)) {
                throw new IOException("there is something else than an lz4 frame");
            }
            SkippableFrames.skip(stored);
        }
        return -1;
    }

    private void begin() throws IOException {
        header = Lz4FrameHeader.read(stored);
        checksum.reset();
        position = 0;
        limit = 0;
        total = 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (position == limit) {
            if (!readBlock()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(content, position, buffer, offset, count);
        position += count;
        return count;
    }

    /** Returns false at the end of the frame. */
    private boolean readBlock() throws IOException {
        int field = stored.nextInt();
        if (field == 0) {
            checkEnd();
            return false;
        }
        int length = field & ~STORED;
        if (length > header.largestBlock()) {
            throw new IOException("a block has " + length + " bytes, which is too much");
        }
        if (length > stored.remaining()) {
            throw stored.endOfFile();
        }
        boolean isStored = (field & STORED) != 0;
        int start = makeRoom(isStored ? length : (long) LARGEST_RATIO * length);
        if (isStored) {
            stored.readFully(content, start, length);
            checkBlock(content, start, length);
            limit = start + length;
        } else {
            if (compressed.length < length) {
                compressed = new byte[length];
            }
            stored.readFully(compressed, 0, length);
            checkBlock(compressed, 0, length);
            limit = Lz4Block.decompress(compressed, length, content, start, content.length);
        }
        position = start;
        total += limit - start;
        if (header.hasContentChecksum()) {
            checksum.update(content, start, limit - start);
        }
        return true;
    }

    /** Keeps the window, and has room behind it for a block. */
    private int makeRoom(long atMost) {
        int room = (int) Math.min(atMost, header.largestBlock());
        int window = header.hasLinkedBlocks() ? Math.min(WINDOW, limit) : 0;
        byte[] target = content.length < window + room ? new byte[window + room] : content;
        System.arraycopy(content, limit - window, target, 0, window);
        content = target;
        return window;
    }

    private void checkBlock(byte[] bytes, int offset, int length) throws IOException {
        if (header.hasBlockChecksums() && stored.nextInt() != XxHash32.of(bytes, offset, length)) {
            throw new IOException("the checksum of a block is wrong");
        }
    }

    private void checkEnd() throws IOException {
        if (header.contentSize() >= 0 && header.contentSize() != total) {
            throw new IOException("the length of the frame is wrong");
        }
        if (header.hasContentChecksum() && stored.nextInt() != checksum.value()) {
            throw new IOException("the checksum of the frame is wrong");
        }
    }

    @Override
    public void close() {
        // There is nothing to be given back.
    }
}
