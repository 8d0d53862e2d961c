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
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.exception.AMPSException;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Topics of their own for each test case: each of its splits is a topic. */
final class AmpsContext implements DataStreamSourceExternalContext<String> {

    /** The most that a case of the suite asks for; those that it does not write to stay empty. */
    private static final int TOPICS = 4;

    private static final long TIMEOUT_MILLIS = 30_000;

    private final AmpsServerResource server;
    private final List<String> topics;
    private int writers;

    AmpsContext(AmpsServerResource server) {
        this.server = server;
        String prefix = AmpsServerResource.TOPIC_PREFIX + UUID.randomUUID() + '-';
        this.topics = IntStream.range(0, TOPICS).mapToObj(n -> prefix + n).toList();
    }

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        AmpsSourceBuilder<String> builder =
                AmpsSource.<String>builder()
                        .setConnection(
                                AmpsConnectionOptions.servers(server.uri())
                                        .setCommandTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
                                        .build())
                        .setTopics(topics.toArray(String[]::new))
                        .setDeserializer(
                                AmpsDeserializationSchema.string()
                                        .map(AmpsContext::unquoted, Types.STRING));
        if (settings.getBoundedness() == Boundedness.BOUNDED) {
            builder.setBounded(AmpsStopPosition.latestAtStart());
        }
        return builder.build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
            TestingSourceSettings settings) {
        return TopicWriter.connect(server.uri(), topics.get(writers++));
    }

    @Override
    public List<String> generateTestData(
            TestingSourceSettings settings, int splitIndex, long seed) {
        return IntStream.range(0, 200)
                .mapToObj(n -> splitIndex + "-" + n + "-" + Long.toHexString(seed))
                .toList();
    }

    private static String quoted(String element) {
        return "{\"v\":\"" + element + "\"}";
    }

    private static String unquoted(String body) {
        return body.substring("{\"v\":\"".length(), body.length() - "\"}".length());
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
        return List.of();
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "AMPS";
    }

    private record TopicWriter(Client client, String topic)
            implements ExternalSystemSplitDataWriter<String> {

        static TopicWriter connect(String uri, String topic) {
            Client client = new Client("writer-of-" + topic);
            try {
                client.connect(uri);
                client.logon(TIMEOUT_MILLIS);
            } catch (AMPSException e) {
                throw new IllegalStateException("Cannot publish to " + uri, e);
            }
            return new TopicWriter(client, topic);
        }

        @Override
        public void writeRecords(List<String> records) {
            try {
                for (String record : records) {
                    client.publish(topic, quoted(record));
                }
                client.publishFlush(TIMEOUT_MILLIS);
            } catch (AMPSException e) {
                throw new IllegalStateException("Cannot publish to " + topic, e);
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
