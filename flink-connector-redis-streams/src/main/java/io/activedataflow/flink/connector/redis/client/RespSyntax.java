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

package io.activedataflow.flink.connector.redis.client;

import org.apache.flink.annotation.Internal;

/** The few elements of the Redis serialization protocol that its decoders share. */
@Internal
final class RespSyntax {

    /** The result of {@link #header} where the line has not arrived completely. */
    static final long INCOMPLETE = Long.MIN_VALUE;

    /** The result of {@link #header} where no header stands. */
    static final long MALFORMED = Long.MIN_VALUE + 1;

    private static final int MAX_DIGITS = 10;
    private static final int EXCERPT_BYTES = 48;

    private RespSyntax() {}

    /**
     * Parses a line of a type byte, which is not looked at, and an integer of at least -1. The nil
     * of the newer protocol, {@code _}, counts as -1.
     *
     * @return the integer in the upper half, the position after the line in the lower one; see
     *     {@link #number} and {@link #next}
     */
    static long header(byte[] data, int from, int end) {
        int p = from + 1;
        if (p >= end) {
            return INCOMPLETE;
        }
        boolean negative = data[p] == '-';
        if (negative) {
            p++;
        }
        long number = 0;
        int digits = p;
        while (p < end) {
            int digit = data[p] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
            if (++p - digits > MAX_DIGITS || number > Integer.MAX_VALUE) {
                return MALFORMED;
            }
        }
        if (p == digits && data[from] == '_' && !negative) {
            negative = true;
            number = 1;
        } else if (p < end && p == digits) {
            return MALFORMED;
        }
        if (p < end && (data[p] != '\r' || negative && number != 1)) {
            return MALFORMED;
        }
        if (p + 1 >= end) {
            return INCOMPLETE;
        }
        if (data[p + 1] != '\n') {
            return MALFORMED;
        }
        return (negative ? -1L : number) << 32 | (p + 2);
    }

    static int number(long header) {
        return (int) (header >> 32);
    }

    static int next(long header) {
        return (int) header;
    }

    /**
     * @param position the offset of the offending byte within its reply
     * @param at the index of the offending byte
     */
    static RedisStreamsException malformed(
            String server, String expected, int position, byte[] data, int at, int end) {
        return new RedisStreamsException(
                RedisStreamsException.Kind.RETRIABLE,
                "The reply of "
                        + server
                        + " cannot be understood: expected "
                        + expected
                        + " at byte "
                        + position
                        + " of the reply, found '"
                        + escape(data, at, Math.min(end, at + EXCERPT_BYTES))
                        + "'. The connection is given up. If this repeats, check that the address"
                        + " is that of a Redis server and that nothing in between alters the bytes.",
                null);
    }

    /** Printable ASCII as it is, everything else as {@code \xNN}. */
    static String escape(byte[] data, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            int c = data[i] & 0xFF;
            if (c >= ' ' && c < 0x7F && c != '\\') {
                text.append((char) c);
            } else {
                text.append("\\x")
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 0xF, 16));
            }
        }
        return text.toString();
    }
}
