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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 that refuses malformed bytes, at no more than the price of a decoder that replaces them.
 */
@Internal
final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * @throws CharacterCodingException if the bytes are not UTF-8
     */
    static String decode(byte[] data, int offset, int length) throws CharacterCodingException {
        int ascii = asciiBytes(data, offset, length);
        if (ascii == length) {
            // The JDK's decoder of UTF-8 would look at all of it once more.
            return new String(data, offset, length, StandardCharsets.ISO_8859_1);
        }
        String latin = decodeLatin(data, offset, length, ascii);
        if (latin != null) {
            return latin;
        }
        String text = new String(data, offset, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            // Either the text has that character itself, or bytes were replaced: the strict decoder
            // knows.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, offset, length))
                    .toString();
        }
        return text;
    }

    /** How many bytes there are before the first one that is not ASCII. */
    private static int asciiBytes(byte[] data, int offset, int length) {
        int count = 0;
        while (length - count >= Long.BYTES) {
            long high = (long) LONGS.get(data, offset + count) & NOT_ASCII;
            if (high != 0) {
                return count + (Long.numberOfTrailingZeros(high) >>> 3);
            }
            count += Long.BYTES;
        }
        if (count > 0 && ((long) LONGS.get(data, offset + length - Long.BYTES) & NOT_ASCII) == 0) {
            // Most of that word has been looked at already.
            return length;
        }
        while (count < length && data[offset + count] >= 0) {
            count++;
        }
        return count;
    }

    /**
     * Text of the characters up to U+00FF, which a string keeps in one byte each: the JDK's decoder
     * looks at each byte of them alone.
     *
     * @param ascii how many bytes there are before the first one that is not ASCII
     * @return null if there are other characters, or bytes that are not UTF-8
     */
    @Nullable
    private static String decodeLatin(byte[] data, int offset, int length, int ascii) {
        byte[] latin = new byte[length];
        int read = 0;
        int written = 0;
        int plain = ascii;
        while (true) {
            System.arraycopy(data, offset + read, latin, written, plain);
            read += plain;
            written += plain;
            if (read == length) {
                return new String(latin, 0, written, StandardCharsets.ISO_8859_1);
            }
            // Of characters of two bytes the lowest begins with C2; up to U+00FF, with C3 at most.
            int first = data[offset + read] & 0xFF;
            if (first != 0xC2 && first != 0xC3 || read + 1 == length) {
                return null;
            }
            byte second = data[offset + read + 1];
            if ((second & 0xC0) != 0x80) {
                return null;
            }
            latin[written++] = (byte) ((first & 3) << 6 | second & 0x3F);
            read += 2;
            plain = asciiBytes(data, offset + read, length - read);
        }
    }
}
