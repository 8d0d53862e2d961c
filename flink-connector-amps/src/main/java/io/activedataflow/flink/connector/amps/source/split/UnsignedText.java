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

package io.activedataflow.flink.connector.amps.source.split;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/** Unsigned 64-bit numbers in decimal digits, as servers write the keys that they make. Pure. */
@Internal
final class UnsignedText {

    private static final int MOST_DIGITS = 20;
    private static final byte[] MAX = "18446744073709551615".getBytes(StandardCharsets.US_ASCII);

    private UnsignedText() {}

    /** Whether the text is such a number and is just as it would be written again. */
    static boolean isNumber(byte[] bytes, int offset, int length) {
        if (length < 1 || length > MOST_DIGITS || (bytes[offset] == '0' && length > 1)) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return length < MOST_DIGITS || isNotAboveMax(bytes, offset);
    }

    private static boolean isNotAboveMax(byte[] bytes, int offset) {
        for (int i = 0; i < MOST_DIGITS; i++) {
            if (bytes[offset + i] != MAX[i]) {
                return bytes[offset + i] < MAX[i];
            }
        }
        return true;
    }

    /** The number; only for what {@linkplain #isNumber is one}. */
    static long parse(byte[] bytes, int offset, int length) {
        long number = 0;
        for (int i = offset; i < offset + length; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }
}
