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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Messages such as {@code {"key":"alice","n":12}}, whose numbers rise by one from 0 for each key,
 * and sources that read them. A key is published by one publisher, so its order is the same on all
 * replicas.
 */
final class NumberedMessages {

    static final String TOPIC = "orders";

    private NumberedMessages() {}

    static byte[] body(String key, long number) {
        return ("{\"key\":\"" + key + "\",\"n\":" + number + '}').getBytes(StandardCharsets.UTF_8);
    }

    /** Publishes the numbers from one to before another; the sequence of each is its number + 1. */
    static List<LogEntry> publish(AmpsStandIn server, String key, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(n -> server.publish(key, n + 1, TOPIC, body(key, n)))
                .toList();
    }

    /** Connects to these servers as one failover list, quick to retry. */
    static AmpsConnectionOptionsBuilder connection(AmpsStandIn... servers) {
        return AmpsConnectionOptions.servers(
                        Arrays.stream(servers)
                                .map(server -> server.uri("json"))
                                .toArray(String[]::new))
                .setConnectTimeout(Duration.ofSeconds(2))
                .setCommandTimeout(Duration.ofSeconds(5));
    }

    /** A source of the topic {@value #TOPIC} that reads all there is and goes on. */
    static AmpsSourceBuilder<Tuple2<String, Long>> source(AmpsStandIn... servers) {
        return source(connection(servers).build()).setTopics(TOPIC);
    }

    /** As {@link #source(AmpsStandIn...)}, with no topic yet. */
    static AmpsSourceBuilder<Tuple2<String, Long>> source(AmpsConnectionOptions connection) {
        return AmpsSource.<Tuple2<String, Long>>builder()
                .setConnection(connection)
                .setRetryBackoff(Duration.ofMillis(20), Duration.ofMillis(200))
                .setDeserializer(new Schema());
    }

    private static final class Schema implements AmpsDeserializationSchema<Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(AmpsMessage message, Collector<Tuple2<String, Long>> out)
                throws IOException {
            String text = new String(message.body(), StandardCharsets.UTF_8);
            String[] parts = text.split("\"");
            if (parts.length != 7 || !parts[1].equals("key") || !parts[5].equals("n")) {
                throw new IOException("Not a numbered message: " + text);
            }
            String number = parts[6].substring(1, parts[6].length() - 1);
            out.collect(Tuple2.of(parts[3], Long.parseLong(number)));
        }

        @Override
        public TypeInformation<Tuple2<String, Long>> getProducedType() {
            return Types.TUPLE(Types.STRING, Types.LONG);
        }
    }
}
