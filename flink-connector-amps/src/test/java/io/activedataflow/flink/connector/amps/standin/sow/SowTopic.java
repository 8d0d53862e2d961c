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

package io.activedataflow.flink.connector.amps.standin.sow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A topic that is kept in the state of the world. Immutable.
 *
 * @param messageType the message type of its bodies
 * @param keyFields the fields that make the key of a record, for example {@code /id}; none if the
 *     publishers send the keys
 * @param keyDomain goes into generated keys, so that topics of one domain have equal keys
 * @param expiration how long a record lives after its last update if its publisher does not say;
 *     null for ever
 * @param history null if only the present can be queried
 */
public record SowTopic(
        String name,
        String messageType,
        List<String> keyFields,
        String keyDomain,
        Duration expiration,
        History history) {

    /**
     * How much of the past can be queried.
     *
     * @param window how far back
     * @param granularity points in time are rounded down to multiples of this
     */
    public record History(Duration window, Duration granularity) {}

    /** Checks and copies. */
    public SowTopic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(messageType, "messageType");
        Objects.requireNonNull(keyDomain, "keyDomain");
        keyFields = List.copyOf(keyFields);
    }

    /** A topic of JSON whose keys are made of fields. */
    public static SowTopic keyed(String name, String... keyFields) {
        if (keyFields.length == 0) {
            throw new IllegalArgumentException(
                    "Topic " + name + " needs a key field; or declare it with explicit keys.");
        }
        return new SowTopic(name, "json", List.of(keyFields), name, null, null);
    }

    /** A topic of JSON whose keys are sent by the publishers. */
    public static SowTopic explicit(String name) {
        return new SowTopic(name, "json", List.of(), name, null, null);
    }

    /** With another message type. */
    public SowTopic ofType(String type) {
        return new SowTopic(name, type, keyFields, keyDomain, expiration, history);
    }

    /** With another key domain; the default is the name of the topic. */
    public SowTopic inDomain(String domain) {
        return new SowTopic(name, messageType, keyFields, domain, expiration, history);
    }

    /** With an expiration. */
    public SowTopic expiringAfter(Duration lifetime) {
        return new SowTopic(name, messageType, keyFields, keyDomain, lifetime, history);
    }

    /** With a history. */
    public SowTopic remembering(Duration window, Duration granularity) {
        return new SowTopic(
                name,
                messageType,
                keyFields,
                keyDomain,
                expiration,
                new History(window, granularity));
    }

    /** Whether keys are sent by the publishers. */
    public boolean hasExplicitKeys() {
        return keyFields.isEmpty();
    }
}
