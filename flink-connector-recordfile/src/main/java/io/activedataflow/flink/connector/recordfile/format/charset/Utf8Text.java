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

/**
 * Writes and reads UTF-8 with two additions, neither of which is UTF-8: half of a surrogate pair,
 * written like any other character; and a byte of the file that is no text, written as {@code 0xFF}
 * and two bytes more.
 */
@Internal
final class Utf8Text {

    /** What {@link #charAt} gives for a byte that is no text: this plus the byte. */
    static final int NO_TEXT = 0x200000;

    private static final int FIRST_OF_NO_TEXT = 0xFF;

    private Utf8Text() {}

    /** Writes a character, or half of a surrogate pair. */
    static int write(int codePoint, byte[] target, int index) {
        int at = index;
        if (codePoint < 0x80) {
            target[at++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            target[at++] = (byte) (0xC0 | codePoint >> 6);
            target[at++] = (byte) (0x80 | codePoint & 0x3F);
        } else if (codePoint < 0x10000) {
            target[at++] = (byte) (0xE0 | codePoint >> 12);
            target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            target[at++] = (byte) (0x80 | codePoint & 0x3F);
        } else {
            target[at++] = (byte) (0xF0 | codePoint >> 18);
            target[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            target[at++] = (byte) (0x80 | codePoint & 0x3F);
        }
        return at;
    }

    /** Writes a byte of the file that is no text. */
    static int writeNoText(byte source, byte[] target, int index) {
        target[index] = (byte) FIRST_OF_NO_TEXT;
        target[index + 1] = (byte) (0x80 | (source & 0xFF) >> 6);
        target[index + 2] = (byte) (0x80 | source & 0x3F);
        return index + 3;
    }

    /** How many bytes a character takes, as its first byte tells. */
    static int length(byte first) {
        int value = first & 0xFF;
        if (value < 0xC0) {
            return 1;
        }
        if (value == FIRST_OF_NO_TEXT) {
            return 3;
        }
        return value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
    }

    /** Whether a byte is the first one of a byte that is no text. */
    static boolean isNoText(byte first) {
        return (first & 0xFF) == FIRST_OF_NO_TEXT;
    }

    /** The character that begins at an index, or {@link #NO_TEXT} plus a byte. */
    static int charAt(byte[] text, int index) {
        int first = text[index] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int second = text[index + 1] & 0x3F;
        if (first == FIRST_OF_NO_TEXT) {
            return NO_TEXT | second << 6 | text[index + 2] & 0x3F;
        }
        if (first < 0xE0) {
            return (first & 0x1F) << 6 | second;
        }
        int third = text[index + 2] & 0x3F;
        if (first < 0xF0) {
            return (first & 0x0F) << 12 | second << 6 | third;
        }
        return (first & 0x07) << 18 | second << 12 | third << 6 | text[index + 3] & 0x3F;
    }
}
