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

package io.activedataflow.flink.connector.amps.standin.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a JSON text (RFC 8259) step by step in place. It checks all it passes, so that a text is
 * known to be well-formed once it has been passed to its end, but for the encoding of its strings.
 */
final class JsonCursor {

    /** Deeper than any message; keeps those who recurse along with the text from overflowing. */
    private static final int DEEPEST = 500;

    private final byte[] text;
    private int position;
    private int depth;

    /** Bounds of the last string, without its quotes, and whether it has escapes. */
    private int stringStart;

    private int stringEnd;
    private boolean escaped;

    JsonCursor(byte[] text) {
        this.text = text;
    }

    /** The index of the next byte. */
    int position() {
        return position;
    }

    /** The first byte of what comes next, which is not passed, or -1 at the end of the text. */
    int peek() {
        while (position < text.length) {
            byte next = text[position];
            if (next != ' ' && next != '\n' && next != '\t' && next != '\r') {
                return next;
            }
            position++;
        }
        return -1;
    }

    /** Passes the end of the text. */
    void end() throws MalformedBodyException {
        if (peek() != -1) {
            throw malformed();
        }
    }

    /** Passes the start of an object or array. Returns whether it has a member or element. */
    boolean enter(char opening) throws MalformedBodyException {
        expect(opening);
        if (++depth > DEEPEST) {
            throw malformed();
        }
        if (peek() == closing(opening)) {
            position++;
            depth--;
            return false;
        }
        return true;
    }

    /** Passes what follows a member or element. Returns whether another one follows. */
    boolean another(char opening) throws MalformedBodyException {
        if (peek() == ',') {
            position++;
            return true;
        }
        expect(closing(opening));
        depth--;
        return false;
    }

    private static char closing(char opening) {
        return opening == '{' ? '}' : ']';
    }

    /** Passes the name of a member and the colon. */
    void name() throws MalformedBodyException {
        expect('"');
        string();
        expect(':');
    }

    /** Whether the last name that was passed is the given one. */
    boolean nameIs(byte[] name) throws MalformedBodyException {
        return escaped
                ? nameText().equals(new String(name, StandardCharsets.UTF_8))
                : Arrays.equals(text, stringStart, stringEnd, name, 0, name.length);
    }

    /** The last name that was passed. */
    String nameText() throws MalformedBodyException {
        return escaped
                ? JsonStrings.unescape(text, stringStart, stringEnd)
                : new String(text, stringStart, stringEnd - stringStart, StandardCharsets.UTF_8);
    }

    /** Passes a value that is no object or array, and returns what it is to an expression. */
    Object scalar() throws MalformedBodyException {
        switch (peek()) {
            case '"' -> {
                position++;
                string();
                return Values.ofText(nameText());
            }
            case 't' -> {
                word("true");
                return 1L;
            }
            case 'f' -> {
                word("false");
                return 0L;
            }
            case 'n' -> {
                word("null");
                return null;
            }
            default -> {
                int start = position;
                boolean integer = number();
                return number(start, integer);
            }
        }
    }

    /** Passes a value. */
    void skip() throws MalformedBodyException {
        switch (peek()) {
            case '{' -> {
                for (boolean more = enter('{'); more; more = another('{')) {
                    name();
                    skip();
                }
            }
            case '[' -> {
                for (boolean more = enter('['); more; more = another('[')) {
                    skip();
                }
            }
            case '"' -> {
                position++;
                string();
            }
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void string() throws MalformedBodyException {
        stringStart = position;
        escaped = false;
        while (position < text.length) {
            byte next = text[position];
            if (next == '"') {
                stringEnd = position++;
                if (escaped) {
                    JsonStrings.unescape(text, stringStart, stringEnd);
                }
                return;
            }
            if (next == '\\') {
                escaped = true;
                position++;
            } else if (next >= 0 && next < ' ') {
                throw malformed();
            }
            position++;
        }
        throw malformed();
    }

    /** Passes a number. Returns whether it has neither a fraction nor an exponent. */
    private boolean number() throws MalformedBodyException {
        if (at('-')) {
            position++;
        }
        if (at('0')) {
            position++;
        } else {
            digits();
        }
        boolean integer = true;
        if (at('.')) {
            position++;
            digits();
            integer = false;
        }
        if (at('e') || at('E')) {
            position++;
            if (at('+') || at('-')) {
                position++;
            }
            digits();
            integer = false;
        }
        return integer;
    }

    private Number number(int start, boolean integer) {
        if (integer && position - start <= 18) {
            boolean negative = text[start] == '-';
            long value = 0;
            for (int i = negative ? start + 1 : start; i < position; i++) {
                value = value * 10 + text[i] - '0';
            }
            return negative ? -value : value;
        }
        String digits = new String(text, start, position - start, StandardCharsets.US_ASCII);
        return integer ? Values.integer(digits) : (Number) Double.parseDouble(digits);
    }

    private void digits() throws MalformedBodyException {
        int start = position;
        while (position < text.length && text[position] >= '0' && text[position] <= '9') {
            position++;
        }
        if (position == start) {
            throw malformed();
        }
    }

    private void word(String word) throws MalformedBodyException {
        for (int i = 0; i < word.length(); i++) {
            if (!at(word.charAt(i))) {
                throw malformed();
            }
            position++;
        }
    }

    private boolean at(char expected) {
        return position < text.length && text[position] == expected;
    }

    private void expect(char expected) throws MalformedBodyException {
        if (peek() != expected) {
            throw malformed();
        }
        position++;
    }

    private MalformedBodyException malformed() {
        return new MalformedBodyException("Not JSON at byte " + position + ".");
    }
}
