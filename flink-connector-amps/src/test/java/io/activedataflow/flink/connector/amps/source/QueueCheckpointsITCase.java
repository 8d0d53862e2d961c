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
import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.queue.QueueFaults;
import io.activedataflow.flink.connector.amps.standin.queue.QueueView;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** When messages of queues are acknowledged, and when they are leased after a restore. */
@Timeout(300)
class QueueCheckpointsITCase {

    private static final String QUEUE = NumberedMessages.TOPIC;
    private static final String KEY = "alice";
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final int BACKLOG = 20;

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    /** Neither an earlier checkpoint that completes nor a later one that does not is enough. */
    @Test
    void whatIsEmittedBehindACheckpointIsNotAcknowledgedWithIt() throws Exception {
        try (AmpsStandIn server = server()) {
            SharedReference<HeldCheckpoints> checkpoints = jobs.share(new HeldCheckpoints());
            SharedReference<AtomicLong> emitted = jobs.share(new AtomicLong());
            QueueView queue = server.queue(QUEUE);
            NumberedMessages.publish(server, KEY, 0, 10);
            job(server, 1, Duration.ofMillis(20))
                    .through(counting(emitted))
                    .checkpointsThrough(checkpoints)
                    .restarts(1)
                    .start();
            awaitEmpty(queue);

            checkpoints.get().hold();
            NumberedMessages.publish(server, KEY, 10, 20);
            awaitEmitted(emitted, 20);
            checkpoints.get().admitOne();
            assertThat(queue.acknowledged()).hasSize(10);
            checkpoints.get().crash();

            // Once more what was emitted behind the checkpoint.
            awaitEmitted(emitted, 30);
            jobs.ledger().awaitCheckpoints(2);
            awaitEmpty(queue);
            assertThat(jobs.ledger().countOf(KEY)).isEqualTo(20);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isEqualTo(2);
        }
    }

    /** What one reader has in its state must not be leased to another before it says so. */
    @Test
    void nothingIsLeasedBeforeAllReadersHaveAcknowledgedWhatTheyWereRestoredWith(
            @TempDir Path directory) throws Exception {
        try (AmpsStandIn server = server()) {
            QueueView queue = server.queue(QUEUE);
            NumberedMessages.publish(server, KEY, 0, 2 * BACKLOG);
            // Nothing is acknowledged in the first run, in which each reader gets its backlog.
            server.faults().queues().refuseAcks("sow store failed", Integer.MAX_VALUE);
            JobClient first =
                    job(server, 2, Duration.ofMillis(20)).retainCheckpoints(directory).start();
            jobs.ledger().awaitCount(KEY, 2 * BACKLOG);
            jobs.ledger().awaitCheckpoints(2);
            String checkpoint = TestJobs.cancelAndKeepCheckpoint(first, directory);
            assertThat(queue.acknowledged()).isEmpty();
            server.faults().queues().refuseAcks("", 0);

            // One reader acknowledges at once, the other one takes its time to try again.
            server.faults().queues().loseAckAfter(1);
            job(server, 2, Duration.ofSeconds(2)).restoreFrom(checkpoint).start();
            Await.until(
                    "one reader to have acknowledged",
                    SequenceLedger.PATIENCE,
                    () -> queue.acknowledged().size() >= BACKLOG);
            awaitEmpty(queue);
            jobs.ledger().awaitCheckpoints(2);
            assertThat(jobs.ledger().countOf(KEY)).isEqualTo(2 * BACKLOG);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    /**
     * A queue takes no notice of an acknowledgement of what nobody has leased. Here that makes room
     * for it in the same step, so that it comes once more just before the answer.
     */
    @Test
    void whatIsLeasedBetweenAnAcknowledgementAndItsAnswerIsAcknowledged() throws Exception {
        try (AmpsStandIn server = server(2);
                Client other = new Client("other")) {
            SharedReference<HeldCheckpoints> checkpoints = jobs.share(new HeldCheckpoints());
            SharedReference<AtomicLong> emitted = jobs.share(new AtomicLong());
            QueueView queue = server.queue(QUEUE);
            QueueFaults faults = server.faults().queues();
            job(server, 1, Duration.ofMillis(20))
                    .through(counting(emitted))
                    .checkpointsThrough(checkpoints)
                    .start();
            checkpoints.get().hold();
            NumberedMessages.publish(server, KEY, 0, 4);
            awaitEmitted(emitted, 2);

            // One of these two goes to somebody else now, and one of the others to the job.
            faults.holdDeliveries(true);
            server.faults().dropConnections();
            other.connect(server.uri("json"));
            other.logon(5_000);
            other.executeAsync(
                    new Command("subscribe").setTopic(QUEUE).setOptions("max_backlog=2"), m -> {});
            awaitConsumers(queue, 2);
            faults.holdDeliveries(false);
            awaitEmitted(emitted, 3);

            // The job has read three, and again leases the first two only.
            faults.holdDeliveries(true);
            server.faults().dropConnections();
            awaitConsumers(queue, 1);
            faults.holdDeliveries(false);
            assertThat(queue.leasedCount()).isEqualTo(2);

            checkpoints.get().admitOne();
            checkpoints.get().release();
            awaitEmpty(queue);
            jobs.ledger().awaitCheckpoints(2);
            assertThat(jobs.ledger().countOf(KEY)).isEqualTo(4);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    private static MapFunction<Tuple2<String, Long>, Tuple2<String, Long>> counting(
            SharedReference<AtomicLong> emitted) {
        return record -> {
            emitted.get().incrementAndGet();
            return record;
        };
    }

    private static void awaitEmitted(SharedReference<AtomicLong> emitted, long count) {
        Await.until(
                count + " messages to be emitted",
                SequenceLedger.PATIENCE,
                () -> emitted.get().get() == count);
    }

    private static void awaitConsumers(QueueView queue, int count) {
        Await.until(
                count + " subscriptions",
                SequenceLedger.PATIENCE,
                () -> queue.consumers() == count);
    }

    private static AmpsStandIn server() {
        return server(BACKLOG);
    }

    private static AmpsStandIn server(int backlog) {
        return AmpsStandIn.builder()
                .queue(QueueDefinition.named(QUEUE).maxPerSubscriptionBacklog(backlog).build())
                .start();
    }

    private TestJobBuilder job(AmpsStandIn server, int readers, Duration backoff) {
        return jobs.job(
                        NumberedMessages.source(server)
                                .setSubscriptionKind(AmpsSubscriptionKind.QUEUE)
                                .setRetryBackoff(backoff, backoff)
                                .setQueueOptions(
                                        AmpsQueueOptions.defaults().withSubscriptions(readers)))
                .anyOrder()
                .parallelism(readers)
                .checkpointEvery(CHECKPOINTS);
    }

    private static void awaitEmpty(QueueView queue) {
        Await.until(
                "everything to be acknowledged",
                SequenceLedger.PATIENCE,
                () -> queue.depth() == 0,
                () -> queue.leases() + ", " + queue.available());
    }
}
