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

package io.activedataflow.flink.connector.amps.standin;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The topics that the administration interface lists and that no message brings into being: a
 * server has them from its configuration, the stand-in server from its tests, at any time.
 * Thread-safe.
 */
public final class AdminTopics {

    private final TreeMap<String, AdminModel.SowTopic> sowTopics = new TreeMap<>();
    private final TreeMap<String, AdminModel.View> views = new TreeMap<>();
    private final TreeSet<String> queues = new TreeSet<>();

    /** Lists a topic of the state of the world, or changes how many records it has. */
    public synchronized void addSow(String topic, String messageType, long records) {
        sowTopics.put(topic, new AdminModel.SowTopic(topic, messageType, records));
    }

    /** Lists a queue. */
    public synchronized void addQueue(String topic) {
        queues.add(topic);
    }

    /** Lists a view of another topic. */
    public synchronized void addView(String topic, String underlyingTopic, String messageType) {
        views.put(topic, new AdminModel.View(topic, underlyingTopic, messageType));
    }

    /** Lists the topic no longer, whatever it was. */
    public synchronized void remove(String topic) {
        sowTopics.remove(topic);
        views.remove(topic);
        queues.remove(topic);
    }

    synchronized List<AdminModel.SowTopic> sowTopics() {
        return List.copyOf(sowTopics.values());
    }

    synchronized List<AdminModel.View> views() {
        return List.copyOf(views.values());
    }

    synchronized List<AdminModel.Queue> queues() {
        return queues.stream()
                .map(topic -> new AdminModel.Queue(topic, 0, 0, Duration.ZERO, 0))
                .toList();
    }
}
