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
import io.activedataflow.flink.connector.amps.standin.LogEntry;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.logging.LoggerAuditingExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that are restored with other settings than they were saved with. */
@Timeout(300)
class RestoredSettingsITCase {

    private static final String READER =
            "io.activedataflow.flink.connector.amps.source.reader.RestoredSplits";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);

    @RegisterExtension
    final LoggerAuditingExtension log = new LoggerAuditingExtension(READER, Level.WARN);

    @RegisterExtension final TestJobs jobs = new TestJobs();

    @TempDir Path directory;
    private AmpsStandIn server;

    @BeforeEach
    void start() {
        server = AmpsStandIn.builder().start();
        publish("orders", 0, 10);
        publish("fills", 0, 10);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anotherNumberOfShards() throws Exception {
        String savepoint = savepoint(source().shardBy("/key", 2), "orders");
        assertThat(failure(source("orders").shardBy("/key", 3), savepoint))
                .contains("/key", "3 shards by", "Positions hold only for the shards");
    }

    @Test
    void anotherFieldOfShards() throws Exception {
        String savepoint = savepoint(source().shardBy("/key", 2), "orders");
        assertThat(failure(source("orders").shardBy("/n", 2), savepoint))
                .contains("by /key", "2 shards by /n", "Positions hold only for the shards");
    }

    @Test
    void anotherKindOfSubscription() throws Exception {
        String savepoint = savepoint(source(), "orders");
        assertThat(
                        failure(
                                source("orders").setSubscriptionKind(AmpsSubscriptionKind.LIVE),
                                savepoint))
                .contains("BOOKMARK_REPLAY", "LIVE", "Restore with the old kind");
    }

    @Test
    void topicsNoLongerSelectedAreDroppedAndSaid() throws Exception {
        String savepoint = savepoint(source(), "orders", "fills");
        LogEntry lastRead = server.log().entry(20);
        publish("fills", 10, 20);
        publish("orders", 10, 20);
        jobs.job(source("orders")).restoreFrom(savepoint).start();
        jobs.ledger().awaitCount("orders", 20);
        assertThat(jobs.ledger().countOf("fills")).isEqualTo(10);
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(log.getMessages())
                .singleElement()
                .asString()
                .contains("fills is no longer selected by", lastRead.bookmark());
    }

    /** A topic that was not there when the savepoint was taken is read from its first message. */
    @Test
    void topicsThatAreAdded() throws Exception {
        String savepoint = savepoint(source(), "orders");
        publish("orders", 10, 20);
        jobs.job(source("orders", "fills")).restoreFrom(savepoint).start();
        jobs.ledger().awaitCount("orders", 20);
        jobs.ledger().awaitCount("fills", 10);
        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    @Test
    void anotherFilterHoldsFromThePositionOn() throws Exception {
        String savepoint = savepoint(source().setFilter("/n < 10"), "orders");
        publish("orders", 10, 20);
        jobs.job(source("orders").setFilter("/n < 15")).restoreFrom(savepoint).start();
        jobs.ledger().awaitCount("orders", 15);
        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    @Test
    void positionByHand() throws Exception {
        String savepoint = savepoint(source(), "orders");
        publish("orders", 10, 20);
        jobs.job(
                        source("orders")
                                .setPositionOverrides(
                                        Map.of("orders", AmpsStartPosition.earliest())))
                .restoreFrom(savepoint)
                .start();
        jobs.ledger().awaitCount("orders", 20);
        assertThat(jobs.ledger().breaks())
                .as("after 9 comes 0 again")
                .containsExactly(new SequenceLedger.Break("orders", 10, 0));
    }

    /** Of a job that has read ten messages of each topic. */
    private String savepoint(AmpsSourceBuilder<Tuple2<String, Long>> source, String... topics)
            throws Exception {
        JobClient job = jobs.job(source.setTopics(topics)).start();
        for (String topic : topics) {
            jobs.ledger().awaitCount(topic, 10);
        }
        return TestJobs.stop(job, directory);
    }

    private String failure(AmpsSourceBuilder<Tuple2<String, Long>> source, String savepoint)
            throws Exception {
        return TestJobs.awaitFailure(jobs.job(source).restoreFrom(savepoint).start());
    }

    private AmpsSourceBuilder<Tuple2<String, Long>> source(String... topics) {
        AmpsSourceBuilder<Tuple2<String, Long>> source = NumberedMessages.source(server);
        return topics.length == 0 ? source : source.setTopics(topics);
    }

    /** Publishes so many numbers; the topic is the key. */
    private void publish(String topic, int from, int to) {
        for (int n = from; n < to; n++) {
            server.publish(topic, NumberedMessages.body(topic, n));
        }
    }
}
