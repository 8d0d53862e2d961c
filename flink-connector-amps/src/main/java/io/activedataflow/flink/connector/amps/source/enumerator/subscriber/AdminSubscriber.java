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
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.util.SortedSet;
import java.util.TreeSet;

/** Topics that the administration interface lists. */
@Internal
final class AdminSubscriber implements TopicSubscriber {

    private final AmpsDiscoveredTopics selection;
    private final TopicFinder finder;
    private final String messageType;

    AdminSubscriber(AmpsDiscoveredTopics selection, TopicFinder finder, String messageType) {
        this.selection = selection;
        this.finder = finder;
        this.messageType = messageType;
    }

    @Override
    public SortedSet<AmpsTopic> discover() {
        SortedSet<AmpsTopic> topics = new TreeSet<>();
        for (String name : finder.topics(selection.admin(), messageType)) {
            AmpsTopic topic = AmpsTopic.literal(name);
            if (selection.selects(topic)) {
                topics.add(topic);
            }
        }
        return topics;
    }

    @Override
    public boolean canChange() {
        return true;
    }

    @Override
    public String servers() {
        return selection.admin().toString();
    }
}
