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

import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSource;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSourceBuilder;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

import java.time.Duration;

/**
 * Prints how much each customer has spent per minute, in event time: the minute is that in the
 * column {@code placed}. The files are CSV, with a header that names the columns of {@link Order}
 * and that one; new files are read as they appear. Argument: a directory, or a pattern such as
 * {@code /data/orders-*.csv}.
 */
public final class RecordFilesToPrint {

    /** How much earlier an order may be than one in a file that is read before. */
    private static final Duration DISORDER = Duration.ofMinutes(10);

    private RecordFilesToPrint() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(10_000);
        spentPerMinute(env, ordersIn(args[0]).setContinuous().build()).print();
        env.execute("Spent per minute");
    }

    static RecordFileSourceBuilder<Order> ordersIn(String path) {
        return RecordFileSource.<Order>builder()
                .setPaths(path)
                .setFormat(
                        CsvFraming.builder().build(),
                        RecordFileDeserializationSchema.pojo(Order.class))
                .setTimestamps(RecordFileTimestamps.column("placed"));
    }

    static DataStream<Order> spentPerMinute(
            StreamExecutionEnvironment env, RecordFileSource<Order> source) {
        return env.fromSource(
                        source,
                        WatermarkStrategy.<Order>forBoundedOutOfOrderness(DISORDER)
                                .withIdleness(Duration.ofSeconds(10)),
                        "orders")
                .uid("orders")
                .keyBy(Order::customer)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .reduce((a, b) -> new Order(b.id(), b.customer(), a.amount() + b.amount()))
                .uid("spent-per-minute");
    }
}
