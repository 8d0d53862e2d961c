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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A text in quotes.
 *
 * @param value what it stands for
 * @param end the index behind the closing quote
 */
record TextLiteral(String value, int end) {

    /** Reads a text in which a backslash has a meaning. */
    static TextLiteral read(String filter, int openingQuote) throws FilterSyntaxException {
        char quote = filter.charAt(openingQuote);
        // Bytes, because an escape stands for a byte, several of which may make a character.
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        int at = openingQuote + 1;
        while (at < filter.length()) {
            char next = filter.charAt(at);
            if (next == quote) {
                return new TextLiteral(value.toString(StandardCharsets.UTF_8), at + 1);
            }
            if (next != '\\') {
                int end = filter.offsetByCodePoints(at, 1);
                value.writeBytes(filter.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            } else {
                at = escape(filter, at + 1, value);
            }
        }
        throw notClosed(filter);
    }

    /** Reads a text in which a backslash is a backslash. */
    static TextLiteral readRaw(String filter, int openingQuote) throws FilterSyntaxException {
        int end = filter.indexOf(filter.charAt(openingQuote), openingQuote + 1);
        if (end < 0) {
            throw notClosed(filter);
        }
        return new TextLiteral(filter.substring(openingQuote + 1, end), end + 1);
    }

    private static int escape(String filter, int at, ByteArrayOutputStream value)
            throws FilterSyntaxException {
        if (at == filter.length()) {
            throw notClosed(filter);
        }
        char letter = filter.charAt(at);
        if (letter == 'x') {
            int end = endOfDigits(filter, at + 1, 2, 16);
            if (end != at + 3) {
                throw new FilterSyntaxException(
                        "The filter " + filter + " has \\x without two digits behind it.");
            }
            value.write(Integer.parseInt(filter.substring(at + 1, end), 16));
            return end;
        }
        int end = endOfDigits(filter, at, 3, 8);
        if (end > at) {
            value.write(Integer.parseInt(filter.substring(at, end), 8));
            return end;
        }
        switch (letter) {
            case 'a' -> value.write(7);
            case 'b' -> value.write('\b');
            case 't' -> value.write('\t');
            case 'n' -> value.write('\n');
            case 'f' -> value.write('\f');
            case 'r' -> value.write('\r');
            default -> {
                int next = filter.offsetByCodePoints(at, 1);
                value.writeBytes(filter.substring(at, next).getBytes(StandardCharsets.UTF_8));
                return next;
            }
        }
        return at + 1;
    }

    private static int endOfDigits(String filter, int start, int most, int radix) {
        int at = start;
        while (at < filter.length()
                && at < start + most
                && filter.charAt(at) < 128
                && Character.digit(filter.charAt(at), radix) >= 0) {
            at++;
        }
        return at;
    }

    private static FilterSyntaxException notClosed(String filter) {
        return new FilterSyntaxException("The filter " + filter + " has a text without an end.");
    }
}
