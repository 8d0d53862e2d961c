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
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

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
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that are deleted, cut off, replaced or that come too late, under each policy. */
@Timeout(300)
class ChangedFilesITCase {

    private static final int LINES = 2000;

    /** More than the head of a file, which is read in any case, and far from its end. */
    private static final long MIDDLE = 10_000;

    private static final Duration OFTEN = Duration.ofMillis(5);

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = CollectingJobs.cluster(REPORTER);

    @RegisterExtension final CollectingJobs jobs = new CollectingJobs(REPORTER);
    @TempDir Path temporary;

    private Path directory;
    private Path file;
    private FileFaults faults;

    /** What happens to a file; its first 500 lines, or more, have been read by then. */
    enum Change {
        DELETED(0),
        TRUNCATED(700),
        REPLACED(LINES),
        REPLACED_BY_MORE(LINES + 100);

        private final int lines;

        Change(int lines) {
            this.lines = lines;
        }

        /** What the message says. */
        String word() {
            return this == REPLACED_BY_MORE
                    ? "replaced"
                    : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.createDirectory(temporary.resolve("lines"));
        file = directory.resolve("a.txt");
        faults = FileFaults.create();
    }

    @AfterEach
    void releaseReads() {
        faults.close();
    }

    // ------------------------------------------------------------------------ vanished before

    @Test
    void fileThatVanishesBeforeItIsReadFailsTheJob() throws Exception {
        write(file, "old", LINES);
        faults.vanish(file);

        assertThat(jobs.failure(source(RecordFileChangePolicy.FAIL)))
                .contains("/lines/a.txt was deleted", "setOnFileChanged(SKIP)");
    }

    /** P12: under Flink's source the job would fail and restart for ever. */
    @ParameterizedTest
    @EnumSource(names = {"SKIP", "RESTART"})
    void fileThatVanishesBeforeItIsReadIsLeftOut(RecordFileChangePolicy policy) throws Exception {
        write(file, "old", LINES);
        write(directory.resolve("b.txt"), "other", 10);
        faults.vanish(file);

        JobClient job = jobs.job(source(policy)).start();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().sorted()).isEqualTo(lines("other", 10));
        assertThat(jobs.sum(job, RecordFileMetric.FILES_SKIPPED)).isOne();
        assertThat(jobs.sum(job, RecordFileMetric.FILES_CHANGED)).isOne();
    }

    // ------------------------------------------------------------------------ while it is read

    @ParameterizedTest
    @EnumSource
    void fileThatChangesWhileItIsReadFailsTheJob(Change change) throws Exception {
        JobClient job = startAndBlock(source(RecordFileChangePolicy.FAIL));
        change(change);
        breakStreams();

        assertThat(CollectingJobs.awaitFailure(job))
                .contains("/lines/a.txt was " + change.word())
                .contains("setOnFileChanged(SKIP)", "setOnFileChanged(RESTART)");
    }

    @ParameterizedTest
    @EnumSource
    void restOfAFileThatChangesWhileItIsReadIsSkipped(Change change) throws Exception {
        JobClient job = startAndBlock(source(RecordFileChangePolicy.SKIP));
        change(change);
        breakStreams();
        CollectingJobs.awaitEnd(job);

        assertOldOnesAndNew(0);
        assertThat(jobs.sum(job, RecordFileMetric.FILES_SKIPPED)).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void newContentIsReadFromItsBeginning(Change change) throws Exception {
        JobClient job = startAndBlock(source(RecordFileChangePolicy.RESTART));
        change(change);
        breakStreams();
        CollectingJobs.awaitEnd(job);

        assertOldOnesAndNew(change.lines);
    }

    @ParameterizedTest
    @EnumSource(names = "DELETED", mode = EnumSource.Mode.EXCLUDE)
    void newContentIsReadOnceByAContinuousJob(Change change) throws Exception {
        JobClient job =
                startAndBlock(
                        source(RecordFileChangePolicy.RESTART)
                                .setContinuous(OFTEN)
                                .setMaxDiscoveryInterval(OFTEN));
        change(change);
        breakStreams();
        Await.until(
                "the new content",
                CollectedRecords.PATIENCE,
                () -> count("new") >= change.lines,
                () -> "There are " + count("new"));
        awaitFileWrittenNow(job);

        assertOldOnesAndNew(change.lines);
    }

    // ------------------------------------------------------------------------ while nobody reads

    @ParameterizedTest
    @EnumSource
    void fileThatHasChangedSinceASavepointFailsTheJob(Change change) throws Exception {
        String savepoint = stopInTheMiddle(source(RecordFileChangePolicy.FAIL));
        change(change);

        assertThat(
                        jobs.job(source(RecordFileChangePolicy.FAIL))
                                .parallelism(1)
                                .restoreFrom(savepoint)
                                .failure())
                .contains("/lines/a.txt was " + change.word())
                .contains("Put the file back and restart from the last checkpoint");
    }

    @ParameterizedTest
    @EnumSource
    void restOfAFileThatHasChangedSinceASavepointIsSkipped(Change change) throws Exception {
        String savepoint = stopInTheMiddle(source(RecordFileChangePolicy.FAIL));
        change(change);
        JobClient job =
                jobs.job(source(RecordFileChangePolicy.SKIP))
                        .parallelism(1)
                        .restoreFrom(savepoint)
                        .start();
        CollectingJobs.awaitEnd(job);

        assertOldOnesAndNew(0);
        assertThat(jobs.sum(job, RecordFileMetric.FILES_SKIPPED)).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void newContentIsReadAfterARestore(Change change) throws Exception {
        String savepoint = stopInTheMiddle(source(RecordFileChangePolicy.FAIL));
        change(change);
        CollectingJobs.awaitEnd(
                jobs.job(source(RecordFileChangePolicy.RESTART))
                        .parallelism(1)
                        .restoreFrom(savepoint)
                        .start());

        assertOldOnesAndNew(change.lines);
    }

    @ParameterizedTest
    @EnumSource
    void newContentIsReadOnceAfterARestoreOfAContinuousJob(Change change) throws Exception {
        RecordFileSourceBuilder<String> continuous =
                source(RecordFileChangePolicy.RESTART)
                        .setContinuous(OFTEN)
                        .setMaxDiscoveryInterval(OFTEN);
        String savepoint = stopInTheMiddle(continuous);
        change(change);
        JobClient job = jobs.job(continuous).parallelism(1).restoreFrom(savepoint).start();
        Await.until(
                "the new content", CollectedRecords.PATIENCE, () -> count("new") >= change.lines);
        awaitFileWrittenNow(job);

        assertOldOnesAndNew(change.lines);
    }

    /** A job that was not told to look for changes cannot go on from what is not there. */
    @Test
    void fileThatIsPutBackIsReadOn() throws Exception {
        String savepoint = stopInTheMiddle(source(RecordFileChangePolicy.FAIL));
        FileTime time = Files.getLastModifiedTime(file);
        Path backup = Files.move(file, temporary.resolve("backup"));
        jobs.job(source(RecordFileChangePolicy.FAIL))
                .parallelism(1)
                .restoreFrom(savepoint)
                .failure();
        Files.move(backup, file);
        Files.setLastModifiedTime(file, time);

        CollectingJobs.awaitEnd(
                jobs.job(source(RecordFileChangePolicy.FAIL))
                        .parallelism(1)
                        .restoreFrom(savepoint)
                        .start());
        assertThat(jobs.records().sorted()).isEqualTo(lines("old", LINES));
    }

    @Test
    void fileThatWasTouchedIsReadOnWhereFilesAreRecognisedByTheirContent() throws Exception {
        String savepoint = stopInTheMiddle(source(RecordFileChangePolicy.FAIL));
        long before = Files.getLastModifiedTime(file).toMillis();
        Files.setLastModifiedTime(file, FileTime.fromMillis(before + 60_000));

        CollectingJobs.awaitEnd(
                jobs.job(source(RecordFileChangePolicy.FAIL).setContentIdentity(true))
                        .parallelism(1)
                        .restoreFrom(savepoint)
                        .start());
        assertThat(jobs.records().sorted()).isEqualTo(lines("old", LINES));
    }

    // ------------------------------------------------------------------------ after it was read

    @Test
    void fileThatIsReplacedAfterItWasReadFailsTheJob() throws Exception {
        JobClient job = startAndReadOnce(RecordFileChangePolicy.FAIL);
        change(Change.REPLACED);

        assertThat(CollectingJobs.awaitFailure(job))
                .contains("Files have changed after they were handed out", "/lines/a.txt");
    }

    @Test
    void fileThatIsReplacedAfterItWasReadIsNotReadAgain() throws Exception {
        JobClient job = startAndReadOnce(RecordFileChangePolicy.SKIP);
        change(Change.REPLACED);
        awaitFileWrittenNow(job);

        assertThat(count("new")).isZero();
        assertThat(count("old")).isEqualTo(LINES);
    }

    /** P14: Flink's source never reads a replaced file again. */
    @Test
    void p14FileThatIsReplacedAfterItWasReadIsReadAgain() throws Exception {
        JobClient job = startAndReadOnce(RecordFileChangePolicy.RESTART);
        change(Change.REPLACED);
        jobs.records().awaitCount(2 * LINES);
        awaitFileWrittenNow(job);

        assertThat(count("new")).isEqualTo(LINES);
        assertThat(count("old")).isEqualTo(LINES);
    }

    @Test
    void fileThatGrowsAfterItWasReadIsReadAgain() throws Exception {
        JobClient job = startAndReadOnce(RecordFileChangePolicy.RESTART);
        Files.write(file, lines("new", 10), StandardOpenOption.APPEND);
        jobs.records().awaitCount(2 * LINES + 10);
        awaitFileWrittenNow(job);

        assertThat(count("new")).isEqualTo(10);
        assertThat(count("old")).isEqualTo(2 * LINES);
    }

    /** The file keeps its name, its size and its open streams: only its time tells. */
    @Test
    void fileThatIsWrittenOverWhileItIsReadIsNoticed() throws Exception {
        JobClient job = startAndBlock(source(RecordFileChangePolicy.FAIL));
        writeOver(LINES);
        faults.releaseReads();

        assertThat(CollectingJobs.awaitFailure(job)).contains("/lines/a.txt was replaced");
    }

    /** What is read to the former end may be a mixture of both contents. */
    @Test
    void fileThatIsWrittenOverByMoreWhileItIsReadIsNoticed() throws Exception {
        JobClient job = startAndBlock(source(RecordFileChangePolicy.RESTART));
        writeOver(LINES + 100);
        faults.releaseReads();
        CollectingJobs.awaitEnd(job);

        assertThat(count("new")).isGreaterThanOrEqualTo(LINES + 100);
        assertThat(jobs.records().sorted()).containsAll(lines("new", LINES + 100));
    }

    /** Whole lines that are added meanwhile are no fault of what was there before. */
    @Test
    void fileThatGrowsByWholeRecordsWhileItIsReadIsReadToItsFormerEnd() throws Exception {
        JobClient job = startAndBlock(source(RecordFileChangePolicy.FAIL));
        Files.write(file, lines("new", 10), StandardOpenOption.APPEND);
        faults.releaseReads();
        CollectingJobs.awaitEnd(job);

        assertThat(jobs.records().sorted()).isEqualTo(lines("old", LINES));
    }

    private void writeOver(int count) throws IOException {
        long before = Files.getLastModifiedTime(file).toMillis();
        Files.write(file, lines("new", count), StandardOpenOption.TRUNCATE_EXISTING);
        Files.setLastModifiedTime(file, FileTime.fromMillis(before + 1000));
    }

    // ------------------------------------------------------------------------ late files

    @Test
    void lateFileIsReadByDefault() throws Exception {
        JobClient job = startAndReadOnce(watermark(RecordFileLatePolicy.READ));
        writeLate();
        jobs.records().awaitCount(LINES + 10);
        awaitFileWrittenNow(job);

        assertThat(count("late")).isEqualTo(10);
        assertThat(jobs.sum(job, "filesLate")).isOne();
    }

    @Test
    void lateFileIsIgnored() throws Exception {
        JobClient job = startAndReadOnce(watermark(RecordFileLatePolicy.IGNORE));
        writeLate();
        Await.until(
                "the late file to be counted",
                CollectedRecords.PATIENCE,
                () -> jobs.sum(job, "filesLate") == 1);
        awaitFileWrittenNow(job);

        assertThat(count("late")).isZero();
        assertThat(jobs.sum(job, "filesLate")).isOne();
    }

    @Test
    void lateFileFailsTheJob() throws Exception {
        JobClient job = startAndReadOnce(watermark(RecordFileLatePolicy.FAIL));
        writeLate();

        assertThat(CollectingJobs.awaitFailure(job))
                .contains("Files turned up later than", "/lines/late.txt", "Raise the tolerance");
    }

    @Test
    void lateNameFailsTheJob() throws Exception {
        JobClient job =
                startAndReadOnce(
                        source(RecordFileChangePolicy.FAIL)
                                .setContinuous(OFTEN)
                                .setMaxDiscoveryInterval(OFTEN)
                                .setDiscoveryMode(RecordFileDiscoveryMode.ordered(0))
                                .setOnLateFile(RecordFileLatePolicy.FAIL));
        write(directory.resolve("_a.txt"), "hidden", 10);
        write(directory.resolve("a.tmp"), "temporary", 10);
        write(directory.resolve("A.txt"), "late", 10);

        assertThat(CollectingJobs.awaitFailure(job))
                .contains("Files turned up later than", "/lines/A.txt");
    }

    private RecordFileSourceBuilder<String> watermark(RecordFileLatePolicy policy) {
        return source(RecordFileChangePolicy.FAIL)
                .setContinuous(OFTEN)
                .setMaxDiscoveryInterval(OFTEN)
                .setDiscoveryMode(RecordFileDiscoveryMode.watermark(Duration.ofMinutes(10)))
                .setOnLateFile(policy);
    }

    private void writeLate() throws IOException {
        Path late = Files.write(temporary.resolve("late.txt"), lines("late", 10));
        FileTime now = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(late, FileTime.fromMillis(now.toMillis() - 3_600_000));
        Files.move(late, directory.resolve("late.txt"));
    }

    // ------------------------------------------------------------------------ jobs

    private RecordFileSourceBuilder<String> source(RecordFileChangePolicy policy) {
        return RecordFileSource.<String>builder()
                .setPaths(faults.path(directory).toString())
                .setFormat(LinesFraming.create(), RecordFileDeserializationSchema.text())
                .setOnFileChanged(policy)
                .setBatchSize(new MemorySize(1024))
                .setRetryBackoff(Duration.ofMillis(1), Duration.ofMillis(10));
    }

    /** Writes the file and has its first half read. */
    private JobClient startAndBlock(RecordFileSourceBuilder<String> source) throws Exception {
        write(file, "old", LINES);
        faults.blockReadsFrom(MIDDLE);
        JobClient job = jobs.job(source).parallelism(1).start();
        faults.awaitBlockedRead();
        jobs.records().awaitCount(500);
        return job;
    }

    private String stopInTheMiddle(RecordFileSourceBuilder<String> source) throws Exception {
        String savepoint = CollectingJobs.stop(startAndBlock(source), temporary);
        faults.releaseReads();
        return savepoint;
    }

    private JobClient startAndReadOnce(RecordFileChangePolicy policy) throws Exception {
        return startAndReadOnce(source(policy).setContinuous(OFTEN).setMaxDiscoveryInterval(OFTEN));
    }

    private JobClient startAndReadOnce(RecordFileSourceBuilder<String> source) throws Exception {
        write(file, "old", LINES);
        JobClient job = jobs.job(source).parallelism(1).start();
        jobs.records().awaitCount(LINES);
        return job;
    }

    /** Lets reading go on, with a new stream. */
    private void breakStreams() {
        faults.failEvery(0, 1);
        faults.releaseReads();
    }

    /** Writes another file, and waits until it has been read: what was to be found before, is. */
    private void awaitFileWrittenNow(JobClient job) throws Exception {
        int before = faults.listings();
        Await.until(
                "two more listings",
                CollectedRecords.PATIENCE,
                () -> faults.listings() >= before + 2);
        write(directory.resolve("z.txt"), "last", 1);
        Await.until("the last file", CollectedRecords.PATIENCE, () -> count("last") == 1);
        CollectingJobs.cancel(job);
    }

    // ------------------------------------------------------------------------ files and records

    private void change(Change change) throws IOException {
        if (change == Change.DELETED) {
            Files.delete(file);
        } else {
            write(file, "new", change.lines);
        }
    }

    /** In one step; no earlier than a second behind what was there before. */
    private void write(Path target, String word, int count) throws IOException {
        Path incomplete = Files.write(temporary.resolve("incomplete"), lines(word, count));
        if (Files.exists(target)) {
            long before = Files.getLastModifiedTime(target).toMillis();
            Files.setLastModifiedTime(incomplete, FileTime.fromMillis(before + 1000));
        }
        Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** There are whole records of the old content, the first ones, and all of the new one. */
    private void assertOldOnesAndNew(int expectedNew) {
        List<String> records = jobs.records().sorted();
        List<String> old = records.stream().filter(line -> line.startsWith("old")).toList();
        assertThat(old.size()).isBetween(500, LINES - 1);
        assertThat(old).isEqualTo(lines("old", old.size()));
        assertThat(records.stream().filter(line -> line.startsWith("new")).toList())
                .isEqualTo(lines("new", expectedNew));
    }

    private long count(String word) {
        return jobs.records().sorted().stream().filter(line -> line.startsWith(word)).count();
    }

    /** Each 11 bytes long with its end, and in order also where they are sorted. */
    private static List<String> lines(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> String.format("%s-%06d", word, i)).toList();
    }
}
