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
import io.activedataflow.flink.connector.redis.source.reader.RedisStreamsMalformedPolicy;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Prints orders, and writes entries that are none to files, each exactly once: a dead letter
 * travels through the job like any record. Arguments: host, port, topic, directory of the dead
 * letters.
 */
public final class DeadLettersToFiles {

    private static final TypeInformation<Order> ORDER = Types.POJO(Order.class);
    private static final TypeInformation<DeadLetter> DEAD_LETTER = Types.POJO(DeadLetter.class);
    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DEAD_LETTER);

    private DeadLettersToFiles() {}

    public static void main(String[] args) throws Exception {
        RedisStreamsConnectionOptions connection =
                RedisStreamsConnectionOptions.standalone(args[0], Integer.parseInt(args[1]))
                        .build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(10_000);
        goodOrders(env, connection, args[2], RedisStreamsStopPosition.never(), args[3]).print();
        env.execute("Orders and dead letters");
    }

    static DataStream<Order> goodOrders(
            StreamExecutionEnvironment env,
            RedisStreamsConnectionOptions connection,
            String topic,
            RedisStreamsStopPosition stop,
            String deadLetterDirectory) {
        RedisStreamsSource<Either<DeadLetter, Order>> source =
                RedisStreamsSource.<Either<DeadLetter, Order>>builder()
                        .setConnection(connection)
                        .setTopic(topic)
                        .setBounded(stop)
                        .setDeserializer(
                                RedisStreamsDeserializationSchema.pojo(Order.class)
                                        .map(Either::Right, Types.EITHER(DEAD_LETTER, ORDER)))
                        .onMalformed(
                                RedisStreamsMalformedPolicy.emit(
                                        entry -> Either.Left(DeadLetter.of(entry))))
                        .build();
        SingleOutputStreamOperator<Order> orders =
                env.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), topic)
                        .uid(topic)
                        .process(new DeadLettersAside())
                        .uid("dead-letters-aside");
        orders.getSideOutput(DEAD_LETTERS)
                .sinkTo(
                        FileSink.forRowFormat(
                                        new Path(deadLetterDirectory),
                                        new SimpleStringEncoder<DeadLetter>())
                                .build())
                .uid("dead-letters");
        return orders;
    }

    private static final class DeadLettersAside
            extends ProcessFunction<Either<DeadLetter, Order>, Order> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                Either<DeadLetter, Order> record, Context context, Collector<Order> out) {
            if (record.isRight()) {
                out.collect(record.right());
            } else {
                context.output(DEAD_LETTERS, record.left());
            }
        }
    }
}
