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
import java.io.InputStream;

/**
 * The bytes of one zstd frame after the other (RFC 8878), for a library that would read on behind
 * the end of a frame. Only the lengths of its parts are understood here.
 */
@Internal
final class ZstdFrame extends InputStream {

    static final int MAGIC = 0xfd2fb528;

    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int CHECKSUM_BYTES = 4;
    private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
    private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};
    private static final int LONGEST_HEADER = 18;

    private final StoredBytes stored;
    // The part that is being read: first what had to be looked at, then what follows it.
    private final byte[] seen = new byte[LONGEST_HEADER];
    private int seenRead;
    private int seenLength;
    private long bodyLeft;
    private boolean hasChecksum;
    private boolean isLastBlock = true;

    ZstdFrame(StoredBytes stored) {
        this.stored = stored;
    }

    /** Begins a frame, whose magic number has been taken already. */
    void begin() throws IOException {
        for (int i = 0; i < 4; i++) {
            seen[i] = (byte) (MAGIC >>> 8 * i);
        }
        int descriptor = stored.nextByte();
        seen[4] = (byte) descriptor;
        boolean isSingleSegment = (descriptor & 0x20) != 0;
        int contentSizeBytes = CONTENT_SIZE_BYTES[descriptor >>> 6];
        int rest =
                (isSingleSegment ? 0 : 1)
                        + DICTIONARY_ID_BYTES[descriptor & 3]
                        + (contentSizeBytes == 0 && isSingleSegment ? 1 : contentSizeBytes);
        stored.readFully(seen, 5, rest);
        part(5 + rest, 0);
        hasChecksum = (descriptor & 4) != 0;
        isLastBlock = false;
    }

    /** Whether all bytes of the frame have been read. */
    boolean isAtEnd() {
        return isPartRead() && isLastBlock && !hasChecksum;
    }

    private boolean isPartRead() {
        return seenRead == seenLength && bodyLeft == 0;
    }

    private void part(int newSeenLength, long newBodyLength) {
        seenRead = 0;
        seenLength = newSeenLength;
        bodyLeft = newBodyLength;
    }

    private void nextPart() throws IOException {
        if (isLastBlock) {
            hasChecksum = false;
            part(0, CHECKSUM_BYTES);
            return;
        }
        stored.readFully(seen, 0, BLOCK_HEADER_BYTES);
        int header = (seen[0] & 0xff) | (seen[1] & 0xff) << 8 | (seen[2] & 0xff) << 16;
        int type = header >>> 1 & 3;
        isLastBlock = (header & 1) != 0;
        if (type == 3) {
            throw new IOException("a block has the type 3, which does not exist");
        }
        part(BLOCK_HEADER_BYTES, type == 1 ? 1 : header >>> 3);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // An empty block is a header only; so a part is never empty.
        if (isPartRead()) {
            if (isAtEnd()) {
                return -1;
            }
            nextPart();
        }
        if (seenRead < seenLength) {
            int count = Math.min(length, seenLength - seenRead);
            System.arraycopy(seen, seenRead, buffer, offset, count);
            seenRead += count;
            return count;
        }
        int count = stored.read(buffer, offset, (int) Math.min(length, bodyLeft));
        if (count < 0) {
            throw stored.endOfFile();
        }
        bodyLeft -= count;
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
