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

import io.activedataflow.flink.connector.recordfile.format.DelimiterFraming;
import io.activedataflow.flink.connector.recordfile.format.LengthPrefixFraming;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.WholeFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.AvroFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.KeyValue;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.KeyValueFormat;
import io.activedataflow.flink.connector.recordfile.testing.Compressor;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every format in a job of two readers that is stopped with a savepoint in the middle of a file, is
 * restored, fails, and is restored again: its state has every record once.
 */
@Timeout(300)
class FormatMatrixITCase {

    private static final int RECORDS = 500;

    /** More than the head of a file, which is read in any case, and far from its end. */
    private static final long MIDDLE = 3000;

    private static final Schema SCHEMA =
            SchemaBuilder.record("Reading").fields().requiredString("text").endRecord();

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = CollectingJobs.cluster(REPORTER);

    @RegisterExtension final CollectingJobs jobs = new CollectingJobs(REPORTER);
    @TempDir Path temporary;

    private final List<String> expected = new ArrayList<>();
    private Path directory;
    private FileFaults faults;

    /** A record of the files. */
    public static class Reading {
        public String text;
    }

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.createDirectory(temporary.resolve("files"));
        faults = FileFaults.create();
    }

    @AfterEach
    void removeFaults() {
        faults.close();
    }

    // ------------------------------------------------------------------------ CSV

    @Test
    void csvInExactParts() throws Exception {
        write("a.csv", utf8(csv(texts(1, "\n"))));
        write("b.csv", utf8(csv(texts(2, "\r\n"))));

        assertExact(inParts(source(csv())));
    }

    @Test
    void csvInEveryCompression() throws Exception {
        for (Compressor codec : Compressor.values()) {
            List<String> texts = texts(codec.ordinal(), "\n");
            write(
                    codec.ordinal() + codec.fileName(),
                    codec.compress(
                            utf8(csv(texts.subList(0, 300))),
                            utf8(rows(texts.subList(300, RECORDS)))));
        }

        assertExact(inParts(source(csv())));
    }

    /** Which nobody can tell from its name, so that it might be cut. */
    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "ZSTD", "LZ4"})
    void csvInACompressionThatItsNameDoesNotTell(String codec) throws Exception {
        List<String> texts = texts(1, "\n");
        write(
                "a.csv",
                Compressor.valueOf(codec)
                        .compress(
                                utf8(csv(texts.subList(0, 300))),
                                utf8(rows(texts.subList(300, RECORDS)))));

        assertExact(inParts(source(csv())));
    }

    @Test
    void csvInLatin1() throws Exception {
        write("a.csv", csv(texts(1, "\n")).getBytes(StandardCharsets.ISO_8859_1));
        write("b.csv", csv(texts(2, "\n")).getBytes(StandardCharsets.ISO_8859_1));

        assertExact(inParts(source(csv().withCharset(StandardCharsets.ISO_8859_1))));
    }

    @Test
    void csvInCompressedUtf16() throws Exception {
        byte[] first = csv(texts(1, "\n")).getBytes(StandardCharsets.UTF_16BE);
        byte[] second = csv(texts(2, "\n")).getBytes(StandardCharsets.UTF_16BE);
        write("a.csv.gz", Compressor.GZIP.compress(first));
        write("b.csv", second);

        assertExact(inParts(source(csv().withCharset(StandardCharsets.UTF_16BE))));
    }

    // ------------------------------------------------------------------------ lines

    @Test
    void jsonLinesInPartsAndCompressed() throws Exception {
        write("a.json", utf8(json(texts(1, "\n"))));
        write("b.json", utf8(json(texts(2, "\r\n"))));
        write("c.json.zst", Compressor.ZSTD.compress(utf8(json(texts(3, "\n")))));

        assertExact(
                inParts(
                        source(
                                RecordFileFormat.of(
                                        JsonLinesFraming.create(),
                                        RecordFileDeserializationSchema.pojo(Reading.class)
                                                .map(reading -> reading.text, Types.STRING)))));
    }

    /** Two of them are in UTF-16, which nobody can tell before they are open. */
    @Test
    void textLinesWithByteOrderMarksInParts() throws Exception {
        for (Charset charset :
                List.of(
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE)) {
            List<String> texts = texts(charset.name().length() + charset.hashCode(), "");
            write(
                    charset.name(),
                    ("\ufeff" + String.join("\r\n", texts) + "\r\n").getBytes(charset));
        }
        write("without", utf8(String.join("\n", texts(9, ""))));

        assertExact(inParts(source(text(LinesFraming.create()))));
    }

    @Test
    void textLinesWithAFormatOfFlink() throws Exception {
        write("a.txt", utf8(String.join("\n", texts(1, ""))));
        write("b.txt.gz", Compressor.GZIP.compress(utf8(String.join("\n", texts(2, "")))));

        assertExact(
                RecordFileSource.<String>builder()
                        .setPaths(faults.path(directory).toString())
                        .setFormat(new TextLineInputFormat()));
    }

    // ------------------------------------------------------------------------ other framings

    @ParameterizedTest
    @ValueSource(strings = {";", "||", "\n.\n", "ä\n"})
    void textBetweenDelimiters(String delimiter) throws Exception {
        write("a", utf8(String.join(delimiter, texts(1, "\n "))));
        write("b", utf8(String.join(delimiter, texts(2, "\n ")) + delimiter));

        assertExact(inParts(source(text(DelimiterFraming.of(delimiter)))));
    }

    @Test
    void bytesBetweenDelimiters() throws Exception {
        write("a", utf8(String.join("\0", texts(1, "\n"))));

        assertExact(inParts(source(text(DelimiterFraming.of(new byte[] {0})))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void bytesBehindTheirLength(String order) throws Exception {
        ByteOrder bytes =
                order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        write("a", prefixed(texts(1, "\n"), 2, bytes));
        write("b.gz", Compressor.GZIP.compress(prefixed(texts(2, "\n"), 2, bytes)));
        assertExact(source(text(LengthPrefixFraming.ofTwoBytes(bytes))));
    }

    @Test
    void bytesBehindALengthOfFourBytes() throws Exception {
        write("a", prefixed(texts(1, "\n"), 4, ByteOrder.LITTLE_ENDIAN));

        assertExact(source(text(LengthPrefixFraming.ofFourBytes(ByteOrder.LITTLE_ENDIAN))));
    }

    @Test
    void wholeFiles() throws Exception {
        for (int file = 0; file < 30; file++) {
            String content = String.join("\n", texts(file, "").subList(0, 300));
            write("a" + file, utf8(content));
        }
        List<String> contents = new ArrayList<>();
        for (int file = 0; file < 30; file++) {
            contents.add(String.join("\n", expected.subList(file * RECORDS, file * RECORDS + 300)));
        }
        expected.clear();
        expected.addAll(contents);

        assertExact(source(text(WholeFileFraming.text())));
    }

    // ------------------------------------------------------------------------ plug-ins

    @Test
    void avroInParts() throws Exception {
        write("a.avro", avro(texts(1, "\n")));
        write("b.avro", avro(texts(2, "\n")));

        assertExact(
                inParts(
                        RecordFileSource.<GenericRecord>builder()
                                .setPaths(faults.path(directory).toString())
                                .setFormat(AvroFileFormat.forGenericRecord(SCHEMA))),
                record -> record.get("text").toString());
    }

    @Test
    void keysAndValuesOfAFunction() throws Exception {
        write("a", utf8(String.join("\n", texts(1, ""))));
        write("b.gz", Compressor.GZIP.compress(utf8(String.join("\n", texts(2, "")))));
        KeyValueFormat<String, Integer> format =
                KeyValueFormat.of(
                        content ->
                                new BufferedReader(
                                                new InputStreamReader(
                                                        content, StandardCharsets.UTF_8))
                                        .lines()
                                        .map(line -> new KeyValue<>(line, line.length()))
                                        .iterator(),
                        Types.STRING,
                        Types.INT);

        assertExact(
                RecordFileSource.<KeyValue<String, Integer>>builder()
                        .setPaths(faults.path(directory).toString())
                        .setFormat(format),
                KeyValue::key);
    }

    // ------------------------------------------------------------------------ jobs

    private void assertExact(RecordFileSourceBuilder<String> source) throws Exception {
        assertExact(source, record -> record);
    }

    private <T> void assertExact(RecordFileSourceBuilder<T> source, MapFunction<T, String> text)
            throws Exception {
        // The smallest there is; and no decompressor reads its whole file at once. Continuous, so
        // that there are two readers also where one has nothing to do.
        source.setBatchSize(new MemorySize(1024)).setContinuous(Duration.ofMillis(20));
        faults.shortReads(1000).blockReadsFrom(MIDDLE);
        JobClient job = jobs.job(source, text).start();
        faults.awaitBlockedRead();
        String savepoint = CollectingJobs.stop(job, temporary);
        assertThat(jobs.records().count()).isLessThan(expected.size());
        faults.releaseReads();
        SharedReference<CrashPlan> crash = jobs.share(new CrashPlan(1, 3));
        job = jobs.job(source, text).restoreFrom(savepoint).restarts(1).crashes(crash).start();
        jobs.records().awaitCount(expected.size());
        CollectingJobs.cancel(job);

        assertThat(crash.get().done()).isOne();
        assertThat(jobs.records().sorted()).isEqualTo(expected.stream().sorted().toList());
    }

    private RecordFileSourceBuilder<String> source(RecordFileFormat<String> format) {
        return RecordFileSource.<String>builder()
                .setPaths(faults.path(directory).toString())
                .setFormat(format);
    }

    private static <T> RecordFileSourceBuilder<T> inParts(RecordFileSourceBuilder<T> source) {
        return source.setSplitting(
                new RecordFileSplitSettings(new MemorySize(2000), new MemorySize(1000)));
    }

    private static RecordFileFormat<String> csv() {
        return RecordFileFormat.of(
                CsvFraming.builder().build(),
                RecordFileDeserializationSchema.pojo(Reading.class)
                        .map(reading -> reading.text, Types.STRING));
    }

    private static RecordFileFormat<String> text(RecordFileFraming framing) {
        return RecordFileFormat.of(framing, RecordFileDeserializationSchema.text());
    }

    // ------------------------------------------------------------------------ records

    /** Texts that are expected to be read, and that do not compress too well. */
    private List<String> texts(int seed, String inside) {
        Random random = new Random(seed);
        List<String> texts =
                Stream.generate(
                                () ->
                                        Long.toHexString(random.nextLong())
                                                + ", ü"
                                                + (random.nextInt(3) == 0 ? inside : "")
                                                + Long.toHexString(random.nextLong()))
                        .limit(RECORDS)
                        .toList();
        expected.addAll(texts);
        return texts;
    }

    private static String csv(List<String> texts) {
        return "n,text\n" + rows(texts);
    }

    private static String rows(List<String> texts) {
        return texts.stream().map(text -> "1,\"" + text + "\"\n").collect(Collectors.joining());
    }

    private static String json(List<String> texts) {
        return texts.stream()
                .map(
                        text ->
                                "{\"text\": \""
                                        + text.replace("\r", "\\r").replace("\n", "\\u000a")
                                        + "\"}\n")
                .collect(Collectors.joining());
    }

    private static byte[] prefixed(List<String> texts, int prefixBytes, ByteOrder order) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = utf8(text);
            ByteBuffer prefix = ByteBuffer.allocate(prefixBytes).order(order);
            if (prefixBytes == 2) {
                prefix.putShort((short) bytes.length);
            } else {
                prefix.putInt(bytes.length);
            }
            all.writeBytes(prefix.array());
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] avro(List<String> texts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setSyncInterval(500);
            writer.create(SCHEMA, all);
            for (String text : texts) {
                GenericRecord reading = new GenericData.Record(SCHEMA);
                reading.put("text", text);
                writer.append(reading);
            }
        }
        return all.toByteArray();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve(name), content);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
