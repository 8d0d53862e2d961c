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
import java.util.Objects;

/**
 * One field of a body, such as {@code /order/id}, for keys and for orders. Immutable; may be used
 * by many threads.
 */
public final class BodyField {

    private final String text;
    private final FieldPath path;

    private BodyField(String text, FieldPath path) {
        this.text = text;
        this.path = path;
    }

    /**
     * Reads the name of a field.
     *
     * @throws FilterSyntaxException if the text is not the name of one field
     */
    public static BodyField parse(String text) throws FilterSyntaxException {
        if (Parser.parse(text) instanceof FieldPath path) {
            return new BodyField(text, path);
        }
        throw new FilterSyntaxException("The text " + text + " is not the name of a field.");
    }

    /** Whether the fields of a body of the message type are known: json, nvfix and fix. */
    public static boolean supports(String messageType) {
        return FieldPath.supports(messageType);
    }

    /** Its value: an integer, a floating-point number, a text, or null; the first of several. */
    public Object value(String messageType, byte[] body) {
        Object operand =
                messageType.equals("json")
                        ? JsonFields.find(body, path.steps())
                        : path.steps().size() == 1
                                ? TaggedFields.find(body, path.steps().get(0).name())
                                : null;
        return Values.first(operand);
    }

    /** Its outermost name. */
    String firstName() {
        return new String(path.steps().get(0).name(), StandardCharsets.UTF_8);
    }

    /**
     * A total order of values: null, then numbers by size, then texts by their characters.
     *
     * @param asText whether numbers are compared as the texts they are written as
     */
    public static int compare(Object left, Object right, boolean asText) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        if (!asText && left instanceof Number && right instanceof Number) {
            return Values.compare(left, Relation.LESS, right) == Truth.TRUE
                    ? -1
                    : Values.compare(left, Relation.EQUAL, right) == Truth.TRUE ? 0 : 1;
        }
        if (!asText && left instanceof Number != right instanceof Number) {
            return left instanceof Number ? -1 : 1;
        }
        return Objects.toString(left).compareTo(Objects.toString(right));
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
