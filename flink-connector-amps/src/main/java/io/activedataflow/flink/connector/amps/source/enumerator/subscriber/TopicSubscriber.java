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

package io.activedataflow.flink.connector.amps.source.enumerator.subscriber;

import io.activedataflow.flink.connector.amps.source.AmpsDiscoveredTopics;
import io.activedataflow.flink.connector.amps.source.AmpsTopicPattern;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.AmpsTopics;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.util.List;
import java.util.SortedSet;

/** Finds the topics of a selection. Used on the enumerator's worker thread. */
@Internal
public interface TopicSubscriber {

    /**
     * The subscriber for a selection.
     *
     * @param messageType the message type of the connections
     */
    static TopicSubscriber of(
            AmpsTopicSelection selection, TopicFinder finder, String messageType) {
        if (selection instanceof AmpsTopics topics) {
            return new FixedSubscriber(topics.names().stream().map(AmpsTopic::literal).toList());
        }
        if (selection instanceof AmpsTopicPattern pattern) {
            return new FixedSubscriber(List.of(pattern.topic()));
        }
        if (selection instanceof AmpsDiscoveredTopics discovered) {
            return new AdminSubscriber(discovered, finder, messageType);
        }
        throw new IllegalArgumentException("Unknown selection: " + selection);
    }

    /** The topics that are to be read as things stand, in a fixed order; may block. */
    SortedSet<AmpsTopic> discover();

    /** Whether asking again can bring to light other topics. */
    boolean canChange();

    /** Who is asked, for messages. */
    String servers();
}
