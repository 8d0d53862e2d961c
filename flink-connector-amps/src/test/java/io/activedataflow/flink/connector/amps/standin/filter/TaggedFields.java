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

/** Bodies of FIX and NVFIX: {@code name=value} again and again, each ended by the byte 0x01. */
final class TaggedFields {

    private static final byte END = 1;

    private TaggedFields() {}

    /** The text of the first field with the name, or null for NULL. */
    static Object find(byte[] body, byte[] name) {
        int start = 0;
        while (start < body.length) {
            int end = endOfField(body, start);
            int value = start + name.length + 1;
            if (value <= end
                    && body[value - 1] == '='
                    && Arrays.equals(body, start, value - 1, name, 0, name.length)) {
                return Values.ofText(new String(body, value, end - value, StandardCharsets.UTF_8));
            }
            start = end + 1;
        }
        return null;
    }

    /** The selected fields. What is not {@code name=value} goes with the whole body. */
    static byte[] select(SelectionNode root, byte[] body) {
        ByteArrayOutputStream result = new ByteArrayOutputStream(body.length);
        boolean all = root.isSelected(true);
        int start = 0;
        while (start < body.length) {
            int end = endOfField(body, start);
            int equals = start;
            while (equals < end && body[equals] != '=') {
                equals++;
            }
            String name = new String(body, start, equals - start, StandardCharsets.UTF_8);
            SelectionNode node = equals == end ? null : root.child(name);
            if (node == null ? all : node.isSelected(all)) {
                result.write(body, start, Math.min(end + 1, body.length) - start);
            }
            start = end + 1;
        }
        return result.toByteArray();
    }

    /** The values by name, of a repeated field the last one. What is no field is left out. */
    static Map<String, byte[]> members(byte[] body) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        int start = 0;
        while (start < body.length) {
            int end = endOfField(body, start);
            int equals = start;
            while (equals < end && body[equals] != '=') {
                equals++;
            }
            if (equals < end) {
                members.put(
                        new String(body, start, equals - start, StandardCharsets.UTF_8),
                        Arrays.copyOfRange(body, equals + 1, end));
            }
            start = end + 1;
        }
        return members;
    }

    static byte[] write(Map<String, byte[]> members) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        members.forEach(
                (name, value) -> {
                    body.writeBytes(name.getBytes(StandardCharsets.UTF_8));
                    body.write('=');
                    body.writeBytes(value);
                    body.write(END);
                });
        return body.toByteArray();
    }

    /** Where the field that starts at the index is ended. */
    private static int endOfField(byte[] body, int start) {
        int at = start;
        while (at < body.length && body[at] != END) {
            at++;
        }
        return at;
    }
}
