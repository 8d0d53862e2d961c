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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/** Charsets in which each byte is a character, by a table. Bytes without one are no text. */
@Internal
final class SingleByteTranscoder implements Transcoder {

    private static final int VALUES = 256;

    private final int[] characters;
    private final byte[] values;

    SingleByteTranscoder(Charset charset) {
        check(charset);
        characters = new int[VALUES];
        values = new byte[Character.MIN_SUPPLEMENTARY_CODE_POINT];
        for (int value = VALUES - 1; value >= 0; value--) {
            characters[value] = character(charset, (byte) value);
            if (characters[value] < values.length) {
                values[characters[value]] = (byte) value;
            }
        }
    }

    /** The character of a byte, or {@link Utf8Text#NO_TEXT}. */
    private static int character(Charset charset, byte value) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(new byte[] {value}))
                    .get();
        } catch (CharacterCodingException e) {
            return Utf8Text.NO_TEXT;
        }
    }

    static void check(Charset charset) {
        if (!charset.canEncode()
                || charset.newEncoder().maxBytesPerChar() != 1.0f
                || charset.newDecoder().averageCharsPerByte() != 1.0f) {
            throw new IllegalArgumentException(
                    "Files in the charset "
                            + charset
                            + " cannot be read. Use UTF-8, UTF-16, or a charset in which each"
                            + " character is one byte, such as ISO-8859-1.");
        }
    }

    @Override
    public int transcode(byte[] source, int from, int to, byte[] target, int at) {
        int written = at;
        for (int read = from; read < to; read++) {
            int character = characters[source[read] & 0xFF];
            if (character < 0x80) {
                target[written++] = (byte) character;
            } else if (character == Utf8Text.NO_TEXT) {
                written = Utf8Text.writeNoText(source[read], target, written);
            } else {
                written = Utf8Text.write(character, target, written);
            }
        }
        return written;
    }

    @Override
    public int finish(byte[] target, int at) {
        return at;
    }

    @Override
    public long sourceLength(byte[] text, int from, int to) {
        int length = 0;
        for (int at = from; at < to; at++) {
            // Continuation bytes are those from -128 to -65.
            if (text[at] >= (byte) 0xC0) {
                length++;
            }
        }
        return length;
    }

    @Override
    public byte[] encode(byte[] text, int from, int to) {
        byte[] encoded = new byte[(int) sourceLength(text, from, to)];
        int written = 0;
        int at = from;
        while (at < to && at + Utf8Text.length(text[at]) <= to) {
            int character = Utf8Text.charAt(text, at);
            encoded[written++] =
                    character >= Utf8Text.NO_TEXT ? (byte) character : values[character];
            at += Utf8Text.length(text[at]);
        }
        return Arrays.copyOf(encoded, written);
    }
}
