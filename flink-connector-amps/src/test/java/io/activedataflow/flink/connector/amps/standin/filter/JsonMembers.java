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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The members of an object of JSON; their values are left as they are written. */
final class JsonMembers {

    private JsonMembers() {}

    /** The members by name, of two of one name the last one; null if the text is no object. */
    static Map<String, byte[]> of(byte[] text) {
        JsonCursor cursor = new JsonCursor(text);
        Map<String, byte[]> members = new LinkedHashMap<>();
        try {
            if (cursor.peek() != '{') {
                return null;
            }
            for (boolean more = cursor.enter('{'); more; more = cursor.another('{')) {
                cursor.name();
                String name = cursor.nameText();
                cursor.peek();
                int start = cursor.position();
                cursor.skip();
                members.put(name, Arrays.copyOfRange(text, start, cursor.position()));
            }
            cursor.end();
        } catch (MalformedBodyException e) {
            return null;
        }
        return members;
    }

    static byte[] write(Map<String, byte[]> members) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write('{');
        members.forEach(
                (name, value) -> {
                    if (text.size() > 1) {
                        text.write(',');
                    }
                    text.writeBytes(quoted(name).getBytes(StandardCharsets.UTF_8));
                    text.write(':');
                    text.writeBytes(value);
                });
        text.write('}');
        return text.toByteArray();
    }

    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder(name.length() + 2).append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
