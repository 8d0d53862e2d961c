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

/** Decompresses one block of lz4. */
@Internal
final class Lz4Block {

    private static final int SHORTEST_MATCH = 4;
    private static final int MORE = 15;

    private final byte[] in;
    private final int inEnd;
    private final byte[] out;
    private int from;
    private int to;

    private Lz4Block(byte[] in, int inLength, byte[] out, int outStart) {
        this.in = in;
        this.inEnd = inLength;
        this.out = out;
        this.to = outStart;
    }

    /**
     * @param in the block, which begins at 0
     * @param out what may be copied from lies before {@code outStart}
     * @param outEnd how far the content may reach
     * @return where the content ends
     */
    static int decompress(byte[] in, int inLength, byte[] out, int outStart, int outEnd)
            throws IOException {
        return new Lz4Block(in, inLength, out, outStart).decompress(outEnd);
    }

    private int decompress(int outEnd) throws IOException {
        while (true) {
            int token = nextByte();
            int literals = length(token >>> 4);
            if (literals > inEnd - from || literals > outEnd - to) {
                throw new IOException("a block has more bytes than it may");
            }
            System.arraycopy(in, from, out, to, literals);
            from += literals;
            to += literals;
            if (from == inEnd) {
                // The last sequence has no match.
                return to;
            }
            int distance = nextByte() | nextByte() << 8;
            int length = SHORTEST_MATCH + length(token & MORE);
            if (distance == 0 || distance > to || length > outEnd - to || length < 0) {
                throw new IOException("a block refers to bytes outside of it");
            }
            copyMatch(distance, length);
        }
    }

    private void copyMatch(int distance, int length) {
        int end = to + length;
        if (distance >= length) {
            System.arraycopy(out, to - distance, out, to, length);
        } else {
            // It repeats what it is writing.
            for (int i = to; i < end; i++) {
                out[i] = out[i - distance];
            }
        }
        to = end;
    }

    private int length(int nibble) throws IOException {
        int length = nibble;
        if (nibble == MORE) {
            int next;
            do {
                next = nextByte();
                length += next;
            } while (next == 255);
        }
        return length;
    }

    private int nextByte() throws IOException {
        if (from == inEnd) {
            throw new IOException("a block ends too early");
        }
        return in[from++] & 0xff;
    }
}
