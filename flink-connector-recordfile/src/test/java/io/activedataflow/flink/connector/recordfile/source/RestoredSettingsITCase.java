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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.NumberedFiles.Format;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.testutils.logging.LoggerAuditingExtension;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that are restored with other settings than they were saved with. */
@Timeout(300)
class RestoredSettingsITCase {

    private static final String PACKAGE = "io.activedataflow.flink.connector.recordfile.source.";

    private static final long ALL = 1_000;

    /** More than are handed out at once. */
    private static final int FILLS = 30;

    private static final int ORDERS = 10;

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);

    @RegisterExtension
    final LoggerAuditingExtension readerLog =
            new LoggerAuditingExtension(PACKAGE + "reader.RestoredSplits", Level.WARN);

    @RegisterExtension
    final LoggerAuditingExtension enumeratorLog =
            new LoggerAuditingExtension(PACKAGE + "enumerator.RestoredState", Level.WARN);

    @RegisterExtension final TestJobs jobs = new TestJobs();

    @TempDir Path directory;
    @TempDir Path savepoints;

    private final Pace pace = new Pace();
    private SharedReference<Pace> sharedPace;
    private Path orders;
    private Path fills;

    @BeforeEach
    void writeFiles() throws Exception {
        sharedPace = jobs.share(pace);
        orders = Files.createDirectory(directory.resolve("orders"));
        fills = Files.createDirectory(directory.resolve("fills"));
        for (int file = 0; file < FILLS; file++) {
            NumberedFiles.write(
                    fills, "fills-%02d".formatted(file), Format.GZIP, file * ALL, (file + 1) * ALL);
        }
        for (int file = 0; file < ORDERS; file++) {
            NumberedFiles.write(
                    orders, "orders-" + file, Format.GZIP, file * ALL, (file + 1) * ALL);
        }
    }

    /** A savepoint with files that are being read, files that wait, and some that are read. */
    private String savepoint(RecordFileSourceBuilder<Tuple2<String, Long>> source)
            throws Exception {
        JobClient job = jobs.job(source).anyOrder().through(sharedPace).start();
        pace.allow((int) ALL + 300);
        jobs.ledger().awaitCount("fills", ALL + 200);
        String savepoint = TestJobs.stop(job, savepoints, pace);
        pace.open();
        return savepoint;
    }

    /** Of both directories, {@code fills} first. */
    private RecordFileSourceBuilder<Tuple2<String, Long>> both() {
        return NumberedFiles.continuous(directory, Format.GZIP).setOrder(RecordFileOrder.NAME);
    }

    @Test
    void filesNoLongerSelectedAreDroppedAndSaid() throws Exception {
        String savepoint = savepoint(both());
        long readOfFills = jobs.ledger().countOf("fills");
        Pace restored = new Pace();
        jobs.job(both().setPaths(orders.toUri().toString()))
                .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                .through(jobs.share(restored))
                .restoreFrom(savepoint)
                .start();
        Await.until(
                "a watermark, not held back by what was dropped",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(restored, 100, () -> jobs.ledger().watermark() > 0),
                jobs.ledger()::toString);
        restored.open();
        jobs.ledger().awaitCount("orders", 10 * ALL);
        NumberedFiles.write(orders, "orders-new", Format.GZIP, 10 * ALL, 11 * ALL);
        jobs.ledger().awaitCount("orders", 11 * ALL);

        assertThat(jobs.ledger().countOf("fills")).isEqualTo(readOfFills);
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(readerLog.getMessages())
                .as("the file that was being read, and where it was left")
                .anySatisfy(
                        message ->
                                assertThat(message)
                                        .contains("fills-01.jsonl.gz", "no longer selected")
                                        .containsPattern("recordNumber=[1-9]"));
        assertThat(enumeratorLog.getMessages())
                .as("the files that were waiting")
                .anySatisfy(message -> assertThat(message).contains("fills-", "not selected by"));
    }

    @Test
    void directoriesThatAreAdded() throws Exception {
        String savepoint = savepoint(both().setPaths(fills.toUri().toString()));
        jobs.job(both().setPaths(fills.toUri().toString(), orders.toUri().toString()))
                .anyOrder()
                .restoreFrom(savepoint)
                .start();
        jobs.ledger().awaitCount("orders", 10 * ALL);
        jobs.ledger().awaitCount("fills", FILLS * ALL);

        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    @Test
    void anotherModeOfDiscovery() throws Exception {
        String savepoint = savepoint(both());

        assertThat(
                        TestJobs.awaitFailure(
                                jobs.job(both().setDiscoveryMode(RecordFileDiscoveryMode.full()))
                                        .anyOrder()
                                        .restoreFrom(savepoint)
                                        .start()))
                .contains("watermark", "full", "mode");
    }

    /**
     * The places of what has been read hold for any format; what follows is read by the new one.
     */
    @Test
    void anotherFormat() throws Exception {
        String savepoint = savepoint(both());

        assertThat(
                        TestJobs.awaitFailure(
                                jobs.job(
                                                NumberedFiles.continuous(directory, Format.CSV)
                                                        .setOrder(RecordFileOrder.NAME))
                                        .anyOrder()
                                        .restoreFrom(savepoint)
                                        .start()))
                .contains("fills-", "header is malformed");
        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    @Test
    void anotherDistributionAndOrder() throws Exception {
        String savepoint = savepoint(both());
        jobs.job(
                        both().setOrder(RecordFileOrder.SIZE)
                                .setDistribution(RecordFileDistribution.byName("^[a-z]+")))
                .anyOrder()
                .parallelism(2)
                .restoreFrom(savepoint)
                .start();
        NumberedFiles.write(orders, "orders-new", Format.GZIP, 10 * ALL, 11 * ALL);
        jobs.ledger().awaitCount("orders", 11 * ALL);
        jobs.ledger().awaitCount("fills", FILLS * ALL);

        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    /** A bounded job that goes on as a continuous one, and the other way round. */
    @Test
    void boundedAndContinuous() throws Exception {
        String savepoint =
                savepoint(
                        NumberedFiles.bounded(directory, Format.GZIP)
                                .setOrder(RecordFileOrder.NAME));
        JobClient continuous = jobs.job(both()).anyOrder().restoreFrom(savepoint).start();
        jobs.ledger().awaitCount("orders", 10 * ALL);
        NumberedFiles.write(orders, "orders-new", Format.GZIP, 10 * ALL, 11 * ALL);
        jobs.ledger().awaitCount("orders", 11 * ALL);
        savepoint = TestJobs.stop(continuous, savepoints);
        NumberedFiles.write(orders, "orders-newer", Format.GZIP, 11 * ALL, 12 * ALL);

        TestJobs.awaitEnd(
                jobs.job(NumberedFiles.bounded(directory, Format.GZIP))
                        .anyOrder()
                        .restoreFrom(savepoint)
                        .start());
        assertThat(jobs.ledger().countOf("orders")).isEqualTo(12 * ALL);
        assertThat(jobs.ledger().countOf("fills")).isEqualTo(FILLS * ALL);
        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    /**
     * Files that are being read, that wait and that are left out. After a crash they go on where
     * they were, and not again where they were put.
     */
    @Test
    void positionsGivenByHand() throws Exception {
        String savepoint = savepoint(both());
        long readOfSecond = jobs.ledger().countOf("fills") - ALL;
        Map<String, RecordFilePosition> positions = new HashMap<>();
        for (int file = 1; file < FILLS; file++) {
            positions.put(pathOf(file), positionOf(file, 500));
        }
        positions.put(pathOf(2), RecordFilePosition.atOffset(1L << 40));
        AtomicBoolean crash = new AtomicBoolean();
        Pace restored = new Pace();
        jobs.job(both().setPositionOverrides(positions))
                .anyOrder()
                .checkpointEvery(Duration.ofMillis(20))
                .restarts(1)
                .through(jobs.share(restored))
                .crashesBy(jobs.share(crash))
                .restoreFrom(savepoint)
                .start();
        awaitAtPace(
                "some records",
                restored,
                () -> jobs.ledger().countOf("fills") > ALL + readOfSecond + 30);
        long checkpoints = jobs.ledger().checkpoints();
        awaitAtPace(
                "a checkpoint with them",
                restored,
                () -> jobs.ledger().checkpoints() > checkpoints + 1);
        assertThat(jobs.ledger().countOf("fills"))
                .as("records, while the first of these files is being read")
                .isLessThan(ALL + readOfSecond + 500);
        crash.set(true);
        restored.open();

        jobs.ledger().awaitCount("orders", 10 * ALL);
        long leftOut = (FILLS - 1) * 500 - readOfSecond + 500;
        jobs.ledger().awaitCount("fills", FILLS * ALL - leftOut);
        NumberedFiles.write(orders, "orders-new", Format.GZIP, 10 * ALL, 11 * ALL);
        jobs.ledger().awaitCount("orders", 11 * ALL);
        assertThat(jobs.ledger().countOf("fills")).isEqualTo(FILLS * ALL - leftOut);
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().attempts()).as("starts, with the first job's").isEqualTo(3);
    }

    private void awaitAtPace(String what, Pace restored, Callable<Boolean> condition) {
        Await.until(
                what,
                SequenceLedger.PATIENCE,
                TestJobs.allowing(restored, 1, condition),
                jobs.ledger()::toString);
    }

    private String pathOf(int file) {
        return fills.resolve("fills-%02d.jsonl.gz".formatted(file)).toString();
    }

    private static RecordFilePosition positionOf(int file, int record) {
        long first = file * ALL;
        return RecordFilePosition.atOffset(
                NumberedFiles.content(Format.GZIP, first, first + record).length);
    }
}
