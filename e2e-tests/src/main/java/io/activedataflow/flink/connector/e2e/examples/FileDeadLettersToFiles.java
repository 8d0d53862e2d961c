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
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

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
 * Prints the orders of CSV files, and writes records that are none to other files, each exactly
 * once: a dead letter travels through the job like any record. New files are read as they appear.
 * Arguments: directory or pattern of the orders, directory of the dead letters.
 */
public final class FileDeadLettersToFiles {

    private static final TypeInformation<Order> ORDER = Types.POJO(Order.class);
    private static final TypeInformation<FileDeadLetter> DEAD_LETTER =
            Types.POJO(FileDeadLetter.class);
    private static final OutputTag<FileDeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DEAD_LETTER);

    private FileDeadLettersToFiles() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(10_000);
        goodOrders(env, ordersIn(args[0]).setContinuous().build(), args[1]).print();
        env.execute("Orders and dead letters");
    }

    static RecordFileSourceBuilder<Either<FileDeadLetter, Order>> ordersIn(String path) {
        return RecordFileSource.<Either<FileDeadLetter, Order>>builder()
                .setPaths(path)
                .setFormat(
                        CsvFraming.builder().build(),
                        RecordFileDeserializationSchema.pojo(Order.class)
                                .map(Either::Right, Types.EITHER(DEAD_LETTER, ORDER)))
                .onMalformed(
                        RecordFileMalformedPolicy.emit(
                                record -> Either.Left(FileDeadLetter.of(record))));
    }

    static DataStream<Order> goodOrders(
            StreamExecutionEnvironment env,
            RecordFileSource<Either<FileDeadLetter, Order>> source,
            String deadLetterDirectory) {
        SingleOutputStreamOperator<Order> orders =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "orders")
                        .uid("orders")
                        .process(new DeadLettersAside())
                        .uid("dead-letters-aside");
        orders.getSideOutput(DEAD_LETTERS)
                .sinkTo(
                        FileSink.forRowFormat(
                                        new Path(deadLetterDirectory),
                                        new SimpleStringEncoder<FileDeadLetter>())
                                .build())
                .uid("dead-letters");
        return orders;
    }

    private static final class DeadLettersAside
            extends ProcessFunction<Either<FileDeadLetter, Order>, Order> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                Either<FileDeadLetter, Order> record, Context context, Collector<Order> out) {
            if (record.isRight()) {
                out.collect(record.right());
            } else {
                context.output(DEAD_LETTERS, record.left());
            }
        }
    }
}
