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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The cursor of the consumer group follows the checkpoints, and nothing depends on it. */
@Timeout(300)
class CommittedCursorITCase {

    private static final String KEY = "orders";
    private static final Duration CHECKPOINTS = Duration.ofMillis(100);
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @EachRedis
    void movesWhenCheckpointsComplete(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 100);
            JobClient job =
                    jobs.job(source(server).setConsumerName("c"))
                            .checkpointEvery(CHECKPOINTS)
                            .start();
            awaitCursorAtEnd(redis, binary);
            NumberedStreams.append(redis, KEY, 100, 200);
            awaitCursorAtEnd(redis, binary);

            assertThat(redis.list("XINFO", "CONSUMERS", KEY, "g")).hasSize(1);
            assertThat(redis.xinfoGroups(KEY).get(0)).containsEntry("pending", 0L);
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            assertThat(metrics.sum(RedisStreamsMetric.COMMITS_SUCCEEDED)).isPositive();
            assertThat(metrics.sum(RedisStreamsMetric.COMMITS_FAILED)).isZero();
        }
    }

    /** The reader is closed as soon as the last checkpoint has completed. */
    @Test
    void theEndOfABoundedRunLosesNoCursor() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            int streams = 300;
            for (int n = 0; n < streams; n++) {
                NumberedStreams.append(redis, "t-" + n, 0, 10);
            }
            JobClient job =
                    jobs.job(
                                    NumberedStreams.source(server)
                                            .setTopic("t")
                                            .setConsumerGroup("g")
                                            .setConsumerName("c")
                                            .setBounded(RedisStreamsStopPosition.latest()))
                            .checkpointEvery(Duration.ofMinutes(10))
                            .start();
            TestJobs.awaitEnd(job);
            long moved =
                    IntStream.range(0, streams)
                            .filter(n -> !redis.xinfoGroups("t-" + n).isEmpty())
                            .count();
            assertThat(moved).isEqualTo(streams);
        }
    }

    @EachRedis
    void movesAtTheEndOfABoundedRun(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 100);
            JobClient job =
                    jobs.job(source(server).setBounded(RedisStreamsStopPosition.latest()))
                            .checkpointEvery(Duration.ofMinutes(10))
                            .start();
            TestJobs.awaitEnd(job);
            awaitCursorAtEnd(redis, binary);
        }
    }

    @EachRedis
    void failuresAreOnlyCounted(RedisServerBinary binary) throws Exception {
        try (RedisProcess server =
                        RedisProcess.builder(binary)
                                .user("flink", "p", "~*", "+@all", "-xgroup")
                                .start();
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 100);
            JobClient job =
                    jobs.job(
                                    NumberedStreams.source(
                                                    NumberedStreams.connection(
                                                                    server.host(), server.port())
                                                            .setUser("flink")
                                                            .setPassword("p")
                                                            .build())
                                            .setStreams(KEY)
                                            .setConsumerGroup("g"))
                            .checkpointEvery(CHECKPOINTS)
                            .start();
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            Await.until(
                    "failed commits",
                    SequenceLedger.PATIENCE,
                    () -> metrics.sum(RedisStreamsMetric.COMMITS_FAILED) > 2);
            NumberedStreams.append(redis, KEY, 100, 200);
            jobs.ledger().awaitCount(KEY, 200);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isOne();
            assertThat(metrics.sum(RedisStreamsMetric.COMMITS_SUCCEEDED)).isZero();
            assertThat(redis.xinfoGroups(KEY)).isEmpty();
        }
    }

    private static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(RedisServer server) {
        return NumberedStreams.source(server).setStreams(KEY).setConsumerGroup("g");
    }

    private static void awaitCursorAtEnd(RedisCommands redis, RedisServerBinary binary) {
        List<StreamEntryId> ids = redis.ids(KEY);
        String last = ids.get(ids.size() - 1).toString();
        Await.until(
                "the cursor at " + last,
                Duration.ofSeconds(30),
                () -> {
                    Map<String, Object> group = redis.xinfoGroups(KEY).get(0);
                    return last.equals(group.get("last-delivered-id"))
                            && (binary.version().major() < 7
                                    || Long.valueOf(0).equals(group.get("lag"))
                                            && Long.valueOf(ids.size())
                                                    .equals(group.get("entries-read")));
                },
                () -> redis.xinfoGroups(KEY).toString());
    }
}
