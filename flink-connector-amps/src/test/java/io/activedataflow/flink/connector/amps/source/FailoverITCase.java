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

import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two replicated servers, of which the one that is read from fails: each message exactly once, by
 * count, although the two have the messages in different orders.
 */
@Timeout(300)
class FailoverITCase {

    private static final List<String> KEYS = List.of("alice", "bob", "carol", "dave");
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(1);
    private static final int SOME = 30;
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();
    @TempDir Path checkpoints;

    @Test
    void backAndForth() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start();
                NumberWriter writer = writer(first, second, 1)) {
            failBackAndForth(first, second, writer);
        }
    }

    /** Signed, the sequences would turn negative on the way, and so be below those before. */
    @Test
    void numbersAboveTheSignedRange() throws Exception {
        AmpsStandIn.Builder numbered =
                AmpsStandIn.builder()
                        .publisherId("alice", -1)
                        .publisherId("bob", Long.MIN_VALUE)
                        .publisherId("carol", Long.MAX_VALUE);
        try (AmpsStandIn first = numbered.start();
                AmpsStandIn second = AmpsStandIn.builder().start();
                NumberWriter writer = writer(first, second, Long.MAX_VALUE - 2 * SOME)) {
            failBackAndForth(first, second, writer);
        }
    }

    private void failBackAndForth(AmpsStandIn first, AmpsStandIn second, NumberWriter writer)
            throws Exception {
        JobClient job = jobs.job(NumberedMessages.source(first, second)).start();
        for (int round = 0; round < 2; round++) {
            readWithout(first, second, writer);
            readWithout(second, first, writer);
        }
        assertEachOnce(writer);
        assertThat(jobs.ledger().attempts()).as("attempts of the job").isOne();
        SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
        assertThat(metrics.sum(AmpsMetric.FAILOVERS)).isGreaterThanOrEqualTo(3);
        assertThat(metrics.sum(AmpsMetric.DUPLICATES_DROPPED)).isPositive();
        assertThat(metrics.sum(AmpsMetric.DATA_LOSSES)).isZero();
    }

    /** The job is back from an older checkpoint, on a server that it has never been on. */
    @Test
    void crashOfJobAndServerTogether() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start();
                NumberWriter writer = writer(first, second, 1)) {
            JobClient job =
                    jobs.job(NumberedMessages.source(first, second))
                            .checkpointEvery(CHECKPOINTS)
                            .retainCheckpoints(checkpoints)
                            .start();
            jobs.ledger().awaitMore(KEYS, SOME);
            jobs.ledger().awaitCheckpoints(1);
            first.stop();
            String checkpoint = TestJobs.cancelAndKeepCheckpoint(job, checkpoints);

            job =
                    jobs.job(NumberedMessages.source(first, second))
                            .checkpointEvery(CHECKPOINTS)
                            .retainCheckpoints(checkpoints)
                            .restoreFrom(checkpoint)
                            .start();
            jobs.ledger().awaitMore(KEYS, SOME);
            jobs.ledger().awaitCheckpoints(1);
            first.start();
            second.stop();
            checkpoint = TestJobs.cancelAndKeepCheckpoint(job, checkpoints);

            jobs.job(NumberedMessages.source(first, second)).restoreFrom(checkpoint).start();
            assertEachOnce(writer);
        }
    }

    @Test
    void crashesOfTheJobWhileServersComeAndGo() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start();
                NumberWriter writer = writer(first, second, 1)) {
            SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(5, SOME));
            jobs.job(NumberedMessages.source(first, second))
                    .checkpointEvery(CHECKPOINTS)
                    .restarts(10)
                    .crashes(plan)
                    .start();
            while (plan.get().done() < 5) {
                readWithout(first, second, writer);
                readWithout(second, first, writer);
            }
            assertEachOnce(writer);
            assertThat(jobs.ledger().attempts()).isGreaterThan(5);
        }
    }

    /** Whatever connects to the address takes what it finds there for another instance. */
    @Test
    void anAddressBehindWhichTheServerChanges() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().port(first.port()).build();
                NumberWriter writer = writer(first, second, 1)) {
            JobClient job =
                    jobs.job(
                                    NumberedMessages.source(
                                                    NumberedMessages.connection(first)
                                                            .setEndpointsAreStable(false)
                                                            .build())
                                            .setTopics(NumberedMessages.TOPIC))
                            .start();
            jobs.ledger().awaitMore(KEYS, SOME);
            for (int round = 0; round < 2; round++) {
                first.stop();
                second.start();
                jobs.ledger().awaitMore(KEYS, SOME);
                second.stop();
                first.start();
                jobs.ledger().awaitMore(KEYS, SOME);
            }
            assertEachOnce(writer);
            assertThat(jobs.ledger().attempts()).as("attempts of the job").isOne();
            assertThat(SourceMetrics.of(REPORTER, job).sum(AmpsMetric.FAILOVERS)).isEqualTo(4);
        }
    }

    @Test
    void aPublisherThatIsNewIsFoundByTheOverlap() throws Exception {
        failOverToAReplicaWithAnotherPublisher(Duration.ofMinutes(1));
        assertThat(jobs.ledger().countOf("newcomer")).isOne();
    }

    /** What the other server does not have yet is not lost: it is still to come there. */
    @Test
    void aReplicaThatIsBehindIsWaitedFor() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            List<LogEntry> known = NumberedMessages.publish(first, "alice", 0, 100);
            known.subList(0, 90).forEach(entry -> second.replicate(entry, entry.timestampMicros()));
            jobs.job(NumberedMessages.source(first, second)).start();
            jobs.ledger().awaitCount("alice", 100);

            first.stop();
            Await.until(
                    "a subscription on the other server",
                    SequenceLedger.PATIENCE,
                    () -> !second.subscriptions().isEmpty());
            known.subList(90, 100).forEach(second::replicate);
            NumberedMessages.publish(second, "alice", 100, 110);
            jobs.ledger().awaitCount("alice", 110);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    /** What the overlap is for: the case above is one that bookmarks alone do not cover. */
    @Test
    void aPublisherThatIsNewIsMissedWithoutTheOverlap() throws Exception {
        failOverToAReplicaWithAnotherPublisher(Duration.ZERO);
        assertThat(jobs.ledger().countOf("newcomer")).isZero();
    }

    /** The times of one server say nothing about those of the other, so they are not compared. */
    @Test
    void aReplicaWithASlowClockIsFineWithoutAnOverlap() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(first, "alice", 0, 100)
                    .forEach(entry -> second.replicate(entry, entry.timestampMicros() - 1000));
            jobs.job(NumberedMessages.source(first, second).setFailoverOverlap(Duration.ZERO))
                    .start();
            jobs.ledger().awaitCount("alice", 100);

            first.stop();
            NumberedMessages.publish(second, "alice", 100, 110);
            jobs.ledger().awaitCount("alice", 110);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    /** The other publisher's message lies behind everything that the job has a bookmark of. */
    private void failOverToAReplicaWithAnotherPublisher(Duration overlap) throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start();
                AmpsStandIn third = AmpsStandIn.builder().build()) {
            List<LogEntry> known = NumberedMessages.publish(first, "alice", 0, 100);
            LogEntry unknown = NumberedMessages.publish(third, "newcomer", 0, 1).get(0);
            for (LogEntry entry : known) {
                if (entry.sequence() == 50) {
                    second.replicate(unknown, entry.timestampMicros());
                }
                second.replicate(entry, entry.timestampMicros());
            }
            jobs.job(NumberedMessages.source(first, second).setFailoverOverlap(overlap)).start();
            jobs.ledger().awaitCount("alice", 100);

            first.stop();
            NumberedMessages.publish(second, "alice", 100, 110);
            jobs.ledger().awaitCount("alice", 110);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    private static NumberWriter writer(AmpsStandIn first, AmpsStandIn second, long firstSequence) {
        return NumberWriter.start(List.of(first, second), KEYS, firstSequence, WRITER_PAUSE);
    }

    /** Lets the first of the two fail for a while, wherever the job is, and come back. */
    private void readWithout(AmpsStandIn failing, AmpsStandIn other, NumberWriter writer) {
        jobs.ledger().awaitMore(writer.keys(), SOME);
        failing.stop();
        Await.until(
                "a subscription on the other server",
                SequenceLedger.PATIENCE,
                () -> !other.subscriptions().isEmpty());
        jobs.ledger().awaitMore(writer.keys(), SOME);
        failing.start();
    }

    private void assertEachOnce(NumberWriter writer) {
        writer.stop();
        jobs.ledger().awaitAll(writer.written());
        assertThat(jobs.ledger().breaks()).isEmpty();
        for (String key : writer.keys()) {
            assertThat(jobs.ledger().countOf(key)).isEqualTo(writer.written(key));
        }
    }
}
