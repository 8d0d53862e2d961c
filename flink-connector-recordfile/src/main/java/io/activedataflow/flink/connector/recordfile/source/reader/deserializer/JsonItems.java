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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/**
 * Moves through the members of an object, or the elements of an array, of JSON that has been
 * checked by whoever found it in the record. Of text that is no JSON it throws some unchecked
 * exception, or finds something that is not there, but it ends.
 */
@Internal
final class JsonItems {

    private final byte[] data;
    private final int end;
    private final boolean object;
    private int next;

    private String name;
    private Kind kind;
    private byte[] buffer;
    private int from;
    private int to;

    /**
     * @param first where the object or the array begins
     * @param end where it ends
     */
    JsonItems(byte[] data, int first, int end) {
        this.data = data;
        this.end = end;
        this.object = data[first] == '{';
        this.next = skipWhitespace(first + 1);
    }

    /** Whether these are the members of an object. */
    boolean isObject() {
        return object;
    }

    /** Moves to the next item, or returns false. */
    boolean next() {
        if (next >= end) {
            throw new ConversionException("It has no end.");
        }
        if (data[next] == '}' || data[next] == ']') {
            return false;
        }
        if (data[next] == ',') {
            next = skipWhitespace(next + 1);
        }
        if (object) {
            readString();
            name = new String(buffer, from, to - from, StandardCharsets.UTF_8);
            // Behind the colon.
            next = skipWhitespace(skipWhitespace(next) + 1);
        }
        readValue();
        next = skipWhitespace(next);
        return true;
    }

    private void readValue() {
        byte first = data[next];
        if (first == '"') {
            readString();
            kind = Kind.TEXT;
            return;
        }
        buffer = data;
        from = next;
        if (first == '{' || first == '[') {
            next = endOfNested(next);
            kind = Kind.NESTED;
        } else {
            next = endOfScalar(next);
            kind =
                    switch (first) {
                        case 't', 'f' -> Kind.BOOLEAN;
                        case 'n' -> Kind.NULL;
                        default -> Kind.NUMBER;
                    };
        }
        to = next;
    }

    private void readString() {
        from = next + 1;
        next = endOfString(next);
        to = next - 1;
        buffer = data;
        for (int i = from; i < to; i++) {
            if (data[i] == '\\') {
                buffer = JsonEscapes.resolved(data, from, to);
                from = 0;
                to = buffer.length;
                return;
            }
        }
    }

    private int endOfString(int first) {
        int at = first + 1;
        while (data[at] != '"') {
            at += data[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private int endOfNested(int first) {
        int depth = 0;
        int at = first;
        do {
            switch (data[at]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> at = endOfString(at) - 1;
                default -> {
                    // Part of a scalar, or between values.
                }
            }
            at++;
        } while (depth > 0);
        return at;
    }

    private int endOfScalar(int first) {
        int at = first + 1;
        while (at < end
                && data[at] > ' '
                && data[at] != ','
                && data[at] != '}'
                && data[at] != ']') {
            at++;
        }
        return at;
    }

    private int skipWhitespace(int first) {
        int at = first;
        while (at < end && data[at] <= ' ' && data[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The name of a member. */
    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    /** The array that the value lies in, without quotes and escapes. */
    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}
