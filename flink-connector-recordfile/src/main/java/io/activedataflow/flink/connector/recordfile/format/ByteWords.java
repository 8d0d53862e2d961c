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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array as one word, the first of them lowest, whatever the machine. */
@Internal
public final class ByteWords {

    /** A one in each byte; times a byte that is not negative, it is a word of that byte. */
    public static final long ONES = 0x0101010101010101L;

    public static final long LOW_BITS = 0x7F * ONES;
    public static final long HIGH_BITS = ~LOW_BITS;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteWords() {}

    public static long get(byte[] bytes, int at) {
        return (long) WORD.get(bytes, at);
    }

    public static void set(byte[] bytes, int at, long word) {
        WORD.set(bytes, at, word);
    }

    /** The highest bit of each byte that is zero. */
    public static long zeros(long word) {
        return ~(unlike(word & LOW_BITS, 0) | word) & HIGH_BITS;
    }

    /**
     * The highest bit of each byte that differs from the pattern's; the other bits mean nothing.
     *
     * @param low bytes of seven bits
     * @param pattern as well
     */
    public static long unlike(long low, long pattern) {
        return (low ^ pattern) + LOW_BITS;
    }
}
