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

package io.activedataflow.flink.connector.amps.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * The header of a frame from a client: one flat JSON-like object, whose end is found by scanning
 * for the brace outside quotes. Unknown fields are skipped, empty ones count as absent.
 */
final class Header {

    private final Map<Field, String> fields = new EnumMap<>(Field.class);
    private final byte[] frame;
    private int at;

    private Header(byte[] frame) {
        this.frame = frame;
    }

    /**
     * @throws IOException if the frame does not start with a header
     */
    static Header parse(byte[] frame) throws IOException {
        Header header = new Header(frame);
        header.parse();
        return header;
    }

    /** The value of a field, null if absent. */
    String get(Field field) {
        return fields.get(field);
    }

    boolean has(Field field) {
        return fields.containsKey(field);
    }

    /** The unsigned value of a numeric field. */
    long number(Field field) throws Rejected {
        try {
            return Long.parseUnsignedLong(fields.get(field));
        } catch (NumberFormatException e) {
            throw new Rejected("parse error");
        }
    }

    /** What follows the header. */
    Body body() {
        return new Body(frame, at, frame.length - at);
    }

    private void parse() throws IOException {
        expect('{');
        skipBlanks();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            skipBlanks();
            String name = quoted();
            skipBlanks();
            expect(':');
            skipBlanks();
            String value = peek() == '"' ? quoted() : bare();
            Field field = Field.named(name);
            if (field != null && !value.isEmpty()) {
                fields.put(field, value);
            }
            skipBlanks();
            if (peek() == ',') {
                at++;
            } else {
                expect('}');
                return;
            }
        }
    }

    private String quoted() throws IOException {
        expect('"');
        int start = at;
        while (peek() != '"') {
            if (peek() == '\\') {
                return unescaped(start);
            }
            at++;
        }
        String text = new String(frame, start, at - start, StandardCharsets.UTF_8);
        at++;
        return text;
    }

    private String unescaped(int start) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(frame, start, at - start);
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                text.writeBytes(escape());
            } else {
                text.write(frame[at++]);
            }
        }
        at++;
        return text.toString(StandardCharsets.UTF_8);
    }

    private byte[] escape() throws IOException {
        byte kind = peek();
        at++;
        char character =
                switch (kind) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'u' -> unicode();
                    default -> (char) kind;
                };
        return String.valueOf(character).getBytes(StandardCharsets.UTF_8);
    }

    private char unicode() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            code = code * 16 + Character.digit(peek(), 16);
            at++;
        }
        return (char) code;
    }

    private String bare() throws IOException {
        int start = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        return new String(frame, start, at - start, StandardCharsets.UTF_8).trim();
    }

    private void skipBlanks() throws IOException {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    private void expect(char character) throws IOException {
        if (peek() != character) {
            throw new IOException("Expected " + character + " at byte " + at + " of the header.");
        }
        at++;
    }

    private byte peek() throws IOException {
        if (at >= frame.length) {
            throw new IOException("The header does not end.");
        }
        return frame[at];
    }
}
