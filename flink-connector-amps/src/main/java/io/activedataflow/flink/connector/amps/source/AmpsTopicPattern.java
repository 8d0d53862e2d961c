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

/** See {@link AmpsTopicSelection#pattern}. */
@Internal
public record AmpsTopicPattern(String regex) implements AmpsTopicSelection {

    private static final long serialVersionUID = 1L;

    public AmpsTopicPattern {
        Regexes.require("pattern()", regex);
    }

    /** What is subscribed to: anchored, because the server looks for the pattern anywhere. */
    public AmpsTopic topic() {
        return AmpsTopic.pattern("^(?:" + regex + ")$");
    }

    @Override
    public boolean selects(AmpsTopic topic) {
        return topic.equals(topic());
    }

    @Override
    public String toString() {
        return "topics matching /" + regex + '/';
    }
}
