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

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of one key are read in order, one after the other, over failures and changes of the
 * parallelism, and over the ends of files.
 */
@Timeout(300)
class KeyOrderITCase {

    private static final List<String> KEYS = IntStream.range(0, 5).mapToObj(n -> "k" + n).toList();
    private static final int RECORDS_OF_A_FILE = 60;
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(3);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @TempDir Path directory;
    @TempDir Path savepoints;

    private final Pace pace = new Pace();
    private int files;

    static Stream<RecordFileDistribution> distributions() {
        return Stream.of(
                RecordFileDistribution.byName("^(k[0-9]+)-"), RecordFileDistribution.byKey("key"));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void rescaling(RecordFileDistribution distribution) throws Exception {
        addFiles(12);
        SharedReference<Pace> shared = jobs.share(pace);
        SharedReference<ReadOrder> order = jobs.share(new ReadOrder());
        String savepoint = null;
        for (int parallelism : new int[] {1, 3, 2, 3}) {
            // What comes through different channels is in order where it was sent only.
            TestJobBuilder builder =
                    job(distribution)
                            .anyOrder()
                            .inOrderOfReading(order)
                            .parallelism(parallelism)
                            .checkpointEvery(CHECKPOINTS)
                            .through(shared);
            if (savepoint != null) {
                builder.restoreFrom(savepoint);
            }
            JobClient job = builder.start();
            readSome();
            addFiles(1);
            readSome();
            savepoint = TestJobs.stop(job, savepoints, pace);
            addFiles(1);
        }
        pace.open();
        job(distribution)
                .anyOrder()
                .inOrderOfReading(order)
                .parallelism(2)
                .restoreFrom(savepoint)
                .start();
        assertOrder();
        assertThat(order.get().breaks()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void crashes(RecordFileDistribution distribution) throws Exception {
        addFiles(12);
        SharedReference<AtomicBoolean> crash = jobs.share(new AtomicBoolean());
        job(distribution)
                .parallelism(2)
                .checkpointEvery(CHECKPOINTS)
                .restarts(10)
                .crashesBy(crash)
                .through(jobs.share(pace))
                .start();
        for (int crashes = 0; crashes < 4; crashes++) {
            readSome();
            addFiles(1);
            long attempts = jobs.ledger().attempts();
            crash.get().set(true);
            Await.until(
                    "the restart",
                    SequenceLedger.PATIENCE,
                    TestJobs.allowing(pace, 20, () -> jobs.ledger().attempts() > attempts));
        }
        pace.open();
        assertOrder();
    }

    private TestJobBuilder job(RecordFileDistribution distribution) {
        return jobs.job(
                NumberedFiles.continuous(directory, Format.JSON_LINES)
                        .setSelection(
                                RecordFileSelection.builder()
                                        .addRoots(directory.toUri().toString())
                                        .setPathTemplate("{key}-{file}.jsonl")
                                        .build())
                        .setOrder(RecordFileOrder.NAME)
                        .setDistribution(distribution));
    }

    private void addFiles(int count) {
        for (int file = 0; file < count; file++, files++) {
            for (String key : KEYS) {
                NumberedFiles.write(
                        directory,
                        "%s-%03d".formatted(key, files),
                        Format.JSON_LINES,
                        (long) files * RECORDS_OF_A_FILE,
                        (long) (files + 1) * RECORDS_OF_A_FILE);
            }
        }
    }

    private void readSome() {
        long enough = read() + 300;
        long checkpoint = jobs.ledger().checkpoints() + 1;
        Await.until(
                enough + " records",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(
                        pace,
                        20,
                        () -> read() >= enough && jobs.ledger().checkpoints() >= checkpoint),
                jobs.ledger()::toString);
    }

    private long read() {
        return KEYS.stream().mapToLong(jobs.ledger()::countOf).sum();
    }

    private void assertOrder() {
        long all = (long) files * RECORDS_OF_A_FILE;
        for (String key : KEYS) {
            jobs.ledger().awaitCount(key, all);
            assertThat(jobs.ledger().countOf(key)).isEqualTo(all);
        }
        assertThat(jobs.ledger().breaks()).isEmpty();
    }
}
