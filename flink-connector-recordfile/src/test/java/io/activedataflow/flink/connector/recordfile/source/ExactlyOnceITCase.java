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

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures at every stage lose nothing and repeat nothing, counted in Flink's state while new files
 * come: of CSV with line breaks within quotes, of JSON Lines, and of gzip with many members, and
 * large files that are read in many parts at a time.
 */
@Timeout(300)
class ExactlyOnceITCase {

    private static final Duration CHECKPOINTS = Duration.ofMillis(100);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(200);
    private static final long LARGE = 15_000;

    /** About where a file of so many records has been cut a few hundred times. */
    private static final long SOMEWHERE = 100_000;

    private static final int WORKERS = 2;
    private static final AtomicInteger TERMINATED = new AtomicInteger();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(WORKERS, 3);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @TempDir Path directory;
    @TempDir Path savepoints;

    private final Pace pace = new Pace();
    private SharedReference<Pace> sharedPace;
    private Path csv;
    private Path json;
    private Path gzip;

    @BeforeEach
    void writeLargeFiles() throws IOException {
        sharedPace = jobs.share(pace);
        csv = Files.createDirectory(directory.resolve("csv"));
        json = Files.createDirectory(directory.resolve("json"));
        gzip = Files.createDirectory(directory.resolve("gzip"));
        NumberedFiles.write(csv, "csv-0", Format.CSV, 0, LARGE);
        NumberedFiles.write(json, "json-0", Format.JSON_LINES, 0, LARGE);
        NumberedFiles.write(gzip, "gzip-0", Format.GZIP, 0, LARGE);
    }

    private FileWriter startWriter() {
        return FileWriter.start(
                Map.of(csv, Format.CSV, json, Format.JSON_LINES, gzip, Format.GZIP),
                Map.of("csv", LARGE, "json", LARGE, "gzip", LARGE),
                WRITER_PAUSE);
    }

    private TestJobBuilder job() {
        return jobs.job(
                        NumberedFiles.continuous(csv, Format.CSV),
                        NumberedFiles.continuous(json, Format.JSON_LINES),
                        NumberedFiles.continuous(gzip, Format.GZIP))
                .anyOrder()
                .checkpointEvery(CHECKPOINTS);
    }

    @Test
    @Tag("compat")
    void crashesOfTheJob() throws Exception {
        try (FileWriter writer = startWriter()) {
            SharedReference<AtomicBoolean> crash = jobs.share(new AtomicBoolean());
            job().parallelism(2).restarts(10).crashesBy(crash).through(sharedPace).start();
            for (int crashes = 0; crashes < 5; crashes++) {
                readSome();
                long attempts = jobs.ledger().attempts();
                crash.get().set(true);
                Await.until(
                        "the restart",
                        SequenceLedger.PATIENCE,
                        TestJobs.allowing(pace, 60, () -> jobs.ledger().attempts() > attempts));
            }
            assertThat(read()).as("there is more to read").isLessThan(3 * LARGE);
            assertNothingIsMissing(writer);
        }
    }

    @Test
    void savepointsAndRescaling() throws Exception {
        try (FileWriter writer = startWriter()) {
            String savepoint = null;
            for (int parallelism : new int[] {2, 1, 3, 2, 1, 3}) {
                TestJobBuilder builder = job().parallelism(parallelism).through(sharedPace);
                if (savepoint != null) {
                    builder.restoreFrom(savepoint);
                }
                JobClient job = builder.start();
                readSome();
                savepoint = TestJobs.stop(job, savepoints, pace);
            }
            assertThat(read()).as("there is more to read").isLessThan(3 * LARGE);
            job().parallelism(3).restoreFrom(savepoint).start();
            assertNothingIsMissing(writer);
        }
    }

    @Test
    void workersFail(@InjectMiniCluster MiniCluster cluster) throws Exception {
        try (FileWriter writer = startWriter()) {
            job().parallelism(2).restarts(100).through(sharedPace).start();
            for (int failure = 0; failure < 3; failure++) {
                readSome();
                replaceWorkers(cluster);
            }
            assertThat(read()).as("there is more to read").isLessThan(3 * LARGE);
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).isGreaterThan(1);
        }
    }

    /** Both while the splits are out that look for places to cut the file at, and saved so. */
    @Test
    void aWorkerFailsWhileALargeFileIsLookedThrough(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        try (FileFaults faults = FileFaults.create()) {
            faults.blockReadsFrom(SOMEWHERE);
            TestJobBuilder builder =
                    jobs.job(NumberedFiles.bounded(faults.path(csv).toString(), Format.CSV))
                            .anyOrder()
                            .parallelism(2)
                            .restarts(100)
                            .checkpointEvery(CHECKPOINTS);
            JobClient job = builder.start();
            faults.awaitBlockedRead();
            jobs.ledger().awaitCheckpoints(2);
            replaceWorkers(cluster);
            Await.until(
                    "the restart",
                    SequenceLedger.PATIENCE,
                    () -> jobs.ledger().attempts() >= 4,
                    jobs.ledger()::toString);
            faults.awaitBlockedRead();
            assertThat(read()).as("nothing is read while it is looked through").isZero();
            jobs.ledger().awaitCheckpoints(2);
            faults.releaseReads();
            TestJobs.awaitEnd(job);
        }
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().countOf("csv")).isEqualTo(LARGE);
    }

    @Test
    void savedAndRescaledWhileALargeFileIsLookedThrough() throws Exception {
        try (FileFaults faults = FileFaults.create()) {
            RecordFileSourceBuilder<Tuple2<String, Long>> source =
                    NumberedFiles.bounded(faults.path(csv).toString(), Format.CSV);
            faults.blockReadsFrom(SOMEWHERE);
            String savepoint = null;
            for (int parallelism : new int[] {2, 3, 1}) {
                TestJobBuilder builder =
                        jobs.job(source)
                                .anyOrder()
                                .parallelism(parallelism)
                                .checkpointEvery(CHECKPOINTS);
                if (savepoint != null) {
                    builder.restoreFrom(savepoint);
                }
                JobClient job = builder.start();
                faults.awaitBlockedRead();
                jobs.ledger().awaitCheckpoints(1);
                savepoint = TestJobs.stop(job, savepoints);
            }
            assertThat(read()).isZero();
            faults.releaseReads();
            TestJobs.awaitEnd(jobs.job(source).anyOrder().restoreFrom(savepoint).start());
        }
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().countOf("csv")).isEqualTo(LARGE);
    }

    private void readSome() {
        long enough = read() + 2_000;
        long checkpoint = jobs.ledger().checkpoints() + 1;
        Await.until(
                enough + " records",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(
                        pace,
                        60,
                        () -> read() >= enough && jobs.ledger().checkpoints() >= checkpoint),
                jobs.ledger()::toString);
    }

    /** Records of all files, over all attempts. */
    private long read() {
        return jobs.ledger().countOf("csv")
                + jobs.ledger().countOf("json")
                + jobs.ledger().countOf("gzip");
    }

    /** Whichever the job runs on fails. */
    private static void replaceWorkers(MiniCluster cluster) throws Exception {
        for (int worker = 0; worker < WORKERS; worker++) {
            cluster.startTaskManager();
            cluster.terminateTaskManager(TERMINATED.getAndIncrement())
                    .get(SequenceLedger.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void assertNothingIsMissing(FileWriter writer) throws Exception {
        pace.open();
        Map<String, Long> written = writer.finish();
        jobs.ledger().awaitAll(written);
        jobs.ledger().awaitCheckpoints(1);
        assertThat(jobs.ledger().breaks()).isEmpty();
        for (String key : List.of("csv", "json", "gzip")) {
            assertThat(jobs.ledger().countOf(key)).as(key).isEqualTo(written.get(key));
        }
    }
}
