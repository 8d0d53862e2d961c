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

import io.activedataflow.flink.connector.e2e.environment.Endpoint;
import io.activedataflow.flink.connector.e2e.environment.ServerProcess;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSource;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSourceBuilder;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A topic; each new split is a new partition. */
final class RedisStreamsContext extends SuiteContext {

    private final ServerProcess server;
    private final String topic = "suite-" + UUID.randomUUID();
    private int partitions;

    RedisStreamsContext(ServerProcess server) {
        super("Redis Streams", ConnectorJars.redisStreams());
        this.server = server;
    }

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        Endpoint endpoint = server.endpointOfJobs();
        RedisStreamsSourceBuilder<String> builder =
                RedisStreamsSource.<String>builder()
                        .setConnection(
                                RedisStreamsConnectionOptions.standalone(
                                                endpoint.host(), endpoint.port())
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
        Endpoint endpoint = server.endpointOfTest();
        return new PartitionWriter(
                RedisCommands.connect(endpoint.host(), endpoint.port()),
                topic + '-' + partitions++);
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
