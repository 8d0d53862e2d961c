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

package io.activedataflow.flink.connector.e2e.pipeline;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.source.AmpsSource;
import io.activedataflow.flink.connector.amps.source.AmpsSourceBuilder;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

/**
 * The parts that publishers have published to AMPS as JSON.
 *
 * @param uris of servers that replicate each other
 */
record AmpsInput(List<String> uris, Login login) {

    static final String NAME = "amps";
    static final String TOPIC = "orders";
    static final List<String> PUBLISHERS = List.of("web-shop", "phone-desk");

    private static final String SPLIT = "/split";
    private static final int SHARDS = 4;

    static AmpsInput parse(PipelineArguments arguments) {
        return new AmpsInput(
                List.of(arguments.required(NAME, "tcp://localhost:9007/amps/json").split(",")),
                Login.parse(arguments, NAME));
    }

    DataStream<OrderPart> read(StreamExecutionEnvironment env, PipelineSettings job) {
        AmpsConnectionOptionsBuilder connection =
                AmpsConnectionOptions.servers(uris.toArray(String[]::new));
        login.forAmps().ifPresent(connection::setCredentialsProvider);
        AmpsSourceBuilder<OrderPart> source =
                AmpsSource.<OrderPart>builder()
                        .setConnection(connection.build())
                        .setTopics(TOPIC)
                        // Keeps the messages of a publisher together, and thus in their order.
                        .shardBy(SPLIT, SHARDS)
                        .setDeserializer(AmpsDeserializationSchema.json(OrderPart.class));
        if (job.bounded()) {
            source.setBounded(AmpsStopPosition.latestAtStart());
        }
        return env.fromSource(source.build(), job.eventTime().watermarks(), NAME).uid(NAME);
    }
}
