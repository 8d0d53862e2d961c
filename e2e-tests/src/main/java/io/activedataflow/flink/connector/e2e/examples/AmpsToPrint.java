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

package io.activedataflow.flink.connector.e2e.examples;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.source.AmpsSource;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

import java.time.Duration;
import java.util.Arrays;

/**
 * Prints how much each customer has spent per minute, in event time: the minute is that in which
 * the server has processed the message, an {@link Order} in JSON. Arguments: topic, then the URIs
 * of the servers, which replicate each other.
 */
public final class AmpsToPrint {

    private AmpsToPrint() {}

    public static void main(String[] args) throws Exception {
        AmpsConnectionOptions connection =
                AmpsConnectionOptions.servers(Arrays.copyOfRange(args, 1, args.length)).build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(10_000);
        spentPerMinute(env, connection, args[0], AmpsStopPosition.never()).print();
        env.execute("Spent per minute");
    }

    static DataStream<Order> spentPerMinute(
            StreamExecutionEnvironment env,
            AmpsConnectionOptions connection,
            String topic,
            AmpsStopPosition stop) {
        AmpsSource<Order> source =
                AmpsSource.<Order>builder()
                        .setConnection(connection)
                        .setTopics(topic)
                        .setBounded(stop)
                        .setDeserializer(AmpsDeserializationSchema.json(Order.class))
                        .build();
        return env.fromSource(
                        source,
                        WatermarkStrategy.<Order>forMonotonousTimestamps()
                                .withIdleness(Duration.ofSeconds(10)),
                        topic)
                .uid(topic)
                .keyBy(Order::customer)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .reduce((a, b) -> new Order(b.id(), b.customer(), a.amount() + b.amount()))
                .uid("spent-per-minute");
    }
}
