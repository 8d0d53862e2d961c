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

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes named parts out of paths. What is matched is the end of the path, from some slash on, and
 * all of it.
 */
@Internal
public final class PathTemplate implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");
    private static final String FROM_ANY_SLASH = "(?s)(?:.*/)?";

    private final String text;
    private final Pattern pattern;
    private final List<String> names;
    private final boolean byName;

    private PathTemplate(String text, Pattern pattern, List<String> names, boolean byName) {
        this.text = text;
        this.pattern = pattern;
        this.names = List.copyOf(names);
        this.byName = byName;
    }

    /** A template such as {@code orders/{region}/{date}/*.csv}. */
    public static PathTemplate ofTemplate(String template) {
        StringBuilder regex = new StringBuilder(FROM_ANY_SLASH);
        Set<String> names = new LinkedHashSet<>();
        GlobSyntax syntax = new GlobSyntax(template);
        int literalStart = 0;
        for (int i = 0; i < template.length(); i++) {
            if (template.charAt(i) == '\\') {
                i++;
            } else if (template.charAt(i) == '{') {
                appendGlob(template.substring(literalStart, i), syntax, regex);
                int end = template.indexOf('}', i);
                String name = end < 0 ? "" : template.substring(i + 1, end);
                if (!NAME.matcher(name).matches() || !names.add(name)) {
                    throw syntax.malformed(
                            "braces hold a name of letters, digits, '-' and '_', each only once");
                }
                regex.append("([^/]+)");
                i = end;
                literalStart = end + 1;
            }
        }
        appendGlob(template.substring(literalStart), syntax, regex);
        if (names.isEmpty()) {
            throw syntax.malformed("it names no part, such as '{date}'");
        }
        return new PathTemplate(
                template, Pattern.compile(regex.toString()), new ArrayList<>(names), false);
    }

    /** A regular expression with named groups. */
    public static PathTemplate ofRegex(String regex) {
        Pattern pattern = Pattern.compile(FROM_ANY_SLASH + "(?:" + regex + ')');
        List<String> names = new ArrayList<>();
        Matcher groups = GROUP.matcher(regex);
        while (groups.find()) {
            if (hasGroup(pattern, groups.group(1)) && !names.contains(groups.group(1))) {
                names.add(groups.group(1));
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "The regular expression '"
                            + regex
                            + "' for the parts of paths has no named groups. Write them as"
                            + " (?<name>...).");
        }
        return new PathTemplate(regex, pattern, names, true);
    }

    /** The names of the parts, in order. */
    public List<String> names() {
        return names;
    }

    /** The parts of a path by name, in the order of the template; none if it does not match. */
    public Map<String, String> partsOf(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Map.of();
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = byName ? matcher.group(names.get(i)) : matcher.group(i + 1);
            if (value != null) {
                parts.put(names.get(i), value);
            }
        }
        return Collections.unmodifiableMap(parts);
    }

    private static boolean hasGroup(Pattern pattern, String name) {
        Matcher matcher = Pattern.compile('|' + pattern.pattern()).matcher("");
        try {
            // Groups can be asked for only after a match.
            return matcher.matches() && matcher.start(name) < Integer.MAX_VALUE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Appends what stands between two named parts. */
    private static void appendGlob(String glob, GlobSyntax syntax, StringBuilder regex) {
        String[] segments = glob.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("**")) {
                regex.append(last ? ".*" : "(?:.*/)?");
            } else {
                regex.append(syntax.toRegex(segments[i])).append(last ? "" : "/");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate that
                && text.equals(that.text)
                && byName == that.byName;
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
