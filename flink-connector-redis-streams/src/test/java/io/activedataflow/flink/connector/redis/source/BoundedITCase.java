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
import io.activedataflow.flink.connector.redis.source.SequenceLedger.Break;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Where reading starts and where it stops. */
@Timeout(300)
class BoundedITCase {

    private static final String KEY = "orders-0";
    private static final RedisStreamsStopPosition LATEST = RedisStreamsStopPosition.latest();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @EachRedis
    void stops(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            addAtMillis(redis, 1000, 1100);
            assertThat(read(source(server).setBounded(LATEST))).isEqualTo(numbers(1000, 1100));
            assertThat(read(source(server).setBounded(RedisStreamsStopPosition.timestamp(1050))))
                    .isEqualTo(numbers(1000, 1050));
            assertThat(read(source(server).setBounded(upTo(1050)))).isEqualTo(numbers(1000, 1051));

            redis.xdel(KEY, id(1050));
            assertThat(read(source(server).setBounded(upTo(1050))))
                    .as("the stop entry was deleted")
                    .isEqualTo(numbers(1000, 1050));
            redis.xdel(KEY, id(1099));
            assertThat(read(source(server).setBounded(LATEST)).get(KEY))
                    .as("the last entry was deleted")
                    .hasSize(98)
                    .endsWith(1098L);
            assertThat(
                            read(
                                    source(server)
                                            .setBounded(
                                                    RedisStreamsStopPosition.timestamp(
                                                            Instant.now().plusMillis(500)))))
                    .as("an end that lies ahead of the server's clock")
                    .hasSize(1);
        }
    }

    @EachRedis
    void nothingToRead(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            StreamEntryId only = redis.xadd("empty", "*", "v", 0);
            redis.xdel("empty", only);
            assertThat(
                            read(
                                    NumberedStreams.source(server)
                                            .setStreams("empty", "absent")
                                            .setBounded(LATEST)))
                    .isEmpty();
            assertThat(read(NumberedStreams.source(server).setTopic("nothing").setBounded(LATEST)))
                    .isEmpty();
        }
    }

    @EachRedis
    void starts(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            addAtMillis(redis, 1000, 1100);
            assertThat(readFrom(server, RedisStreamsStartPosition.timestamp(1060)))
                    .isEqualTo(numbers(1060, 1100));
            assertThat(readFrom(server, RedisStreamsStartPosition.afterIds(Map.of(KEY, id(1060)))))
                    .isEqualTo(numbers(1061, 1100));
            assertThat(readFrom(server, RedisStreamsStartPosition.afterIds(Map.of())))
                    .isEqualTo(numbers(1000, 1100));
            assertThat(readFrom(server, RedisStreamsStartPosition.latest())).isEmpty();

            RedisStreamsStartPosition committed =
                    RedisStreamsStartPosition.committed(RedisStreamsStartPosition.timestamp(1090));
            assertThat(
                            read(
                                    source(server)
                                            .setConsumerGroup("g")
                                            .setStartPosition(committed)
                                            .setBounded(LATEST)))
                    .as("there is no group")
                    .isEqualTo(numbers(1090, 1100));
            redis.xgroupCreate(KEY, "h", id(1030).toString());
            assertThat(
                            read(
                                    source(server)
                                            .setConsumerGroup("h")
                                            .setStartPosition(committed)
                                            .setBounded(LATEST)))
                    .isEqualTo(numbers(1031, 1100));
        }
    }

    /** The reader is held up until entries were added after the positions had been fixed. */
    @EachRedis
    void latestIsFixedBeforeTheFirstFetch(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 100);
            SharedReference<Gate> opening = jobs.share(new Gate());
            SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(1, 10));
            long before = ServerStats.calls(redis, "xinfo");
            jobs.job(
                            source(server)
                                    .setDeserializer(new GatedSchema(opening))
                                    .setStartPosition(RedisStreamsStartPosition.latest()))
                    .crashesWithoutCheckpoint(plan)
                    .restarts(1)
                    .start();
            Await.until(
                    "the start to be found",
                    SequenceLedger.PATIENCE,
                    () -> ServerStats.calls(redis, "xinfo") > before);
            NumberedStreams.append(redis, KEY, 100, 150);
            opening.get().open();

            jobs.ledger().awaitCount(KEY, 150);
            assertThat(plan.get().done()).isOne();
            assertThat(jobs.ledger().breaks())
                    .as("only what was there before is left out, in both attempts")
                    .containsExactly(new Break(KEY, 0, 100));
            assertThat(jobs.ledger().attempts()).isEqualTo(2);
        }
    }

    /** What is added after the end was fixed is left out. */
    @Test
    void latestAsTheEndIsFixedAtTheStart() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 100);
            SharedReference<Gate> opening = jobs.share(new Gate());
            long before = ServerStats.calls(redis, "xinfo");
            JobClient job =
                    jobs.job(
                                    source(server)
                                            .setDeserializer(new GatedSchema(opening))
                                            .setBounded(LATEST))
                            .start();
            Await.until(
                    "the end to be found",
                    SequenceLedger.PATIENCE,
                    () -> ServerStats.calls(redis, "xinfo") > before);
            NumberedStreams.append(redis, KEY, 100, 150);
            opening.get().open();
            TestJobs.awaitEnd(job);
            assertThat(jobs.ledger().countOf(KEY)).isEqualTo(100);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    private static Map<String, List<Long>> readFrom(
            RedisServer server, RedisStreamsStartPosition start) throws Exception {
        return read(source(server).setStartPosition(start).setBounded(LATEST));
    }

    /** Runs a bounded job to its end; returns the numbers by stream. */
    private static Map<String, List<Long>> read(
            RedisStreamsSourceBuilder<Tuple2<String, Long>> source) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        Map<String, List<Long>> read = new TreeMap<>();
        try (CloseableIterator<Tuple2<String, Long>> entries =
                env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "entries")
                        .executeAndCollect()) {
            entries.forEachRemaining(
                    entry ->
                            read.computeIfAbsent(entry.f0, key -> new ArrayList<>()).add(entry.f1));
        }
        return read;
    }

    private static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(RedisServer server) {
        return NumberedStreams.source(server).setStreams(KEY);
    }

    private static void addAtMillis(RedisCommands redis, long from, long to) {
        for (long n = from; n < to; n++) {
            redis.xadd(KEY, id(n).toString(), "v", n);
        }
    }

    private static StreamEntryId id(long millis) {
        return new StreamEntryId(millis, 0);
    }

    private static RedisStreamsStopPosition upTo(long millis) {
        return RedisStreamsStopPosition.ids(Map.of(KEY, id(millis)));
    }

    private static Map<String, List<Long>> numbers(long from, long to) {
        return Map.of(KEY, LongStream.range(from, to).boxed().toList());
    }
}
