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

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSource;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

import java.time.Duration;

/**
 * Prints how much each customer has spent per minute, in event time: the minute is that in which
 * Redis has added the entry. Arguments: host, port, topic.
 */
public final class RedisStreamsToPrint {

    private RedisStreamsToPrint() {}

    public static void main(String[] args) throws Exception {
        RedisStreamsConnectionOptions connection =
                RedisStreamsConnectionOptions.standalone(args[0], Integer.parseInt(args[1]))
                        .build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(10_000);
        spentPerMinute(env, connection, args[2], RedisStreamsStopPosition.never()).print();
        env.execute("Spent per minute");
    }

    static DataStream<Order> spentPerMinute(
            StreamExecutionEnvironment env,
            RedisStreamsConnectionOptions connection,
            String topic,
            RedisStreamsStopPosition stop) {
        RedisStreamsSource<Order> source =
                RedisStreamsSource.<Order>builder()
                        .setConnection(connection)
                        .setTopic(topic)
                        .setBounded(stop)
                        .setDeserializer(RedisStreamsDeserializationSchema.pojo(Order.class))
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
