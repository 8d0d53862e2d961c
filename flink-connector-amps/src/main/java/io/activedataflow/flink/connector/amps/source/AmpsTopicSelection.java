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
import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;
import java.util.List;

/**
 * Which topics a source reads, and how they become splits. Immutable. Whether a topic belongs to
 * the selection is a matter of its name alone.
 */
@PublicEvolving
public sealed interface AmpsTopicSelection extends Serializable
        permits AmpsTopics, AmpsTopicPattern, AmpsDiscoveredTopics {

    /**
     * These topics, by their literal names, whatever characters they have; a subscription for each.
     * Repeated names count once.
     */
    static AmpsTopicSelection topics(String... names) {
        return new AmpsTopics(List.of(names));
    }

    /**
     * All topics whose whole name matches a regular expression, matched by the server, in one
     * subscription: the order of the log is kept across topics, and topics that appear later are
     * read from their first message.
     *
     * <p>Topics that the user may not read are left out by the server without a word, and so are
     * topics that are not in the transaction log where the log is replayed.
     *
     * @param regex a regular expression as both Java and the server (PCRE) know it. It is anchored
     *     by the connector; {@code ^} and {@code $} are not needed.
     */
    static AmpsTopicSelection pattern(String regex) {
        return new AmpsTopicPattern(regex);
    }

    /**
     * The topics that the server's administration interface lists and whose whole name matches a
     * regular expression; a subscription for each. Looked for again periodically; topics that
     * appear later are read from the beginning.
     *
     * <p>AMPS lists SOW topics and queues, and no others; of those, topics that are not in the
     * transaction log cannot be replayed.
     *
     * @param regex a regular expression of Java
     */
    static AmpsTopicSelection discovered(String regex, AmpsAdminOptions admin) {
        return new AmpsDiscoveredTopics(regex, admin);
    }

    /** Whether a split of this topic belongs to this selection. */
    @Internal
    boolean selects(AmpsTopic topic);
}
