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
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/**
 * Moves through a JSON text and checks all of it against the grammar of JSON. Methods take the
 * index where something begins and return the index of what follows it.
 */
@Internal
final class JsonScanner {

    /** How many objects and arrays may be open at a time, the outermost object included. */
    static final int MAX_DEPTH = 1000;

    /** Nothing in JSON begins with it. */
    private static final byte END = 0;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final JsonStrings strings = new JsonStrings();
    private final boolean[] isObject = new boolean[MAX_DEPTH];

    private byte[] bytes;
    private int begin;
    private int limit;

    void reset(byte[] text, int from, int to) {
        bytes = text;
        begin = from;
        limit = to;
        strings.reset(text, from, to);
    }

    JsonStrings strings() {
        return strings;
    }

    int skipWhitespace(int first) {
        int at = first;
        while (at < limit && isWhitespace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isWhitespace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\t' || b == '\n' || b == '\r');
    }

    /** The byte at an index, or {@link #END} at the end of the text. */
    byte peek(int at) {
        return at < limit ? bytes[at] : END;
    }

    /** Reads white space, a colon, and white space. */
    int colon(int first) throws MalformedRecordException {
        int at = skipWhitespace(first);
        if (peek(at) != ':') {
            throw unexpected(at, "a colon after the name of a member");
        }
        return skipWhitespace(at + 1);
    }

    /** Reads the name of a member, which the strings then have. */
    int name(int at) throws MalformedRecordException {
        if (peek(at) != '"') {
            throw unexpected(at, "the name of a member");
        }
        return strings.read(at + 1);
    }

    private int memberUpToValue(int at) throws MalformedRecordException {
        int next = name(at);
        strings.forget();
        return colon(next);
    }

    /** Reads a value of any kind, with all that is in it. */
    int value(int first) throws MalformedRecordException {
        int depth = 0;
        int at = first;
        do {
            byte b = peek(at);
            boolean ends = true;
            if (b == '{' || b == '[') {
                open(++depth, b == '{', at);
                at = skipWhitespace(at + 1);
                ends = peek(at) == (b == '{' ? '}' : ']');
                if (!ends && b == '{') {
                    at = memberUpToValue(at);
                }
            } else {
                at = scalar(at);
            }
            if (ends) {
                // And with this value any number of objects and arrays around it.
                at = depth == 0 ? at : skipWhitespace(at);
                while (depth > 0 && peek(at) == (isObject[depth] ? '}' : ']')) {
                    depth--;
                    at = depth == 0 ? at + 1 : skipWhitespace(at + 1);
                }
                at = depth == 0 ? at : comma(at, isObject[depth]);
            }
        } while (depth > 0);
        return at;
    }

    private void open(int depth, boolean object, int at) throws MalformedRecordException {
        if (depth == MAX_DEPTH) {
            throw malformed(
                    RecordFileError.STRUCTURE,
                    "More than " + MAX_DEPTH + " objects and arrays are open",
                    at - begin);
        }
        isObject[depth] = object;
    }

    private int comma(int at, boolean inObject) throws MalformedRecordException {
        if (peek(at) != ',') {
            throw unexpected(at, inObject ? "a comma or a brace" : "a comma or a bracket");
        }
        int next = skipWhitespace(at + 1);
        return inObject ? memberUpToValue(next) : next;
    }

    private int scalar(int at) throws MalformedRecordException {
        return switch (peek(at)) {
            case '"' -> string(at);
            case 't' -> literal(at, TRUE);
            case 'f' -> literal(at, FALSE);
            case 'n' -> literal(at, NULL);
            default -> number(at);
        };
    }

    private int string(int at) throws MalformedRecordException {
        int next = strings.read(at + 1);
        strings.forget();
        return next;
    }

    private int literal(int at, byte[] literal) throws MalformedRecordException {
        int next = at + literal.length;
        if (next > limit || !Arrays.equals(bytes, at, next, literal, 0, literal.length)) {
            throw unexpected(at, "a value");
        }
        return next;
    }

    private int number(int first) throws MalformedRecordException {
        int at = peek(first) == '-' ? first + 1 : first;
        at = peek(at) == '0' ? at + 1 : digits(at, first);
        if (peek(at) == '.') {
            at = digits(at + 1, first);
        }
        if ((peek(at) | 0x20) == 'e') {
            byte sign = peek(at + 1);
            at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1, first);
        }
        return at;
    }

    private int digits(int first, int beginOfNumber) throws MalformedRecordException {
        int at = first;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == first) {
            throw unexpected(at, at == beginOfNumber ? "a value" : "a digit of a number");
        }
        return at;
    }

    MalformedRecordException unexpected(int at, String expected) {
        return malformed(
                RecordFileError.STRUCTURE,
                at >= limit
                        ? "The record ends where " + expected + " is expected"
                        : "There is something else than " + expected,
                at - begin);
    }

    static MalformedRecordException malformed(RecordFileError error, String what, int offset) {
        return new MalformedRecordException(
                error, what + ", " + offset + " bytes after the beginning of the record.");
    }
}
