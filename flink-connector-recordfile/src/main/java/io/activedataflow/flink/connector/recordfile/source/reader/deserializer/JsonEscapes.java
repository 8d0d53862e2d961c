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

import org.apache.flink.annotation.Internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Replaces the escapes in a string of JSON. */
@Internal
final class JsonEscapes {

    private static final int HEX_DIGITS = 4;

    private JsonEscapes() {}

    /**
     * @throws ConversionException if an escape stands for half a character
     */
    static byte[] resolved(byte[] data, int from, int to) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
        int next = from;
        while (next < to) {
            if (data[next] != '\\') {
                text.write(data[next++]);
            } else if (data[next + 1] != 'u') {
                text.write(single(data[next + 1]));
                next += 2;
            } else {
                next = resolveUnicode(data, next, text);
            }
        }
        return text.toByteArray();
    }

    private static int single(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    private static int resolveUnicode(byte[] data, int at, ByteArrayOutputStream text) {
        char first = unit(data, at);
        int next = at + 2 + HEX_DIGITS;
        String character = String.valueOf(first);
        if (Character.isHighSurrogate(first) && data[next] == '\\' && data[next + 1] == 'u') {
            character += unit(data, next);
            next += 2 + HEX_DIGITS;
        }
        if (Character.isSurrogate(first) && character.codePointCount(0, character.length()) != 1
                || character.length() == 1 && Character.isSurrogate(first)) {
            throw new ConversionException("An escape in it stands for half a character.");
        }
        text.writeBytes(character.getBytes(StandardCharsets.UTF_8));
        return next;
    }

    private static char unit(byte[] data, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 2 + HEX_DIGITS; i++) {
            unit = unit << 4 | Character.digit(data[i], 16);
        }
        return (char) unit;
    }
}
