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

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.util.Objects;
import java.util.regex.Pattern;

/** See {@link AmpsTopicSelection#discovered}. */
@Internal
public record AmpsDiscoveredTopics(String regex, AmpsAdminOptions admin)
        implements AmpsTopicSelection {

    private static final long serialVersionUID = 1L;

    public AmpsDiscoveredTopics {
        Regexes.require("discovered()", regex);
        Objects.requireNonNull(admin, "admin");
    }

    @Override
    public boolean selects(AmpsTopic topic) {
        return !topic.pattern() && Pattern.matches(regex, topic.name());
    }

    @Override
    public String toString() {
        return "each topic matching /" + regex + '/';
    }
}
