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

/** Whether bytes are UTF-8, without decoding them. */
@Internal
final class Utf8Check {

    private Utf8Check() {}

    static boolean isValid(byte[] data, int from, int to) {
        int next = from;
        while (next < to) {
            next = skipAscii(data, next, to);
            if (next < to) {
                next = skipCharacter(data, next, to);
                if (next < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int skipAscii(byte[] data, int from, int to) {
        int next = from;
        while (to - next >= Long.BYTES) {
            if ((ByteWords.get(data, next) & ByteWords.HIGH_BITS) != 0) {
                return skipAsciiBytes(data, next, to);
            }
            next += Long.BYTES;
        }
        int left = to - next;
        if (left > 0 && data.length - next >= Long.BYTES) {
            // The bytes that follow are shifted out.
            long rest = ByteWords.get(data, next) << Long.SIZE - Byte.SIZE * left;
            if ((rest & ByteWords.HIGH_BITS) == 0) {
                return to;
            }
        }
        return skipAsciiBytes(data, next, to);
    }

    private static int skipAsciiBytes(byte[] data, int from, int to) {
        int next = from;
        while (next < to && data[next] >= 0) {
            next++;
        }
        return next;
    }

    /** Returns where a character ends that takes two bytes or more, or -1 if it is none. */
    private static int skipCharacter(byte[] data, int at, int to) {
        int first = data[at] & 0xFF;
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        // What begins with C0, C1 or F5 to FF would be too long, or beyond the last code point.
        if (first < 0xC2 || first > 0xF4 || to - at < length) {
            return -1;
        }
        int second = data[at + 1] & 0xFF;
        // Neither longer than necessary, nor a surrogate, nor beyond the last code point.
        int min = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int max = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < min || second > max) {
            return -1;
        }
        for (int i = 2; i < length; i++) {
            if ((data[at + i] & 0xC0) != 0x80) {
                return -1;
            }
        }
        return at + length;
    }
}
