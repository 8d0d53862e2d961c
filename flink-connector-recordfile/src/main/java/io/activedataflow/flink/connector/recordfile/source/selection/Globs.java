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

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes paths with glob patterns apart: into the directory to start from, which has no pattern in
 * it, and what follows. Braces with slashes in them become several roots.
 */
@Internal
public final class Globs {

    private static final String SCHEME_END = "://";

    private Globs() {}

    /**
     * The roots of a pattern; a {@link TreeRoot} if there is nothing in it but literal characters.
     *
     * @param recursive whether a literal directory includes the directories below
     */
    public static List<SelectedRoot> parse(String pattern, boolean recursive) {
        GlobSyntax syntax = new GlobSyntax(pattern);
        int authorityEnd = authorityEnd(pattern);
        List<SelectedRoot> roots = new ArrayList<>();
        for (String alternative : expand(pattern.substring(authorityEnd), syntax)) {
            roots.add(root(pattern.substring(0, authorityEnd), alternative, syntax, recursive));
        }
        return roots;
    }

    /** Where scheme and host end, which are literal whatever is in them. */
    private static int authorityEnd(String pattern) {
        int scheme = pattern.indexOf(SCHEME_END);
        if (scheme < 0) {
            return 0;
        }
        int slash = pattern.indexOf('/', scheme + SCHEME_END.length());
        return slash < 0 ? pattern.length() : slash;
    }

    private static SelectedRoot root(
            String authority, String path, GlobSyntax syntax, boolean recursive) {
        List<String> names = split(path);
        int literal = 0;
        while (literal < names.size() && isLiteral(names.get(literal))) {
            literal++;
        }
        Path base = base(authority, path, names.subList(0, literal));
        if (literal == names.size()) {
            return new TreeRoot(base, recursive);
        }
        List<GlobSegment> segments = new ArrayList<>();
        for (String name : names.subList(literal, names.size())) {
            segments.add(new GlobSegment(name, syntax));
        }
        if (segments.size() > GlobRoot.MAX_SEGMENTS) {
            throw syntax.malformed("it has more than " + GlobRoot.MAX_SEGMENTS + " parts");
        }
        return new GlobRoot(base, segments);
    }

    private static Path base(String authority, String path, List<String> names) {
        StringBuilder base = new StringBuilder(authority);
        base.append(path.startsWith("/") ? "/" : "");
        for (int i = 0; i < names.size(); i++) {
            base.append(i == 0 ? "" : "/").append(unescape(names.get(i)));
        }
        return new Path(base.isEmpty() ? "." : base.toString());
    }

    /** The names between slashes; empty ones do not count. */
    private static List<String> split(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean isLiteral(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*' || c == '?' || c == '[' || c == '{') {
                return false;
            }
            if (c == '\\') {
                i++;
            }
        }
        return true;
    }

    private static String unescape(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '\\' && i + 1 < name.length()) {
                i++;
            }
            text.append(name.charAt(i));
        }
        return text.toString();
    }

    /** The same pattern without braces that have slashes in them. */
    private static List<String> expand(String pattern, GlobSyntax syntax) {
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\') {
                i++;
            } else if (pattern.charAt(i) == '{') {
                int end = closing(pattern, i, syntax);
                if (pattern.indexOf('/', i) < end && pattern.indexOf('/', i) > 0) {
                    List<String> expanded = new ArrayList<>();
                    for (String choice : choices(pattern.substring(i + 1, end))) {
                        expanded.addAll(
                                expand(
                                        pattern.substring(0, i)
                                                + choice
                                                + pattern.substring(end + 1),
                                        syntax));
                    }
                    return expanded;
                }
                i = end;
            }
        }
        return List.of(pattern);
    }

    private static int closing(String pattern, int open, GlobSyntax syntax) {
        int depth = 0;
        for (int i = open; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        throw syntax.malformed("a '{' is not closed");
    }

    private static List<String> choices(String inBraces) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inBraces.length(); i++) {
            char c = inBraces.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                choices.add(inBraces.substring(start, i));
                start = i + 1;
            }
        }
        choices.add(inBraces.substring(start));
        return choices;
    }
}
