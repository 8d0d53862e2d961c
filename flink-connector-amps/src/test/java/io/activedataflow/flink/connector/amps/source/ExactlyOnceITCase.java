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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbered messages through jobs and servers that fail: each exactly once, by count. */
@Timeout(300)
class ExactlyOnceITCase {

    private static final String TOPIC = NumberedMessages.TOPIC;
    private static final List<String> KEYS = List.of("alice", "bob", "carol");
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(1);

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    @Tag("compat")
    void crashesOfTheJob() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(4, 50));
            jobs.job(NumberedMessages.source(server))
                    .checkpointEvery(CHECKPOINTS)
                    .restarts(10)
                    .crashes(plan)
                    .parallelism(2)
                    .start();
            Await.until("the crashes", SequenceLedger.PATIENCE, () -> plan.get().done() == 4);
            jobs.ledger().awaitCheckpoints(2);
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).isGreaterThan(4);
        }
    }

    @Test
    void connectionsDroppedInALoop() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient job = job(NumberedMessages.connection(server)).start();
            for (int drop = 0; drop < 15; drop++) {
                awaitMore(20);
                server.faults().dropConnections();
            }
            awaitMore(20);
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            assertThat(metrics.sum(AmpsMetric.RECONNECTS)).isEqualTo(15);
            assertThat(metrics.sum(AmpsMetric.RETRIED_ERRORS)).isGreaterThanOrEqualTo(15);
            assertNothingIsMissing(writer);
            assertThatTheJobHasNotFailed();
        }
    }

    /**
     * The answers to logon and subscribe, and then one message, or a few; by the list of publishers
     * enough of them for a new one behind those that come again.
     */
    @ParameterizedTest
    @CsvSource({"true, 3", "true, 4", "true, 7", "false, 12"})
    void connectionsThatBreakAfterAFewFrames(boolean stable, int frames) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            server.faults().dropEachConnectionAfterFrames(frames);
            for (int n = 0; n < 20; n++) {
                for (String key : KEYS) {
                    server.publish(key, n + 1, TOPIC, NumberedMessages.body(key, n));
                }
            }
            jobs.job(
                            NumberedMessages.source(
                                            NumberedMessages.connection(server)
                                                    .setEndpointsAreStable(stable)
                                                    .build())
                                    .setTopics(TOPIC)
                                    .setFailoverOverlap(Duration.ZERO))
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            assertNothingIsMissing(20);
            assertThatTheJobHasNotFailed();
        }
    }

    @Test
    void connectionsCutInTheMiddleOfMessages() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient job = job(NumberedMessages.connection(server)).start();
            for (int cut = 0; cut < 10; cut++) {
                awaitMore(20);
                server.faults().truncateFrame();
                int reconnects = cut;
                Await.until(
                        "the cut to be noticed",
                        SequenceLedger.PATIENCE,
                        () ->
                                SourceMetrics.of(REPORTER, job).sum(AmpsMetric.RECONNECTS)
                                        > reconnects);
            }
            awaitMore(20);
            assertNothingIsMissing(writer);
            assertThatTheJobHasNotFailed();
        }
    }

    @Test
    void messagesSentTwice() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient job = job(NumberedMessages.connection(server)).start();
            awaitMore(20);
            server.faults().duplicateFrames(50);
            awaitMore(100);
            assertNothingIsMissing(writer);
            assertThat(SourceMetrics.of(REPORTER, job).sum(AmpsMetric.DUPLICATES_DROPPED))
                    .isEqualTo(50);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverStoppedAndStartedWithItsLog(boolean stable) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            job(NumberedMessages.connection(server).setEndpointsAreStable(stable)).start();
            for (int stop = 0; stop < 3; stop++) {
                awaitMore(50);
                server.stop();
                jobs.ledger().awaitCheckpoints(2);
                server.start();
            }
            awaitMore(50);
            assertNothingIsMissing(writer);
            assertThatTheJobHasNotFailed();
        }
    }

    @Test
    void serverThatFallsSilent() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            JobClient job = job(quicklyOutOfPatience(server)).start();
            awaitMore(50);
            server.faults().silence(true);
            awaitRetries(job, 2);
            jobs.ledger().awaitCheckpoints(2);
            server.faults().silence(false);
            awaitMore(50);
            assertNothingIsMissing(writer);
            assertThatTheJobHasNotFailed();
        }
    }

    /** As after a broken cable: the connection looks open, and nothing comes. */
    @Test
    void idleServerWithoutHeartbeats() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            server.publish(KEYS.get(0), 1, TOPIC, NumberedMessages.body(KEYS.get(0), 0));
            JobClient job = job(quicklyOutOfPatience(server)).start();
            jobs.ledger().awaitCount(KEYS.get(0), 1);
            server.faults().stopHeartbeats(true);
            awaitRetries(job, 1);
            server.faults().stopHeartbeats(false);
            server.publish(KEYS.get(0), 2, TOPIC, NumberedMessages.body(KEYS.get(0), 1));
            jobs.ledger().awaitCount(KEYS.get(0), 2);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThatTheJobHasNotFailed();
        }
    }

    private static AmpsConnectionOptionsBuilder quicklyOutOfPatience(AmpsStandIn server) {
        return NumberedMessages.connection(server)
                .setHeartbeatInterval(Duration.ofSeconds(1))
                .setCommandTimeout(Duration.ofSeconds(1));
    }

    private static void awaitRetries(JobClient job, int count) {
        SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
        Await.until(
                count + " attempts to fail",
                SequenceLedger.PATIENCE,
                () -> metrics.sum(AmpsMetric.RETRIED_ERRORS) >= count);
    }

    private TestJobBuilder job(AmpsConnectionOptionsBuilder connection) {
        return jobs.job(NumberedMessages.source(connection.build()).setTopics(TOPIC))
                .checkpointEvery(CHECKPOINTS);
    }

    private void awaitMore(int messages) {
        String key = KEYS.get(0);
        jobs.ledger().awaitCount(key, jobs.ledger().countOf(key) + messages);
    }

    private void assertThatTheJobHasNotFailed() {
        assertThat(jobs.ledger().attempts()).as("starts of the job").isOne();
    }

    private void assertNothingIsMissing(NumberWriter writer) {
        writer.stop();
        for (String key : writer.keys()) {
            jobs.ledger().awaitCount(key, writer.written(key));
        }
        jobs.ledger().awaitCheckpoints(1);
        assertThat(jobs.ledger().breaks()).isEmpty();
        for (String key : writer.keys()) {
            assertThat(jobs.ledger().countOf(key)).as(key).isEqualTo(writer.written(key));
        }
    }

    private void assertNothingIsMissing(long written) {
        for (String key : KEYS) {
            jobs.ledger().awaitCount(key, written);
        }
        jobs.ledger().awaitCheckpoints(1);
        assertThat(jobs.ledger().breaks()).isEmpty();
        for (String key : KEYS) {
            assertThat(jobs.ledger().countOf(key)).as(key).isEqualTo(written);
        }
    }
}
