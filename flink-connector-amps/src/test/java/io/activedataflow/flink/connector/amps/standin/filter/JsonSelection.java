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

/** Copies the selected fields of a JSON text; what is copied is left as it is written. */
final class JsonSelection {

    private final byte[] body;
    private final JsonCursor cursor;

    private JsonSelection(byte[] body) {
        this.body = body;
        this.cursor = new JsonCursor(body);
    }

    static byte[] apply(SelectionNode root, byte[] body) {
        JsonSelection selection = new JsonSelection(body);
        ByteArrayOutputStream result = new ByteArrayOutputStream(body.length);
        try {
            if (selection.cursor.peek() != '{') {
                return body;
            }
            selection.object(root, root.isSelected(true), result);
            selection.cursor.end();
        } catch (MalformedBodyException e) {
            return body;
        }
        return result.toByteArray();
    }

    /**
     * Passes a value and copies what is selected of it.
     *
     * @param node null if no entry concerns the field
     * @return whether anything was copied
     */
    private boolean value(SelectionNode node, boolean above, ByteArrayOutputStream result)
            throws MalformedBodyException {
        boolean selected = node == null ? above : node.isSelected(above);
        int next = cursor.peek();
        if (node != null && node.hasChildren() && (next == '{' || next == '[')) {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            boolean any = next == '{' ? object(node, selected, part) : array(node, selected, part);
            if (selected || any) {
                result.writeBytes(part.toByteArray());
            }
            return selected || any;
        }
        int start = cursor.position();
        cursor.skip();
        if (selected) {
            result.write(body, start, cursor.position() - start);
        }
        return selected;
    }

    private boolean object(SelectionNode node, boolean selected, ByteArrayOutputStream result)
            throws MalformedBodyException {
        boolean any = false;
        result.write('{');
        for (boolean more = cursor.enter('{'); more; more = cursor.another('{')) {
            cursor.peek();
            int start = cursor.position();
            cursor.name();
            ByteArrayOutputStream member = new ByteArrayOutputStream();
            member.write(body, start, cursor.position() - start);
            if (value(node.child(cursor.nameText()), selected, member)) {
                if (any) {
                    result.write(',');
                }
                result.writeBytes(member.toByteArray());
                any = true;
            }
        }
        result.write('}');
        return any;
    }

    private boolean array(SelectionNode node, boolean selected, ByteArrayOutputStream result)
            throws MalformedBodyException {
        boolean any = false;
        result.write('[');
        for (boolean more = cursor.enter('['); more; more = cursor.another('[')) {
            ByteArrayOutputStream element = new ByteArrayOutputStream();
            // The entries of the array are those of each element.
            if (value(node, selected, element)) {
                if (any) {
                    result.write(',');
                }
                result.writeBytes(element.toByteArray());
                any = true;
            }
        }
        result.write(']');
        return any;
    }
}
