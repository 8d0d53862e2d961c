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

/**
 * The plain forms of decimal numbers: an optional sign, digits with at most one point, an optional
 * exponent. Re-used for every number, so that none costs an object. One thread.
 */
@Internal
final class DecimalText {

    /** So many digits fit into a long, whatever they are. */
    private static final int MAX_DIGITS = 18;

    private static final int MAX_EXPONENT_DIGITS = 4;

    private boolean negative;
    private long digits;
    private int exponent;

    /**
     * @return false if the text has another form, or more digits than this class takes; then the
     *     other methods have no answer
     */
    boolean read(byte[] data, int from, int to) {
        int next = from;
        negative = false;
        if (next < to && (data[next] == '-' || data[next] == '+')) {
            negative = data[next] == '-';
            next++;
        }
        int length = to - next;
        if (length > 0
                && length <= DigitWord.DIGITS
                && to >= DigitWord.DIGITS
                && readWord(DigitWord.before(data, to), length)) {
            return true;
        }
        int first = next;
        int point = -1;
        int significant = 0;
        long sum = 0;
        for (; next < to; next++) {
            int digit = data[next] - '0';
            if (digit >= 0 && digit <= 9) {
                sum = sum * 10 + digit;
                // Leading zeros do not count.
                if (sum != 0 && ++significant > MAX_DIGITS) {
                    return false;
                }
            } else if (data[next] == '.' && point < 0) {
                point = next;
            } else {
                break;
            }
        }
        int end = next;
        if (end - first == (point < 0 ? 0 : 1)) {
            return false;
        }
        digits = sum;
        exponent = point < 0 ? 0 : point + 1 - end;
        return end == to || readExponent(data, end, to);
    }

    /** Reads a number without exponent from the last bytes of a word. */
    private boolean readWord(long word, int length) {
        long points = DigitWord.points(word) & -1L << Long.SIZE - length * Byte.SIZE;
        long number;
        if (points == 0) {
            number = DigitWord.keep(word, length);
            exponent = 0;
        } else if (length == 1) {
            return false;
        } else {
            int shift = Long.numberOfTrailingZeros(points) & -Byte.SIZE;
            long behind = word & -1L << shift << Byte.SIZE;
            long before = word & (1L << shift) - 1;
            number = DigitWord.keep(behind | before << Byte.SIZE, length - 1);
            exponent = shift / Byte.SIZE + 1 - Long.BYTES;
        }
        digits = DigitWord.value(number);
        return DigitWord.areDigits(number);
    }

    private boolean readExponent(byte[] data, int from, int to) {
        if (data[from] != 'e' && data[from] != 'E') {
            return false;
        }
        int next = from + 1;
        boolean minus = false;
        if (next < to && (data[next] == '-' || data[next] == '+')) {
            minus = data[next] == '-';
            next++;
        }
        if (next == to || to - next > MAX_EXPONENT_DIGITS) {
            return false;
        }
        int sum = 0;
        for (; next < to; next++) {
            int digit = data[next] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            sum = sum * 10 + digit;
        }
        exponent += minus ? -sum : sum;
        return true;
    }

    boolean isNegative() {
        return negative;
    }

    /** All digits as one number, not negative and less than ten to the power of 18. */
    long digits() {
        return digits;
    }

    /** The power of ten that {@link #digits} is to be multiplied by. */
    int exponent() {
        return exponent;
    }
}
