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
import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.queue.QueueView;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Numbered messages of a queue through jobs and servers that fail: none is lost, by count. */
@Timeout(300)
class QueueSourceITCase {

    private static final String QUEUE = NumberedMessages.TOPIC;
    private static final List<String> KEYS = List.of("alice", "bob", "carol");
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(2);

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    // ------------------------------------------------------------------------ without faults

    @Test
    void eachMessageOnceAndAllAcknowledged() throws Exception {
        try (AmpsStandIn server = server(queue());
                NumberWriter writer = writer(server)) {
            JobClient job = job(server, 3).parallelism(3).start();
            jobs.ledger().awaitMore(KEYS, 100);
            assertThatNothingIsLostOrRepeated(writer);
            awaitEmpty(server);
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            Await.until(
                    "the metrics",
                    SequenceLedger.PATIENCE,
                    () ->
                            metrics.sum(AmpsMetric.QUEUE_ACKNOWLEDGED)
                                    == server.queue(QUEUE).acknowledged().size());
            assertThat(metrics.sum(AmpsMetric.QUEUE_UNACKNOWLEDGED)).isZero();
            assertThat(server.queue(QUEUE).redelivered()).isEmpty();
        }
    }

    /** One message per subscription and checkpoint: slow, but it goes on. */
    @Test
    void aBacklogOfOneAndSlowCheckpoints() throws Exception {
        try (AmpsStandIn server = server(queue().maxPerSubscriptionBacklog(1))) {
            NumberedMessages.publish(server, "alice", 0, 8);
            jobs.job(source(server))
                    .anyOrder()
                    .checkpointEvery(Duration.ofMillis(300))
                    .parallelism(2)
                    .start();
            jobs.ledger().awaitCount("alice", 8);
            awaitEmpty(server);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    @Test
    void withoutCheckpointsTheJobFails() throws Exception {
        try (AmpsStandIn server = server(queue().maxPerSubscriptionBacklog(2))) {
            NumberedMessages.publish(server, "alice", 0, 5);
            JobClient job =
                    jobs.job(
                                    source(server)
                                            .setQueueOptions(
                                                    AmpsQueueOptions.defaults()
                                                            .withStallTimeout(
                                                                    Duration.ofMillis(500))))
                            .start();

            assertThatThrownBy(() -> job.getJobExecutionResult().get())
                    .hasStackTraceContaining(
                            "Queue 'orders' has leased 2 messages and leases no more than 2 at a"
                                    + " time; all are emitted, and none can be acknowledged because"
                                    + " no checkpoint has completed for")
                    .hasStackTraceContaining("execution.checkpointing.interval");
        }
    }

    /** To each subscription, without a lease, when everything before has been acknowledged. */
    @Test
    void barrierMessagesPass() throws Exception {
        try (AmpsStandIn server = server(queue().barrier("/key = 'barrier'"))) {
            NumberedMessages.publish(server, "alice", 0, 5);
            NumberedMessages.publish(server, "barrier", 0, 1);
            NumberedMessages.publish(server, "bob", 0, 5);
            job(server, 1).start();
            jobs.ledger().awaitCount("bob", 5);
            awaitEmpty(server);
            assertThat(jobs.ledger().countOf("alice")).isEqualTo(5);
            assertThat(jobs.ledger().countOf("barrier")).isEqualTo(1);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    // ------------------------------------------------------------------------ the job fails

    @ParameterizedTest
    @EnumSource(QueueDefinition.Leasing.class)
    void crashesOfTheJob(QueueDefinition.Leasing leasing) throws Exception {
        try (AmpsStandIn server = server(queue().leasing(leasing));
                NumberWriter writer = writer(server)) {
            SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(4, 50));
            job(server, 1).restarts(10).crashes(plan).start();
            Await.until("the crashes", SequenceLedger.PATIENCE, () -> plan.get().done() == 4);
            jobs.ledger().awaitCheckpoints(2);
            assertThatNothingIsLostOrRepeated(writer);
            awaitEmpty(server);
            assertThat(jobs.ledger().attempts()).isGreaterThan(4);
        }
    }

    /**
     * While one subtask fails, another may still be given what that one had leased and emitted, and
     * a checkpoint that both have taken may still complete: a documented repetition.
     */
    @ParameterizedTest
    @EnumSource(QueueDefinition.Leasing.class)
    void crashesOfCompetingSubtasks(QueueDefinition.Leasing leasing) throws Exception {
        try (AmpsStandIn server = server(queue().leasing(leasing).maxPerSubscriptionBacklog(20));
                NumberWriter writer = writer(server)) {
            SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(4, 50));
            job(server, 2).restarts(10).crashes(plan).parallelism(2).start();
            Await.until("the crashes", SequenceLedger.PATIENCE, () -> plan.get().done() == 4);
            jobs.ledger().awaitCheckpoints(2);
            assertThatNothingIsLost(writer, 4 * 2 * 20);
            awaitEmpty(server);
        }
    }

    @Test
    void savepointsAndOtherParallelisms(@TempDir Path directory) throws Exception {
        try (AmpsStandIn server = server(queue());
                NumberWriter writer = writer(server)) {
            String savepoint = null;
            for (int parallelism : new int[] {1, 3, 2}) {
                TestJobBuilder builder = job(server, 0).parallelism(parallelism);
                JobClient job =
                        (savepoint == null ? builder : builder.restoreFrom(savepoint)).start();
                jobs.ledger().awaitMore(KEYS, 30);
                savepoint = TestJobs.stop(job, directory);
            }
            job(server, 0).restoreFrom(savepoint).start();
            assertThatNothingIsLostOrRepeated(writer);
            awaitEmpty(server);
        }
    }

    /** What the checkpoint holds has not been acknowledged, and is not read again. */
    @ParameterizedTest
    @EnumSource(QueueDefinition.Leasing.class)
    void aRetainedCheckpoint(QueueDefinition.Leasing leasing, @TempDir Path directory)
            throws Exception {
        try (AmpsStandIn server = server(queue().leasing(leasing))) {
            NumberedMessages.publish(server, "alice", 0, 40);
            // Nothing is acknowledged in the first run.
            server.faults().queues().refuseAcks("sow store failed", Integer.MAX_VALUE);
            JobClient first = job(server, 2).retainCheckpoints(directory).parallelism(2).start();
            jobs.ledger().awaitCount("alice", 40);
            jobs.ledger().awaitCheckpoints(2);
            String checkpoint = TestJobs.cancelAndKeepCheckpoint(first, directory);
            assertThat(server.queue(QUEUE).acknowledged()).isEmpty();
            server.faults().queues().refuseAcks("", 0);

            NumberedMessages.publish(server, "alice", 40, 50);
            job(server, 3).parallelism(3).restoreFrom(checkpoint).start();
            jobs.ledger().awaitCount("alice", 50);
            awaitEmpty(server);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().countOf("alice")).isEqualTo(50);
        }
    }

    // ------------------------------------------------------------------------ the server fails

    @ParameterizedTest
    @EnumSource(QueueDefinition.Leasing.class)
    void connectionsDroppedInALoop(QueueDefinition.Leasing leasing) throws Exception {
        try (AmpsStandIn server = server(queue().leasing(leasing));
                NumberWriter writer = writer(server)) {
            JobClient job = job(server, 1).start();
            for (int drop = 0; drop < 10; drop++) {
                jobs.ledger().awaitMore(KEYS, 10);
                server.faults().dropConnections();
            }
            jobs.ledger().awaitMore(KEYS, 10);
            assertThatNothingIsLostOrRepeated(writer);
            awaitEmpty(server);
            assertThat(jobs.ledger().attempts()).isOne();
            assertThat(SourceMetrics.of(REPORTER, job).sum(AmpsMetric.RECONNECTS)).isEqualTo(10);
        }
    }

    /** What one subscription had leased, the other may get: a documented repetition. */
    @Test
    void connectionsOfCompetingSubscriptions() throws Exception {
        try (AmpsStandIn server = server(queue().maxPerSubscriptionBacklog(20));
                NumberWriter writer = writer(server)) {
            job(server, 2).parallelism(2).start();
            for (int drop = 0; drop < 5; drop++) {
                jobs.ledger().awaitMore(KEYS, 10);
                server.faults().dropConnections();
            }
            assertThatNothingIsLost(writer, 5 * 2 * 20);
            awaitEmpty(server);
        }
    }

    @Test
    void serverStoppedAndStarted() throws Exception {
        try (AmpsStandIn server = server(queue());
                NumberWriter writer = writer(server)) {
            job(server, 1).start();
            for (int stop = 0; stop < 3; stop++) {
                jobs.ledger().awaitMore(KEYS, 10);
                server.stop();
                jobs.ledger().awaitCheckpoints(2);
                server.start();
            }
            jobs.ledger().awaitMore(KEYS, 10);
            assertThatNothingIsLostOrRepeated(writer);
            awaitEmpty(server);
        }
    }

    /** It was not carried out, and is sent again on the next connection. */
    @Test
    void anAcknowledgementThatIsLost() throws Exception {
        try (AmpsStandIn server = server(queue());
                NumberWriter writer = writer(server)) {
            job(server, 1).start();
            for (int loss = 0; loss < 5; loss++) {
                jobs.ledger().awaitMore(KEYS, 10);
                server.faults().queues().loseAckAfter(0);
            }
            jobs.ledger().awaitMore(KEYS, 10);
            assertThatNothingIsLostOrRepeated(writer);
            awaitEmpty(server);
        }
    }

    /** It was carried out, but its answer never came. */
    @Test
    void anAnswerThatIsLost() throws Exception {
        try (AmpsStandIn server = server(queue());
                NumberWriter writer = writer(server)) {
            job(server, 1).start();
            for (int loss = 0; loss < 5; loss++) {
                jobs.ledger().awaitMore(KEYS, 10);
                server.faults().queues().dropAfterAcks(1);
            }
            jobs.ledger().awaitMore(KEYS, 10);
            assertThatNothingIsLostOrRepeated(writer);
            awaitEmpty(server);
        }
    }

    /** Leases run out while the messages wait in the job; they come again, and are dropped. */
    @Test
    void leasesThatRunOutUnderBackPressure() throws Exception {
        try (AmpsStandIn server =
                server(queue().leasePeriod(Duration.ofMillis(200)).maxPerSubscriptionBacklog(20))) {
            SharedReference<Gate> gate = jobs.share(new Gate());
            NumberedMessages.publish(server, "alice", 0, 60);
            JobClient job = job(server, 1).through(gate).start();
            gate.get().admit(5);
            jobs.ledger().awaitCount("alice", 1);
            Await.until(
                    "leases to run out",
                    SequenceLedger.PATIENCE,
                    () -> server.queue(QUEUE).expiredLeases() > 60);
            gate.get().open();
            jobs.ledger().awaitCount("alice", 60);
            awaitEmpty(server);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().countOf("alice")).isEqualTo(60);
            assertThat(SourceMetrics.of(REPORTER, job).sum(AmpsMetric.QUEUE_REDELIVERED))
                    .isPositive();
        }
    }

    // ------------------------------------------------------------------------ helpers

    private static QueueDefinition.Builder queue() {
        return QueueDefinition.named(QUEUE).maxPerSubscriptionBacklog(100);
    }

    private static AmpsStandIn server(QueueDefinition.Builder queue) {
        return AmpsStandIn.builder().queue(queue.build()).start();
    }

    private static NumberWriter writer(AmpsStandIn server) {
        return NumberWriter.start(server, KEYS, WRITER_PAUSE);
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> source(AmpsStandIn server) {
        return NumberedMessages.source(server).setSubscriptionKind(AmpsSubscriptionKind.QUEUE);
    }

    /**
     * @param subscriptions 0 for as many as subtasks
     */
    private TestJobBuilder job(AmpsStandIn server, int subscriptions) {
        AmpsSourceBuilder<Tuple2<String, Long>> source = source(server);
        if (subscriptions > 0) {
            source.setQueueOptions(
                    AmpsQueueOptions.defaults()
                            .withSubscriptions(subscriptions)
                            .withAckBatchSize(7));
        }
        return jobs.job(source).anyOrder().checkpointEvery(CHECKPOINTS);
    }

    private void assertThatNothingIsLostOrRepeated(NumberWriter writer) {
        writer.stop();
        jobs.ledger().awaitAll(writer.written());
        jobs.ledger().awaitCheckpoints(2);
        assertThat(jobs.ledger().breaks()).isEmpty();
        writer.written()
                .forEach(
                        (key, written) ->
                                assertThat(jobs.ledger().countOf(key)).as(key).isEqualTo(written));
    }

    /**
     * @param mostRepeated how many messages may have come twice, those included that a restart has
     *     undone
     */
    private void assertThatNothingIsLost(NumberWriter writer, int mostRepeated) {
        writer.stop();
        jobs.ledger().awaitAll(writer.written());
        jobs.ledger().awaitCheckpoints(2);
        assertThat(jobs.ledger().breaks()).hasSizeLessThanOrEqualTo(mostRepeated);
        writer.written()
                .forEach(
                        (key, written) ->
                                assertThat(jobs.ledger().countOf(key)).as(key).isEqualTo(written));
    }

    private static void awaitEmpty(AmpsStandIn server) {
        QueueView queue = server.queue(QUEUE);
        Await.until(
                "everything to be acknowledged",
                SequenceLedger.PATIENCE,
                () -> queue.depth() == 0,
                () -> queue.leases() + ", " + queue.available());
    }
}
