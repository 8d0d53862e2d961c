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

package io.activedataflow.flink.connector.amps.source.reader;

import org.apache.flink.annotation.Internal;

/** Reads an unsigned 64-bit number from decimal digits. Re-used; one thread. */
@Internal
final class UnsignedNumber {

    /** There is no such number. */
    static final int NONE = -1;

    /** So many digits never overflow. */
    private static final int SAFE_DIGITS = 19;

    private static final long MAX_TENTH = Long.divideUnsigned(-1L, 10);
    private static final int MAX_LAST_DIGIT = (int) Long.remainderUnsigned(-1L, 10);

    private long value;

    /**
     * Reads as many digits as there are.
     *
     * @return the index behind the last digit, or {@link #NONE} if there is no digit or the number
     *     needs more than 64 bits
     */
    int read(byte[] array, int from, int end) {
        long read = 0;
        int i = from;
        for (; i < end; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (i - from >= SAFE_DIGITS && overflows(read, digit)) {
                return NONE;
            }
            read = 10 * read + digit;
        }
        value = read;
        return i == from ? NONE : i;
    }

    private static boolean overflows(long number, int digit) {
        int order = Long.compareUnsigned(number, MAX_TENTH);
        return order > 0 || (order == 0 && digit > MAX_LAST_DIGIT);
    }

    /** What was read last; unsigned. */
    long value() {
        return value;
    }
}
