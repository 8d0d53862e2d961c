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

import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.KeyValue;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.KeyValueFormat;
import io.activedataflow.flink.connector.recordfile.testing.Compressor;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that read from a file system with faults. */
@Timeout(300)
class FaultyFilesITCase {

    private static final int RECORDS = 2000;
    private static final int FAILURES = 20;

    /** More than the head of a file, which is read in any case, and far from its end. */
    private static final long MIDDLE = 10_000;

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = CollectingJobs.cluster(REPORTER);

    @RegisterExtension final CollectingJobs jobs = new CollectingJobs(REPORTER);
    @TempDir Path temporary;

    private Path directory;
    private FileFaults faults;

    /** A record of the files. */
    public static class Order {
        public int id;
        public String name;

        @Override
        public String toString() {
            return id + "/" + name;
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.createDirectory(temporary.resolve("orders"));
        faults = FileFaults.create();
    }

    @AfterEach
    void everyStreamIsClosed() {
        faults.releaseReads();
        Await.until(
                "all streams to be closed",
                CollectedRecords.PATIENCE,
                () -> faults.openStreams() == 0);
        faults.close();
    }

    // ------------------------------------------------------------------------ reads that fail

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "gzip members", "bzip2 streams"})
    void errorsEveryFewBytesAreRetriedWithoutARestart(String kind) throws Exception {
        write(kind, "a", 0, RECORDS);
        write(kind, "b", RECORDS, 2 * RECORDS);
        faults.failEvery(1500, FAILURES);

        JobClient job = jobs.job(source(kind)).start();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().sorted()).isEqualTo(texts(0, 2 * RECORDS));
        assertThat(faults.readFailuresLeft()).isZero();
        assertThat(jobs.sum(job, RecordFileMetric.RETRIED_ERRORS)).isEqualTo(FAILURES);
        assertThat(jobs.sum(job, RecordFileMetric.FILES_FAILED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "gzip members", "bzip2 streams"})
    void shortReadsOfStreamsThatSayThatNothingIsAvailable(String kind) throws Exception {
        write(kind, "a", 0, RECORDS);
        faults.shortReads(7).nothingAvailable();

        assertThat(jobs.read(source(kind))).isEqualTo(texts(0, RECORDS));
    }

    @Test
    void errorsThatDoNotEndFailTheJobWithPathPlaceAndRemedy() throws Exception {
        write("csv", "a", 0, RECORDS);
        faults.transientFailure(() -> new IOException("No route to host"));
        faults.blockReadsFrom(MIDDLE);
        JobClient job = jobs.job(source("csv").setRetryDeadline(Duration.ofMillis(50))).start();
        faults.awaitBlockedRead();
        faults.failEvery(0, Integer.MAX_VALUE);
        faults.releaseReads();

        assertThat(CollectingJobs.awaitFailure(job))
                .containsPattern("a\\.csv cannot be read at byte 1\\d{4}: ")
                .contains("/orders/a.csv", "No route to host", "Gave up after")
                .contains("allow more time for retries");
        assertThat(jobs.sum(job, RecordFileMetric.FILES_FAILED)).isOne();
    }

    @Test
    void fileThatMayNotBeReadFailsTheJobAtOnce() throws Exception {
        write("csv", "a", 0, 10);
        Path file = directory.resolve("a.csv");
        faults.refuse(file, () -> new AccessDeniedException(file.toString()));

        assertThat(jobs.failure(source("csv")))
                .contains("/orders/a.csv", "AccessDeniedException")
                .contains("Let the user or role that the task managers run as read this file");
    }

    /** Also where a function of the user's reads the stream. */
    @Test
    void errorsEveryFewBytesAreRetriedBelowAFunctionToo() throws Exception {
        write("csv", "a", 0, RECORDS);
        faults.failEvery(1500, FAILURES);

        JobClient job = jobs.job(lines(), KeyValue::key).parallelism(1).start();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().count()).isEqualTo(RECORDS + 1);
        assertThat(faults.readFailuresLeft()).isZero();
        assertThat(jobs.sum(job, RecordFileMetric.RETRIED_ERRORS)).isEqualTo(FAILURES);
    }

    @Test
    void theRetryDeadlineHoldsBelowAFunctionToo() throws Exception {
        write("csv", "a", 0, RECORDS);
        faults.blockReadsFrom(MIDDLE);
        JobClient job =
                jobs.job(lines().setRetryDeadline(Duration.ofMillis(50)), KeyValue::key).start();
        faults.awaitBlockedRead();
        faults.failEvery(0, Integer.MAX_VALUE);
        faults.releaseReads();

        assertThat(CollectingJobs.awaitFailure(job))
                .contains("/orders/a.csv", "Gave up after", "retries may last PT0.05S");
    }

    // ------------------------------------------------------------------------ listings that fail

    @Test
    void listingErrorsThatEndAreRetried() throws Exception {
        write("csv", "a", 0, 100);
        faults.failListings(1);

        JobClient job = jobs.job(source("csv")).start();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().sorted()).isEqualTo(texts(0, 100));
        assertThat(faults.listings()).isEqualTo(2);
        assertThat(jobs.sum(job, "listingErrors")).isOne();
    }

    @Test
    void listingErrorsThatDoNotEndFailTheJob() throws Exception {
        faults.failListings(Integer.MAX_VALUE);

        assertThat(jobs.failure(source("csv").setRetryDeadline(Duration.ofMillis(200))))
                .contains("Files could not be listed for", "/orders", "reset on purpose")
                .contains("raise the deadline of PT0.2S");
    }

    /** In continuous mode Flink's source only logs them. */
    @Test
    void listingErrorsThatBeginLaterFailTheJobToo() throws Exception {
        write("csv", "a", 0, 100);
        JobClient job = jobs.job(continuous().setRetryDeadline(Duration.ofMillis(200))).start();
        jobs.records().awaitCount(100);
        faults.failListings(Integer.MAX_VALUE);

        assertThat(CollectingJobs.awaitFailure(job))
                .contains("Files could not be listed for", "/orders", "reset on purpose");
    }

    @Test
    void directoryThatMayNotBeListedFailsTheJobAtOnce() throws Exception {
        faults.refuse(directory, () -> new AccessDeniedException(directory.toString()));

        assertThat(jobs.failure(source("csv")))
                .contains("Cannot list files", "/orders", "AccessDeniedException")
                .contains("Let the user or role that the job manager runs as list this directory");
    }

    // ------------------------------------------------------------------------ blocked calls

    @Test
    void cancelWhileAReadBlocks() throws Exception {
        write("csv", "a", 0, RECORDS);
        faults.blockReadsFrom(MIDDLE);
        JobClient job = jobs.job(source("csv")).start();
        faults.awaitBlockedRead();

        CollectingJobs.cancel(job);

        assertNothingIsLeft();
    }

    @Test
    void cancelWhileAReadBlocksBelowAFunction() throws Exception {
        write("csv", "a", 0, RECORDS);
        faults.blockReadsFrom(MIDDLE);
        JobClient job = jobs.job(lines(), KeyValue::key).start();
        faults.awaitBlockedRead();
        CollectingJobs.cancel(job);

        assertNothingIsLeft();
    }

    @Test
    void cancelWhileAFileIsBeingOpened() throws Exception {
        write("csv", "a", 0, RECORDS);
        CountDownLatch opening = new CountDownLatch(1);
        faults.refuse(
                directory.resolve("a.csv"),
                () -> {
                    opening.countDown();
                    return untilInterrupted();
                });
        JobClient job = jobs.job(source("csv")).start();
        opening.await();

        CollectingJobs.cancel(job);

        assertNothingIsLeft();
    }

    @Test
    void savepointWhileAReadBlocks() throws Exception {
        write("csv", "a", 0, RECORDS);
        faults.blockReadsFrom(MIDDLE);
        JobClient job = jobs.job(source("csv")).parallelism(1).start();
        faults.awaitBlockedRead();

        String savepoint = CollectingJobs.stop(job, temporary);

        assertNothingIsLeft();
        assertThat(jobs.records().count()).isLessThan(RECORDS);
        faults.releaseReads();
        CollectingJobs.awaitEnd(
                jobs.job(source("csv")).parallelism(1).restoreFrom(savepoint).start());
        assertThat(jobs.records().sorted()).isEqualTo(texts(0, RECORDS));
    }

    @Test
    void savepointWhileADirectoryIsBeingListed() throws Exception {
        write("csv", "a", 0, 100);
        JobClient job = jobs.job(continuous()).start();
        jobs.records().awaitCount(100);
        CountDownLatch listing = new CountDownLatch(1);
        faults.refuse(
                directory,
                () -> {
                    listing.countDown();
                    return untilInterrupted();
                });
        listing.await();

        String savepoint = CollectingJobs.stop(job, temporary);

        faults.accept(directory);
        job = jobs.job(continuous()).restoreFrom(savepoint).start();
        write("csv", "b", 100, 200);
        jobs.records().awaitCount(200);
        CollectingJobs.cancel(job);
        assertThat(jobs.records().sorted()).isEqualTo(texts(0, 200));
    }

    private RecordFileSourceBuilder<String> continuous() {
        return source("csv").setContinuous(Duration.ofMillis(5));
    }

    private static IOException untilInterrupted() {
        try {
            new CountDownLatch(1).await();
            return new IOException("Nobody counts it down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IOException(e);
        }
    }

    private void assertNothingIsLeft() {
        Await.until(
                "all streams to be closed and all threads to have ended",
                CollectedRecords.PATIENCE,
                () -> faults.openStreams() == 0 && threads().isEmpty(),
                () -> faults.openStreams() + " streams are open. Threads: " + threads());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(CollectingJobs.SOURCE))
                .toList();
    }

    // ------------------------------------------------------------------------ sources and files

    private RecordFileSourceBuilder<String> source(String kind) {
        RecordFileFraming framing =
                kind.equals("json") ? JsonLinesFraming.create() : CsvFraming.builder().build();
        return RecordFileSource.<String>builder()
                .setPaths(faults.path(directory).toString())
                .setFormat(
                        framing,
                        RecordFileDeserializationSchema.pojo(Order.class)
                                .map(Order::toString, Types.STRING))
                .setBatchSize(new MemorySize(2048))
                .setRetryBackoff(Duration.ofMillis(1), Duration.ofMillis(10));
    }

    /** The lines of the files, by a function. */
    private RecordFileSourceBuilder<KeyValue<String, String>> lines() {
        return RecordFileSource.<KeyValue<String, String>>builder()
                .setPaths(faults.path(directory).toString())
                .setFormat(
                        KeyValueFormat.of(
                                content ->
                                        new BufferedReader(
                                                        new InputStreamReader(
                                                                content, StandardCharsets.UTF_8))
                                                .lines()
                                                .map(line -> new KeyValue<>(line, line))
                                                .iterator(),
                                Types.STRING,
                                Types.STRING))
                .setRetryBackoff(Duration.ofMillis(1), Duration.ofMillis(10));
    }

    private void write(String kind, String name, int from, int to) throws IOException {
        int middle = (from + to) / 2;
        switch (kind) {
            case "csv" -> write(name + ".csv", csv(true, from, to));
            case "json" -> write(name + ".json", json(from, to));
            case "gzip members" ->
                    write(
                            name + ".csv.gz",
                            Compressor.GZIP.compress(
                                    csv(true, from, middle), csv(false, middle, to)));
            case "bzip2 streams" ->
                    write(
                            name + ".csv.bz2",
                            Compressor.BZIP2.compress(
                                    csv(true, from, middle), csv(false, middle, to)));
            default -> throw new IllegalArgumentException(kind);
        }
    }

    /** In one step, as a writer should that is being read. */
    private void write(String name, byte[] content) throws IOException {
        Path incomplete = Files.write(temporary.resolve(name), content);
        Files.move(incomplete, directory.resolve(name));
    }

    private static byte[] csv(boolean header, int from, int to) {
        StringBuilder text = new StringBuilder(header ? "id,name\n" : "");
        IntStream.range(from, to)
                .forEach(id -> text.append(id).append(",\"").append(name(id)).append("\"\n"));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to)
                .forEach(
                        id ->
                                text.append("{\"id\": ")
                                        .append(id)
                                        .append(", \"name\": \"")
                                        .append(name(id))
                                        .append("\"}\n"));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** With something in it that does not compress too well. */
    private static String name(int id) {
        return "name, ü, " + Integer.toHexString(id * 0x9E3779B1) + Integer.toHexString(~id * 31);
    }

    private static String text(int id) {
        return id + "/" + name(id);
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(FaultyFilesITCase::text).sorted().toList();
    }
}
