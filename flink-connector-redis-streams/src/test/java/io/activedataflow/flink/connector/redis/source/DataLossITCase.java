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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;
import io.activedataflow.flink.connector.redis.source.SequenceLedger.Break;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Entries that were trimmed unread are noticed, counted, and treated as the policy says. */
@Timeout(300)
class DataLossITCase {

    private static final String KEY = "orders";
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();
    @TempDir Path savepoints;

    @EachRedis
    void trimmedWhileDownFailsTheJob(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            String savepoint = readAndStop(server, redis);
            StreamEntryId bookmark = redis.ids(KEY).get(99);
            StreamEntryId first = trimWithHoles(redis);

            String failure =
                    TestJobs.awaitFailure(jobs.job(source(server)).restoreFrom(savepoint).start());
            assertThat(failure)
                    .contains("Stream '" + KEY + "'", server.address())
                    .contains("past the bookmark " + bookmark)
                    .contains("first remaining entry is " + first)
                    .contains("'scan.on-data-loss' to 'warn'")
                    .contains(counts(binary) ? ": 35 entries were lost" : "entries may be lost");
        }
    }

    @EachRedis
    void trimmedWhileDownIsCountedAndReadingGoesOn(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            String savepoint = readAndStop(server, redis);
            trimWithHoles(redis);

            JobClient job = warning(server).restoreFrom(savepoint).start();
            jobs.ledger().awaitCount(KEY, 200);
            assertThat(jobs.ledger().breaks())
                    .containsExactlyInAnyOrder(new Break(KEY, 100, 130), new Break(KEY, 150, 155));
            assertThat(sum(job, RedisStreamsMetric.LOST_ENTRIES))
                    .isEqualTo(counts(binary) ? 35 : 1);
        }
    }

    @EachRedis
    void trimmingOfWhatWasReadIsFine(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            String savepoint = readAndStop(server, redis);
            // A server that does not count can only tell from the bookmark that nothing is missing.
            redis.xtrimMaxLen(KEY, counts(binary) ? 0 : 1);
            NumberedStreams.append(redis, KEY, 100, 150);

            JobClient job = jobs.job(source(server)).restoreFrom(savepoint).start();
            jobs.ledger().awaitCount(KEY, 150);
            awaitInspection(redis);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(sum(job, RedisStreamsMetric.LOST_ENTRIES)).isZero();
        }
    }

    /** Removing what was read, the bookmark included, must not look like a rollback. */
    @EachRedis
    void deletionOfTheBookmarkIsFine(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            String savepoint = readAndStop(server, redis);
            List<StreamEntryId> ids = redis.ids(KEY);
            redis.xdel(KEY, ids.get(99), ids.get(98), ids.get(5));
            NumberedStreams.append(redis, KEY, 100, 150);

            jobs.job(source(server)).restoreFrom(savepoint).start();
            jobs.ledger().awaitCount(KEY, 150);
            awaitInspection(redis);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    @Test
    void trimmedUnderBackPressure() throws Exception {
        assumeThat(counts(RedisServerBinary.newest())).as("The server counts entries.").isTrue();
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 1000);
            SharedReference<Gate> gate = jobs.share(new Gate());
            JobClient job =
                    jobs.job(
                                    source(server)
                                            .setOnDataLoss(RedisStreamsDataLossPolicy.WARN)
                                            .setBatchMaxEntries(10))
                            .through(gate)
                            .start();
            gate.get().admit(5);
            jobs.ledger().awaitCount(KEY, 5);
            redis.xtrimMinId(KEY, redis.ids(KEY).get(500));
            gate.get().open();

            jobs.ledger().awaitCount(KEY, 1000);
            assertThat(jobs.ledger().breaks()).hasSize(1);
            Break gap = jobs.ledger().breaks().iterator().next();
            assertThat(gap.found()).isEqualTo(500);
            Await.until(
                    "the loss to be counted",
                    SequenceLedger.PATIENCE,
                    () -> sum(job, RedisStreamsMetric.LOST_ENTRIES) > 0);
            assertThat(sum(job, RedisStreamsMetric.LOST_ENTRIES))
                    .isEqualTo(gap.found() - gap.expected());
        }
    }

    @Test
    void trimmedUnderBackPressureFailsTheJob() throws Exception {
        assumeThat(counts(RedisServerBinary.newest())).as("The server counts entries.").isTrue();
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 1000);
            SharedReference<Gate> gate = jobs.share(new Gate());
            JobClient job = jobs.job(source(server).setBatchMaxEntries(10)).through(gate).start();
            gate.get().admit(5);
            jobs.ledger().awaitCount(KEY, 5);
            redis.xtrimMinId(KEY, redis.ids(KEY).get(500));
            gate.get().open();
            assertThat(TestJobs.awaitFailure(job)).contains("entries were lost");
        }
    }

    private String readAndStop(RedisProcess server, RedisCommands redis) throws Exception {
        NumberedStreams.append(redis, KEY, 0, 100);
        JobClient job = jobs.job(source(server)).start();
        jobs.ledger().awaitCount(KEY, 100);
        return TestJobs.stop(job, savepoints);
    }

    /**
     * Adds 100 entries, of which 35 are then removed unread: 30 from the beginning, and 5 amid
     * those that remain. Of those that were read, some are deleted first.
     */
    private static StreamEntryId trimWithHoles(RedisCommands redis) {
        NumberedStreams.append(redis, KEY, 100, 200);
        List<StreamEntryId> ids = redis.ids(KEY);
        redis.xdel(KEY, ids.get(3), ids.get(50));
        redis.xdel(KEY, ids.subList(150, 155).toArray(StreamEntryId[]::new));
        redis.xtrimMinId(KEY, ids.get(130));
        return ids.get(130);
    }

    private TestJobBuilder warning(RedisProcess server) {
        return jobs.job(source(server).setOnDataLoss(RedisStreamsDataLossPolicy.WARN));
    }

    private static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(RedisProcess server) {
        return NumberedStreams.source(server).setStreams(KEY);
    }

    /** Waits until the source has looked at the stream three times more. */
    private static void awaitInspection(RedisCommands redis) {
        ServerStats.awaitCalls(redis, "xinfo", 3);
    }

    private static long sum(JobClient job, RedisStreamsMetric metric) {
        return SourceMetrics.of(REPORTER, job).sum(metric);
    }

    private static boolean counts(RedisServerBinary binary) {
        return binary.version().major() >= 7;
    }
}
