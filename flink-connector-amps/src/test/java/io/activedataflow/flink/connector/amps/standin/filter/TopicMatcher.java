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

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The topic of a subscription, which is a name or a regular expression. A topic with a character
 * that means something in a regular expression is one, also if the character is only a dot, unless
 * the client says otherwise (option {@code non_regex_topic}). The expression is not anchored: it
 * matches a topic in which it is found anywhere. AMPS uses PCRE; {@link Pattern} stands in for it.
 *
 * <p>Immutable; may be used by many threads.
 */
public final class TopicMatcher {

    private static final String SPECIAL = ".^$*+?()[]{}|\\";

    private final String topic;

    /** Null for a name. */
    private final Pattern pattern;

    private TopicMatcher(String topic, Pattern pattern) {
        this.topic = topic;
        this.pattern = pattern;
    }

    /**
     * A matcher of the topic.
     *
     * @param literal whether the topic is a name whatever its characters
     * @throws FilterSyntaxException if the topic is empty or not a valid expression
     */
    public static TopicMatcher of(String topic, boolean literal) throws FilterSyntaxException {
        if (topic.isEmpty()) {
            throw new FilterSyntaxException("The topic is empty.");
        }
        if (literal || topic.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
            return new TopicMatcher(topic, null);
        }
        try {
            return new TopicMatcher(topic, Pattern.compile(topic));
        } catch (PatternSyntaxException e) {
            throw new FilterSyntaxException("The topic '" + topic + "' is not valid.", e);
        }
    }

    /** Whether a message of the given topic is meant. */
    public boolean matches(String topic) {
        return pattern == null ? this.topic.equals(topic) : pattern.matcher(topic).find();
    }

    /** Whether the topic is a regular expression, so that it may mean several topics. */
    public boolean isPattern() {
        return pattern != null;
    }

    /** The topic as it was given. */
    @Override
    public String toString() {
        return topic;
    }
}
