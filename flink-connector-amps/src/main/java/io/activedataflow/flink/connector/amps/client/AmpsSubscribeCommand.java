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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * A command that makes the server send messages, as it goes to the server.
 *
 * @param verb which command
 * @param topic the topic or, where not literal, the regular expression, as sent
 * @param filter the content filter, or null for everything
 * @param bookmark the start in wire form (bookmark, list, time or range), or null for a
 *     subscription without replay
 * @param options the options, each as it stands in the option list, such as {@code timestamp}
 * @param completed whether to ask for the {@code completed} acknowledgement
 * @param query how the records of a query are to come; null where there is no query
 */
@Internal
public record AmpsSubscribeCommand(
        Verb verb,
        String topic,
        @Nullable String filter,
        @Nullable String bookmark,
        List<String> options,
        boolean completed,
        @Nullable Query query) {

    /** The commands, by the names that they have on the wire. */
    public enum Verb {
        SUBSCRIBE("subscribe"),
        DELTA_SUBSCRIBE("delta_subscribe"),
        /** To a queue, whose answer says how many messages it leases at a time. */
        QUEUE_SUBSCRIBE("subscribe"),
        SOW("sow"),
        SOW_AND_SUBSCRIBE("sow_and_subscribe"),
        SOW_AND_DELTA_SUBSCRIBE("sow_and_delta_subscribe");

        private final String wireName;

        Verb(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        /** Whether records of the state of the world come first. */
        public boolean hasQuery() {
            return this == SOW || this == SOW_AND_SUBSCRIBE || this == SOW_AND_DELTA_SUBSCRIBE;
        }
    }

    /**
     * How the records of a query are to come.
     *
     * @param orderBy such as {@code /price DESC}; null for no order
     * @param topN how many records at most, or {@link #ALL}
     * @param batchSize how many records the server puts into one frame; from 1 to 10000
     */
    public record Query(@Nullable String orderBy, int topN, int batchSize) {

        /** Stands for no limit. */
        public static final int ALL = -1;
    }

    public AmpsSubscribeCommand {
        Objects.requireNonNull(topic, "topic");
        options = List.copyOf(options);
        if (verb.hasQuery() != (query != null)) {
            throw new IllegalArgumentException(verb + " with " + query);
        }
    }

    /** A plain {@code subscribe}. */
    public AmpsSubscribeCommand(
            String topic,
            @Nullable String filter,
            @Nullable String bookmark,
            List<String> options,
            boolean completed) {
        this(Verb.SUBSCRIBE, topic, filter, bookmark, options, completed, null);
    }
}
