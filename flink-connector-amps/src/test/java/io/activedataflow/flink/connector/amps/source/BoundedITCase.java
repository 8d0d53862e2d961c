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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Where reading stops, also when jobs and servers fail before. */
@Timeout(300)
class BoundedITCase {

    private static final String KEY = "alice";
    private static final String OTHER_KEY = "bob";
    private static final AmpsStopPosition END_OF_LOG = AmpsStopPosition.latestAtStart();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    void endOfTheLogAsOfTheStart() throws Exception {
        try (PausingServer server = PausingServer.start()) {
            NumberedMessages.publish(server.server(), KEY, 0, 100);
            JobClient job = jobs.job(source(server.server())).start();
            server.awaitReader();
            NumberedMessages.publish(server.server(), KEY, 100, 150);
            server.goOn();
            TestJobs.awaitEnd(job);
            assertEachOnce(KEY, 100);
        }
    }

    /** What came after the start is not read by the next attempt either. */
    @Test
    void crashInTheMiddle() throws Exception {
        try (PausingServer server = PausingServer.start()) {
            NumberedMessages.publish(server.server(), KEY, 0, 500);
            crashInTheMiddle(source(server.server()), server);
            assertEachOnce(KEY, 500);
        }
    }

    @Test
    void crashInTheMiddleOfTheFirstMessages() throws Exception {
        try (PausingServer server = PausingServer.start()) {
            NumberedMessages.publish(server.server(), KEY, 0, 500);
            crashInTheMiddle(
                    NumberedMessages.source(server.server())
                            .setBounded(AmpsStopPosition.afterMessages(300)),
                    server);
            assertEachOnce(KEY, 300);
        }
    }

    /** The job crashes some time after 100 messages and a checkpoint; meanwhile the log grows. */
    private void crashInTheMiddle(
            AmpsSourceBuilder<Tuple2<String, Long>> source, PausingServer server) throws Exception {
        SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(1, 120));
        JobClient job =
                jobs.job(source)
                        .crashes(plan)
                        .checkpointEvery(Duration.ofMillis(50))
                        .restarts(1)
                        .start();
        server.awaitReader();
        server.goOnUpTo(100);
        jobs.ledger().awaitCount(KEY, 100);
        NumberedMessages.publish(server.server(), KEY, 500, 600);
        jobs.ledger().awaitCheckpoints(1);
        server.server().refuseConnections(false);
        TestJobs.awaitEnd(job);
        assertThat(plan.get().done()).isOne();
    }

    /** The replica has another order, and by now more than the first server had at the start. */
    @Test
    void failoverInTheMiddle() throws Exception {
        try (PausingServer first = PausingServer.start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            publishInTurns(first.server(), 200);
            replicateByKey(first.server(), second);
            JobClient job = jobs.job(source(first.server(), second)).start();
            first.awaitReader();
            NumberedMessages.publish(second, KEY, 200, 230);
            first.goOnUpTo(150);
            TestJobs.awaitEnd(job);
            assertEachOnce(KEY, 230);
            assertEachOnce(OTHER_KEY, 200);
            assertThat(jobs.ledger().attempts()).as("attempts of the job").isOne();
        }
    }

    /** The end may only grow, although the replica's log ends before. */
    @Test
    void failoverToAReplicaThatIsBehind() throws Exception {
        try (PausingServer first = PausingServer.start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            publishInTurns(first.server(), 200);
            List<LogEntry> log = first.server().log().entries();
            log.subList(0, 300).forEach(entry -> second.replicate(entry, entry.timestampMicros()));
            JobClient job = jobs.job(source(first.server(), second)).start();
            first.awaitReader();
            first.goOnUpTo(150);
            jobs.ledger().awaitCount(KEY, 150);
            log.subList(300, 400)
                    .forEach(entry -> second.replicate(entry, entry.timestampMicros()));
            NumberedMessages.publish(second, KEY, 200, 230);
            TestJobs.awaitEnd(job);
            assertEachOnce(KEY, 200);
            assertEachOnce(OTHER_KEY, 200);
        }
    }

    @Test
    void rangesOfBookmarks() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 100);
            NumberedMessages.publish(server, OTHER_KEY, 0, 10);
            assertThat(readRange(server, after(30), AmpsStopPosition.at(at(60))))
                    .as("without the first and with the last")
                    .isEqualTo(BoundedRun.numbers(KEY, 30, 60));
            assertThat(readRange(server, after(30), AmpsStopPosition.at(List.of(at(60), at(70)))))
                    .as("the latest of several")
                    .isEqualTo(BoundedRun.numbers(KEY, 30, 70));
            assertThat(readRange(server, after(60), AmpsStopPosition.at(at(60)))).isEmpty();
            assertThat(readRange(server, after(60), AmpsStopPosition.at(at(30)))).isEmpty();
        }
    }

    @Test
    void rangesOfTime() throws Exception {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        try (AmpsStandIn origin = AmpsStandIn.builder().build();
                AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(origin, KEY, 0, 100)
                    .forEach(
                            entry ->
                                    server.replicate(
                                            entry,
                                            start.plusSeconds(entry.position()).toEpochMilli()
                                                    * 1000));
            assertThat(
                            readRange(
                                    server,
                                    AmpsStartPosition.timestamp(start.plusSeconds(11)),
                                    AmpsStopPosition.timestamp(start.plusSeconds(21))))
                    .as("with the first and without the last")
                    .isEqualTo(BoundedRun.numbers(KEY, 10, 20));
            assertThat(
                            readRange(
                                    server,
                                    AmpsStartPosition.timestamp(start.plusMillis(20_200)),
                                    AmpsStopPosition.timestamp(start.plusMillis(20_800))))
                    .isEmpty();
            assertThat(
                            readRange(
                                    server,
                                    AmpsStartPosition.timestamp(start.plusSeconds(91)),
                                    AmpsStopPosition.timestamp(Instant.now().plusMillis(500))))
                    .as("an end ahead of the server's clock")
                    .isEqualTo(BoundedRun.numbers(KEY, 90, 100));
        }
    }

    @Test
    void firstMessages() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 100);
            assertThat(
                            readRange(
                                    server,
                                    AmpsStartPosition.earliest(),
                                    AmpsStopPosition.afterMessages(30)))
                    .isEqualTo(BoundedRun.numbers(KEY, 0, 30));
            assertThat(readRange(server, after(50), AmpsStopPosition.afterMessages(1)))
                    .isEqualTo(BoundedRun.numbers(KEY, 50, 51));
        }
    }

    /** The messages that a failover brings again do not count. */
    @Test
    void failoverInTheMiddleOfTheFirstMessages() throws Exception {
        try (PausingServer first = PausingServer.start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(first.server(), KEY, 0, 500)
                    .forEach(entry -> second.replicate(entry, entry.timestampMicros()));
            JobClient job =
                    jobs.job(
                                    NumberedMessages.source(first.server(), second)
                                            .setBounded(AmpsStopPosition.afterMessages(300)))
                            .start();
            first.awaitReader();
            first.goOnUpTo(100);
            TestJobs.awaitEnd(job);
            assertEachOnce(KEY, 300);
        }
    }

    @Test
    void nothingToRead() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            assertThat(BoundedRun.read(source(server))).as("the log is empty").isEmpty();
            NumberedMessages.publish(server, KEY, 0, 100);
            assertThat(BoundedRun.read(source(server).setFilter("/key = 'nobody'")))
                    .as("nothing matches")
                    .isEmpty();
            server.pruneBefore(101);
            assertThat(BoundedRun.read(source(server))).as("all of it is pruned").isEmpty();
        }
    }

    @Test
    void moreReadersThanSplits() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 100);
            assertThat(BoundedRun.read(source(server), 4))
                    .isEqualTo(BoundedRun.numbers(KEY, 0, 100));
        }
    }

    @Test
    void eightShards() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 1000);
            assertThat(sorted(BoundedRun.read(source(server).shardBy("/n", 8), 3)))
                    .isEqualTo(BoundedRun.numbers(KEY, 0, 1000));
            assertThat(sorted(BoundedRun.read(source(server).shardByBookmark(8), 3)))
                    .isEqualTo(BoundedRun.numbers(KEY, 0, 1000));
            assertThat(
                            BoundedRun.read(
                                            NumberedMessages.source(server)
                                                    .shardByBookmark(8)
                                                    .setBounded(AmpsStopPosition.afterMessages(10)))
                                    .get(KEY))
                    .as("ten of each shard")
                    .hasSize(80)
                    .doesNotHaveDuplicates();
        }
    }

    private static Map<String, List<Long>> sorted(Map<String, List<Long>> read) {
        assertThat(read).containsOnlyKeys(KEY);
        return Map.of(KEY, read.get(KEY).stream().sorted().toList());
    }

    private static void publishInTurns(AmpsStandIn server, long each) {
        LongStream.range(0, each)
                .forEach(
                        n -> {
                            NumberedMessages.publish(server, KEY, n, n + 1);
                            NumberedMessages.publish(server, OTHER_KEY, n, n + 1);
                        });
    }

    /** First all messages of one key, then all of the other. */
    private static void replicateByKey(AmpsStandIn from, AmpsStandIn to) {
        for (String key : List.of(KEY, OTHER_KEY)) {
            from.log().entries().stream()
                    .filter(entry -> entry.publisherId() == AmpsStandIn.publisherId(key))
                    .forEach(entry -> to.replicate(entry, entry.timestampMicros()));
        }
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> source(AmpsStandIn... servers) {
        return NumberedMessages.source(servers).setBounded(END_OF_LOG);
    }

    private static Map<String, List<Long>> readRange(
            AmpsStandIn server, AmpsStartPosition start, AmpsStopPosition stop) throws Exception {
        return BoundedRun.read(
                NumberedMessages.source(server).setStartPosition(start).setBounded(stop));
    }

    private static AmpsStartPosition after(long sequence) {
        return AmpsStartPosition.after(at(sequence));
    }

    private static AmpsBookmark at(long sequence) {
        return new AmpsBookmark(AmpsStandIn.publisherId(KEY), sequence);
    }

    private void assertEachOnce(String key, long count) {
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().countOf(key)).isEqualTo(count);
    }
}
