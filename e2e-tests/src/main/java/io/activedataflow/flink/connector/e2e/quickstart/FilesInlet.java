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
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.apache.flink.util.OutputTag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A directory of CSV and JSON Lines files, which goes away and comes back. */
final class FilesInlet implements Inlet {

    static final String NAME = "files";

    private static final int OUTAGE_SECONDS = 2;
    private static final Duration DISCOVERY = Duration.ofMillis(200);
    private static final Duration DISCOVERY_AT_MOST = Duration.ofSeconds(1);

    private static final TypeInformation<DeadLetter> DEAD_LETTER = Types.POJO(DeadLetter.class);
    private static final TypeInformation<Either<DeadLetter, Long>> DEAD_LETTER_OR_ORDER =
            Types.EITHER(DEAD_LETTER, Types.LONG);
    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>(DeadLetters.NAME, DEAD_LETTER);

    private final Path directory;
    private final Path away;
    private final Path deadLetters;
    private final FileOrders orders;

    /**
     * @param directory of the files
     * @param deadLetters where the job puts what cannot be read
     */
    FilesInlet(Path directory, Path deadLetters) {
        this.directory = directory;
        this.away = directory.resolveSibling(directory.getFileName() + "-away");
        this.deadLetters = deadLetters;
        this.orders = new FileOrders(directory);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String plan(String orders) {
        return orders
                + " orders are written to a directory of CSV and JSON Lines files, some of them\n"
                + "compressed; about one record in a thousand is broken.";
    }

    @Override
    public String plannedFault() {
        return "the directory of the files is moved away";
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> addresses() {
        return Map.of("Files", directory.toString());
    }

    @Override
    public OrderWriter writer() {
        return orders;
    }

    @Override
    public DataStream<Long> read(StreamExecutionEnvironment env) {
        DataStream<Either<DeadLetter, Long>> all =
                readFiles(env, "csv", CsvFraming.builder().build())
                        .union(readFiles(env, "jsonl", JsonLinesFraming.create()));
        SingleOutputStreamOperator<Long> orders =
                all.process(new DeadLettersAside<>(DEAD_LETTERS))
                        .returns(Types.LONG)
                        .name(NAME + "-dead-letters-aside")
                        .uid(NAME + "-dead-letters-aside");
        orders.getSideOutput(DEAD_LETTERS)
                .sinkTo(QuickStartJob.committedFiles(deadLetters))
                .name(NAME + "-dead-letters")
                .uid(NAME + "-dead-letters");
        return orders;
    }

    private DataStream<Either<DeadLetter, Long>> readFiles(
            StreamExecutionEnvironment env, String suffix, RecordFileFraming framing) {
        RecordFileSource<Either<DeadLetter, Long>> source =
                RecordFileSource.<Either<DeadLetter, Long>>builder()
                        .setSelection(
                                RecordFileSelection.builder()
                                        .addRegex(
                                                new org.apache.flink.core.fs.Path(
                                                        directory.toUri()),
                                                ".*\\." + suffix + "(\\.gz)?")
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

    @Override
    public void breakServer(Consumer<String> fault, Consumer<String> back) throws Exception {
        Files.move(directory, away);
        fault.accept(
                "the directory of the files is moved away, as if a mount were lost, and back 2"
                        + " seconds later.");
        CompletableFuture.runAsync(
                        this::bringBack,
                        CompletableFuture.delayedExecutor(OUTAGE_SECONDS, TimeUnit.SECONDS))
                .get();
        back.accept("the directory is there again.");
    }

    private void bringBack() {
        try {
            Files.move(away, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isReadAgain() {
        return Files.isDirectory(directory);
    }

    @Override
    public String survival() {
        return "the source has found the directory again; the job has not been restarted.";
    }

    @Override
    public OrderCounts stored() {
        return WrittenFiles.read(directory).orders();
    }

    @Override
    public String storedWhere() {
        return "in the CSV and JSON Lines files, read back line by line";
    }

    @Override
    public Optional<DeadLetters> deadLetters() {
        return Optional.of(DeadLetters.read(deadLetters, WrittenFiles.read(directory).broken()));
    }

    @Override
    public void close() {}
}
