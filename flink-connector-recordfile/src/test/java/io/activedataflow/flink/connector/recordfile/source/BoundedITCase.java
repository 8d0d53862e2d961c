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
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** Sources that end by themselves, whatever happens on the way, and have read everything then. */
@Timeout(300)
class BoundedITCase {

    private static final Duration CHECKPOINTS = Duration.ofMillis(50);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @TempDir Path directory;
    @TempDir Path savepoints;

    private TestJobBuilder job(Format format) {
        return jobs.job(NumberedFiles.bounded(directory, format)).anyOrder();
    }

    private void assertRead(long records) {
        assertThat(jobs.ledger().countOf("a")).isEqualTo(records);
        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void moreReadersThanFiles(boolean batch) throws Exception {
        NumberedFiles.write(directory, "a-0", Format.GZIP, 0, 100);
        NumberedFiles.write(directory, "a-1", Format.GZIP, 100, 200);
        TestJobBuilder job = job(Format.GZIP).parallelism(4);

        TestJobs.awaitEnd((batch ? job.batch() : job.checkpointEvery(CHECKPOINTS)).start());

        assertRead(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void emptyFiles(boolean batch) throws Exception {
        for (int file = 0; file < 10; file++) {
            NumberedFiles.write(directory, "a-" + file, Format.CSV, file / 5 * 7, file / 5 * 7);
            Files.createFile(directory.resolve("b-" + file));
        }
        NumberedFiles.write(directory, "a-10", Format.CSV, 0, 7);
        TestJobBuilder job = job(Format.CSV).parallelism(2);

        TestJobs.awaitEnd((batch ? job.batch() : job.checkpointEvery(CHECKPOINTS)).start());

        assertRead(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEmptyDirectory(boolean batch) throws Exception {
        TestJobBuilder job = job(Format.CSV).parallelism(2);

        TestJobs.awaitEnd((batch ? job.batch() : job.checkpointEvery(CHECKPOINTS)).start());

        assertRead(0);
    }

    @Test
    void aMissingDirectory() throws Exception {
        Path missing = directory.resolve("missing");

        assertThat(
                        TestJobs.awaitFailure(
                                jobs.job(NumberedFiles.bounded(missing, Format.CSV)).start()))
                .contains(missing.toString(), "setWaitForMissingRoots");
    }

    /** Some readers have ended by then, which is in the checkpoint that the job goes back to. */
    @Test
    void aFailureNearTheEnd() throws Exception {
        NumberedFiles.write(directory, "a-0", Format.GZIP, 0, 5_000);
        NumberedFiles.write(directory, "b-0", Format.GZIP, 0, 1_000);
        Pace pace = new Pace();
        SharedReference<AtomicBoolean> crash = jobs.share(new AtomicBoolean());
        JobClient job =
                job(Format.GZIP)
                        .parallelism(4)
                        .checkpointEvery(CHECKPOINTS)
                        .restarts(1)
                        .crashesBy(crash)
                        .through(jobs.share(pace), "a")
                        .start();
        pace.allow(4_000);
        jobs.ledger().awaitCount("a", 4_000);
        jobs.ledger().awaitCount("b", 1_000);
        long checkpoint = jobs.ledger().checkpoints() + 3;
        Await.until(
                "checkpoints near the end",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(pace, 1, () -> jobs.ledger().checkpoints() >= checkpoint));
        assertThat(jobs.ledger().countOf("a")).isLessThan(5_000);
        crash.get().set(true);
        pace.open();

        TestJobs.awaitEnd(job);
        assertRead(5_000);
        assertThat(jobs.ledger().countOf("b")).isEqualTo(1_000);
        assertThat(crash.get().get()).as("the crash is still to come").isFalse();
    }

    @Test
    void failuresWithoutAnyCheckpoint() throws Exception {
        NumberedFiles.write(directory, "a-0", Format.CSV, 0, 5_000);
        SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(3, 700));

        TestJobs.awaitEnd(
                job(Format.CSV).parallelism(3).restarts(10).crashesWithoutCheckpoint(plan).start());

        assertRead(5_000);
        assertThat(plan.get().done()).isEqualTo(3);
    }

    @Test
    void failuresOfABatchJob() throws Exception {
        NumberedFiles.write(directory, "a-0", Format.CSV, 0, 5_000);
        NumberedFiles.write(directory, "a-1", Format.CSV, 5_000, 6_000);
        SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(3, 700));

        TestJobs.awaitEnd(
                job(Format.CSV)
                        .parallelism(2)
                        .batch()
                        .restarts(10)
                        .crashesWithoutCheckpoint(plan)
                        .start());

        assertRead(6_000);
        assertThat(plan.get().done()).isEqualTo(3);
    }

    /**
     * What was saved with parts waiting, empty files and readers without work ends all the same.
     */
    @Test
    void restoredEachTimeWithAnotherParallelism() throws Exception {
        NumberedFiles.write(directory, "a-0", Format.CSV, 0, 3_000);
        for (int file = 1; file < 4; file++) {
            NumberedFiles.write(directory, "a-" + file, Format.CSV, 3_000, 3_000);
        }
        Pace pace = new Pace();
        SharedReference<Pace> shared = jobs.share(pace);
        String savepoint = null;
        for (int parallelism : new int[] {1, 3, 2}) {
            TestJobBuilder builder =
                    job(Format.CSV)
                            .parallelism(parallelism)
                            .checkpointEvery(CHECKPOINTS)
                            .through(shared);
            if (savepoint != null) {
                builder.restoreFrom(savepoint);
            }
            JobClient job = builder.start();
            long enough = jobs.ledger().countOf("a") + 400;
            long checkpoint = jobs.ledger().checkpoints() + 1;
            Await.until(
                    enough + " records",
                    SequenceLedger.PATIENCE,
                    TestJobs.allowing(
                            pace,
                            10,
                            () ->
                                    jobs.ledger().countOf("a") >= enough
                                            && jobs.ledger().checkpoints() >= checkpoint));
            savepoint = TestJobs.stop(job, savepoints, pace);
        }
        pace.open();
        JobClient last = job(Format.CSV).parallelism(4).restoreFrom(savepoint).start();

        TestJobs.awaitEnd(last);
        assertRead(3_000);
    }
}
