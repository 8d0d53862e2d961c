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

package io.activedataflow.flink.connector.recordfile.format.charset;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the text of one file is encoded, as its byte order mark and the user's choice say: a mark
 * tells UTF-16 from UTF-8 where the choice is UTF-8, and the byte order where the choice is UTF-16.
 */
@Internal
public final class TextEncoding {

    /** How many bytes of a file {@link #detect} has to see, if there are so many. */
    public static final int MAX_MARK_BYTES = 3;

    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] BIG_ENDIAN_MARK = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] LITTLE_ENDIAN_MARK = {(byte) 0xFF, (byte) 0xFE};

    private final Charset charset;
    private final int markBytes;

    private TextEncoding(Charset charset, int markBytes) {
        this.charset = charset;
        this.markBytes = markBytes;
    }

    /**
     * Refuses what cannot be read.
     *
     * @throws IllegalArgumentException if the charset is neither UTF-8 nor UTF-16, and its
     *     characters are not one byte each
     */
    public static void check(Charset charset) {
        if (!isUtf8(charset) && !isUtf16(charset)) {
            SingleByteTranscoder.check(charset);
        }
    }

    /**
     * @param bytes begins with the first bytes of the file
     * @param count how many there are
     */
    public static TextEncoding detect(Charset charset, byte[] bytes, int count) {
        boolean bigEndian = startsWith(bytes, count, BIG_ENDIAN_MARK);
        boolean littleEndian = startsWith(bytes, count, LITTLE_ENDIAN_MARK);
        if (isUtf8(charset)) {
            if (bigEndian || littleEndian) {
                return utf16(bigEndian, BIG_ENDIAN_MARK.length);
            }
            boolean marked = startsWith(bytes, count, UTF_8_MARK);
            return new TextEncoding(charset, marked ? UTF_8_MARK.length : 0);
        }
        if (charset.equals(StandardCharsets.UTF_16)) {
            return utf16(!littleEndian, bigEndian || littleEndian ? BIG_ENDIAN_MARK.length : 0);
        }
        if (isUtf16(charset)) {
            boolean big = charset.equals(StandardCharsets.UTF_16BE);
            return utf16(big, (big ? bigEndian : littleEndian) ? BIG_ENDIAN_MARK.length : 0);
        }
        return new TextEncoding(charset, 0);
    }

    private static TextEncoding utf16(boolean bigEndian, int markBytes) {
        return new TextEncoding(
                bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, markBytes);
    }

    private static boolean startsWith(byte[] bytes, int count, byte[] mark) {
        return count >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static boolean isUtf8(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8);
    }

    private static boolean isUtf16(Charset charset) {
        return charset.equals(StandardCharsets.UTF_16)
                || charset.equals(StandardCharsets.UTF_16LE)
                || charset.equals(StandardCharsets.UTF_16BE);
    }

    /** How many bytes of the file the byte order mark takes. */
    public int markBytes() {
        return markBytes;
    }

    /** What turns the text into UTF-8; null if it is UTF-8. */
    @Nullable
    public Transcoder createTranscoder() {
        if (isUtf8(charset)) {
            return null;
        }
        return isUtf16(charset)
                ? new Utf16Transcoder(charset.equals(StandardCharsets.UTF_16BE))
                : new SingleByteTranscoder(charset);
    }
}
