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

package io.activedataflow.flink.connector.recordfile.source.selection;

import io.activedataflow.flink.connector.recordfile.MaskedText;

import org.apache.flink.annotation.Internal;

/**
 * The syntax of a glob pattern within one name: {@code *} any characters, {@code ?} one, {@code
 * [a-z]} one of these, {@code [!a-z]} or {@code [^a-z]} one of the others, {@code {a,b}} one of
 * these texts, which are patterns themselves, and {@code \} before a character that is meant
 * literally. Nothing stands for a slash. Turns it into a regular expression.
 */
@Internal
final class GlobSyntax {

    private final String whole;

    /**
     * @param whole the pattern as the user has written it, for messages
     */
    GlobSyntax(String whole) {
        this.whole = whole;
    }

    String toRegex(String segment) {
        StringBuilder regex = new StringBuilder();
        int depth = 0;
        int at = 0;
        while (at < segment.length()) {
            char c = segment.charAt(at);
            switch (c) {
                case '*' -> appendStar(segment, at, regex);
                case '?' -> regex.append("[^/]");
                case '[' -> at = appendClass(segment, at, regex);
                case '\\' -> appendLiteral(escaped(segment, ++at), regex);
                case '{' -> {
                    depth++;
                    regex.append("(?:");
                }
                case '}' -> {
                    if (depth > 0) {
                        depth--;
                        regex.append(')');
                    } else {
                        appendLiteral(c, regex);
                    }
                }
                case ',' -> {
                    if (depth > 0) {
                        regex.append('|');
                    } else {
                        appendLiteral(c, regex);
                    }
                }
                default -> appendLiteral(c, regex);
            }
            at++;
        }
        if (depth > 0) {
            throw malformed("a '{' is not closed");
        }
        return regex.toString();
    }

    private void appendStar(String segment, int start, StringBuilder regex) {
        if (start + 1 < segment.length() && segment.charAt(start + 1) == '*') {
            throw malformed("'**' has to stand alone between two slashes");
        }
        regex.append("[^/]*");
    }

    private int appendClass(String segment, int start, StringBuilder regex) {
        int at = start + 1;
        boolean negated =
                at < segment.length() && (segment.charAt(at) == '!' || segment.charAt(at) == '^');
        regex.append(negated ? "[^/" : "[");
        int first = negated ? ++at : at;
        while (at < segment.length() && (segment.charAt(at) != ']' || at == first)) {
            if (segment.charAt(at) == '\\') {
                appendLiteral(escaped(segment, ++at), regex);
            } else if (segment.charAt(at) == '-'
                    && at > first
                    && at + 1 < segment.length()
                    && segment.charAt(at + 1) != ']') {
                requireRange(segment, at);
                regex.append('-');
            } else {
                appendLiteral(segment.charAt(at), regex);
            }
            at++;
        }
        if (at == segment.length()) {
            throw malformed("a '[' is not closed");
        }
        regex.append(']');
        return at;
    }

    private void requireRange(String segment, int dash) {
        char to = segment.charAt(dash + 1);
        if (segment.charAt(dash - 1) > (to == '\\' ? escaped(segment, dash + 2) : to)) {
            throw malformed("a range in '[' … ']' goes backwards");
        }
    }

    private char escaped(String segment, int at) {
        if (at >= segment.length()) {
            throw malformed("nothing follows a '\\'");
        }
        return segment.charAt(at);
    }

    private static void appendLiteral(char c, StringBuilder regex) {
        if (c < 128 && !Character.isLetterOrDigit(c)) {
            regex.append('\\');
        }
        regex.append(c);
    }

    IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException(
                "The pattern '"
                        + MaskedText.of(whole)
                        + "' cannot be used: "
                        + why
                        + ". Correct it, or put a '\\' before a character that is meant literally.");
    }
}
