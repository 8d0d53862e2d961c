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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.Internal;

/** Looks for a byte in an array, eight bytes at a time. */
@Internal
public final class ByteScan {

    private ByteScan() {}

    /** The first index in {@code [from, limit)} that has the byte, or -1. */
    public static int indexOf(byte[] bytes, int from, int limit, byte wanted) {
        long pattern = ByteWords.ONES * (wanted & 0xFF);
        int at = from;
        for (int last = limit - Long.BYTES; at <= last; at += Long.BYTES) {
            long differences = ByteWords.get(bytes, at) ^ pattern;
            // Borrows make this wrong only behind the first byte that is equal.
            long equal = (differences - ByteWords.ONES) & ~differences & ByteWords.HIGH_BITS;
            if (equal != 0) {
                return at + (Long.numberOfTrailingZeros(equal) >>> 3);
            }
        }
        for (; at < limit; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** How many indexes in {@code [from, limit)} have the byte. */
    public static int count(byte[] bytes, int from, int limit, byte wanted) {
        long pattern = ByteWords.ONES * (wanted & 0xFF);
        int count = 0;
        int at = from;
        for (int last = limit - Long.BYTES; at <= last; at += Long.BYTES) {
            long differences = ByteWords.get(bytes, at) ^ pattern;
            count += Long.bitCount(ByteWords.zeros(differences));
        }
        for (; at < limit; at++) {
            if (bytes[at] == wanted) {
                count++;
            }
        }
        return count;
    }
}
