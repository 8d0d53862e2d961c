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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.source.AmpsSource;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Reads the orders in the topic of AMPS. */
final class AmpsOrderSource {

    static final String NAME = "amps";
    static final int SHARDS = 2;

    private static final String CUSTOMER = "/customer";

    private AmpsOrderSource() {}

    static DataStream<Long> read(StreamExecutionEnvironment env, AmpsConnectionOptions connection) {
        AmpsSource<Long> source =
                AmpsSource.<Long>builder()
                        .setConnection(connection)
                        .setTopics(Orders.TOPIC)
                        // Keeps the orders of a customer together, and thus in their order.
                        .shardBy(CUSTOMER, SHARDS)
                        .setDeserializer(
                                AmpsDeserializationSchema.json(PlacedOrder.class)
                                        .map(PlacedOrder::order, Types.LONG))
                        .build();
        return env.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), NAME).uid(NAME);
    }
}
