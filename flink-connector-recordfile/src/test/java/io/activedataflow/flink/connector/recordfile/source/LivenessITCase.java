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

import io.activedataflow.flink.connector.recordfile.source.NumberedFiles.Format;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Watermarks get on, and so do checkpoints and the end of a job, whatever the files do. */
@Timeout(300)
class LivenessITCase {

    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final String THREADS = "Record File Reader";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @TempDir Path directory;

    private final Pace slowPace = new Pace();
    private final Pace fastPace = new Pace();

    // ------------------------------------------------------------------------ watermarks

    /** Those that are ahead in event time wait for the one that is behind, and then go on. */
    @Test
    void watermarkAlignmentPausesAndResumesFiles() throws Exception {
        NumberedFiles.write(directory, "a-slow", Format.GZIP, 0, 1_000);
        for (String fast : List.of("b", "c", "d")) {
            NumberedFiles.write(directory, fast + "-fast", Format.GZIP, 0, 50_000);
        }
        JobClient job =
                jobs.job(
                                NumberedFiles.bounded(directory, Format.GZIP)
                                        .setOrder(RecordFileOrder.NAME))
                        .parallelism(2)
                        .watermarks(aligned())
                        .checkpointEvery(CHECKPOINTS)
                        .through(jobs.share(slowPace), "a")
                        .through(jobs.share(fastPace), "b", "c", "d")
                        .start();
        awaitAlignment("b", "c", "d");
        TestJobs.awaitEnd(job);

        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().countOf("a")).isEqualTo(1_000);
        for (String fast : List.of("b", "c", "d")) {
            assertThat(jobs.ledger().countOf(fast)).isEqualTo(50_000);
        }
    }

    @Test
    void watermarkAlignmentPausesAndResumesSources() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        NumberedFiles.write(directory, "a-slow", Format.GZIP, 0, 1_000);
        NumberedFiles.write(other, "b-fast", Format.GZIP, 0, 50_000);
        jobs.job(
                        NumberedFiles.continuous(directory, Format.GZIP)
                                .setSelection(
                                        RecordFileSelection.builder()
                                                .addRoots(directory.toUri().toString())
                                                .setRecursive(false)
                                                .build()),
                        NumberedFiles.continuous(other, Format.GZIP))
                .watermarks(aligned())
                .checkpointEvery(CHECKPOINTS)
                .through(jobs.share(slowPace), "a")
                .through(jobs.share(fastPace), "b")
                .start();
        awaitAlignment("b");
        jobs.ledger().awaitCount("a", 1_000);
        jobs.ledger().awaitCount("b", 50_000);

        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    /** Both were being read by two readers when one took over: the one ahead in time is paused. */
    @Test
    void watermarkAlignmentPausesOneOfTwoFilesOfAReader(@TempDir Path savepoints) throws Exception {
        NumberedFiles.write(directory, "a-behind", Format.GZIP, 0, 20_000);
        NumberedFiles.write(directory, "b-ahead", Format.GZIP, 0, 20_000);
        RecordFileSourceBuilder<Tuple2<String, Long>> source =
                NumberedFiles.bounded(directory, Format.GZIP)
                        .setOrder(RecordFileOrder.NAME)
                        .setBatchSize(MemorySize.parse("4kb"));
        JobClient two =
                jobs.job(source)
                        .parallelism(2)
                        .through(jobs.share(slowPace), "a")
                        .through(jobs.share(fastPace), "b")
                        .start();
        slowPace.allow(100);
        fastPace.allow(10_000);
        jobs.ledger().awaitCount("a", 100);
        jobs.ledger().awaitCount("b", 10_000);
        String savepoint = TestJobs.stop(two, savepoints, slowPace, fastPace);
        long ahead = jobs.ledger().countOf("b");

        JobClient one =
                jobs.job(source)
                        .parallelism(1)
                        .watermarks(aligned())
                        .through(jobs.share(slowPace), "a")
                        .restoreFrom(savepoint)
                        .start();
        Await.until(
                "the file that is behind",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(slowPace, 10, () -> jobs.ledger().countOf("a") > 5_000),
                jobs.ledger()::toString);
        assertThat(jobs.ledger().countOf("b")).isBetween(ahead, ahead + 3_000);
        assertThat(jobs.ledger().watermark()).isPositive();
        slowPace.open();
        TestJobs.awaitEnd(one);

        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().countOf("a")).isEqualTo(20_000);
        assertThat(jobs.ledger().countOf("b")).isEqualTo(20_000);
    }

    private static WatermarkStrategy<Tuple2<String, Long>> aligned() {
        return WatermarkStrategy.<Tuple2<String, Long>>forMonotonousTimestamps()
                .withWatermarkAlignment("files", Duration.ofMinutes(10), Duration.ofMillis(20));
    }

    /** All get on, the others by hundreds of times faster if nothing held them back. */
    private void awaitAlignment(String... fast) throws Exception {
        long begun = jobs.ledger().checkpoints();
        Await.until(
                "checkpoints while the slow file is read",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(
                        fastPace,
                        1_000,
                        TestJobs.allowing(
                                slowPace,
                                1,
                                () ->
                                        jobs.ledger().checkpoints() > begun + 10
                                                && jobs.ledger().countOf("a") > 300
                                                && read(fast) > 300)),
                jobs.ledger()::toString);
        assertThat(jobs.ledger().countOf("a")).isLessThan(1_000);
        assertThat(read(fast)).isLessThan(50_000L);
        fastPace.open();
        slowPace.open();
    }

    private long read(String... keys) {
        return Stream.of(keys).mapToLong(jobs.ledger()::countOf).sum();
    }

    /** A reader whose file has ended while there was nothing else does not hold up the others. */
    @Test
    void aReaderThatHasReadAllIsIdle() throws Exception {
        NumberedFiles.write(directory, "a-short", Format.GZIP, 0, 50);
        NumberedFiles.write(directory, "b-long", Format.GZIP, 0, 20_000);
        jobs.job(NumberedFiles.continuous(directory, Format.GZIP).setOrder(RecordFileOrder.NAME))
                .parallelism(2)
                .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                .through(jobs.share(slowPace), "a")
                .through(jobs.share(fastPace), "b")
                .start();
        Await.until(
                "a watermark while both are read, and the end of the short file",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(
                        fastPace,
                        1,
                        TestJobs.allowing(slowPace, 1, () -> jobs.ledger().countOf("a") == 50)),
                jobs.ledger()::toString);
        assertThat(jobs.ledger().watermark()).isNotNegative();
        Await.until(
                "the watermark to get past the end of the short file",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(fastPace, 5, () -> jobs.ledger().watermark() > 60_000),
                () -> "It is " + jobs.ledger().watermark() + ". " + jobs.ledger());

        assertThat(jobs.ledger().countOf("b")).isLessThan(20_000);
    }

    /** Files that a reader has and has not begun are no reason to wait. */
    @Test
    void filesThatWaitInAReaderDoNotHoldTheWatermarkBack() throws Exception {
        for (int file = 0; file < 20; file++) {
            NumberedFiles.write(
                    directory, "a-%02d".formatted(file), Format.GZIP, file * 100, file * 100 + 100);
        }
        jobs.job(NumberedFiles.bounded(directory, Format.GZIP).setOrder(RecordFileOrder.NAME))
                .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                .through(jobs.share(slowPace), "a")
                .start();
        Await.until(
                "the watermark",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(
                        slowPace,
                        1,
                        () ->
                                jobs.ledger().watermark() > 10_000
                                        || jobs.ledger().countOf("a") > 500),
                jobs.ledger()::toString);

        assertThat(jobs.ledger().watermark()).isBetween(0L, 510_000L);
        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    /** The file that is read on is older: of its records, none is late by the file before. */
    @Test
    void aFileThatIsBehindHoldsTheWatermarkBack() throws Exception {
        NumberedFiles.write(directory, "a-behind", Format.GZIP, 0, 2_000);
        NumberedFiles.write(directory, "b-ahead", Format.GZIP, 50_000, 60_000);
        jobs.job(NumberedFiles.continuous(directory, Format.GZIP).setOrder(RecordFileOrder.NAME))
                .parallelism(2)
                .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                .through(jobs.share(slowPace), "a")
                .start();
        slowPace.allow(1_000);
        jobs.ledger().awaitCount("a", 1_000);
        jobs.ledger().awaitCount("b", 10_000);

        assertThat(jobs.ledger().watermark()).isLessThan(2_000_000);
        slowPace.open();
        jobs.ledger().awaitCount("a", 2_000);
    }

    // ------------------------------------------------------------------------ file systems

    @Test
    void checkpointsDoNotWaitForTheFileSystem() throws Exception {
        NumberedFiles.write(directory, "a-0", Format.JSON_LINES, 0, 2_000);
        try (FileFaults faults = FileFaults.create()) {
            faults.blockReadsFrom(50_000);
            jobs.job(blocking(faults)).checkpointEvery(CHECKPOINTS).start();
            faults.awaitBlockedRead();
            jobs.ledger().awaitCheckpoints(5);
            faults.releaseReads();
            jobs.ledger().awaitCount("a", 2_000);
        }
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().attempts()).isOne();
    }

    @Test
    void theReaderClosesWhileTheFileSystemStandsStill() throws Exception {
        NumberedFiles.write(directory, "a-0", Format.JSON_LINES, 0, 2_000);
        try (FileFaults faults = FileFaults.create()) {
            faults.blockReadsFrom(50_000);
            JobClient job = jobs.job(blocking(faults)).start();
            faults.awaitBlockedRead();
            TestJobs.cancel(job);
            Await.until(
                    "the end of the reader's threads",
                    SequenceLedger.PATIENCE,
                    () -> threads().isEmpty(),
                    () -> threads().toString());
        }
    }

    /** The reader itself has nothing to do but to wait for others. */
    @Test
    void anErrorIsSeenWhileTheReaderWaits() throws Exception {
        NumberedFiles.write(directory, "a-0", Format.JSON_LINES, 0, 2_000);
        try (FileFaults faults = FileFaults.create()) {
            JobClient job = jobs.job(blocking(faults)).start();
            jobs.ledger().awaitCount("a", 2_000);
            Path refused = directory.resolve("a-1.jsonl");
            faults.refuse(refused, () -> new IOException("Refused on purpose"));
            NumberedFiles.write(directory, "a-1", Format.JSON_LINES, 2_000, 4_000);

            assertThat(TestJobs.awaitFailure(job)).contains("a-1.jsonl", "Refused on purpose");
        }
    }

    private RecordFileSourceBuilder<Tuple2<String, Long>> blocking(FileFaults faults) {
        return NumberedFiles.bounded(faults.path(directory).toString(), Format.JSON_LINES)
                .setContinuous(Duration.ofMillis(20))
                .setSplitting(RecordFileSplitSettings.DEFAULT)
                .setRetryBackoff(Duration.ofMillis(1), Duration.ofMillis(10))
                .setRetryDeadline(Duration.ofMillis(100));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(THREADS))
                .toList();
    }
}
