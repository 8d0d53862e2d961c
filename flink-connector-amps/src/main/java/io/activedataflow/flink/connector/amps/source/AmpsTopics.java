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

import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.util.LinkedHashSet;
import java.util.List;

/** See {@link AmpsTopicSelection#topics}. */
@Internal
public record AmpsTopics(List<String> names) implements AmpsTopicSelection {

    private static final long serialVersionUID = 1L;

    public AmpsTopics {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("topics() got no name. Give at least one.");
        }
        names.forEach(AmpsTopics::requireName);
        names = List.copyOf(new LinkedHashSet<>(names));
    }

    private static void requireName(String name) {
        if (name == null || name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "topics() got "
                            + (name == null ? "null" : "'" + name + "'")
                            + ". Give names that are not blank and have no control characters.");
        }
        // Split IDs tell literal names and regular expressions apart by this.
        if (name.startsWith("/^") && name.endsWith("$/")) {
            throw new IllegalArgumentException(
                    "topics() got '"
                            + name
                            + "', which looks like a regular expression in slashes. Use pattern()"
                            + " with what is between them.");
        }
    }

    @Override
    public boolean selects(AmpsTopic topic) {
        return !topic.pattern() && names.contains(topic.name());
    }

    @Override
    public String toString() {
        return "topics " + names;
    }
}
