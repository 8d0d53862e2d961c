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
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileErrorLimit;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedRecord;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.testing.Compressor;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Records, files and paths that are not what they should be. */
@Timeout(300)
class MalformedRecordsITCase {

    private static final String CSV = "id,name,value\n1,a,1.5\nx,ü,2.5\n3,c,3.5\n";

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = CollectingJobs.cluster(REPORTER);

    @RegisterExtension final CollectingJobs jobs = new CollectingJobs(REPORTER);
    @TempDir Path temporary;

    private Path directory;

    /** A record of the files. */
    public static class Reading {
        public int id;
        public String name;
        public Double value;

        @Override
        public String toString() {
            return id + "/" + name + "/" + value;
        }
    }

    @BeforeEach
    void createDirectory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("files"));
    }

    // ------------------------------------------------------------------------ dead letters

    @Test
    void deadLetterSaysExactlyWhereARecordOfAPlainFileStands() throws Exception {
        write("a.csv", utf8(CSV));

        assertThat(jobs.read(letters(csv())))
                .containsExactly(
                        letter("a.csv", 22, 9, 3, 2, "id", "CAST", utf8("x,ü,2.5")),
                        "1/a/1.5",
                        "3/c/3.5");
    }

    @Test
    void deadLetterOfACompressedFileHasThePlaceInItsContent() throws Exception {
        write("a.csv.gz", Compressor.GZIP.compress(utf8(CSV), utf8("4,d,4.5\n,,\n5")));

        assertThat(jobs.read(letters(csv())))
                .containsExactlyInAnyOrder(
                        letter("a.csv.gz", 22, 9, 3, 2, "id", "CAST", utf8("x,ü,2.5")),
                        letter("a.csv.gz", 47, 3, 6, 5, "id", "CAST", utf8(",,")),
                        letter("a.csv.gz", 50, 1, 7, 6, null, "COLUMN_COUNT", utf8("5")),
                        "1/a/1.5",
                        "3/c/3.5",
                        "4/d/4.5");
    }

    @Test
    void deadLetterOfAUtf16FileHasItsBytesAndOffsets() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            write(charset.name(), ("\ufeff" + CSV).getBytes(charset));
        }

        assertThat(jobs.read(letters(csv())))
                .containsExactlyInAnyOrder(
                        letter(
                                "UTF-16LE",
                                46,
                                16,
                                3,
                                2,
                                "id",
                                "CAST",
                                "x,ü,2.5".getBytes(StandardCharsets.UTF_16LE)),
                        letter(
                                "UTF-16BE",
                                46,
                                16,
                                3,
                                2,
                                "id",
                                "CAST",
                                "x,ü,2.5".getBytes(StandardCharsets.UTF_16BE)),
                        "1/a/1.5",
                        "1/a/1.5",
                        "3/c/3.5",
                        "3/c/3.5");
    }

    @Test
    void deadLetterOfALatin1FileHasItsBytes() throws Exception {
        write("a.csv", CSV.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(jobs.read(letters(csv().withCharset(StandardCharsets.ISO_8859_1))))
                .contains(
                        letter(
                                "a.csv",
                                22,
                                8,
                                3,
                                2,
                                "id",
                                "CAST",
                                "x,ü,2.5".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void deadLettersOfJsonLinesAndOfSchemasOfFlink() throws Exception {
        write(
                "a.json",
                utf8(
                        """
                        {"id": 1, "name": "a"}

                        {"id": 2, "name": "b"
                        {"id": "ü"}\r
                        [3]
                        {"id": 4}
                        """));

        assertThat(jobs.read(letters(json())))
                .containsExactlyInAnyOrder(
                        "1/a/null",
                        letter(
                                "a.json",
                                24,
                                22,
                                3,
                                2,
                                null,
                                "STRUCTURE",
                                utf8("{\"id\": 2, \"name\": \"b\"")),
                        letter("a.json", 46, 14, 4, 3, "id", "CAST", utf8("{\"id\": \"ü\"}")),
                        letter("a.json", 60, 4, 5, 4, null, "STRUCTURE", utf8("[3]")),
                        "4/null/null");
    }

    @Test
    void deadLettersOfFilesThatAreReadInParts() throws Exception {
        String good = "{\"id\": 7, \"name\": \"" + "g".repeat(80) + "\"}\n";
        String bad = "{\"id\": 8, \"name\": }\n";
        write("a.json", utf8((good.repeat(9) + bad).repeat(20)));

        List<String> records =
                jobs.read(
                        letters(json())
                                .setSplitting(
                                        new RecordFileSplitSettings(
                                                new MemorySize(3000), new MemorySize(1000))));

        long each = 9L * good.length() + bad.length();
        assertThat(records).filteredOn(record -> record.startsWith("7/")).hasSize(180);
        assertThat(records)
                .filteredOn(record -> record.startsWith("!"))
                .map(record -> record.split("[|]")[1])
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20)
                                .mapToObj(i -> String.valueOf(i * each - bad.length()))
                                .toList());
    }

    @Test
    void skippedRecordsAreCounted() throws Exception {
        write("a.csv", utf8(CSV));
        JobClient job =
                jobs.job(source(csv()).onMalformed(RecordFileMalformedPolicy.skip())).start();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().sorted()).containsExactly("1/a/1.5", "3/c/3.5");
        assertThat(jobs.sum(job, RecordFileMetric.NUM_RECORDS_IN_ERRORS)).isOne();
    }

    @Test
    void fieldsThatDoNotFitAreNullAndCounted() throws Exception {
        write("a.csv", utf8("id,name,value\n1,a,much\nx,b,2.5\n3,c,3.5\n"));
        JobClient job =
                jobs.job(
                                source(csv())
                                        .onMalformed(
                                                RecordFileMalformedPolicy.nullField(
                                                        RecordFileMalformedPolicy.skip())))
                        .start();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().sorted()).containsExactly("1/a/null", "3/c/3.5");
        assertThat(jobs.sum(job, RecordFileMetric.FIELDS_NULLED)).isOne();
        assertThat(jobs.sum(job, RecordFileMetric.NUM_RECORDS_IN_ERRORS)).isEqualTo(2);
    }

    @Test
    void failureSaysWhereAndWhatToDo() throws Exception {
        write("a.csv", utf8(CSV));

        assertThat(jobs.failure(source(csv())))
                .contains("The record at offset 22, line 3, record 2 of file ", "/files/a.csv")
                .contains("is malformed", "'x'", "onMalformed(RecordFileMalformedPolicy.skip())");
    }

    // ------------------------------------------------------------------------ limits

    @Test
    void limitOfErrorsCountsAcrossARestore() throws Exception {
        // Every 100th of 2000 records is malformed; half of them are read before the savepoint.
        String failure = failureAfterARestore(RecordFileErrorLimit.ofCount(15), 100, 100);

        assertThat(failure)
                .contains("16 records of file", "/files/a.csv", "more than the limit of 15 records")
                .contains("line 1502, record 1501 of file");
    }

    @Test
    void limitOfTheShareCountsAcrossARestore() throws Exception {
        // 1 % at first, and 10 % afterwards; the first ten are read before the savepoint, or most.
        String failure = failureAfterARestore(RecordFileErrorLimit.ofShare(0.02, 100), 100, 10);

        assertThat(failure)
                .contains("of file", "/files/a.csv", "more than the limit of a share of 0.02")
                .contains(" 23 of 1121 records");
    }

    private String failureAfterARestore(RecordFileErrorLimit limit, int before, int after)
            throws Exception {
        String content =
                IntStream.range(0, 2000)
                        .mapToObj(
                                i ->
                                        (i % (i < 1000 ? before : after) == 0 ? "x" : "1")
                                                + ",name,1\n")
                        .collect(Collectors.joining("", "id,name,value\n", ""));
        write("a.csv", utf8(content));
        try (FileFaults faults = FileFaults.create()) {
            RecordFileSourceBuilder<String> source =
                    source(csv())
                            .setPaths(faults.path(directory).toString())
                            .setBatchSize(new MemorySize(1024))
                            .onMalformed(RecordFileMalformedPolicy.skip())
                            .setErrorLimit(limit);
            faults.blockReadsFrom(9000);
            JobClient job = jobs.job(source).parallelism(1).start();
            faults.awaitBlockedRead();
            jobs.records().awaitCount(500);
            String savepoint = CollectingJobs.stop(job, temporary);
            faults.releaseReads();
            return jobs.job(source).parallelism(1).restoreFrom(savepoint).failure();
        }
    }

    @Test
    void recordThatIsTooLargeCostsOneRecord() throws Exception {
        String large = "5,\"" + "l".repeat(5000) + "\",5.5\n";
        String csv = "id,name,value\n1,a,1.5\n" + large + "3,c,3.5\n";
        write("a.csv", utf8(csv));
        write("b.csv.gz", Compressor.GZIP.compress(utf8(csv)));

        assertThat(shortened(jobs.read(letters(csv().withMaxRecordSize(new MemorySize(1000))))))
                .containsExactlyInAnyOrder(
                        "1/a/1.5",
                        "1/a/1.5",
                        "3/c/3.5",
                        "3/c/3.5",
                        "!a.csv|22|5009|3|2|null|TOO_LARGE|",
                        "!b.csv.gz|22|5009|3|2|null|TOO_LARGE|");
    }

    @Test
    void lineThatIsTooLargeCostsOneLine() throws Exception {
        write("a.json", utf8("{\"id\": 1}\n{\"id\": 2" + " ".repeat(5000) + "}\n{\"id\": 3}\n"));

        assertThat(shortened(jobs.read(letters(json().withMaxRecordSize(new MemorySize(1000))))))
                .containsExactly(
                        "!a.json|10|5010|2|2|null|TOO_LARGE|", "1/null/null", "3/null/null");
    }

    @Test
    void textBetweenDelimitersThatIsTooLargeCostsOneRecord() throws Exception {
        write("a.txt", utf8("one;" + "l".repeat(5000) + ";three"));

        assertThat(
                        shortened(
                                jobs.read(
                                        letters(
                                                text(DelimiterFraming.of(";"))
                                                        .withMaxRecordSize(new MemorySize(1000))))))
                .containsExactly("!a.txt|4|5001|1|2|null|TOO_LARGE|", "one", "three");
    }

    private static List<String> shortened(List<String> records) {
        return records.stream()
                .map(
                        record ->
                                record.startsWith("!")
                                        ? record.substring(0, record.lastIndexOf('|') + 1)
                                        : record)
                .toList();
    }

    // ------------------------------------------------------------------------ strange files

    @Test
    void filesWithoutRecordsAreRead() throws Exception {
        write("empty.csv", new byte[0]);
        write("header.csv", utf8("id,name,value"));
        write("header-line.csv", utf8("id,name,value\r\n"));
        write("mark.csv", utf8("\ufeff"));
        write("mark-and-header.csv", utf8("\ufeffid,name,value\n"));
        write("blank.csv", utf8("id,name,value\n\n\r\n\n"));
        write("empty.csv.gz", Compressor.GZIP.compress(new byte[0]));
        write("one.csv", utf8("id,name,value\n1,a,1.5"));
        JobClient job = jobs.job(source(csv())).start();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().sorted()).containsExactly("1/a/1.5");
        assertThat(jobs.sum(job, RecordFileMetric.FILES_FINISHED)).isEqualTo(8);
    }

    @Test
    void linesOfNothingAreRecordsOfText() throws Exception {
        write("empty.txt", new byte[0]);
        write("lines.txt", utf8("\n\na\n\n"));

        assertThat(jobs.read(source(text(LinesFraming.create())))).containsExactly("", "", "", "a");
    }

    @Test
    void bytesThatAreNoTextAtAll() throws Exception {
        byte[] bytes = new byte[5000];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[1000] = '\n';
        bytes[3000] = '\n';
        write("a", bytes);

        assertThat(shortened(jobs.read(letters(text(LinesFraming.create())))))
                .containsExactly(
                        "!a|0|1001|1|1|null|ENCODING|",
                        "!a|1001|2000|2|2|null|ENCODING|",
                        "!a|3001|1999|3|3|null|ENCODING|");
    }

    @Test
    void bytesThatAreNoJsonAtAll() throws Exception {
        byte[] bytes = new byte[5000];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[1000] = '\n';
        write("a", bytes);

        assertThat(shortened(jobs.read(letters(json()))))
                .containsExactly(
                        "!a|0|1001|1|1|null|STRUCTURE|", "!a|1001|3999|2|2|null|STRUCTURE|");
    }

    @Test
    void bytesThatAreNoCsvAtAll() throws Exception {
        byte[] bytes = new byte[5000];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[1000] = '\n';
        write("a", bytes);

        assertThat(jobs.failure(letters(csv())))
                .contains("/files/a", "The header is not text in the encoding that is set");
    }

    @Test
    void bytesThatAreNoCsvAtAllBehindAHeader() throws Exception {
        byte[] bytes = new byte[5000];
        Arrays.fill(bytes, (byte) 0xff);
        System.arraycopy(utf8("id,name,value\n"), 0, bytes, 0, 14);
        bytes[1000] = '\n';
        write("a", bytes);

        assertThat(shortened(jobs.read(letters(csv()))))
                .containsExactly(
                        "!a|1001|3999|3|2|null|COLUMN_COUNT|", "!a|14|987|2|1|null|COLUMN_COUNT|");
    }

    @Test
    void directoryThatLooksLikeAFileIsNotRead() throws Exception {
        Files.createDirectory(directory.resolve("b.csv"));
        write("b.csv/c", utf8("x"));
        write("a.csv", utf8("id,name,value\n1,a,1.5\n"));

        assertThat(jobs.read(source(csv()).setPaths(directory + "/*.csv")))
                .containsExactly("1/a/1.5");
    }

    @Test
    void compressedBytesThatAreDamagedFailTheJobWithTheFile() throws Exception {
        byte[] stored = Compressor.GZIP.compress(utf8(CSV.repeat(100)));
        stored[stored.length / 2] ^= 0x55;
        write("a.csv.gz", stored);

        assertThat(jobs.failure(letters(csv()))).contains("/files/a.csv.gz");
    }

    @Test
    void pathWithoutAFileSystemFailsTheJob() throws Exception {
        assertThat(jobs.failure(source(csv()).setPaths("nosuch://host/data")))
                .contains("There is no file system for nosuch://host/data");
    }

    @Test
    void columnsOfAFormatWithoutColumnsFailTheJobAndSayWhy() throws Exception {
        write("a.txt", utf8("a\n"));

        assertThat(jobs.failure(source(RecordFileFormat.of(LinesFraming.create(), readings()))))
                .contains("Records of text lines have no columns", "such as CSV or JSON Lines");
    }

    // ------------------------------------------------------------------------ sources and files

    private RecordFileSourceBuilder<String> source(RecordFileFormat<String> format) {
        return RecordFileSource.<String>builder().setPaths(directory.toString()).setFormat(format);
    }

    /** Malformed records become text that begins with an exclamation mark. */
    private RecordFileSourceBuilder<String> letters(RecordFileFormat<String> format) {
        return source(format)
                .onMalformed(RecordFileMalformedPolicy.emit(MalformedRecordsITCase::letter));
    }

    private static RecordFileFormat<String> csv() {
        return RecordFileFormat.of(CsvFraming.builder().build(), readings());
    }

    private static RecordFileFormat<String> json() {
        return RecordFileFormat.of(JsonLinesFraming.create(), readings());
    }

    private static RecordFileDeserializationSchema<String> readings() {
        return RecordFileDeserializationSchema.pojo(Reading.class)
                .map(Reading::toString, Types.STRING);
    }

    private static RecordFileFormat<String> text(RecordFileFraming framing) {
        return RecordFileFormat.of(framing, RecordFileDeserializationSchema.text());
    }

    private static String letter(RecordFileMalformedRecord record) {
        return letter(
                record.path().substring(record.path().lastIndexOf('/') + 1),
                record.offset(),
                record.length(),
                record.line(),
                record.recordNumber(),
                record.column(),
                record.error().name(),
                record.raw());
    }

    private static String letter(
            String file,
            long offset,
            long length,
            long line,
            long number,
            String column,
            String error,
            byte[] raw) {
        return "!"
                + String.join(
                        "|",
                        file,
                        String.valueOf(offset),
                        String.valueOf(length),
                        String.valueOf(line),
                        String.valueOf(number),
                        String.valueOf(column),
                        error,
                        HexFormat.of().formatHex(raw));
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve(name), content);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
