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

package io.activedataflow.flink.connector.amps.source.split;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a split subscribes to, in wire form.
 *
 * @param name the name of the topic, or an anchored regular expression
 * @param pattern whether the name is a regular expression
 */
@Internal
public record AmpsTopic(String name, boolean pattern)
        implements Serializable, Comparable<AmpsTopic> {

    private static final long serialVersionUID = 1L;

    private static final String REGEX_CHARACTERS = ".^$*+?()[]{}|\\";

    public AmpsTopic {
        Objects.requireNonNull(name, "name");
    }

    public static AmpsTopic literal(String name) {
        return new AmpsTopic(name, false);
    }

    public static AmpsTopic pattern(String regex) {
        return new AmpsTopic(regex, true);
    }

    /**
     * Reads what {@link #toString} has written. The name of a literal topic is not taken for a
     * regular expression unless it looks like an anchored one in slashes.
     */
    static AmpsTopic parse(String text) {
        return text.startsWith("/^") && text.endsWith("$/")
                ? pattern(text.substring(1, text.length() - 1))
                : literal(text);
    }

    @Override
    public int compareTo(AmpsTopic other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Boolean.compare(pattern, other.pattern);
    }

    /** The name, in slashes if it is a regular expression. */
    @Override
    public String toString() {
        return pattern ? '/' + name + '/' : name;
    }

    /**
     * Whether the server would take the name for a regular expression although it is literal, which
     * the option {@code non_regex_topic} keeps it from. By the AMPS user guide, any character of
     * regular expressions makes a topic one; the dot is the usual trap.
     */
    public boolean needsLiteralOption() {
        return !pattern && name.chars().anyMatch(c -> REGEX_CHARACTERS.indexOf(c) >= 0);
    }
}
