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

/** Escapes in the strings of a JSON text. */
final class JsonStrings {

    private JsonStrings() {}

    /** The string between two indexes, which are those of its quotes. */
    static String unescape(byte[] text, int start, int end) throws MalformedBodyException {
        String raw = new String(text, start, end - start, StandardCharsets.UTF_8);
        StringBuilder result = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char next = raw.charAt(at++);
            if (next != '\\') {
                result.append(next);
            } else if (raw.charAt(at) == 'u') {
                result.append(unit(raw, at + 1));
                at += 5;
            } else {
                result.append(escape(raw.charAt(at++)));
            }
        }
        return result.toString();
    }

    private static char escape(char letter) throws MalformedBodyException {
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new MalformedBodyException("Not an escape: \\" + letter);
        };
    }

    private static char unit(String raw, int from) throws MalformedBodyException {
        if (from + 4 > raw.length()) {
            throw new MalformedBodyException("An escape is cut off.");
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0 || raw.charAt(i) > 'f') {
                throw new MalformedBodyException("Not an escape: " + raw.substring(from - 2));
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }
}
