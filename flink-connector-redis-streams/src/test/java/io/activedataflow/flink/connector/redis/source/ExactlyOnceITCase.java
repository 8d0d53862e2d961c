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
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;
import io.activedataflow.flink.connector.redis.testutils.TcpProxy;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures at every stage lose nothing, repeat nothing and keep the order of every stream, counted
 * in Flink's state while a writer goes on writing.
 */
@Timeout(300)
class ExactlyOnceITCase {

    private static final List<String> KEYS =
            IntStream.range(0, 4).mapToObj(n -> "orders-" + n).toList();
    private static final Duration CHECKPOINTS = Duration.ofMillis(100);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(1);

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    @Tag("compat")
    void crashesOfTheJob() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(4, 50));
            job(server).restarts(10).crashes(plan).parallelism(2).start();
            Await.until("the crashes", SequenceLedger.PATIENCE, () -> plan.get().done() == 4);
            jobs.ledger().awaitCheckpoints(2);
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).isGreaterThan(4);
        }
    }

    @EachRedis
    void serverKilledAndRestarted(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.builder(binary).appendOnlyAlways().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            job(server).start();
            for (int kill = 0; kill < 2; kill++) {
                jobs.ledger().awaitCount(KEYS.get(0), 100 + jobs.ledger().countOf(KEYS.get(0)));
                server.kill9();
                jobs.ledger().awaitCheckpoints(1);
                server.start();
            }
            jobs.ledger().awaitCount(KEYS.get(0), 100 + jobs.ledger().countOf(KEYS.get(0)));
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).as("The job itself has not failed.").isOne();
        }
    }

    @Test
    void connectionsKilledInALoop() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands killer = server.connect();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient job = job(server).start();
            jobs.ledger().awaitCount(KEYS.get(0), 1);
            for (int kill = 0; kill < 15; kill++) {
                long before = jobs.ledger().countOf(KEYS.get(0));
                killer.clientKillNormal();
                jobs.ledger().awaitCount(KEYS.get(0), before + 20);
            }
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            assertThat(metrics.sum(RedisStreamsMetric.RECONNECTS)).isGreaterThan(5);
            assertThat(metrics.sum(RedisStreamsMetric.RETRIED_ERRORS)).isGreaterThan(5);
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).as("The job itself has not failed.").isOne();
        }
    }

    @Test
    void connectionCutInTheMiddleOfReplies() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                TcpProxy proxy = TcpProxy.to(server.host(), server.port());
                RedisCommands redis = server.connect()) {
            for (String key : KEYS) {
                NumberedStreams.append(redis, key, 0, 20_000);
            }
            proxy.cutAfterReplyBytes(200_000);
            JobClient job =
                    jobs.job(
                                    NumberedStreams.source(
                                                    NumberedStreams.connection(
                                                                    proxy.host(), proxy.port())
                                                            .build())
                                            .setStreams(KEYS.toArray(String[]::new)))
                            .checkpointEvery(CHECKPOINTS)
                            .start();
            for (String key : KEYS) {
                jobs.ledger().awaitCount(key, 20_000);
            }
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isOne();
            assertThat(SourceMetrics.of(REPORTER, job).sum(RedisStreamsMetric.RECONNECTS)).isOne();
        }
    }

    @Test
    void serverThatStandsStill() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            jobs.job(
                            NumberedStreams.source(
                                            NumberedStreams.connection(server.host(), server.port())
                                                    .setCommandTimeout(Duration.ofSeconds(1))
                                                    .build())
                                    .setStreams(KEYS.toArray(String[]::new)))
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            jobs.ledger().awaitCount(KEYS.get(0), 100);
            server.pause();
            Stall.forSeconds(3);
            server.resume();
            jobs.ledger().awaitCount(KEYS.get(0), 100 + jobs.ledger().countOf(KEYS.get(0)));
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).as("The job itself has not failed.").isOne();
        }
    }

    @Test
    void networkThatStandsStill() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                TcpProxy proxy = TcpProxy.to(server.host(), server.port());
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            jobs.job(
                            NumberedStreams.source(
                                            NumberedStreams.connection(proxy.host(), proxy.port())
                                                    .setCommandTimeout(Duration.ofSeconds(1))
                                                    .build())
                                    .setStreams(KEYS.toArray(String[]::new)))
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            jobs.ledger().awaitCount(KEYS.get(0), 100);
            proxy.stall();
            Stall.forSeconds(3);
            proxy.resume();
            jobs.ledger().awaitCount(KEYS.get(0), 100 + jobs.ledger().countOf(KEYS.get(0)));
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).as("The job itself has not failed.").isOne();
        }
    }

    @EachRedis
    void savepointAndRescaling(RedisServerBinary binary, @TempDir Path directory) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            String savepoint = null;
            for (int parallelism : new int[] {1, 4, 2}) {
                TestJobBuilder builder = job(server).parallelism(parallelism);
                if (savepoint != null) {
                    builder.restoreFrom(savepoint);
                }
                JobClient job = builder.start();
                for (String key : KEYS) {
                    jobs.ledger().awaitCount(key, jobs.ledger().countOf(key) + 50);
                }
                savepoint = TestJobs.stop(job, directory);
            }
            job(server).restoreFrom(savepoint).start();
            assertNothingIsMissing(writer);
        }
    }

    @Test
    void anOlderCheckpoint(@TempDir Path directory) throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient job = job(server).retainCheckpoints(directory).start();
            jobs.ledger().awaitCount(KEYS.get(0), 100);
            jobs.ledger().awaitCheckpoints(1);
            String old = newestCheckpoint(directory);
            jobs.ledger().awaitCheckpoints(3);
            jobs.ledger().awaitCount(KEYS.get(0), 100 + jobs.ledger().countOf(KEYS.get(0)));
            TestJobs.cancel(job);
            assertThat(newestCheckpoint(directory)).isNotEqualTo(old);

            job(server).restoreFrom(old).parallelism(2).start();
            assertNothingIsMissing(writer);
        }
    }

    @Test
    void anotherConsumerNameAndAGroupDestroyed(@TempDir Path directory) throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient first = grouped(server, "blue").start();
            jobs.ledger().awaitCount(KEYS.get(0), 100);
            Await.until(
                    "the group",
                    SequenceLedger.PATIENCE,
                    () -> redis.xinfoGroups(KEYS.get(0)).size() == 1);
            String savepoint = TestJobs.stop(first, directory);
            for (String key : KEYS) {
                redis.xgroupDestroy(key, "g");
            }

            grouped(server, "green").restoreFrom(savepoint).start();
            Await.until(
                    "the group to be created again",
                    SequenceLedger.PATIENCE,
                    () -> redis.xinfoGroups(KEYS.get(0)).size() == 1);
            assertThat(redis.xgroupDestroy(KEYS.get(0), "g")).isTrue();
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).isEqualTo(2);
        }
    }

    private TestJobBuilder job(RedisProcess server) {
        return jobs.job(
                        NumberedStreams.source(server)
                                .setTopic("orders")
                                .setDiscoveryInterval(Duration.ofMillis(200)))
                .checkpointEvery(CHECKPOINTS);
    }

    private TestJobBuilder grouped(RedisProcess server, String consumer) {
        return jobs.job(
                        NumberedStreams.source(server)
                                .setTopic("orders", KEYS.size())
                                .setConsumerGroup("g")
                                .setConsumerName(consumer))
                .checkpointEvery(CHECKPOINTS);
    }

    private void assertNothingIsMissing(NumberWriter writer) throws Exception {
        Map<String, Long> written = writer.finish();
        written.forEach(jobs.ledger()::awaitCount);
        jobs.ledger().awaitCheckpoints(1);
        assertThat(jobs.ledger().breaks()).isEmpty();
        written.forEach(
                (key, count) -> assertThat(jobs.ledger().countOf(key)).as(key).isEqualTo(count));
    }

    private static String newestCheckpoint(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .map(Path::getParent)
                    .max((a, b) -> Long.compare(number(a), number(b)))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }
}
