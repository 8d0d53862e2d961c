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

/** The fields of a body that a subscriber asked for (option {@code select}). Immutable. */
public final class FieldSelection {

    private final String text;

    private FieldSelection(String text) {
        this.text = text;
    }

    /**
     * Reads a selection.
     *
     * @param option the value of the option, for example {@code [-/,+/id]}
     * @throws FilterSyntaxException if any part of the text is not understood
     */
    public static FieldSelection parse(String option) throws FilterSyntaxException {
        if (option.isBlank()) {
            throw new FilterSyntaxException("The selection is empty.");
        }
        return new FieldSelection(option);
    }

    /** Whether parts of a body of the message type can be selected: json, nvfix and fix. */
    public static boolean supports(String messageType) {
        return switch (messageType) {
            case "json", "nvfix", "fix" -> true;
            default -> false;
        };
    }

    /**
     * The selected part of the body. A body that is not what its message type says is returned as
     * it is.
     *
     * @throws IllegalArgumentException if the message type is not {@link #supports supported}
     */
    public byte[] apply(String messageType, byte[] body) {
        throw new UnsupportedOperationException("The evaluation follows with the next commit.");
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
