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

import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;
import io.activedataflow.flink.connector.redis.source.SequenceLedger.Break;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams that were deleted, written anew or rolled back are treated as the policy says. */
@Timeout(300)
class StreamResetITCase {

    private static final String KEY = "orders";
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();
    @TempDir Path savepoints;

    @EachRedis
    void writtenAnewWithLowerIds(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            String savepoint = readAndStop(server, redis, 100);
            redis.flushDb();
            for (int n = 0; n < 120; n++) {
                redis.xadd(KEY, (n + 1) + "-0", "v", n);
            }

            assertThat(failureAfterRestore(server, savepoint))
                    .contains("Stream '" + KEY + "'", server.address())
                    .contains("written anew or rolled back by a failover")
                    .contains("'scan.on-stream-reset'", "setPositionOverrides");

            JobClient job = earliest(server).restoreFrom(savepoint).start();
            jobs.ledger().awaitCount(KEY, 120);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 0));
            assertThat(resets(job)).isOne();
        }
    }

    @EachRedis
    void writtenAnewWithHigherIds(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            String savepoint = readAndStop(server, redis, 100);
            redis.flushDb();
            NumberedStreams.append(redis, KEY, 0, 10);

            assertThat(failureAfterRestore(server, savepoint))
                    .contains(counts(binary) ? "100 entries less than were read" : "may be lost");

            JobClient job =
                    jobs.job(
                                    source(server)
                                            .setOnDataLoss(RedisStreamsDataLossPolicy.WARN)
                                            .setOnStreamReset(RedisStreamsResetPolicy.EARLIEST))
                            .restoreFrom(savepoint)
                            .start();
            Await.until(
                    "the new entries",
                    SequenceLedger.PATIENCE,
                    () -> jobs.ledger().countOf(KEY) == 10);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 0));
            assertThat(resets(job)).isEqualTo(counts(binary) ? 1 : 0);
        }
    }

    @EachRedis
    void deletedWhileRunningFailsTheJob(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            JobClient job = read(server, redis, 100, RedisStreamsResetPolicy.FAIL);
            redis.del(KEY);
            assertThat(TestJobs.awaitFailure(job)).contains("but the stream was deleted");
        }
    }

    @EachRedis
    void deletedWhileRunningIsReadAnew(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            JobClient job = read(server, redis, 100, RedisStreamsResetPolicy.EARLIEST);
            redis.del(KEY);
            Await.until(
                    "the reset",
                    SequenceLedger.PATIENCE,
                    () -> resets(job) == 1,
                    () -> "Resets: " + resets(job));
            for (int n = 0; n < 150; n++) {
                redis.xadd(KEY, (n + 1) + "-0", "v", n);
            }
            jobs.ledger().awaitCount(KEY, 150);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 0));
            assertThat(resets(job)).isOne();
        }
    }

    @EachRedis
    void deletedWhileRunningIsWaitedFor(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            JobClient job = read(server, redis, 100, RedisStreamsResetPolicy.WAIT);
            Object backup = redis.call("DUMP", KEY);
            redis.del(KEY);
            Await.until(
                    "the reset",
                    SequenceLedger.PATIENCE,
                    () -> resets(job) == 1,
                    () -> "Resets: " + resets(job));
            ServerStats.awaitCalls(redis, "xinfo", 3);
            redis.call("RESTORE", KEY, 0, backup);
            NumberedStreams.append(redis, KEY, 100, 150);
            jobs.ledger().awaitCount(KEY, 150);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(resets(job)).isOne();
        }
    }

    @EachRedis
    void promotedReplicaWithoutTheTail(RedisServerBinary binary) throws Exception {
        try (RedisProcess master = RedisProcess.start(binary);
                RedisCommands redis = master.connect();
                RedisProcess replica = RedisProcess.builder(binary).replicaOf(master).start();
                RedisCommands promoted = replica.connect()) {
            NumberedStreams.append(redis, KEY, 0, 100);
            Await.until(
                    "replication",
                    SequenceLedger.PATIENCE,
                    () -> promoted.integer("EXISTS", KEY) == 1 && promoted.xlen(KEY) == 100);
            promoted.call("REPLICAOF", "NO", "ONE");
            NumberedStreams.append(redis, KEY, 100, 150);
            JobClient job = jobs.job(source(master)).start();
            jobs.ledger().awaitCount(KEY, 150);
            String savepoint = TestJobs.stop(job, savepoints);

            assertThat(failureAfterRestore(replica, savepoint))
                    .contains("rolled back by a failover");

            if (counts(binary)) {
                NumberedStreams.append(promoted, KEY, 100, 110);
                assertThat(failureAfterRestore(replica, savepoint))
                        .contains("40 entries less than were read");
                NumberedStreams.append(promoted, KEY, 110, 200);
                assertThat(failureAfterRestore(replica, savepoint))
                        .contains("a failover promoted a replica that had missed it");
            }
        }
    }

    @EachRedis
    void neverSeenIsEmptyNotDeleted(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            JobClient job = jobs.job(source(server)).start();
            ServerStats.awaitCalls(redis, "xinfo", 3);
            String savepoint = TestJobs.stop(job, savepoints);

            JobClient restored = jobs.job(source(server)).restoreFrom(savepoint).start();
            ServerStats.awaitCalls(redis, "xinfo", 3);
            NumberedStreams.append(redis, KEY, 0, 50);
            jobs.ledger().awaitCount(KEY, 50);
            ServerStats.awaitCalls(redis, "xinfo", 3);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(resets(restored)).isZero();
        }
    }

    private JobClient read(
            RedisProcess server, RedisCommands redis, long count, RedisStreamsResetPolicy policy)
            throws Exception {
        NumberedStreams.append(redis, KEY, 0, count);
        JobClient job = jobs.job(source(server).setOnStreamReset(policy)).start();
        jobs.ledger().awaitCount(KEY, count);
        return job;
    }

    private String readAndStop(RedisProcess server, RedisCommands redis, long count)
            throws Exception {
        return TestJobs.stop(read(server, redis, count, RedisStreamsResetPolicy.FAIL), savepoints);
    }

    private String failureAfterRestore(RedisServer server, String savepoint) throws Exception {
        return TestJobs.awaitFailure(jobs.job(source(server)).restoreFrom(savepoint).start());
    }

    private TestJobBuilder earliest(RedisProcess server) {
        return jobs.job(source(server).setOnStreamReset(RedisStreamsResetPolicy.EARLIEST));
    }

    private static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(RedisServer server) {
        return NumberedStreams.source(server).setStreams(KEY);
    }

    private static long resets(JobClient job) {
        return SourceMetrics.of(REPORTER, job).sum(RedisStreamsMetric.STREAM_RESETS);
    }

    private static boolean counts(RedisServerBinary binary) {
        return binary.version().major() >= 7;
    }
}
