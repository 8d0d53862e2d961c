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

/** Frames, the same for zstd and lz4, that hold something else than content. */
@Internal
final class SkippableFrames {

    private static final int HEADER_BYTES = 8;
    private static final int FIRST_MAGIC = 0x184d2a50;

    private SkippableFrames() {}

    static boolean isMagic(int magic) {
        return (magic & 0xffff_fff0) == FIRST_MAGIC;
    }

    /** Leaves out a frame whose magic number has been taken already. */
    static void skip(StoredBytes stored) throws IOException {
        stored.skip(stored.nextInt() & 0xffff_ffffL);
    }

    static boolean isOne(byte[] head, int at) {
        return head.length - at >= HEADER_BYTES && isMagic(intAt(head, at));
    }

    static long length(byte[] head, int at) {
        return HEADER_BYTES + (intAt(head, at + 4) & 0xffff_ffffL);
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }
}
