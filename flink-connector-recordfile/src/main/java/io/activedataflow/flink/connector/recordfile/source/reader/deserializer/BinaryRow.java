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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A row of a table in the form in which Flink writes rows to the network and to state: one bit for
 * each field that is null, eight bytes for each field, and behind them what does not fit into eight
 * bytes. Re-used for every row, by one thread.
 *
 * <p>In every row each field is set once.
 */
@Internal
final class BinaryRow {

    private static final VarHandle LENGTH =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int WORD = Long.BYTES;

    /** The kind of change takes one byte, before the bits of the fields. */
    private static final int HEADER_BITS = 8;

    private static final int MAX_INLINE_BYTES = 7;
    private static final int DECIMAL_BYTES = 16;
    private static final int MAX_KEPT_BYTES = 1 << 16;

    private final int bitBytes;
    private final int fixedEnd;

    /** The length of the row, as the serializer wants it, and the row. */
    private byte[] bytes;

    private int end;

    BinaryRow(int arity) {
        bitBytes = (arity + HEADER_BITS + 63) / 64 * WORD;
        fixedEnd = Integer.BYTES + bitBytes + arity * WORD;
        bytes = new byte[2 * fixedEnd];
        end = fixedEnd;
    }

    /** Begins a new row. */
    void reset() {
        if (bytes.length > 2 * MAX_KEPT_BYTES && end <= MAX_KEPT_BYTES) {
            bytes = new byte[Math.max(MAX_KEPT_BYTES, fixedEnd)];
        }
        Arrays.fill(bytes, 0, Integer.BYTES + bitBytes, (byte) 0);
        end = fixedEnd;
    }

    void setNull(int field) {
        int bit = HEADER_BITS + field;
        bytes[Integer.BYTES + (bit >>> 3)] |= (byte) (1 << (bit & 7));
        setLong(field, 0);
    }

    /** Eight bytes; smaller numbers are in the lower ones, and the others are zero. */
    void setLong(int field, long value) {
        ByteWords.set(bytes, Integer.BYTES + bitBytes + field * WORD, value);
    }

    void setBytes(int field, byte[] data, int from, int to) {
        int length = to - from;
        if (length <= MAX_INLINE_BYTES) {
            setLong(field, (0x80L | length) << 56 | inline(data, from, length));
            return;
        }
        int at = reserve((length + WORD - 1) & -WORD);
        System.arraycopy(data, from, bytes, at, length);
        setReference(field, at, length);
    }

    private static long inline(byte[] data, int from, int length) {
        if (data.length - from >= WORD) {
            return ByteWords.get(data, from) & (1L << Byte.SIZE * length) - 1;
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (data[from + i] & 0xFFL) << Byte.SIZE * i;
        }
        return word;
    }

    /** A decimal of more than 18 digits. */
    void setDecimal(int field, byte[] unscaled) {
        int at = reserve(DECIMAL_BYTES);
        ByteWords.set(bytes, at, 0L);
        System.arraycopy(unscaled, 0, bytes, at, unscaled.length);
        setReference(field, at, unscaled.length);
    }

    /** A timestamp of more digits than milliseconds have. */
    void setTimestamp(int field, long millis, int nanoOfMilli) {
        int at = reserve(WORD);
        ByteWords.set(bytes, at, millis);
        setReference(field, at, nanoOfMilli);
    }

    private void setReference(int field, int at, int number) {
        setLong(field, (long) (at - Integer.BYTES) << 32 | number);
    }

    /** Takes bytes behind the fields; the last eight of them are zero. */
    private int reserve(int length) {
        int at = end;
        if (length > bytes.length - at) {
            bytes = Arrays.copyOf(bytes, Math.max(at + length, 2 * bytes.length));
        }
        end = at + length;
        ByteWords.set(bytes, end - WORD, 0L);
        return at;
    }

    /** The array that the row lies in from its beginning on, as a serializer has written it. */
    byte[] serialized() {
        LENGTH.set(bytes, 0, end - Integer.BYTES);
        return bytes;
    }

    /** How many bytes of {@link #serialized} are taken. */
    int length() {
        return end;
    }
}
