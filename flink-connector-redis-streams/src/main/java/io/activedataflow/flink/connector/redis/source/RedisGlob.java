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

package io.activedataflow.flink.connector.redis.source;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/**
 * Glob patterns with exactly the meaning Redis gives them in {@code SCAN … MATCH}: {@code *},
 * {@code ?}, {@code [abc]}, {@code [^abc]}, {@code [a-z]} and {@code \} before a character that is
 * meant literally. Matching works on the bytes of UTF-8, so {@code ?} stands for one byte.
 *
 * <p>Redis is lenient with what looks malformed, and so is this class: a class that is not closed
 * ends with the pattern, a range may be written backwards, a lone backslash at the end stands for
 * itself.
 */
@Internal
final class RedisGlob {

    private final byte[] pattern;

    RedisGlob(String pattern) {
        this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
    }

    /** The pattern that matches this text and nothing else. */
    static String escape(String literal) {
        StringBuilder escaped = new StringBuilder(literal.length() + 8);
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    boolean matches(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        int in = 0;
        int lastStar = -1;
        int starTook = 0;
        while (at < bytes.length) {
            if (in < pattern.length && pattern[in] == '*') {
                lastStar = in++;
                starTook = at;
            } else if (in < pattern.length && matchesOne(in, bytes[at])) {
                in = next(in);
                at++;
            } else if (lastStar >= 0) {
                // Let the last star take one more byte. Earlier stars need no second try: every
                // other element takes exactly one byte.
                in = lastStar + 1;
                at = ++starTook;
            } else {
                return false;
            }
        }
        while (in < pattern.length && pattern[in] == '*') {
            in++;
        }
        return in >= pattern.length;
    }

    /** Whether the element of the pattern that starts here, not a star, stands for this byte. */
    private boolean matchesOne(int element, byte b) {
        return switch (pattern[element]) {
            case '?' -> true;
            case '[' -> matchesClass(element + 1, b);
            case '\\' -> b == pattern[Math.min(element + 1, pattern.length - 1)];
            default -> b == pattern[element];
        };
    }

    private boolean matchesClass(int start, byte b) {
        boolean negated = start < pattern.length && pattern[start] == '^';
        boolean found = false;
        int at = negated ? start + 1 : start;
        while (at < pattern.length && pattern[at] != ']') {
            if (pattern[at] == '\\' && at + 1 < pattern.length) {
                found |= pattern[at + 1] == b;
                at += 2;
            } else if (isRange(at)) {
                int from = Math.min(pattern[at], pattern[at + 2]);
                int to = Math.max(pattern[at], pattern[at + 2]);
                found |= from <= b && b <= to;
                at += 3;
            } else {
                found |= pattern[at] == b;
                at++;
            }
        }
        return found != negated;
    }

    /** Where the element after the one that starts here starts. */
    private int next(int element) {
        if (pattern[element] == '\\') {
            return Math.min(element + 2, pattern.length);
        }
        if (pattern[element] != '[') {
            return element + 1;
        }
        int at = element + 1;
        if (at < pattern.length && pattern[at] == '^') {
            at++;
        }
        while (at < pattern.length && pattern[at] != ']') {
            if (pattern[at] == '\\' && at + 1 < pattern.length) {
                at += 2;
            } else {
                at += isRange(at) ? 3 : 1;
            }
        }
        return Math.min(at + 1, pattern.length);
    }

    private boolean isRange(int at) {
        return at + 2 < pattern.length && pattern[at + 1] == '-';
    }
}
