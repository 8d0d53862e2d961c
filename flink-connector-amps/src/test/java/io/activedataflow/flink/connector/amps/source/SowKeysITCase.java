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
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;

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

/** Records under keys that their publishers have chosen, and under the same keys in two topics. */
@Timeout(300)
class SowKeysITCase {

    /** Some are numbers, some look like numbers that the server would have written otherwise. */
    private static final List<String> KEYS =
            List.of(
                    "7",
                    "07",
                    "007",
                    "0",
                    "00",
                    "18446744073709551615",
                    "18446744073709551616",
                    "99999999999999999999",
                    "+7",
                    "abc",
                    "ABC",
                    "abc=",
                    "a/b+c==");

    private static final AmpsSubscriptionKind FOLLOWED = AmpsSubscriptionKind.SOW_AND_SUBSCRIBE;
    private static final String PATTERN = "orders-.*";
    private static final List<String> TOPICS = List.of("orders-a", "orders-b");
    private static final int RECORDS = 200;
    private static final Duration CHECKPOINTS = Duration.ofMillis(20);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    // ------------------------------------------------------------------------ of publishers

    @Test
    void everyKeyOfAPublisherOnceInAQueryThatBreaksOff() throws Exception {
        try (AmpsStandIn server = explicitKeys()) {
            server.faults().sow().cutAfterRecords(KEYS.size() - 2);
            SowJob job = new SowJob(jobs, explicit(AmpsSubscriptionKind.SOW, server));
            TestJobs.awaitEnd(job.start());

            assertThat(job.view().bodies()).isEqualTo(contents(server));
            assertEachOnce(job, KEYS.size());
        }
    }

    @Test
    void everyKeyOfAPublisherOnceOfAJobThatCrashes() throws Exception {
        try (AmpsStandIn server = explicitKeys()) {
            for (int n = 0; n < RECORDS; n++) {
                server.sow().publish(TOPIC, "key" + n, SowRecords.body(n));
            }
            CrashPlan crashes = new CrashPlan(3, 5);
            Gate gate = new Gate();
            SowJob job =
                    new SowJob(jobs, explicit(AmpsSubscriptionKind.SOW, server))
                            .checkpointEvery(CHECKPOINTS)
                            .restarts(10)
                            .through(jobs.share(gate))
                            .crashes(jobs.share(crashes));
            JobClient client = job.start();
            Await.until(
                    "the crashes",
                    SequenceLedger.PATIENCE,
                    () -> {
                        gate.admit(1);
                        return crashes.done() == 3;
                    });
            gate.open();
            TestJobs.awaitEnd(client);

            assertThat(job.view().bodies()).isEqualTo(contents(server));
            assertEachOnce(job, KEYS.size() + RECORDS);
        }
    }

    @Test
    void tellsWhichKeysOfPublishersHaveGone(@TempDir Path directory) throws Exception {
        try (AmpsStandIn server = explicitKeys()) {
            SowJob job = new SowJob(jobs, followed(explicit(FOLLOWED, server)));
            JobClient first = job.start();
            job.await("the records", () -> contents(server));
            server.sow().delete(TOPIC, "007");
            server.sow().publish(TOPIC, "abc", SowRecords.body(100));
            job.await("an update and a deletion", () -> contents(server));
            assertThat(job.view().reasons()).containsExactly("DELETED");
            String savepoint = TestJobs.stop(first, directory);

            server.sow().delete(TOPIC, "07");
            server.sow().delete(TOPIC, "18446744073709551616");
            server.sow().delete(TOPIC, "a/b+c==");
            SowJob second = job.restoredFrom(savepoint);
            second.start();
            second.await("what is left", () -> contents(server));
            assertThat(second.view().reasons())
                    .containsExactly("DELETED", "MISSING", "MISSING", "MISSING");
        }
    }

    private static AmpsStandIn explicitKeys() {
        AmpsStandIn server = AmpsStandIn.builder().sow(SowTopic.explicit(TOPIC)).start();
        for (int n = 0; n < KEYS.size(); n++) {
            server.sow().publish(TOPIC, KEYS.get(n), SowRecords.body(n));
        }
        return server;
    }

    private static AmpsSourceBuilder<Tuple3<String, String, String>> explicit(
            AmpsSubscriptionKind kind, AmpsStandIn server) {
        return SowRecords.source(kind, server).setBatchSize(3);
    }

    private static Map<String, String> contents(AmpsStandIn server) {
        return new TreeMap<>(server.sow().contents(TOPIC));
    }

    // ------------------------------------------------------------------------ of many topics

    @Test
    void everyKeyOfEachTopicOnceInAQueryThatBreaksOff() throws Exception {
        try (AmpsStandIn server = sameKeysInTwoTopics()) {
            server.faults().sow().cutAfterRecords(RECORDS * 3 / 2);
            SowJob job = new SowJob(jobs, pattern(AmpsSubscriptionKind.SOW, server));
            TestJobs.awaitEnd(job.start());

            assertThat(job.view().bodies()).isEqualTo(contentsOfBoth(server));
            assertEachOnce(job, 2 * RECORDS);
        }
    }

    @Test
    void tellsOfWhichTopicARecordHasGone() throws Exception {
        try (AmpsStandIn server = sameKeysInTwoTopics()) {
            SowJob job = new SowJob(jobs, followed(pattern(FOLLOWED, server)));
            job.start();
            job.await("the records", () -> contentsOfBoth(server));
            assertEachOnce(job, 2 * RECORDS);
            String key = server.sow().contents("orders-a").keySet().iterator().next();
            server.sow().delete("orders-b", key);
            job.await("a deletion", () -> contentsOfBoth(server));

            server.stop();
            server.sow().delete("orders-a", key);
            server.publish("orders-b", SowRecords.body(RECORDS));
            server.start();
            job.await("what is left", () -> contentsOfBoth(server));
            assertThat(job.view().reasons()).containsExactly("DELETED", "MISSING");
            assertThat(job.view().counts())
                    .containsEntry(SowRecords.key("orders-a", key), 1)
                    .containsEntry(SowRecords.key("orders-b", key), 1);
        }
    }

    private static AmpsStandIn sameKeysInTwoTopics() {
        AmpsStandIn server =
                AmpsStandIn.builder()
                        .sow(SowTopic.keyed("orders-a", "/id").inDomain("orders"))
                        .sow(SowTopic.keyed("orders-b", "/id").inDomain("orders"))
                        .sow(SowTopic.keyed("other-orders-c", "/id"))
                        .start();
        for (int n = 0; n < RECORDS; n++) {
            server.publish("orders-a", SowRecords.body(n));
            server.publish("orders-b", SowRecords.body(n));
            server.publish("other-orders-c", SowRecords.body(n));
        }
        return server;
    }

    private static AmpsSourceBuilder<Tuple3<String, String, String>> pattern(
            AmpsSubscriptionKind kind, AmpsStandIn server) {
        return SowRecords.sourceOfTopics(kind, PATTERN, server).setBatchSize(7);
    }

    private static Map<String, String> contentsOfBoth(AmpsStandIn server) {
        Map<String, String> contents = new TreeMap<>();
        for (String topic : TOPICS) {
            server.sow()
                    .contents(topic)
                    .forEach((key, body) -> contents.put(SowRecords.key(topic, key), body));
        }
        return contents;
    }

    // ------------------------------------------------------------------------ helpers

    private static AmpsSourceBuilder<Tuple3<String, String, String>> followed(
            AmpsSourceBuilder<Tuple3<String, String, String>> source) {
        return source.setOutOfFocus(true).setTrackKeys(true);
    }

    private static void assertEachOnce(SowJob job, int records) {
        assertThat(job.view().counts().values()).containsOnly(1).hasSize(records);
    }
}
