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

import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDistribution;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSource;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.apache.flink.util.OutputTag;

import java.time.Duration;

/** Reads the orders in a directory of CSV and JSON Lines files, and sets aside what is none. */
final class FileOrderSource {

    static final String NAME = "files";

    private static final Duration DISCOVERY = Duration.ofMillis(200);
    private static final Duration DISCOVERY_AT_MOST = Duration.ofSeconds(1);

    private static final TypeInformation<DeadLetter> DEAD_LETTER = Types.POJO(DeadLetter.class);
    private static final TypeInformation<Either<DeadLetter, Long>> DEAD_LETTER_OR_ORDER =
            Types.EITHER(DEAD_LETTER, Types.LONG);
    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>(DeadLetters.NAME, DEAD_LETTER);

    private FileOrderSource() {}

    /**
     * @param directory of the files
     * @param deadLetters where to put what cannot be read
     */
    static DataStream<Long> read(StreamExecutionEnvironment env, Path directory, Path deadLetters) {
        DataStream<Either<DeadLetter, Long>> all =
                readFiles(env, directory, "csv", CsvFraming.builder().build())
                        .union(readFiles(env, directory, "jsonl", JsonLinesFraming.create()));
        SingleOutputStreamOperator<Long> orders =
                all.process(new DeadLettersAside<>(DEAD_LETTERS))
                        .returns(Types.LONG)
                        .name(NAME + "-dead-letters-aside")
                        .uid(NAME + "-dead-letters-aside");
        orders.getSideOutput(DEAD_LETTERS)
                .sinkTo(CountedOrders.committedFiles(deadLetters))
                .name(NAME + "-dead-letters")
                .uid(NAME + "-dead-letters");
        return orders;
    }

    private static DataStream<Either<DeadLetter, Long>> readFiles(
            StreamExecutionEnvironment env,
            Path directory,
            String suffix,
            RecordFileFraming framing) {
        RecordFileSource<Either<DeadLetter, Long>> source =
                RecordFileSource.<Either<DeadLetter, Long>>builder()
                        .setSelection(
                                RecordFileSelection.builder()
                                        .addRegex(directory, ".*\\." + suffix + "(\\.gz)?")
                                        .build())
                        .setFormat(
                                framing,
                                RecordFileDeserializationSchema.pojo(PlacedOrder.class)
                                        .map(
                                                order -> Either.Right(order.order()),
                                                DEAD_LETTER_OR_ORDER))
                        .onMalformed(
                                RecordFileMalformedPolicy.emit(
                                        record -> Either.Left(DeadLetter.of(record))))
                        .setContinuous(DISCOVERY)
                        .setMaxDiscoveryInterval(DISCOVERY_AT_MOST)
                        // Keeps the orders of a customer together, and thus in their order.
                        .setOrder(RecordFileOrder.NAME)
                        .setDistribution(RecordFileDistribution.byName(Orders.TOPIC + "-\\d+"))
                        .build();
        String name = NAME + '-' + suffix;
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(name);
    }
}
