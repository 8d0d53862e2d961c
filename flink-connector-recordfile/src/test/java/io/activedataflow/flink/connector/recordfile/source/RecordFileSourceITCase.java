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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileErrorLimit;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The source in a job: every record of a directory, once. */
@Timeout(300)
class RecordFileSourceITCase {

    private static final int PARALLELISM = 2;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(PARALLELISM)
                            .build());

    @TempDir Path temporary;
    private Path directory;

    /** A record of the files. */
    public static class Order {
        public int id;
        public String customer;
        public Double price;
    }

    @BeforeEach
    void createDirectory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("orders"));
    }

    // ------------------------------------------------------------------------ bounded

    @Test
    void readsEveryRecordOfADirectoryOnce() throws Exception {
        for (int file = 0; file < 20; file++) {
            write("orders-" + file + ".csv", file * 100, (file + 1) * 100);
        }

        List<Order> orders = readAll(source().build(), RuntimeExecutionMode.STREAMING);

        assertThat(ids(orders)).isEqualTo(numbers(0, 2000));
        assertThat(orders).allMatch(order -> order.customer.equals("name, " + order.id));
        assertThat(orders).allMatch(order -> order.price == order.id / 2.0);
    }

    @Test
    void readsInBatchMode() throws Exception {
        write("a.csv", 0, 100);
        write("b.csv", 100, 200);

        List<Order> orders = readAll(source().build(), RuntimeExecutionMode.BATCH);

        assertThat(ids(orders)).isEqualTo(numbers(0, 200));
    }

    @Test
    void readsOneFileInManyPartsExactly() throws Exception {
        write("large.csv", 0, 20_000);

        List<Order> orders =
                readAll(
                        source().setSplitting(
                                        new RecordFileSplitSettings(
                                                new MemorySize(10_000), new MemorySize(1_000)))
                                .build(),
                        RuntimeExecutionMode.STREAMING);

        assertThat(ids(orders)).isEqualTo(numbers(0, 20_000));
    }

    @Test
    void nothingToRead() throws Exception {
        assertThat(readAll(source().build(), RuntimeExecutionMode.STREAMING)).isEmpty();
    }

    @Test
    void readsWithAFormatOfFlink() throws Exception {
        write("a.csv", 0, 1000);
        RecordFileSource<String> source =
                RecordFileSource.<String>builder()
                        .setPaths(directory.toString())
                        .setFormat(new TextLineInputFormat())
                        .build();

        List<String> lines = readAll(source, RuntimeExecutionMode.STREAMING);

        assertThat(lines).hasSize(1001).contains("id,customer,price", "999,\"name, 999\",499.5");
    }

    // ------------------------------------------------------------------------ malformed records

    @Test
    void malformedRecordsBecomeDeadLetters() throws Exception {
        writeLines("a.csv", "id,customer,price", "1,one,1", "x,two,2", "3,three,3");
        RecordFileMalformedPolicy<Order> deadLetters =
                RecordFileMalformedPolicy.emit(
                        malformed -> {
                            Order letter = new Order();
                            letter.id = -1;
                            letter.customer =
                                    malformed.error()
                                            + " "
                                            + malformed.column()
                                            + " line "
                                            + malformed.line()
                                            + " offset "
                                            + malformed.offset()
                                            + ": "
                                            + malformed.rawAsString();
                            return letter;
                        });

        List<Order> orders =
                readAll(
                        source().onMalformed(deadLetters).build(),
                        RuntimeExecutionMode.STREAMING);

        assertThat(ids(orders)).containsExactly(-1, 1, 3);
        assertThat(orders)
                .filteredOn(order -> order.id == -1)
                .singleElement()
                .extracting(letter -> letter.customer)
                .isEqualTo(RecordFileError.CAST + " id line 3 offset 26: x,two,2");
    }

    @Test
    void malformedRecordFailsTheJobByDefault() throws Exception {
        writeLines("a.csv", "id,customer,price", "1,one,1", "x,two,2");

        assertThatThrownBy(() -> readAll(source().build(), RuntimeExecutionMode.STREAMING))
                .rootCause()
                .hasMessageContaining("'x'");
    }

    @Test
    void tooManyMalformedRecordsFailTheJob() throws Exception {
        writeLines("a.csv", "id,customer,price", "x,one,1", "y,two,2", "3,three,3");

        assertThatThrownBy(
                        () ->
                                readAll(
                                        source().onMalformed(RecordFileMalformedPolicy.skip())
                                                .setErrorLimit(RecordFileErrorLimit.ofCount(1))
                                                .build(),
                                        RuntimeExecutionMode.STREAMING))
                .hasStackTraceContaining("more than the limit of 1 records");
    }

    @Test
    void fieldsThatDoNotFitBecomeNull() throws Exception {
        writeLines("a.csv", "id,customer,price", "1,one,cheap");

        List<Order> orders =
                readAll(
                        source().onMalformed(RecordFileMalformedPolicy.nullField()).build(),
                        RuntimeExecutionMode.STREAMING);

        assertThat(orders).singleElement().matches(order -> order.price == null);
    }

    // ------------------------------------------------------------------------ continuous

    @Test
    void findsFilesThatComeLater() throws Exception {
        write("a.csv", 0, 100);
        RecordFileSource<Order> source =
                source().setContinuous(Duration.ofMillis(10))
                        .setTimestamps(RecordFileTimestamps.fileTime())
                        .build();

        List<Order> orders = new ArrayList<>();
        try (CloseableIterator<Order> results =
                stream(source, RuntimeExecutionMode.STREAMING).executeAndCollect()) {
            take(results, 100, orders);
            write("b.csv", 100, 250);
            take(results, 150, orders);
            write("c.csv", 250, 300);
            take(results, 50, orders);
        }

        assertThat(ids(orders)).isEqualTo(numbers(0, 300));
    }

    private static void take(CloseableIterator<Order> results, int count, List<Order> orders) {
        for (int i = 0; i < count; i++) {
            orders.add(results.next());
        }
    }

    // ------------------------------------------------------------------------ jobs and files

    private RecordFileSourceBuilder<Order> source() {
        return RecordFileSource.<Order>builder()
                .setPaths(directory.toString())
                .setFormat(
                        CsvFraming.builder().build(),
                        RecordFileDeserializationSchema.pojo(Order.class));
    }

    private static <T> List<T> readAll(RecordFileSource<T> source, RuntimeExecutionMode mode)
            throws Exception {
        List<T> all = new ArrayList<>();
        try (CloseableIterator<T> results = stream(source, mode).executeAndCollect()) {
            results.forEachRemaining(all::add);
        }
        return all;
    }

    private static <T> DataStream<T> stream(
            RecordFileSource<T> source, RuntimeExecutionMode mode) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(PARALLELISM);
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "files");
    }

    private void write(String name, int from, int to) throws IOException {
        writeLines(
                name,
                IntStream.range(from, to)
                        .mapToObj(id -> id + ",\"name, " + id + "\"," + id / 2.0)
                        .collect(Collectors.joining("\n", "id,customer,price\n", "")));
    }

    /** In one step, as a writer should that is being read. */
    private void writeLines(String name, String... lines) throws IOException {
        Path incomplete = temporary.resolve(name);
        Files.writeString(incomplete, String.join("\n", lines) + "\n");
        Files.move(incomplete, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<Integer> ids(List<Order> orders) {
        return orders.stream().map(order -> order.id).sorted().toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
