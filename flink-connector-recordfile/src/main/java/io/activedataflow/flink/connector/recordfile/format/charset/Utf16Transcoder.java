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

import java.util.Arrays;

/** UTF-16 of either byte order. Half of a surrogate pair and half of a unit are no text. */
@Internal
final class Utf16Transcoder implements Transcoder {

    private static final int UNIT_BYTES = 2;

    private final boolean bigEndian;

    private boolean hasOddByte;
    private byte oddByte;
    private boolean hasHighSurrogate;
    private char highSurrogate;

    Utf16Transcoder(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    @Override
    public int transcode(byte[] source, int from, int to, byte[] target, int at) {
        int read = from;
        int written = at;
        if (hasOddByte && read < to) {
            hasOddByte = false;
            written = write(unit(oddByte, source[read++]), target, written);
        }
        for (; read + 1 < to; read += UNIT_BYTES) {
            char unit = unit(source[read], source[read + 1]);
            if (unit < 0x80 && !hasHighSurrogate) {
                target[written++] = (byte) unit;
            } else {
                written = write(unit, target, written);
            }
        }
        if (read < to) {
            hasOddByte = true;
            oddByte = source[read];
        }
        return written;
    }

    private char unit(byte first, byte second) {
        return bigEndian
                ? (char) ((first & 0xFF) << 8 | second & 0xFF)
                : (char) ((second & 0xFF) << 8 | first & 0xFF);
    }

    private int write(char unit, byte[] target, int at) {
        int written = at;
        if (hasHighSurrogate) {
            hasHighSurrogate = false;
            if (Character.isLowSurrogate(unit)) {
                return Utf8Text.write(Character.toCodePoint(highSurrogate, unit), target, written);
            }
            written = Utf8Text.write(highSurrogate, target, written);
        }
        if (Character.isHighSurrogate(unit)) {
            hasHighSurrogate = true;
            highSurrogate = unit;
            return written;
        }
        return Utf8Text.write(unit, target, written);
    }

    @Override
    public int finish(byte[] target, int at) {
        int written = at;
        if (hasHighSurrogate) {
            hasHighSurrogate = false;
            written = Utf8Text.write(highSurrogate, target, written);
        }
        if (hasOddByte) {
            hasOddByte = false;
            written = Utf8Text.writeNoText(oddByte, target, written);
        }
        return written;
    }

    @Override
    public long sourceLength(byte[] text, int from, int to) {
        long length = 0;
        for (int at = from; at < to; at++) {
            int value = text[at];
            if (value >= 0) {
                length += UNIT_BYTES;
            } else if (value >= (byte) 0xC0) {
                length += Utf8Text.isNoText(text[at]) ? 1 : value < (byte) 0xF0 ? 2 : 4;
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
            if (Utf8Text.isNoText(text[at])) {
                encoded[written++] = (byte) character;
            } else if (Character.isSupplementaryCodePoint(character)) {
                written = put(Character.highSurrogate(character), encoded, written);
                written = put(Character.lowSurrogate(character), encoded, written);
            } else {
                written = put((char) character, encoded, written);
            }
            at += Utf8Text.length(text[at]);
        }
        return Arrays.copyOf(encoded, written);
    }

    private int put(char unit, byte[] encoded, int at) {
        encoded[bigEndian ? at : at + 1] = (byte) (unit >> 8);
        encoded[bigEndian ? at + 1 : at] = (byte) unit;
        return at + UNIT_BYTES;
    }
}
