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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;

import org.apache.flink.annotation.Internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Integers of up to 64 bits. A number of JSON may have a fraction or an exponent, if it is one. */
@Internal
abstract class IntegralConverter extends ValueConverter {

    /** So many digits fit into a long, whatever they are. */
    private static final int SAFE_DIGITS = 18;

    private final long min;
    private final long max;

    private IntegralConverter(long min, long max) {
        super(false, Set.of(Kind.TEXT, Kind.NUMBER));
        this.min = min;
        this.max = max;
    }

    static IntegralConverter toByte() {
        return new ToByte();
    }

    static IntegralConverter toShort() {
        return new ToShort();
    }

    static IntegralConverter toInt() {
        return new ToInt();
    }

    static IntegralConverter toLong() {
        return new ToLong();
    }

    /** The bits that numbers between zero and the greatest, and their negatives, take. */
    final long mask() {
        return max == Long.MAX_VALUE ? -1 : 2 * max + 1;
    }

    final long toLong(Kind kind, byte[] data, int from, int to) {
        int next = from;
        byte sign = data[from];
        if (sign == '-' || sign == '+') {
            next++;
        }
        int digits = to - next;
        if (digits == 0 || digits > SAFE_DIGITS) {
            return inFull(kind, data, from, to);
        }
        long sum =
                digits <= DigitWord.DIGITS && to >= DigitWord.DIGITS
                        ? sum(DigitWord.keep(DigitWord.before(data, to), digits))
                        : sum(data, next, to);
        if (sum < 0) {
            return inFull(kind, data, from, to);
        }
        long value = sign == '-' ? -sum : sum;
        if (value < min || value > max) {
            return inFull(kind, data, from, to);
        }
        return value;
    }

    /** The number that digits make, or -1 if there is anything else. */
    private static long sum(long word) {
        return DigitWord.areDigits(word) ? DigitWord.value(word) : -1;
    }

    private static long sum(byte[] data, int from, int to) {
        long sum = 0;
        for (int next = from; next < to; next++) {
            int digit = data[next] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            sum = sum * 10 + digit;
        }
        return sum;
    }

    private long inFull(Kind kind, byte[] data, int from, int to) {
        try {
            return TextNumbers.parseLong(data, from, to - from, min, max);
        } catch (NumberFormatException e) {
            if (kind != Kind.NUMBER) {
                throw new ConversionException(e.getMessage());
            }
            return ofJson(data, from, to, e.getMessage());
        }
    }

    private long ofJson(byte[] data, int from, int to, String why) {
        long value;
        try {
            value =
                    new BigDecimal(new String(data, from, to - from, StandardCharsets.ISO_8859_1))
                            .longValueExact();
        } catch (NumberFormatException e) {
            throw new ConversionException(why);
        } catch (ArithmeticException e) {
            throw new ConversionException("It is not an integer, or too large.");
        }
        if (value < min || value > max) {
            throw new ConversionException("It does not lie between " + min + " and " + max + '.');
        }
        return value;
    }

    private static final class ToByte extends IntegralConverter {
        ToByte() {
            super(Byte.MIN_VALUE, Byte.MAX_VALUE);
        }

        @Override
        Byte convert(Kind kind, byte[] data, int from, int to) {
            return (byte) toLong(kind, data, from, to);
        }
    }

    private static final class ToShort extends IntegralConverter {
        ToShort() {
            super(Short.MIN_VALUE, Short.MAX_VALUE);
        }

        @Override
        Short convert(Kind kind, byte[] data, int from, int to) {
            return (short) toLong(kind, data, from, to);
        }
    }

    private static final class ToInt extends IntegralConverter {
        ToInt() {
            super(Integer.MIN_VALUE, Integer.MAX_VALUE);
        }

        @Override
        Integer convert(Kind kind, byte[] data, int from, int to) {
            return (int) toLong(kind, data, from, to);
        }
    }

    private static final class ToLong extends IntegralConverter {
        ToLong() {
            super(Long.MIN_VALUE, Long.MAX_VALUE);
        }

        @Override
        Long convert(Kind kind, byte[] data, int from, int to) {
            return toLong(kind, data, from, to);
        }
    }
}
