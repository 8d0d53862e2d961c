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

package io.activedataflow.flink.connector.recordfile.format.json;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.ByteWords;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/**
 * Reads the strings of a JSON text. Strings without escapes stay where they are; others are written
 * to {@link #scratch} without their escapes.
 */
@Internal
final class JsonStrings {

    private static final int ESCAPE_BYTES = 6;

    private byte[] bytes;
    private int begin;
    private int limit;

    private byte[] scratch = new byte[256];
    private int scratchEnd;

    private boolean inScratch;
    private int from;
    private int to;

    /** Begins with another text, and with an empty scratch. */
    void reset(byte[] text, int textFrom, int textTo) {
        bytes = text;
        begin = textFrom;
        limit = textTo;
        scratchEnd = 0;
    }

    byte[] scratch() {
        return scratch;
    }

    /** Whether the last string is in the scratch. */
    boolean isInScratch() {
        return inScratch;
    }

    /** Where the last string begins. */
    int from() {
        return from;
    }

    /** Where the last string ends. */
    int to() {
        return to;
    }

    /**
     * Reads a string.
     *
     * @param first what follows the opening quote
     * @return what follows the closing quote
     */
    int read(int first) throws MalformedRecordException {
        inScratch = false;
        int copiedUpTo = first;
        int at = first;
        while (true) {
            at = plainUpTo(at);
            if (at == limit) {
                throw malformed(RecordFileError.STRUCTURE, at, "The record ends inside a string");
            }
            byte b = bytes[at];
            if (b == '"') {
                break;
            } else if (b < 0) {
                at += lengthOfCharacter(at);
            } else if (b == '\\') {
                if (!inScratch) {
                    inScratch = true;
                    from = scratchEnd;
                }
                append(copiedUpTo, at);
                at = resolveEscape(at);
                copiedUpTo = at;
            } else {
                throw malformed(
                        RecordFileError.STRUCTURE, at, "A control character is not escaped");
            }
        }
        if (inScratch) {
            append(copiedUpTo, at);
            to = scratchEnd;
        } else {
            from = first;
            to = at;
        }
        return at + 1;
    }

    /** Drops the last string, which nobody wants, from the scratch. */
    void forget() {
        if (inScratch) {
            scratchEnd = from;
        }
    }

    /** The first byte that is a quote, a backslash, a control character or not ASCII. */
    private int plainUpTo(int first) {
        int at = first;
        for (int last = limit - Long.BYTES; at <= last; at += Long.BYTES) {
            long word = ByteWords.get(bytes, at);
            long quote = word ^ ByteWords.ONES * '"';
            long backslash = word ^ ByteWords.ONES * '\\';
            // Borrows make this wrong only behind the first byte that is found.
            long found =
                    (((quote - ByteWords.ONES) & ~quote)
                                    | ((backslash - ByteWords.ONES) & ~backslash)
                                    | ((word - ByteWords.ONES * ' ') & ~word)
                                    | word)
                            & ByteWords.HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < limit && isPlain(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    private int lengthOfCharacter(int at) throws MalformedRecordException {
        int lead = bytes[at] & 0xFF;
        int second = at + 1 < limit ? bytes[at + 1] & 0xFF : 0;
        if (lead >= 0xC2 && lead <= 0xDF && isContinuation(second)) {
            return 2;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int lowest = lead == 0xE0 ? 0xA0 : 0x80;
            int highest = lead == 0xED ? 0x9F : 0xBF;
            if (second >= lowest && second <= highest && continues(at + 2, 1)) {
                return 3;
            }
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            int lowest = lead == 0xF0 ? 0x90 : 0x80;
            int highest = lead == 0xF4 ? 0x8F : 0xBF;
            if (second >= lowest && second <= highest && continues(at + 2, 2)) {
                return 4;
            }
        }
        throw malformed(RecordFileError.ENCODING, at, "A string is not UTF-8");
    }

    private boolean continues(int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (i >= limit || !isContinuation(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }

    /** Appends what an escape stands for and returns what follows it. */
    private int resolveEscape(int backslash) throws MalformedRecordException {
        int at = backslash + 1;
        if (at == limit) {
            throw malformed(RecordFileError.STRUCTURE, at, "The record ends inside a string");
        }
        byte escaped = bytes[at];
        switch (escaped) {
            case '"', '\\', '/' -> append(escaped);
            case 'b' -> append('\b');
            case 'f' -> append('\f');
            case 'n' -> append('\n');
            case 'r' -> append('\r');
            case 't' -> append('\t');
            case 'u' -> {
                return resolveCodePoint(backslash);
            }
            default ->
                    throw malformed(
                            RecordFileError.STRUCTURE, backslash, "There is no such escape");
        }
        return at + 1;
    }

    private int resolveCodePoint(int backslash) throws MalformedRecordException {
        int next = backslash + ESCAPE_BYTES;
        char first = hex(backslash);
        if (!Character.isSurrogate(first)) {
            appendCodePoint(first);
            return next;
        }
        boolean isPair =
                Character.isHighSurrogate(first)
                        && next + 1 < limit
                        && bytes[next] == '\\'
                        && bytes[next + 1] == 'u';
        char second = isPair ? hex(next) : 0;
        if (!Character.isLowSurrogate(second)) {
            throw malformed(
                    RecordFileError.ENCODING,
                    backslash,
                    "A surrogate stands without its other half");
        }
        appendCodePoint(Character.toCodePoint(first, second));
        return next + ESCAPE_BYTES;
    }

    private char hex(int backslash) throws MalformedRecordException {
        int value = 0;
        for (int at = backslash + 2; at < backslash + ESCAPE_BYTES; at++) {
            int digit = at < limit ? Character.digit(bytes[at], 16) : -1;
            if (digit < 0) {
                throw malformed(
                        RecordFileError.STRUCTURE,
                        backslash,
                        "An escape does not have four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private void appendCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            append(codePoint);
        } else if (codePoint < 0x800) {
            append(0xC0 | codePoint >> 6);
            append(0x80 | codePoint & 0x3F);
        } else if (codePoint < 0x10000) {
            append(0xE0 | codePoint >> 12);
            append(0x80 | codePoint >> 6 & 0x3F);
            append(0x80 | codePoint & 0x3F);
        } else {
            append(0xF0 | codePoint >> 18);
            append(0x80 | codePoint >> 12 & 0x3F);
            append(0x80 | codePoint >> 6 & 0x3F);
            append(0x80 | codePoint & 0x3F);
        }
    }

    private void append(int b) {
        ensure(1);
        scratch[scratchEnd++] = (byte) b;
    }

    private void append(int rangeFrom, int rangeTo) {
        ensure(rangeTo - rangeFrom);
        System.arraycopy(bytes, rangeFrom, scratch, scratchEnd, rangeTo - rangeFrom);
        scratchEnd += rangeTo - rangeFrom;
    }

    private void ensure(int more) {
        if (scratchEnd + more > scratch.length) {
            scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, scratchEnd + more));
        }
    }

    private MalformedRecordException malformed(RecordFileError error, int at, String what) {
        return JsonScanner.malformed(error, what, at - begin);
    }
}
