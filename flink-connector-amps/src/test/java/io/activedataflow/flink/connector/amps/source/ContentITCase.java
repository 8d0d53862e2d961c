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
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Which messages come, and what of them. */
@Timeout(300)
class ContentITCase {

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);

    @Test
    void anyBytesAndAnySize() throws Exception {
        byte[] huge = new byte[5 << 20];
        Arrays.fill(huge, (byte) '{');
        huge[huge.length - 1] = 0;
        byte[] notText = {(byte) 0xff, (byte) 0xfe, 0, '\r', '\n', (byte) 0x80};
        byte[] looksLikeAHeader = {0, 0, 0, 4, '{', '"', 'c', '"'};
        List<byte[]> bodies =
                List.of(huge, notText, new byte[0], huge, new byte[0], looksLikeAHeader, huge);
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            bodies.forEach(body -> server.publish("any", body));

            assertThat(
                            collect(
                                    source(
                                                    server,
                                                    AmpsDeserializationSchema.bytes()
                                                            .map(
                                                                    ContentITCase::digest,
                                                                    Types.STRING))
                                            .setTopics("any")
                                            .setBufferMaxSize(MemorySize.ofMebiBytes(1))))
                    .containsExactlyElementsOf(bodies.stream().map(ContentITCase::digest).toList());
        }
    }

    private static String digest(byte[] body) {
        return body.length + ":" + Arrays.hashCode(body);
    }

    @Test
    void severalTopics() throws Exception {
        try (AmpsStandIn server = publishTo("orders", "fills", "orders-eu", "quotes")) {
            assertThat(collect(topicsAndBodies(server).setTopics("orders", "quotes", "empty")))
                    .containsExactlyInAnyOrder("orders 0", "orders 4", "quotes 3", "quotes 7");
        }
    }

    @Test
    void patternIsAnchoredAndKeepsTheOrderOfTheLog() throws Exception {
        try (AmpsStandIn server = publishTo("orders-us", "fills", "orders-eu", "my-orders-eu")) {
            assertThat(collect(topicsAndBodies(server).setTopicPattern("orders-(us|eu)")))
                    .containsExactly("orders-us 0", "orders-eu 2", "orders-us 4", "orders-eu 6");
        }
    }

    @Test
    void namesWithCharactersOfRegularExpressionsAreLiteral() throws Exception {
        try (AmpsStandIn server = publishTo("a.b", "axb", "(a|b)*", "^a$")) {
            assertThat(collect(topicsAndBodies(server).setTopics("a.b", "(a|b)*", "^a$")))
                    .containsExactlyInAnyOrder(
                            "a.b 0", "a.b 4", "(a|b)* 2", "(a|b)* 6", "^a$ 3", "^a$ 7");
        }
    }

    @Test
    void contentFilterTogetherWithShards() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            for (int i = 0; i < 40; i++) {
                String region = List.of("'EU'", "'US'").get(i % 2).replace('\'', '"');
                String customer = i % 5 == 0 ? "" : ",\"customer\":" + i % 7;
                server.publish("orders", "{\"id\":" + i + ",\"region\":" + region + customer + '}');
            }
            List<String> bodies =
                    collect(
                            source(server, AmpsDeserializationSchema.string())
                                    .setTopics("orders")
                                    .shardBy("/customer", 3)
                                    .setFilter("/region = 'EU' AND /id >= 10 OR /id = 1"));

            assertThat(bodies.stream().map(ContentITCase::id))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 40)
                                    .filter(i -> i % 2 == 0 && i >= 10 || i == 1)
                                    .boxed()
                                    .toList());
        }
    }

    private static int id(String body) {
        return Integer.parseInt(body.substring("{\"id\":".length(), body.indexOf(',')));
    }

    @Test
    void fieldSelection() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            server.publish(
                    "orders", "{\"id\":1,\"note\":\"long\",\"by\":{\"name\":\"x\",\"age\":7}}");

            assertThat(
                            collect(
                                    source(server, AmpsDeserializationSchema.string())
                                            .setTopics("orders")
                                            .setFieldSelection("/id", "/by/name")))
                    .containsExactly("{\"id\":1,\"by\":{\"name\":\"x\"}}");
        }
    }

    /** Eight messages, to each of the topics in turn; their bodies are their places in the log. */
    private static AmpsStandIn publishTo(String... topics) {
        AmpsStandIn server = AmpsStandIn.builder().start();
        for (int i = 0; i < 8; i++) {
            server.publish(topics[i % topics.length], String.valueOf(i));
        }
        return server;
    }

    private static AmpsSourceBuilder<String> topicsAndBodies(AmpsStandIn server) {
        return source(
                server,
                AmpsDeserializationSchema.string()
                        .withMetadata(
                                (body, message) -> message.topic() + ' ' + body, Types.STRING));
    }

    private static <T> AmpsSourceBuilder<T> source(
            AmpsStandIn server, AmpsDeserializationSchema<T> schema) {
        return AmpsSource.<T>builder()
                .setConnection(NumberedMessages.connection(server).build())
                .setBounded(AmpsStopPosition.latestAtStart())
                .setDeserializer(schema);
    }

    private static <T> List<T> collect(AmpsSourceBuilder<T> source) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        List<T> elements = new ArrayList<>();
        try (CloseableIterator<T> found =
                env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "messages")
                        .executeAndCollect()) {
            found.forEachRemaining(elements::add);
        }
        return elements;
    }
}
