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

import io.activedataflow.flink.connector.amps.standin.filter.BodyField;
import io.activedataflow.flink.connector.amps.standin.sow.SowChange;
import io.activedataflow.flink.connector.amps.standin.sow.SowException;
import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of all topics that are kept. Guarded by the order of the broker. */
final class StateOfTheWorld {

    private final Map<String, SowTable> tables = new LinkedHashMap<>();

    StateOfTheWorld(List<SowTopic> topics) {
        for (SowTopic topic : topics) {
            if (tables.put(topic.name(), new SowTable(topic)) != null) {
                throw new IllegalArgumentException(
                        "Topic " + topic.name() + " is declared twice in the state of the world.");
            }
        }
    }

    /** The records of a topic, null if it is not kept. */
    SowTable table(String topic) {
        return tables.get(topic);
    }

    boolean keeps(String topic) {
        return tables.containsKey(topic);
    }

    /** In the order of the configuration. */
    Collection<SowTable> tables() {
        return tables.values();
    }

    List<BodyField> keyFields(String topic) {
        return tables.get(topic).keyFields();
    }

    /** The message as a whole, with the key of its record; as it is for a topic not kept. */
    Publication completed(Publication publication) throws Rejected {
        SowTable table = tables.get(publication.topic());
        if (table == null) {
            return publication.sowKey() == null && !publication.delta()
                    ? publication
                    : publication.recorded(publication.body(), null);
        }
        try {
            byte[] body = publication.body().copy();
            String key = table.key(body, publication.sowKey());
            return publication.recorded(
                    Body.of(publication.delta() ? table.merged(key, body) : body), key);
        } catch (SowException e) {
            throw new Rejected(e.getMessage());
        }
    }

    /** Keeps a completed message; null if its topic is not kept. */
    SowChange keep(Publication publication, long micros, boolean logged) {
        SowTable table = tables.get(publication.topic());
        if (table == null) {
            return null;
        }
        return table.put(
                new SowRecord(
                        publication.sowKey(),
                        publication.body().array(),
                        micros,
                        table.expiry(micros, publication.lifetimeSeconds()),
                        logged
                                ? Bookmarks.text(publication.publisherId(), publication.sequence())
                                : null,
                        publication.correlationId(),
                        publication.user()));
    }

    /** Removes what has expired. */
    List<SowChange> expire(long nowMicros) {
        List<SowChange> changes = new ArrayList<>();
        for (SowTable table : tables.values()) {
            changes.addAll(table.expire(nowMicros));
        }
        return changes;
    }
}
