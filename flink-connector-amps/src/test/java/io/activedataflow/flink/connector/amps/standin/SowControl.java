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

import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The state of the world of a server as tests see and change it. Thread-safe. */
public final class SowControl {

    private final Broker broker;
    private final DirectCommands direct;

    SowControl(Broker broker, DirectCommands direct) {
        this.broker = broker;
        this.direct = direct;
    }

    /** The bodies of a topic by key, as texts. */
    public Map<String, String> contents(String topic) {
        Map<String, String> contents = new LinkedHashMap<>();
        broker.inOrder(
                () -> {
                    for (SowRecord row : table(topic).records()) {
                        contents.put(row.key(), new String(row.body(), StandardCharsets.UTF_8));
                    }
                });
        return contents;
    }

    /** How many records a topic has. */
    public long size(String topic) {
        AtomicLong size = new AtomicLong();
        broker.inOrder(() -> size.set(table(topic).counts().records()));
        return size.get();
    }

    /** Publishes a record under a key, to a topic with explicit keys. */
    public LogEntry publish(String topic, String key, String body) {
        return direct.publish(topic, bytes(body), key, false, Publication.NO_LIFETIME);
    }

    /** Publishes a record that expires so many seconds later. */
    public LogEntry publishExpiring(String topic, String body, long seconds) {
        return direct.publish(topic, bytes(body), null, false, seconds);
    }

    /** Publishes what changes of a record. */
    public LogEntry publishDelta(String topic, String body) {
        return direct.publish(topic, bytes(body), null, true, Publication.NO_LIFETIME);
    }

    /** Removes the record of a key; false if there is none. */
    public boolean delete(String topic, String key) {
        return broker.delete(table(topic), new SowSelection(Set.of(key), null), null, 0).matches()
                > 0;
    }

    /** Removes what has expired by the clock of the server, which it does by itself soon. */
    public void expire() {
        broker.inOrder(() -> {});
    }

    private SowTable table(String topic) {
        SowTable table = broker.stateOfTheWorld().table(topic);
        if (table == null) {
            throw new IllegalArgumentException(
                    "Topic " + topic + " is not kept in the state of the world.");
        }
        return table;
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
