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

import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing waits for what has nothing to do with it. */
@Timeout(300)
class LivenessITCase {

    private static final Duration CHECKPOINTS = Duration.ofMillis(100);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    /** One reader; every entry has to arrive before the next one is added. */
    @EachRedis
    void idleStreamsDoNotHoldUpABusyOne(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            for (int n = 0; n < 50; n++) {
                NumberedStreams.append(redis, "t-" + n, 0, n % 2);
            }
            jobs.job(NumberedStreams.source(server).setTopic("t", 50)).start();
            for (int n = 0; n < 20; n++) {
                NumberedStreams.append(redis, "t-20", n, n + 1);
                jobs.ledger().awaitCount("t-20", n + 1);
            }
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    @Test
    void manyStreamsOnOneReader() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            for (int n = 0; n < 500; n++) {
                NumberedStreams.append(redis, "t-" + n, 0, 20 + n % 7);
            }
            JobClient job =
                    jobs.job(
                                    NumberedStreams.source(server)
                                            .setTopic("t")
                                            .setBounded(RedisStreamsStopPosition.latest()))
                            .start();
            TestJobs.awaitEnd(job);
            for (int n = 0; n < 500; n++) {
                assertThat(jobs.ledger().countOf("t-" + n)).isEqualTo(20 + n % 7);
            }
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    @Test
    void checkpointsDoNotWaitForTheServer() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, "t", 0, 10);
            jobs.job(NumberedStreams.source(server).setStreams("t").setConsumerGroup("g"))
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            jobs.ledger().awaitCount("t", 10);
            server.pause();
            try {
                jobs.ledger().awaitCheckpoints(5);
            } finally {
                server.resume();
            }
            NumberedStreams.append(redis, "t", 10, 20);
            jobs.ledger().awaitCount("t", 20);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isOne();
        }
    }

    @Test
    void theReaderClosesWhileTheServerStandsStill() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, "t", 0, 10);
            JobClient job =
                    jobs.job(
                                    NumberedStreams.source(
                                                    NumberedStreams.connection(
                                                                    server.host(), server.port())
                                                            .setCommandTimeout(
                                                                    Duration.ofMinutes(10))
                                                            .build())
                                            .setSelection(RedisStreamsSelection.pattern("t*"))
                                            .setDiscoveryInterval(Duration.ofMillis(50)))
                            .start();
            jobs.ledger().awaitCount("t", 10);
            server.pause();
            try {
                // Both threads are in the middle of a request that nobody answers.
                Stall.forSeconds(1);
                TestJobs.cancel(job);
                Await.until(
                        "the end of the reader's threads",
                        SequenceLedger.PATIENCE,
                        () -> threads("redis-streams-control").isEmpty(),
                        () -> threads("redis-streams-control").toString());
            } finally {
                server.resume();
            }
        }
    }

    @EachRedis
    void newPartitionsAreReadFromTheirBeginning(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, "t-0", 0, 10);
            jobs.job(
                            NumberedStreams.source(server)
                                    .setTopic("t")
                                    .setDiscoveryInterval(Duration.ofMillis(100)))
                    .parallelism(2)
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            jobs.ledger().awaitCount("t-0", 10);
            for (String added : List.of("t-1", "t-2", "t-3")) {
                NumberedStreams.append(redis, added, 0, 30);
                jobs.ledger().awaitCount(added, 30);
            }
            NumberedStreams.append(redis, "t-0", 10, 20);
            jobs.ledger().awaitCount("t-0", 20);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    /** The stream that is ahead in event time waits for the other one and then goes on. */
    @Test
    void watermarkAlignmentPausesAndResumes() throws Exception {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                RedisCommands redis = server.connect()) {
            redis.xadd("slow", "1000-0", "v", 0);
            int total = 50_000;
            String add =
                    "for i = 0, tonumber(ARGV[1]) - 1 do redis.call('XADD', KEYS[1],"
                            + " string.format('%d-0', 1000 + i * 1000), 'v', i) end";
            redis.call("EVAL", add, 1, "fast", total);
            jobs.job(
                            NumberedStreams.source(server)
                                    .setStreams("slow", "fast")
                                    .setBatchMaxEntries(5))
                    .watermarks(
                            WatermarkStrategy.<Tuple2<String, Long>>forMonotonousTimestamps()
                                    .withWatermarkAlignment(
                                            "streams",
                                            Duration.ofSeconds(10),
                                            Duration.ofMillis(20)))
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            jobs.ledger().awaitCount("slow", 1);
            jobs.ledger().awaitCount("fast", 5);
            jobs.ledger().awaitCheckpoints(15);
            assertThat(jobs.ledger().countOf("fast")).isLessThan(total);

            redis.xadd("slow", total * 1000L + "-0", "v", 1);
            jobs.ledger().awaitCount("fast", total);
            jobs.ledger().awaitCount("slow", 2);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    @EachRedis
    void anyBytesAndAnySize(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            byte[] huge = new byte[64 << 20];
            Arrays.fill(huge, (byte) '\r');
            huge[huge.length - 1] = '\n';
            byte[] notText = {(byte) 0xff, (byte) 0xfe, 0, '\r', '\n', (byte) 0x80};
            for (byte[] value : List.of(huge, notText, new byte[0], huge)) {
                redis.xadd("t", "*", "v", value);
            }
            assertThat(digests(server))
                    .isEqualTo(
                            Stream.of(huge, notText, new byte[0], huge)
                                    .map(LivenessITCase::digest)
                                    .toList());
        }
    }

    private static List<String> digests(RedisProcess server) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        RedisStreamsSource<String> source =
                RedisStreamsSource.<String>builder()
                        .setConnection(
                                NumberedStreams.connection(server.host(), server.port()).build())
                        .setStreams("t")
                        .setBounded(RedisStreamsStopPosition.latest())
                        .setDeserializer(
                                RedisStreamsDeserializationSchema.bytesMap()
                                        .map(fields -> digest(fields.get("v")), Types.STRING))
                        .build();
        List<String> digests = new ArrayList<>();
        try (CloseableIterator<String> found =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "entries")
                        .executeAndCollect()) {
            found.forEachRemaining(digests::add);
        }
        return digests;
    }

    private static String digest(byte[] value) {
        return value.length + ":" + Arrays.hashCode(value);
    }

    private static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
