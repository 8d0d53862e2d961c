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

/** The checksum of lz4 frames: XXH32 with the seed 0. */
@Internal
final class XxHash32 {

    private static final int PRIME_1 = 0x9e3779b1;
    private static final int PRIME_2 = 0x85ebca77;
    private static final int PRIME_3 = 0xc2b2ae3d;
    private static final int PRIME_4 = 0x27d4eb2f;
    private static final int PRIME_5 = 0x165667b1;
    private static final int STRIPE = 16;

    private final byte[] pending = new byte[STRIPE];
    private int pendingLength;
    private long total;
    private int lane1;
    private int lane2;
    private int lane3;
    private int lane4;

    XxHash32() {
        reset();
    }

    static int of(byte[] bytes, int offset, int length) {
        XxHash32 hash = new XxHash32();
        hash.update(bytes, offset, length);
        return hash.value();
    }

    void reset() {
        pendingLength = 0;
        total = 0;
        lane1 = PRIME_1 + PRIME_2;
        lane2 = PRIME_2;
        lane3 = 0;
        lane4 = -PRIME_1;
    }

    void update(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        total += length;
        if (pendingLength > 0) {
            int count = Math.min(length, STRIPE - pendingLength);
            System.arraycopy(bytes, from, pending, pendingLength, count);
            pendingLength += count;
            from += count;
            if (pendingLength < STRIPE) {
                return;
            }
            stripe(pending, 0);
            pendingLength = 0;
        }
        for (; end - from >= STRIPE; from += STRIPE) {
            stripe(bytes, from);
        }
        pendingLength = end - from;
        System.arraycopy(bytes, from, pending, 0, pendingLength);
    }

    int value() {
        int hash =
                total >= STRIPE
                        ? Integer.rotateLeft(lane1, 1)
                                + Integer.rotateLeft(lane2, 7)
                                + Integer.rotateLeft(lane3, 12)
                                + Integer.rotateLeft(lane4, 18)
                        : PRIME_5;
        hash += (int) total;
        int at = 0;
        for (; pendingLength - at >= 4; at += 4) {
            hash = Integer.rotateLeft(hash + intAt(pending, at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < pendingLength; at++) {
            hash = Integer.rotateLeft(hash + (pending[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 15) * PRIME_2;
        hash = (hash ^ hash >>> 13) * PRIME_3;
        return hash ^ hash >>> 16;
    }

    private void stripe(byte[] bytes, int at) {
        lane1 = round(lane1, intAt(bytes, at));
        lane2 = round(lane2, intAt(bytes, at + 4));
        lane3 = round(lane3, intAt(bytes, at + 8));
        lane4 = round(lane4, intAt(bytes, at + 12));
    }

    private static int round(int lane, int input) {
        return Integer.rotateLeft(lane + input * PRIME_2, 13) * PRIME_1;
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }
}
