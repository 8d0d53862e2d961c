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

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing holds up anything else, and everything ends. */
@Timeout(300)
class LivenessITCase {

    private static final String TOPIC = NumberedMessages.TOPIC;
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration HEARTBEATS = Duration.ofSeconds(1);
    private static final String PREFIX = "liveness";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    /** The job takes a message now and then for longer than the server waits for a sign of life. */
    @Test
    void backPressureNeitherDisconnectsNorStopsCheckpoints() throws Exception {
        int total = 5_000;
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publish(server, TOPIC, 0, total);
            SharedReference<Gate> gate = jobs.share(new Gate());
            job(server, 100).through(gate).start();
            awaitConnection(server);
            List<String> names = List.copyOf(server.clientNames());
            long admitted = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < 5 * HEARTBEATS.toNanos()) {
                gate.get().admit(1);
                jobs.ledger().awaitCount(TOPIC, ++admitted);
            }
            assertThat(admitted).as("passed, so that the rest waits").isLessThan(total);
            assertThat(jobs.ledger().checkpoints()).isGreaterThan(5);
            gate.get().open();
            jobs.ledger().awaitCount(TOPIC, total);
            jobs.ledger().awaitCheckpoints(1);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isOne();
            assertThat(server.clientNames())
                    .as("the same connection")
                    .containsExactlyElementsOf(names);
        }
    }

    /** Nor does it when nothing moves at all, and so no checkpoint either. */
    @Test
    void blockedJobTakesNoMoreThanTheBuffersHold() throws Exception {
        int total = 400;
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            for (int n = 0; n < total; n++) {
                server.publish(TOPIC, padded(NumberedMessages.body(TOPIC, n), 128 << 10));
            }
            // The system's own buffers hold a few megabytes, too.
            server.faults().dropAfterMessages(total * 3 / 4);
            SharedReference<Gate> gate = jobs.share(new Gate());
            job(server, 10).through(gate).start();
            awaitConnection(server);
            List<String> names = List.copyOf(server.clientNames());
            Stall.forSeconds(4);
            assertThat(server.clientNames())
                    .as("the same connection, without so many messages")
                    .containsExactlyElementsOf(names);
            gate.get().open();
            jobs.ledger().awaitCount(TOPIC, total);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(server.clientNames())
                    .as("cut behind so many messages")
                    .isNotEqualTo(Set.copyOf(names));
        }
    }

    /** White space in front means nothing to JSON. */
    private static byte[] padded(byte[] body, int length) {
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(body, 0, padded, length - body.length, body.length);
        return padded;
    }

    private enum Trouble {
        NONE {
            @Override
            void befall(AmpsStandIn server) {}
        },
        SERVER_GONE {
            @Override
            void befall(AmpsStandIn server) {
                server.stop();
            }
        },
        SERVER_SILENT {
            @Override
            void befall(AmpsStandIn server) {
                server.faults().silence(true);
            }
        };

        abstract void befall(AmpsStandIn server);
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatIsBlockedEndsWhenItIsCancelled(Trouble trouble) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publish(server, TOPIC, 0, 5_000);
            SharedReference<Gate> gate = jobs.share(new Gate());
            JobClient job = job(server, 10).through(gate).start();
            gate.get().admit(20);
            jobs.ledger().awaitCount(TOPIC, 20);
            assertThat(threads()).isNotEmpty();
            trouble.befall(server);
            assertEndsWhenCancelled(job);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_GONE", "SERVER_SILENT"})
    void aJobThatConnectsInVainEndsWhenItIsCancelled(Trouble trouble) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publish(server, TOPIC, 0, 20);
            JobClient job = job(server, 10).start();
            jobs.ledger().awaitCount(TOPIC, 20);
            trouble.befall(server);
            server.faults().dropConnections();
            jobs.ledger().awaitCheckpoints(10);
            assertEndsWhenCancelled(job);
        }
    }

    private static void assertEndsWhenCancelled(JobClient job) throws Exception {
        long start = System.nanoTime();
        TestJobs.cancel(job);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("less than Flink itself would wait for")
                .isLessThan(Duration.ofSeconds(20));
        Await.until(
                "the end of all threads",
                SequenceLedger.PATIENCE,
                () -> threads().isEmpty(),
                () -> threads().toString());
    }

    /** Those of the reader, and those of the client. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(PREFIX))
                .toList();
    }

    /** The topic that is ahead in event time waits; its sibling does not. */
    @Test
    void watermarkAlignmentPausesAndResumes() throws Exception {
        AtomicLong micros = new AtomicLong(1_000_000);
        int total = 20_000;
        try (AmpsStandIn server = AmpsStandIn.builder().clock(micros::get).start()) {
            publish(server, "slow", 0, 1);
            for (int n = 0; n < total; n++) {
                micros.addAndGet(1_000_000);
                publish(server, "fast", n, n + 1);
            }
            jobs.job(
                            NumberedMessages.source(connection(server).build())
                                    .setTopics("slow", "fast")
                                    .setBufferMaxMessages(10))
                    .watermarks(
                            WatermarkStrategy.<Tuple2<String, Long>>forMonotonousTimestamps()
                                    .withWatermarkAlignment(
                                            "topics",
                                            Duration.ofSeconds(10),
                                            Duration.ofMillis(20)))
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            jobs.ledger().awaitCount("slow", 1);
            jobs.ledger().awaitCount("fast", 5);
            jobs.ledger().awaitCheckpoints(10);
            long reached = jobs.ledger().countOf("fast");
            assertThat(reached).isLessThan(total);

            micros.set(1_000_000);
            publish(server, "slow", 1, 101);
            jobs.ledger().awaitCount("slow", 101);
            jobs.ledger().awaitCheckpoints(5);
            assertThat(jobs.ledger().countOf("fast")).as("still waits").isLessThan(total);

            micros.set((total + 1) * 1_000_000L);
            publish(server, "slow", 101, 102);
            jobs.ledger().awaitCount("fast", total);
            jobs.ledger().awaitCount("slow", 102);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    @Test
    void readersWithNothingToReadDoNotHoldBackTheWatermark() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            jobs.job(NumberedMessages.source(connection(server).build()).setTopics(TOPIC))
                    .watermarks(WatermarkStrategy.forMonotonousTimestamps())
                    .parallelism(3)
                    .start();
            long first = server.publish(TOPIC, NumberedMessages.body(TOPIC, 0)).timestampMicros();
            for (int n = 1; jobs.ledger().watermark() < first / 1000; n++) {
                publish(server, TOPIC, n, n + 1);
                jobs.ledger().awaitCount(TOPIC, n + 1);
                assertThat(n).as("messages without a watermark").isLessThan(5_000);
            }
        }
    }

    @Test
    void topicsThatAppearLaterAreReadFromTheirBeginning() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().admin(true).start()) {
            server.adminTopics().addSow("orders-0", "json", 0);
            server.adminTopics().addSow("fills", "json", 0);
            for (String topic : List.of("orders-0", "orders-1", "orders-2", "fills")) {
                publish(server, topic, 0, 10);
            }
            jobs.job(
                            NumberedMessages.source(connection(server).build())
                                    .setDiscoveredTopics(
                                            "orders-.*",
                                            AmpsAdminOptions.urls(server.adminUri()).build())
                                    .setDiscoveryInterval(Duration.ofMillis(100)))
                    .parallelism(2)
                    .checkpointEvery(CHECKPOINTS)
                    .start();
            jobs.ledger().awaitCount("orders-0", 10);
            for (String added : List.of("orders-1", "orders-2")) {
                assertThat(jobs.ledger().countOf(added)).isZero();
                server.adminTopics().addSow(added, "json", 0);
                jobs.ledger().awaitCount(added, 10);
            }
            publish(server, "orders-0", 10, 20);
            publish(server, "orders-2", 10, 20);
            jobs.ledger().awaitCount("orders-0", 20);
            jobs.ledger().awaitCount("orders-2", 20);
            assertThat(jobs.ledger().countOf("fills")).isZero();
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isEqualTo(2);
        }
    }

    private TestJobBuilder job(AmpsStandIn server, int bufferedMessages) {
        return jobs.job(
                        NumberedMessages.source(
                                        connection(server).setHeartbeatInterval(HEARTBEATS).build())
                                .setTopics(TOPIC)
                                .setBufferMaxMessages(bufferedMessages))
                .checkpointEvery(CHECKPOINTS);
    }

    private static AmpsConnectionOptionsBuilder connection(AmpsStandIn server) {
        return NumberedMessages.connection(server).setClientNamePrefix(PREFIX);
    }

    private static void awaitConnection(AmpsStandIn server) {
        Await.until(
                "the subscription",
                SequenceLedger.PATIENCE,
                () -> !server.subscriptions().isEmpty());
    }

    /** Publishes so many numbers; the topic is the key. */
    private static void publish(AmpsStandIn server, String topic, int from, int to) {
        for (int n = from; n < to; n++) {
            server.publish(topic, NumberedMessages.body(topic, n));
        }
    }
}
