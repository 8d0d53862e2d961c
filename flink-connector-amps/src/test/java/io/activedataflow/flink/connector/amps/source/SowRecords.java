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

import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.util.Collector;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Records of the state of the world, and sources that read them. */
final class SowRecords {

    static final String TOPIC = "orders";

    private SowRecords() {}

    /** {@code {"id":7,"region":"EU","price":12}}, with prices that repeat. */
    static String body(int id) {
        return "{\"id\":"
                + id
                + ",\"region\":\""
                + (id % 3 == 0 ? "EU" : "US")
                + "\",\"price\":"
                + price(id)
                + '}';
    }

    static int price(int id) {
        return (int) (id * 2_654_435_761L % 10_007);
    }

    static void publish(AmpsStandIn server, int from, int to) {
        for (int id = from; id < to; id++) {
            server.publish(TOPIC, body(id));
        }
    }

    /**
     * A source of the topic {@value #TOPIC}. Its elements are the command, for out-of-focus
     * messages the reason instead, the key of the record, and the body.
     */
    static AmpsSourceBuilder<Tuple3<String, String, String>> source(
            AmpsSubscriptionKind kind, AmpsStandIn... servers) {
        return AmpsSource.<Tuple3<String, String, String>>builder()
                .setConnection(NumberedMessages.connection(servers).build())
                .setRetryBackoff(Duration.ofMillis(20), Duration.ofMillis(200))
                .setSubscriptionKind(kind)
                .setTopics(TOPIC)
                .setDeserializer(new Schema(false));
    }

    /** As {@link #source}, of all topics that match, with the topic before each key. */
    static AmpsSourceBuilder<Tuple3<String, String, String>> sourceOfTopics(
            AmpsSubscriptionKind kind, String pattern, AmpsStandIn... servers) {
        return source(kind, servers).setTopicPattern(pattern).setDeserializer(new Schema(true));
    }

    /** The key of a record as {@link #sourceOfTopics} tells it. */
    static String key(String topic, String key) {
        return topic + '/' + key;
    }

    private static final class Schema
            implements AmpsDeserializationSchema<Tuple3<String, String, String>> {

        private static final long serialVersionUID = 1L;

        private final boolean withTopic;

        Schema(boolean withTopic) {
            this.withTopic = withTopic;
        }

        @Override
        public void deserialize(
                AmpsMessage message, Collector<Tuple3<String, String, String>> out) {
            String what =
                    message.outOfFocusReason() == null
                            ? message.command().name()
                            : message.outOfFocusReason().name();
            String body = new String(message.body(), StandardCharsets.UTF_8);
            String key = message.sowKey();
            out.collect(Tuple3.of(what, withTopic ? key(message.topic(), key) : key, body));
        }

        @Override
        public TypeInformation<Tuple3<String, String, String>> getProducedType() {
            return Types.TUPLE(Types.STRING, Types.STRING, Types.STRING);
        }
    }
}
