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

import org.apache.flink.annotation.Internal;

/** Parses numbers and truth values from their ASCII bytes without a string in between. */
@Internal
final class TextNumbers {

    private TextNumbers() {}

    /**
     * A decimal integer, with an optional sign.
     *
     * @throws NumberFormatException if the text is anything else, or not between min and max
     */
    static long parseLong(byte[] data, int offset, int length, long min, long max) {
        int end = offset + length;
        int next = offset;
        boolean negative = false;
        if (next < end && (data[next] == '-' || data[next] == '+')) {
            negative = data[next] == '-';
            next++;
        }
        if (next == end) {
            throw new NumberFormatException("It has no digits.");
        }
        // Sums up negatively, as the smallest long has no positive counterpart.
        long sum = 0;
        for (; next < end; next++) {
            int digit = data[next] - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("It is not a decimal integer.");
            }
            long shifted = sum * 10;
            if (sum < Long.MIN_VALUE / 10 || shifted < Long.MIN_VALUE + digit) {
                throw outOfRange(min, max);
            }
            sum = shifted - digit;
        }
        if (!negative && sum == Long.MIN_VALUE) {
            throw outOfRange(min, max);
        }
        long value = negative ? sum : -sum;
        if (value < min || value > max) {
            throw outOfRange(min, max);
        }
        return value;
    }

    private static NumberFormatException outOfRange(long min, long max) {
        return new NumberFormatException("It does not lie between " + min + " and " + max + '.');
    }

    /**
     * {@code true} and {@code false} in any case, {@code 1} and {@code 0}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static boolean parseBoolean(byte[] data, int offset, int length) {
        if (length == 1 && (data[offset] == '1' || data[offset] == '0')) {
            return data[offset] == '1';
        }
        if (isWord("true", data, offset, length)) {
            return true;
        }
        if (isWord("false", data, offset, length)) {
            return false;
        }
        throw new IllegalArgumentException("It is none of true, false, 1, 0.");
    }

    private static boolean isWord(String word, byte[] data, int offset, int length) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            // Setting this bit turns ASCII capitals, and nothing else that matters, into the word.
            if ((data[offset + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
