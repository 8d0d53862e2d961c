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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.Internal;

/**
 * What a content filter must be like to be put in parentheses and combined with another. The server
 * judges everything else.
 */
@Internal
final class ContentFilters {

    private ContentFilters() {}

    /**
     * Returns the filter if its parentheses and quotes are complete: one such as {@code /a = 1) OR
     * (/b = 2} would otherwise mean something else once it is combined with that of a shard.
     */
    static String require(String filter) {
        if (filter == null || filter.isBlank()) {
            throw unusable(filter, "which is no filter");
        }
        int depth = 0;
        int at = 0;
        while (at < filter.length() && depth >= 0) {
            switch (filter.charAt(at)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '\'', '"' -> at = endOfText(filter, at);
                case '[' -> at = endOfName(filter, at);
                default -> {
                    // Means nothing to the structure.
                }
            }
            at++;
        }
        if (depth != 0) {
            throw unusable(filter, "whose parentheses do not match");
        }
        return filter;
    }

    private static int endOfText(String filter, int start) {
        char quote = filter.charAt(start);
        boolean raw = isRaw(filter, start);
        for (int i = start + 1; i < filter.length(); i++) {
            char c = filter.charAt(i);
            if (c == quote) {
                return i;
            }
            if (c == '\\' && !raw) {
                i++;
            }
        }
        throw unusable(filter, "with a text that does not end");
    }

    /** Whether the text is written r'...', where a backslash stands for itself. */
    private static boolean isRaw(String filter, int quote) {
        return quote > 0
                && filter.charAt(quote - 1) == 'r'
                && (quote == 1 || !isPartOfName(filter.charAt(quote - 2)));
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '/';
    }

    private static int endOfName(String filter, int start) {
        int end = filter.indexOf(']', start);
        if (end < 0) {
            throw unusable(filter, "with a bracket that is not closed");
        }
        return end;
    }

    private static IllegalArgumentException unusable(String filter, String why) {
        return new IllegalArgumentException(
                "setFilter() got "
                        + (filter == null ? "null" : "'" + filter + "'")
                        + ", "
                        + why
                        + ". Give a content filter of AMPS, for example \"/region = 'EU' AND"
                        + " /amount > 10\", or leave it out.");
    }
}
