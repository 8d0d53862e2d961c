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
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
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
import java.util.Map;
import java.util.TreeMap;

import static io.activedataflow.flink.connector.amps.source.SowRecords.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

/** Two replicated servers, of which the one fails whose state of the world is followed. */
@Timeout(300)
class SowFailoverITCase {

    private static final List<String> KEYS = List.of("alice", "bob", "carol", "dave");
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(1);
    private static final int SOME = 30;
    private static final int RECORDS = 40;
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    // ------------------------------------------------------------------------ by bookmark

    @Test
    void withTheLogEveryUpdateComesOnce() throws Exception {
        try (AmpsStandIn first = server("/key");
                AmpsStandIn second = server("/key")) {
            JobClient job = jobs.job(numbers(first, second)).start();
            awaitSubscription(first);
            try (NumberWriter writer = writer(first, second)) {
                for (int round = 0; round < 2; round++) {
                    readWithout(first, second);
                    readWithout(second, first);
                }
                assertEachOnce(writer);
            }
            assertThat(jobs.ledger().attempts()).as("attempts of the job").isOne();
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            assertThat(metrics.sum(AmpsMetric.FAILOVERS)).isGreaterThanOrEqualTo(3);
            assertThat(metrics.sum(AmpsMetric.DUPLICATES_DROPPED)).isPositive();
            assertThat(metrics.sum(AmpsMetric.SNAPSHOTS)).isOne();
        }
    }

    /** From a savepoint on, because what comes before the first update is not exactly once. */
    @Test
    void withTheLogEveryUpdateComesOnceWhileTheJobCrashes(@TempDir Path directory)
            throws Exception {
        try (AmpsStandIn first = server("/key");
                AmpsStandIn second = server("/key")) {
            JobClient begun = jobs.job(numbers(first, second)).start();
            awaitSubscription(first);
            try (NumberWriter writer = writer(first, second)) {
                jobs.ledger().awaitMore(KEYS, SOME);
                String savepoint = TestJobs.stop(begun, directory);
                SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(5, SOME));
                jobs.job(numbers(first, second))
                        .restoreFrom(savepoint)
                        .checkpointEvery(CHECKPOINTS)
                        .restarts(10)
                        .crashes(plan)
                        .start();
                while (plan.get().done() < 5) {
                    readWithout(first, second);
                    readWithout(second, first);
                }
                assertEachOnce(writer);
            }
            assertThat(jobs.ledger().attempts()).isGreaterThan(5);
        }
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> numbers(AmpsStandIn... servers) {
        return NumberedMessages.source(servers)
                .setSubscriptionKind(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE);
    }

    private static NumberWriter writer(AmpsStandIn first, AmpsStandIn second) {
        return NumberWriter.start(List.of(first, second), KEYS, 1, WRITER_PAUSE);
    }

    private void readWithout(AmpsStandIn failing, AmpsStandIn other) {
        jobs.ledger().awaitMore(KEYS, SOME);
        failing.stop();
        awaitSubscription(other);
        jobs.ledger().awaitMore(KEYS, SOME);
        failing.start();
    }

    private void assertEachOnce(NumberWriter writer) {
        writer.stop();
        jobs.ledger().awaitAll(writer.written());
        assertThat(jobs.ledger().breaks()).isEmpty();
        for (String key : KEYS) {
            assertThat(jobs.ledger().countOf(key)).isEqualTo(writer.written(key));
        }
    }

    // ------------------------------------------------------------------------ by queries

    /** Each failover brings every record once more, and tells what is gone. */
    @Test
    void withTrackedKeysEachFailoverBringsEveryRecordOnceMore() throws Exception {
        try (AmpsStandIn first = server("/id");
                AmpsStandIn second = server("/id")) {
            for (int id = 0; id < RECORDS; id++) {
                publish(first, second, id);
            }
            Map<String, Integer> counts = new TreeMap<>();
            contents(first).keySet().forEach(key -> counts.put(key, 1));
            List<String> keys = List.copyOf(counts.keySet());
            SowJob job = new SowJob(jobs, records(first, second));
            job.start();
            awaitRead(job, counts);

            // What the one tells that fails is not what the other has.
            assertThat(second.sow().delete(TOPIC, keys.get(3))).isTrue();
            first.stop();
            assertThat(first.sow().delete(TOPIC, keys.get(3))).isTrue();
            counts.replaceAll((key, count) -> key.equals(keys.get(3)) ? count : count + 1);
            awaitRead(job, counts, "MISSING");
            assertThat(job.view().bodies()).isEqualTo(contents(second));

            publish(second, first, 5);
            counts.merge(keyOf(second, 5), 1, Integer::sum);
            awaitRead(job, counts, "MISSING");

            assertThat(first.sow().delete(TOPIC, keys.get(4))).isTrue();
            first.start();
            second.stop();
            counts.replaceAll(
                    (key, count) ->
                            key.equals(keys.get(3)) || key.equals(keys.get(4)) ? count : count + 1);
            awaitRead(job, counts, "MISSING", "MISSING");
            assertThat(job.view().bodies()).isEqualTo(contents(first));
        }
    }

    private static AmpsSourceBuilder<Tuple3<String, String, String>> records(
            AmpsStandIn... servers) {
        return SowRecords.source(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE, servers)
                .setBatchSize(7)
                .setOutOfFocus(true)
                .setTrackKeys(true);
    }

    private static void publish(AmpsStandIn server, AmpsStandIn replica, int id) {
        replica.replicate(server.publish(TOPIC, SowRecords.body(id)));
    }

    private static String keyOf(AmpsStandIn server, int id) {
        return contents(server).entrySet().stream()
                .filter(record -> record.getValue().equals(SowRecords.body(id)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> contents(AmpsStandIn server) {
        return new TreeMap<>(server.sow().contents(TOPIC));
    }

    private static void awaitRead(SowJob job, Map<String, Integer> counts, String... reasons) {
        Await.until(
                "each record as often as expected",
                SequenceLedger.PATIENCE,
                () ->
                        job.view().counts().equals(counts)
                                && job.view().reasons().equals(List.of(reasons)),
                () -> job.view().counts() + ", " + job.view().reasons());
    }

    // ------------------------------------------------------------------------ helpers

    private static AmpsStandIn server(String keyField) {
        return AmpsStandIn.builder().sow(SowTopic.keyed(TOPIC, keyField)).start();
    }

    private static void awaitSubscription(AmpsStandIn server) {
        Await.until(
                "a subscription", SequenceLedger.PATIENCE, () -> !server.subscriptions().isEmpty());
    }
}
