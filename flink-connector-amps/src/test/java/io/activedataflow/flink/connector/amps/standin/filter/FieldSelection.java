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

/**
 * The fields of a body that a subscriber asked for (option {@code select}): what is added and taken
 * away, {@code /} being the whole body. Of the entries that concern a field the one with the
 * longest path counts, and of two for the same path the last one. Without an entry for {@code /}
 * all is selected that is not taken away. Immutable; may be used by many threads.
 */
public final class FieldSelection {

    private final String text;
    private final SelectionNode root;

    private FieldSelection(String text, SelectionNode root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a selection.
     *
     * @param option the value of the option, for example {@code [-/,+/id]}, with or without
     *     brackets
     * @throws FilterSyntaxException if any part of the text is not understood
     */
    public static FieldSelection parse(String option) throws FilterSyntaxException {
        String entries = option;
        if (option.startsWith("[") && option.endsWith("]")) {
            entries = option.substring(1, option.length() - 1);
        }
        SelectionNode root = new SelectionNode();
        for (String entry : entries.split(",", -1)) {
            String trimmed = entry.strip();
            if (!trimmed.startsWith("+/") && !trimmed.startsWith("-/")) {
                throw new FilterSyntaxException(
                        "The selection " + option + " has an entry that is not +/... or -/...");
            }
            SelectionNode node = root;
            if (trimmed.length() > 2) {
                for (String name : trimmed.substring(2).split("/", -1)) {
                    if (name.isEmpty() || name.indexOf('[') >= 0) {
                        throw new FilterSyntaxException(
                                "The selection " + option + " has an entry that names no field.");
                    }
                    node = node.childOrNew(name);
                }
            }
            node.decide(trimmed.charAt(0) == '+');
        }
        return new FieldSelection(option, root);
    }

    /** Whether parts of a body of the message type can be selected: json, nvfix and fix. */
    public static boolean supports(String messageType) {
        return FieldPath.supports(messageType);
    }

    /**
     * The selected part of the body. JSON that is no object, or not well-formed, is returned as it
     * is.
     *
     * @throws IllegalArgumentException if the message type is not {@link #supports supported}
     */
    public byte[] apply(String messageType, byte[] body) {
        return switch (messageType) {
            case "json" -> JsonSelection.apply(root, body);
            case "nvfix", "fix" -> TaggedFields.select(root, body);
            default ->
                    throw new IllegalArgumentException(
                            "No fields can be selected from message type " + messageType + ".");
        };
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
