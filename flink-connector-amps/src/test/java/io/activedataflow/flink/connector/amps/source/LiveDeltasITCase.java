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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static io.activedataflow.flink.connector.amps.source.SowRecords.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

/** What has changed of records, without their beginning and without what is missed. */
@Timeout(300)
class LiveDeltasITCase {

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(1);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    private final AmpsStandIn server =
            AmpsStandIn.builder().sow(SowTopic.keyed(TOPIC, "/id")).start();

    @AfterEach
    void stop() {
        server.close();
    }

    private AmpsSourceBuilder<Tuple3<String, String, String>> source() {
        return SowRecords.source(AmpsSubscriptionKind.LIVE, server)
                .setDeltas(true)
                .setDeltaGapsAccepted(true);
    }

    @Test
    void onlyTheKeyAndWhatChanges() throws Exception {
        server.publish(TOPIC, "{\"id\":1,\"v\":1,\"w\":1}");
        String key = server.sow().contents(TOPIC).keySet().iterator().next();
        SowJob job = new SowJob(jobs, source());
        job.start();
        awaitSubscription();
        server.publish(TOPIC, "{\"id\":1,\"v\":2,\"w\":1}");
        job.await("one field", () -> Map.of(key, "{\"id\":1,\"v\":2}"));
        server.sow().publishDelta(TOPIC, "{\"id\":1,\"w\":3}");
        job.await("another field", () -> Map.of(key, "{\"id\":1,\"w\":3}"));
        assertThat(job.view().counts()).containsExactly(Map.entry(key, 2));
    }

    /** Merged from the first message of each record on, nothing is missing while connected. */
    @Test
    void mergedWhileConnectedTheyAreTheRecords() throws Exception {
        SowJob job = new SowJob(jobs, source().setOutOfFocus(true)).merging();
        job.start();
        awaitSubscription();
        for (int n = 0; n < 200; n++) {
            int id = n * 7 % 20;
            server.publish(TOPIC, "{\"id\":" + id + ",\"v\":" + n % 3 + ",\"w\":" + n / 60 + '}');
            if (n % 50 == 49) {
                server.sow().delete(TOPIC, server.sow().contents(TOPIC).keySet().iterator().next());
            }
        }
        job.await("all that was published", this::contents);
        assertThat(job.view().reasons()).containsOnly("DELETED").hasSize(4);
    }

    /** What {@code setDeltaGapsAccepted} is about. */
    @Test
    void whatIsMissedIsNeverSent(@TempDir Path directory) throws Exception {
        SowJob job = new SowJob(jobs, source()).merging();
        JobClient first = job.start();
        awaitSubscription();
        server.publish(TOPIC, "{\"id\":1,\"v\":1,\"w\":1}");
        String key = server.sow().contents(TOPIC).keySet().iterator().next();
        job.await("the record", this::contents);

        server.stop();
        server.publish(TOPIC, "{\"id\":1,\"v\":2,\"w\":1}");
        server.start();
        awaitSubscription();
        server.publish(TOPIC, "{\"id\":1,\"v\":2,\"w\":2}");
        job.await("what is not missed", () -> Map.of(key, "{\"id\":1,\"v\":1,\"w\":2}"));

        String savepoint = TestJobs.stop(first, directory);
        server.publish(TOPIC, "{\"id\":1,\"v\":3,\"w\":2}");
        SowJob second = job.restoredFrom(savepoint);
        second.start();
        awaitSubscription();
        server.publish(TOPIC, "{\"id\":1,\"v\":3,\"w\":3}");
        second.await("the same after a restore", () -> Map.of(key, "{\"id\":1,\"v\":1,\"w\":3}"));
        server.publish(TOPIC, "{\"id\":1,\"v\":4,\"w\":3}");
        second.await("until the field changes again", this::contents);
        assertThat(second.view().counts()).containsExactly(Map.entry(key, 4));
    }

    private Map<String, String> contents() {
        return new TreeMap<>(server.sow().contents(TOPIC));
    }

    private void awaitSubscription() {
        Await.until(
                "the subscription",
                SequenceLedger.PATIENCE,
                () -> server.subscriptions().size() == 1,
                () -> List.copyOf(server.subscriptions()).toString());
    }
}
