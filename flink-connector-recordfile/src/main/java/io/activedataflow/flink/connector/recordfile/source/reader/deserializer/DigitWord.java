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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.format.ByteWords;

import org.apache.flink.annotation.Internal;

/**
 * Up to eight ASCII digits in one word, the last one in the highest byte. They take the same time
 * however many there are, which a loop does not: it ends where nothing has foretold it.
 */
@Internal
final class DigitWord {

    /** How many digits a word has. */
    static final int DIGITS = Long.BYTES;

    private static final long ZEROS = '0' * ByteWords.ONES;
    private static final long UPPER_HALVES = 0xF0 * ByteWords.ONES;
    private static final long OVER_NINE = 6 * ByteWords.ONES;
    private static final long POINTS = '.' * ByteWords.ONES;

    private static final long PAIRS = 0x000000FF000000FFL;
    private static final long HUNDREDS = 100 + (1_000_000L << 32);
    private static final long ONES = 1 + (10_000L << 32);

    private DigitWord() {}

    /** The eight bytes before {@code to}, which is at least 8. */
    static long before(byte[] data, int to) {
        return ByteWords.get(data, to - Long.BYTES);
    }

    /** Keeps the last bytes, from 1 to 8, and makes those before them zeros as digits. */
    static long keep(long word, int count) {
        long kept = -1L << Long.SIZE - count * Byte.SIZE;
        return word & kept | ZEROS & ~kept;
    }

    static boolean areDigits(long word) {
        return (word & UPPER_HALVES | (word + OVER_NINE & UPPER_HALVES) >>> 4)
                == ZEROS + (ZEROS >>> 4);
    }

    /** The number that eight digits make. */
    static long value(long digits) {
        long pairs = digits - ZEROS;
        pairs = pairs * 10 + (pairs >>> 8);
        return (pairs & PAIRS) * HUNDREDS + (pairs >>> 16 & PAIRS) * ONES >>> 32;
    }

    /** The highest bit of each byte that is a point. */
    static long points(long word) {
        return ByteWords.zeros(word ^ POINTS);
    }
}
