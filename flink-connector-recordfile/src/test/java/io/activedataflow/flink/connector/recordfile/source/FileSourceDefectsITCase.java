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

import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.SimpleSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.connector.file.src.impl.ContinuousFileSplitEnumerator;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.formats.csv.CsvReaderFormat;
import org.apache.flink.formats.csv.CsvRowDataDeserializationSchema;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.dataformat.csv.CsvSchema;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is wrong with Flink's own file source is right here. Where that is cheap, a test also shows
 * what Flink does.
 *
 * <table>
 *   <caption>The defects, and where each is shown to be absent</caption>
 *   <tr><th>Defect</th><th>What it is</th><th>Tests</th></tr>
 *   <tr><td>P1</td><td>of a new file with several splits only the first is read</td>
 *       <td>{@code p1…} here, {@code FileSystemListerTest}</td></tr>
 *   <tr><td>P2</td><td>split IDs begin anew after a restore</td>
 *       <td>{@code p2…} here, {@code RecordFileSplitSerializerTest}</td></tr>
 *   <tr><td>P3</td><td>deserialization schemas forget their position at the second restore</td>
 *       <td>{@code DeserializationSchemaPositionsTest}</td></tr>
 *   <tr><td>P4</td><td>Avro counts wrong after a restore at the end of a block</td>
 *       <td>{@code AvroFileFormatTest}</td></tr>
 *   <tr><td>P5, P5b, P5c</td><td>second streams of bz2 and gz, zstd</td>
 *       <td>{@code FlinkDefectsTest}, {@code FormatMatrixITCase}</td></tr>
 *   <tr><td>P6, P6d, P6k, P6i, P6j</td><td>CSV: quotes, short rows, blank lines, unclosed quotes,
 *       bytes that are not UTF-8</td><td>{@code p6…} here, {@code CsvFramerTest}</td></tr>
 *   <tr><td>P7</td><td>byte order marks in the first record</td><td>{@code p7…} here</td></tr>
 *   <tr><td>SQL</td><td>an empty field of a column of doubles fails the job</td>
 *       <td>{@code emptyDouble…} here</td></tr>
 *   <tr><td>P8</td><td>state that grows with each file ever seen</td>
 *       <td>{@code DiscoveryLedgerTest}</td></tr>
 *   <tr><td>P12</td><td>files that vanish fail the job for ever</td>
 *       <td>{@code ChangedFilesITCase}</td></tr>
 *   <tr><td>P13</td><td>patterns, and directories that come later</td>
 *       <td>{@code p13…} here, {@code FileSystemListerTest}</td></tr>
 *   <tr><td>P14</td><td>files that are half written, replaced, or renamed</td>
 *       <td>{@code p14…} here, {@code ChangedFilesITCase}, {@code DiscoveryLedgerTest}</td></tr>
 *   <tr><td>-</td><td>errors of listing are only logged</td>
 *       <td>{@code listingErrors…} here, {@code FaultyFilesITCase}</td></tr>
 *   <tr><td>-</td><td>{@code wakeUp()} is empty</td>
 *       <td>{@code RecordFileSplitReaderTest}, {@code FaultyFilesITCase}</td></tr>
 *   <tr><td>-</td><td>the last file comes first</td><td>{@code filesAreRead…} here</td></tr>
 * </table>
 */
@Timeout(300)
class FileSourceDefectsITCase {

    private static final Duration OFTEN = Duration.ofMillis(5);

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = CollectingJobs.cluster(REPORTER);

    @RegisterExtension final CollectingJobs jobs = new CollectingJobs(REPORTER);
    @TempDir Path temporary;

    private Path directory;

    /** A record of the CSV files. */
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

    // ------------------------------------------------------------------------ splits

    @Test
    void p1AllSplitsOfANewFileAreRead() throws Exception {
        write("a.txt", lines("a", 10));
        JobClient job =
                jobs.job(
                                lines().setContinuous(OFTEN)
                                        .setMaxDiscoveryInterval(OFTEN)
                                        .setSplitting(
                                                new RecordFileSplitSettings(
                                                        new MemorySize(1000), new MemorySize(500))))
                        .start();
        jobs.records().awaitCount(10);
        write("b.txt", lines("b", 2000));
        jobs.records().awaitCount(2010);
        CollectingJobs.cancel(job);

        assertThat(jobs.records().sorted()).isEqualTo(all(lines("a", 10), lines("b", 2000)));
    }

    @Test
    void p1FlinkKeepsTheFirstSplitOnly() throws Exception {
        TestingSplitEnumeratorContext<FileSourceSplit> context =
                new TestingSplitEnumeratorContext<>(1);
        ContinuousFileSplitEnumerator flinks =
                flinksEnumerator(
                        context, (paths, min) -> List.of(split("1", "a", 0), split("2", "a", 50)));
        flinks.start();
        context.triggerAllActions();

        assertThat(flinks.snapshotState(1).getSplits()).hasSize(1);
    }

    @Test
    void p2SplitsOfASavepointAreNotTakenForThoseOfNewFiles() throws Exception {
        for (String file : List.of("a", "b", "c")) {
            write(file + ".txt", lines(file, 1000));
        }
        try (FileFaults faults = FileFaults.create()) {
            RecordFileSourceBuilder<String> source =
                    lines().setPaths(faults.path(directory).toString())
                            .setContinuous(OFTEN)
                            .setMaxDiscoveryInterval(OFTEN)
                            .setBatchSize(new MemorySize(1024));
            faults.blockReadsFrom(2000);
            JobClient job = jobs.job(source).start();
            faults.awaitBlockedRead();
            String savepoint = CollectingJobs.stop(job, temporary);
            faults.releaseReads();
            write("0.txt", lines("0", 1000));
            write("d.txt", lines("d", 1000));
            job = jobs.job(source).restoreFrom(savepoint).start();
            jobs.records().awaitCount(5000);
            CollectingJobs.cancel(job);
        }

        assertThat(jobs.records().sorted())
                .isEqualTo(
                        all(
                                lines("0", 1000),
                                lines("a", 1000),
                                lines("b", 1000),
                                lines("c", 1000),
                                lines("d", 1000)));
    }

    @Test
    void p2FlinkCountsSplitsFromOneAfterARestore() throws Exception {
        write("a.txt", lines("a", 1));
        String before = flinksSplits(new NonSplittingRecursiveEnumerator()).get(0).splitId();
        Files.delete(directory.resolve("a.txt"));
        write("b.txt", lines("b", 1));

        assertThat(flinksSplits(new NonSplittingRecursiveEnumerator()).get(0).splitId())
                .isEqualTo(before);
    }

    @Test
    void filesAreReadInTheOrderGiven() throws Exception {
        List<String> names = List.of("a", "b", "c", "d");
        for (String name : names) {
            write(name + ".txt", lines(name, 1));
        }
        CollectingJobs.awaitEnd(
                jobs.job(lines().setOrder(RecordFileOrder.NAME)).parallelism(1).start());

        assertThat(jobs.records().of(0)).containsExactly("a-0000", "b-0000", "c-0000", "d-0000");
        assertThat(
                        new SimpleSplitAssigner(List.of(split("1", "a", 0), split("2", "b", 0)))
                                .getNext(null))
                .as("Flink's begins with the last")
                .hasValueSatisfying(last -> assertThat(last.splitId()).isEqualTo("2"));
    }

    // ------------------------------------------------------------------------ discovery

    /** Of ours, {@code FaultyFilesITCase} shows that they fail the job. */
    @Test
    void listingErrorsAreOnlyLoggedByFlink() throws Exception {
        TestingSplitEnumeratorContext<FileSourceSplit> context =
                new TestingSplitEnumeratorContext<>(1);
        ContinuousFileSplitEnumerator flinks =
                flinksEnumerator(
                        context,
                        (paths, min) -> {
                            throw new IOException("on purpose");
                        });
        flinks.start();
        for (int i = 0; i < 100; i++) {
            context.triggerAllActions();
        }

        assertThat(flinks.snapshotState(1).getSplits()).isEmpty();
    }

    @Test
    void p13MissingDirectoryFailsTheJobByDefaultAndSaysWhatToDo() throws Exception {
        Path missing = temporary.resolve("missing");

        assertThat(jobs.failure(lines().setPaths(missing.toString())))
                .contains(missing + " does not exist", "setWaitForMissingRoots(true)");
    }

    @Test
    void p13MissingDirectoryIsAnEmptyOneForABoundedJobThatWaits() throws Exception {
        assertThat(jobs.read(lines().setSelection(waitingFor(temporary.resolve("missing")))))
                .isEmpty();
    }

    @Test
    void p13DirectoryThatComesLaterIsRead() throws Exception {
        Path later = temporary.resolve("later");
        try (FileFaults faults = FileFaults.create()) {
            RecordFileSelection selection =
                    RecordFileSelection.builder()
                            .addPaths(faults.path(later))
                            .setWaitForMissingRoots(true)
                            .build();
            JobClient job =
                    jobs.job(
                                    lines().setSelection(selection)
                                            .setContinuous(OFTEN)
                                            .setMaxDiscoveryInterval(OFTEN))
                            .start();
            Await.until("two looks", CollectedRecords.PATIENCE, () -> faults.looks() >= 2);
            write("a.txt", lines("a", 10));
            Files.move(directory, later);
            jobs.records().awaitCount(10);
            CollectingJobs.cancel(job);
        }

        assertThat(jobs.records().sorted()).isEqualTo(all(lines("a", 10)));
    }

    @Test
    void p13PatternsAreFollowed() throws Exception {
        Files.createDirectories(directory.resolve("2026/eu"));
        Files.createDirectories(directory.resolve("2026/us"));
        write("2026/eu/a.txt", lines("a", 1));
        write("2026/us/b.txt", lines("b", 1));
        write("2026/us/c.csv", lines("c", 1));

        assertThat(jobs.read(lines().setPaths(directory + "/**/{e,u}[us]/*.txt")))
                .containsExactly("a-0000", "b-0000");
        for (String path : List.of("missing", "2026/*")) {
            assertThatThrownBy(
                            () ->
                                    new NonSplittingRecursiveEnumerator()
                                            .enumerateSplits(
                                                    new org.apache.flink.core.fs.Path[] {
                                                        new org.apache.flink.core.fs.Path(
                                                                directory + "/" + path)
                                                    },
                                                    1))
                    .as("by Flink")
                    .isInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    void p14HalfAFileIsNotReadBeforeItsMarkerIsThere() throws Exception {
        try (FileFaults faults = FileFaults.create()) {
            write("a.txt", "one\ntwo\nthr");
            JobClient job =
                    jobs.job(
                                    lines().setPaths(faults.path(directory).toString())
                                            .setContinuous(OFTEN)
                                            .setMaxDiscoveryInterval(OFTEN)
                                            .setCompleteness(
                                                    RecordFileCompleteness.atOnce()
                                                            .withMarkerSuffix(".done")))
                            .start();
            Await.until("two looks", CollectedRecords.PATIENCE, () -> faults.listings() >= 2);
            append("a.txt", "ee\n");
            write("a.txt.done", "");
            jobs.records().awaitCount(3);
            CollectingJobs.cancel(job);
        }

        assertThat(jobs.records().sorted()).containsExactly("one", "three", "two");
    }

    /** Who does not say when a file is complete gets a failure, and not half a record for one. */
    @Test
    void p14FileThatWasHalfWrittenWhenItWasReadFailsTheJob() throws Exception {
        write("a.txt", "one\ntwo\nthr");
        JobClient job =
                jobs.job(lines().setContinuous(OFTEN).setMaxDiscoveryInterval(OFTEN)).start();
        jobs.records().awaitCount(3);
        append("a.txt", "ee\n");

        assertThat(CollectingJobs.awaitFailure(job))
                .contains("Files have changed after they were handed out", "/files/a.txt");
    }

    @Test
    void p14FileThatGrowsWhileItIsReadYieldsNoHalfRecord() throws Exception {
        write("a.txt", lines("a", 2000) + "hal");
        try (FileFaults faults = FileFaults.create()) {
            faults.blockReadsFrom(4000);
            JobClient job =
                    jobs.job(
                                    lines().setPaths(faults.path(directory).toString())
                                            .setBatchSize(new MemorySize(1024)))
                            .start();
            faults.awaitBlockedRead();
            append("a.txt", "f\n");
            faults.releaseReads();

            assertThat(CollectingJobs.awaitFailure(job)).contains("/files/a.txt was grown");
        }
        assertThat(jobs.records().sorted()).doesNotContain("hal");
    }

    @Test
    void p14TemporaryFileIsReadOnceUnderItsFinalName() throws Exception {
        write("a.txt.tmp", "one\n");
        assertThat(flinksSplits(new NonSplittingRecursiveEnumerator())).as("Flink's").hasSize(1);
        JobClient job =
                jobs.job(lines().setContinuous(OFTEN).setMaxDiscoveryInterval(OFTEN)).start();
        write("b.txt", "two\n");
        jobs.records().awaitCount(1);
        Files.move(directory.resolve("a.txt.tmp"), directory.resolve("a.txt"));
        jobs.records().awaitCount(2);
        CollectingJobs.cancel(job);

        assertThat(jobs.records().sorted()).containsExactly("one", "two");
    }

    @Test
    void p14RenamedFileIsRecognisedByItsContent() throws Exception {
        write("a.txt", "one\n");
        JobClient job =
                jobs.job(
                                lines().setContinuous(OFTEN)
                                        .setMaxDiscoveryInterval(OFTEN)
                                        .setContentIdentity(true))
                        .start();
        jobs.records().awaitCount(1);
        Files.move(directory.resolve("a.txt"), directory.resolve("b.txt"));
        Await.until(
                "the renamed file to be counted",
                CollectedRecords.PATIENCE,
                () -> jobs.sum(job, "filesRenamed") == 1);
        write("c.txt", "two\n");
        jobs.records().awaitCount(2);
        CollectingJobs.cancel(job);

        assertThat(jobs.records().sorted()).containsExactly("one", "two");
    }

    // ------------------------------------------------------------------------ formats

    @Test
    void p6QuotedDelimitersAreText() throws Exception {
        String file = "1,\"a, \"\"b\"\"\",1.5\n2,c,2.5\n";

        assertThat(read(file)).containsExactly("1/a, \"b\"/1.5", "2/c/2.5");
        assertThatThrownBy(() -> flinks(CsvReaderFormat.forPojo(Reading.class), file))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void p6dShortRowIsMalformed() throws Exception {
        String file = "1,a,1.5\n2,b\n3\n4,d,4.5\n";

        assertThat(read(file)).containsExactly("!2,b", "!3", "1/a/1.5", "4/d/4.5");
        assertThat(flinks(CsvReaderFormat.forPojo(Reading.class), file))
                .contains("2/b/null", "3/null/null");
    }

    @Test
    void p6kBlankLineIsNoRecord() throws Exception {
        String file = "1,a,1.5\n\n2,b,2.5\n";

        assertThat(read(file)).containsExactly("1/a/1.5", "2/b/2.5");
        assertThat(flinks(CsvReaderFormat.forPojo(Reading.class), file)).contains("0/null/null");
    }

    @Test
    void p6iUnclosedQuoteCostsOneRecord() throws Exception {
        String file = "1,a,1.5\n2,\"b,2.5\n3,c,3.5\n4,d,4.5\n";
        CsvSchema withQuotes =
                CsvSchema.builder()
                        .addColumn("id")
                        .addColumn("name")
                        .addColumn("value")
                        .setQuoteChar('"')
                        .build();

        assertThat(read(file)).containsExactly("!2,\"b,2.5", "1/a/1.5", "3/c/3.5", "4/d/4.5");
        assertThat(
                        flinks(
                                CsvReaderFormat.forSchema(withQuotes, Types.POJO(Reading.class))
                                        .withIgnoreParseErrors(),
                                file))
                .containsExactly("1/a/1.5");
    }

    @Test
    void p6jByteThatIsNoTextCostsOneRecord() throws Exception {
        byte[] file = "1,a,1.5\n2,?,2.5\n3,c,3.5\n".getBytes(StandardCharsets.US_ASCII);
        file[10] = (byte) 0xff;

        assertThat(read(file)).containsExactly("!2,\ufffd,2.5", "1/a/1.5", "3/c/3.5");
        assertThatThrownBy(
                        () ->
                                flinks(
                                        CsvReaderFormat.forPojo(Reading.class)
                                                .withIgnoreParseErrors(),
                                        file))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void p7ByteOrderMarkIsNoPartOfTheFirstRecord() throws Exception {
        write("a.txt", "\ufeffone\ntwo\n");

        assertThat(jobs.read(lines())).containsExactly("one", "two");
        assertThat(flinks(new TextLineInputFormat(), "\ufeffone\ntwo\n"))
                .containsExactly("\ufeffone", "two");
    }

    @Test
    void emptyDoubleIsNull() throws Exception {
        RowType type = RowType.of(new BigIntType(), new DoubleType());

        assertThat(read("1,a,\n")).containsExactly("1/a/null");
        assertThatThrownBy(
                        () ->
                                new CsvRowDataDeserializationSchema.Builder(
                                                type, InternalTypeInfo.of(type))
                                        .build()
                                        .deserialize("1,".getBytes(StandardCharsets.UTF_8)))
                .as("by Flink")
                .isInstanceOf(IOException.class);
    }

    // ------------------------------------------------------------------------ ours

    private RecordFileSourceBuilder<String> lines() {
        return RecordFileSource.<String>builder()
                .setPaths(directory.toString())
                .setFormat(LinesFraming.create(), RecordFileDeserializationSchema.text());
    }

    private static RecordFileSelection waitingFor(Path root) {
        return RecordFileSelection.builder()
                .addRoots(root.toString())
                .setWaitForMissingRoots(true)
                .build();
    }

    private List<String> read(String content) throws Exception {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    /** What the source makes of a CSV file; malformed records with an exclamation mark. */
    private List<String> read(byte[] content) throws Exception {
        byte[] header = "id,name,value\n".getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[header.length + content.length];
        System.arraycopy(header, 0, file, 0, header.length);
        System.arraycopy(content, 0, file, header.length, content.length);
        Files.write(directory.resolve("a.csv"), file);
        return jobs.read(
                RecordFileSource.<String>builder()
                        .setPaths(directory + "/*.csv")
                        .setFormat(
                                CsvFraming.builder().build(),
                                RecordFileDeserializationSchema.pojo(Reading.class)
                                        .map(Reading::toString, Types.STRING))
                        .onMalformed(
                                RecordFileMalformedPolicy.emit(
                                        malformed -> "!" + malformed.rawAsString())));
    }

    private void write(String name, String content) throws IOException {
        Path incomplete = Files.writeString(temporary.resolve("incomplete"), content);
        Files.move(incomplete, directory.resolve(name));
    }

    private void append(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content, StandardOpenOption.APPEND);
    }

    private static String lines(String word, int count) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, count).forEach(i -> text.append(String.format("%s-%04d%n", word, i)));
        return text.toString();
    }

    private static List<String> all(String... files) {
        return String.join("", files).lines().sorted().toList();
    }

    // ------------------------------------------------------------------------ Flink's

    private static FileSourceSplit split(String id, String path, long offset) {
        return new FileSourceSplit(
                id, new org.apache.flink.core.fs.Path("/" + path), offset, 50, 0, 100);
    }

    private static ContinuousFileSplitEnumerator flinksEnumerator(
            TestingSplitEnumeratorContext<FileSourceSplit> context, FileEnumerator files) {
        return new ContinuousFileSplitEnumerator(
                context,
                files,
                new SimpleSplitAssigner(List.of()),
                new org.apache.flink.core.fs.Path[0],
                List.of(),
                1);
    }

    private List<FileSourceSplit> flinksSplits(FileEnumerator files) throws IOException {
        Collection<FileSourceSplit> splits =
                files.enumerateSplits(
                        new org.apache.flink.core.fs.Path[] {
                            new org.apache.flink.core.fs.Path(directory.toUri())
                        },
                        1);
        return List.copyOf(splits);
    }

    private List<String> flinks(StreamFormat<?> format, String content) throws IOException {
        return flinks(format, content.getBytes(StandardCharsets.UTF_8));
    }

    /** What a format of Flink makes of a file. */
    private List<String> flinks(StreamFormat<?> format, byte[] content) throws IOException {
        Path file = Files.write(temporary.resolve("flinks"), content);
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(file.toUri());
        List<String> records = new ArrayList<>();
        try (FSDataInputStream stream = path.getFileSystem().open(path);
                StreamFormat.Reader<?> reader =
                        format.createReader(
                                new Configuration(), stream, content.length, content.length)) {
            for (Object record = reader.read(); record != null; record = reader.read()) {
                records.add(record.toString());
            }
        }
        return records;
    }
}
