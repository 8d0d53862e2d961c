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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Sharded topics, restored with other parallelisms and from older checkpoints. */
@Timeout(300)
class RescalingITCase {

    private static final int SHARDS = 8;
    private static final List<String> KEYS =
            IntStream.range(0, 12).mapToObj(n -> "customer-" + n).toList();
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(1);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    void savepointsOfShardsByField(@TempDir Path directory) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            String savepoint = null;
            for (int parallelism : new int[] {1, 4, 2}) {
                JobClient job =
                        job(NumberedMessages.source(server).shardBy("/key", SHARDS), savepoint)
                                .parallelism(parallelism)
                                .start();
                savepoint = stopAfterMore(job, directory);
            }
            job(NumberedMessages.source(server).shardBy("/key", SHARDS), savepoint).start();
            assertNothingIsMissing(writer);
        }
    }

    @Test
    void savepointsOfShardsByBookmark(@TempDir Path directory) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            String savepoint = null;
            for (int parallelism : new int[] {1, 4, 2}) {
                JobClient job =
                        job(NumberedMessages.source(server).shardByBookmark(SHARDS), savepoint)
                                .anyOrder()
                                .parallelism(parallelism)
                                .start();
                savepoint = stopAfterMore(job, directory);
            }
            job(NumberedMessages.source(server).shardByBookmark(SHARDS), savepoint)
                    .anyOrder()
                    .start();
            assertNothingIsMissing(writer);
        }
    }

    @Test
    void anOlderCheckpoint(@TempDir Path directory) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient job =
                    job(NumberedMessages.source(server), null).retainCheckpoints(directory).start();
            jobs.ledger().awaitCount(KEYS.get(0), 50);
            jobs.ledger().awaitCheckpoints(1);
            String old = newestCheckpoint(directory);
            jobs.ledger().awaitCheckpoints(3);
            jobs.ledger().awaitCount(KEYS.get(0), 50 + jobs.ledger().countOf(KEYS.get(0)));
            TestJobs.cancel(job);
            assertThat(newestCheckpoint(directory)).isNotEqualTo(old);

            job(NumberedMessages.source(server), old).parallelism(2).start();
            assertNothingIsMissing(writer);
        }
    }

    private TestJobBuilder job(AmpsSourceBuilder<Tuple2<String, Long>> source, String savepoint) {
        TestJobBuilder job = jobs.job(source).checkpointEvery(CHECKPOINTS);
        return savepoint == null ? job : job.restoreFrom(savepoint);
    }

    private String stopAfterMore(JobClient job, Path directory) throws Exception {
        Map<String, Long> goals = new HashMap<>();
        KEYS.forEach(key -> goals.put(key, jobs.ledger().countOf(key) + 20));
        goals.forEach(jobs.ledger()::awaitCount);
        return TestJobs.stop(job, directory);
    }

    private void assertNothingIsMissing(NumberWriter writer) {
        writer.stop();
        for (String key : KEYS) {
            jobs.ledger().awaitCount(key, writer.written(key));
        }
        jobs.ledger().awaitCheckpoints(1);
        assertThat(jobs.ledger().breaks()).isEmpty();
        for (String key : KEYS) {
            assertThat(jobs.ledger().countOf(key)).as(key).isEqualTo(writer.written(key));
        }
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
