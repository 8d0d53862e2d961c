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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A topic for one case of Flink's test suite; each new split is a new partition. */
final class RedisStreamsContext implements DataStreamSourceExternalContext<String> {

    private final RedisProcessResource server;
    private final String topic;
    private int partitions;

    RedisStreamsContext(RedisProcessResource server, String topic) {
        this.server = server;
        this.topic = topic;
    }

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        RedisStreamsSourceBuilder<String> builder =
                RedisStreamsSource.<String>builder()
                        .setConnection(
                                RedisStreamsConnectionOptions.standalone(
                                                server.host(), server.port())
                                        .build())
                        .setTopic(topic)
                        .setDiscoveryInterval(Duration.ofMillis(500))
                        .setDeserializer(
                                RedisStreamsDeserializationSchema.field(
                                        "v", new SimpleStringSchema()));
        if (settings.getBoundedness() == Boundedness.BOUNDED) {
            builder.setBounded(RedisStreamsStopPosition.latest());
        }
        return builder.build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
            TestingSourceSettings settings) {
        return new PartitionWriter(server.connect(), topic + '-' + partitions++);
    }

    @Override
    public List<String> generateTestData(
            TestingSourceSettings settings, int splitIndex, long seed) {
        return IntStream.range(0, 200)
                .mapToObj(n -> splitIndex + "-" + n + "-" + Long.toHexString(seed))
                .toList();
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
        return server.toString();
    }

    private record PartitionWriter(RedisCommands redis, String key)
            implements ExternalSystemSplitDataWriter<String> {

        @Override
        public void writeRecords(List<String> records) {
            redis.fill(
                    key,
                    records.size(),
                    n -> records.get((int) n).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            redis.close();
        }
    }
}
