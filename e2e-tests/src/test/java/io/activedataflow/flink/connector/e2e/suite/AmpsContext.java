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

package io.activedataflow.flink.connector.e2e.suite;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.source.AmpsSource;
import io.activedataflow.flink.connector.amps.source.AmpsSourceBuilder;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.e2e.environment.Endpoint;
import io.activedataflow.flink.connector.e2e.environment.ServerProcess;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.exception.AMPSException;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** As many topics as a case of the suite asks for at most; those it does not write to are empty. */
final class AmpsContext extends SuiteContext {

    private static final int TOPICS = 4;
    private static final long TIMEOUT_MILLIS = 30_000;

    private final ServerProcess server;
    private final List<String> topics;
    private int writers;

    AmpsContext(ServerProcess server) {
        super("AMPS", ConnectorJars.amps());
        this.server = server;
        String prefix = "suite-" + UUID.randomUUID() + '-';
        this.topics = IntStream.range(0, TOPICS).mapToObj(n -> prefix + n).toList();
    }

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        AmpsSourceBuilder<String> builder =
                AmpsSource.<String>builder()
                        .setConnection(
                                AmpsConnectionOptions.servers(uri(server.endpointOfJobs()))
                                        .setCommandTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
                                        .build())
                        .setTopics(topics.toArray(String[]::new))
                        .setDeserializer(AmpsDeserializationSchema.string());
        if (settings.getBoundedness() == Boundedness.BOUNDED) {
            builder.setBounded(AmpsStopPosition.latestAtStart());
        }
        return builder.build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
            TestingSourceSettings settings) {
        return TopicWriter.connect(uri(server.endpointOfTest()), topics.get(writers++));
    }

    /** What is published is JSON, and is compared as it is. */
    @Override
    public List<String> generateTestData(
            TestingSourceSettings settings, int splitIndex, long seed) {
        return super.generateTestData(settings, splitIndex, seed).stream()
                .map(element -> "{\"v\":\"" + element + "\"}")
                .toList();
    }

    private static String uri(Endpoint endpoint) {
        return "tcp://" + endpoint + "/amps/json";
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
                    client.publish(topic, record);
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
