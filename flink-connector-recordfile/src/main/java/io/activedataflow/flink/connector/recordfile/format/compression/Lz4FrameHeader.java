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

/**
 * What an lz4 frame says about itself.
 *
 * @param largestBlock in bytes
 * @param contentSize in bytes, or -1 if it is not said
 */
@Internal
record Lz4FrameHeader(
        boolean hasLinkedBlocks,
        boolean hasBlockChecksums,
        boolean hasContentChecksum,
        int largestBlock,
        long contentSize) {

    private static final int VERSION = 1;
    private static final int INDEPENDENT_BLOCKS = 0x20;
    private static final int BLOCK_CHECKSUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int RESERVED_FLAGS = 0x02;
    private static final int DICTIONARY = 0x01;
    private static final int RESERVED_SIZES = 0x8f;
    private static final int SMALLEST_SIZE = 4;

    /** Reads what follows the magic number. */
    static Lz4FrameHeader read(StoredBytes stored) throws IOException {
        byte[] descriptor = new byte[10];
        stored.readFully(descriptor, 0, 2);
        int flags = descriptor[0] & 0xff;
        int sizes = descriptor[1] & 0xff;
        if (flags >>> 6 != VERSION
                || (flags & RESERVED_FLAGS) != 0
                || (sizes & RESERVED_SIZES) != 0
                || sizes >>> 4 < SMALLEST_SIZE) {
            throw new IOException("a frame has a header of no known version");
        }
        if ((flags & DICTIONARY) != 0) {
            throw new IOException("a frame needs a dictionary, which cannot be had");
        }
        int length = 2;
        long contentSize = -1;
        if ((flags & CONTENT_SIZE) != 0) {
            stored.readFully(descriptor, 2, Long.BYTES);
            length += Long.BYTES;
            contentSize = 0;
            for (int i = length - 1; i >= 2; i--) {
                contentSize = contentSize << 8 | descriptor[i] & 0xff;
            }
        }
        if (stored.nextByte() != (XxHash32.of(descriptor, 0, length) >>> 8 & 0xff)) {
            throw new IOException("the checksum of a frame's header is wrong");
        }
        return new Lz4FrameHeader(
                (flags & INDEPENDENT_BLOCKS) == 0,
                (flags & BLOCK_CHECKSUMS) != 0,
                (flags & CONTENT_CHECKSUM) != 0,
                1 << 8 + 2 * (sizes >>> 4),
                contentSize);
    }
}
