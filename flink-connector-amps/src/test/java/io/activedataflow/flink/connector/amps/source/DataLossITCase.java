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
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.source.SequenceLedger.Break;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that went from the log unread are noticed, and treated as the policy says. */
@Timeout(300)
class DataLossITCase {

    private static final String KEY = "alice";
    private static final String OTHER_KEY = "bob";
    private static final String OLD_VERSION = "5.3.4.0";
    private static final String NEW_VERSION = "5.3.5.3";
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();
    @TempDir Path savepoints;

    /**
     * An old server has no option to refuse the bookmark, and would go on at the end of the log.
     */
    @ParameterizedTest
    @ValueSource(strings = {NEW_VERSION, OLD_VERSION})
    void prunedWhileDownFailsTheJob(String version) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().version(version).start()) {
            String savepoint = readAndStop(server);
            pruneUnread(server);

            String failure =
                    TestJobs.awaitFailure(
                            jobs.job(NumberedMessages.source(server))
                                    .restoreFrom(savepoint)
                                    .start());
            assertThat(failure)
                    .contains(server.uri("json"), "cannot continue " + NumberedMessages.TOPIC)
                    .contains("Reached: bookmark " + bookmark(KEY, 100) + " of")
                    .contains("Oldest retained: bookmark " + bookmark(KEY, 151) + " at")
                    .contains("'scan.on-data-loss' to 'earliest' or 'latest'");
            assertThat(jobs.ledger().countOf(KEY)).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NEW_VERSION, OLD_VERSION})
    void prunedWhileDownGoesOnWithTheEarliest(String version) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().version(version).start()) {
            String savepoint = readAndStop(server);
            pruneUnread(server);

            JobClient job =
                    jobs.job(earliest(NumberedMessages.source(server)))
                            .restoreFrom(savepoint)
                            .start();
            jobs.ledger().awaitCount(KEY, 200);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 150));
            assertThat(losses(job)).isOne();
        }
    }

    @Test
    void prunedWhileDownGoesOnWithTheLatest() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            String savepoint = readAndStop(server);
            pruneUnread(server);

            JobClient job =
                    jobs.job(
                                    NumberedMessages.source(server)
                                            .setOnDataLoss(AmpsDataLossPolicy.LATEST))
                            .restoreFrom(savepoint)
                            .start();
            awaitSubscription(server, bookmark(KEY, 200));
            NumberedMessages.publish(server, KEY, 200, 210);
            jobs.ledger().awaitCount(KEY, 210);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 200));
            assertThat(losses(job)).isOne();
        }
    }

    /** The log reaches back far enough, so the old server need not be mistrusted. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOldServerThatHasEverythingIsFine(boolean timestamps) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().version(OLD_VERSION).start()) {
            String savepoint = readAndStop(server, timestamps);
            server.pruneBefore(50);
            NumberedMessages.publish(server, KEY, 100, 200);

            jobs.job(NumberedMessages.source(server).setTimestamps(timestamps))
                    .restoreFrom(savepoint)
                    .start();
            jobs.ledger().awaitCount(KEY, 200);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    /** The publishers begin at 1 again, below all that the job has seen of them. */
    @Test
    void wipedLogIsReadAgainFromItsBeginning() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 100);
            JobClient job = jobs.job(earliest(NumberedMessages.source(server))).start();
            jobs.ledger().awaitCount(KEY, 100);

            server.stop();
            server.wipeLog();
            NumberedMessages.publish(server, KEY, 0, 60);
            NumberedMessages.publish(server, OTHER_KEY, 0, 10);
            server.start();
            jobs.ledger().awaitCount(OTHER_KEY, 10);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 0));
            assertThat(jobs.ledger().countOf(KEY)).isEqualTo(60);
            assertThat(jobs.ledger().attempts()).as("attempts of the job").isOne();
            assertThat(losses(job)).isOne();
        }
    }

    @Test
    void wipedLogFailsTheJob() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 100);
            JobClient job = jobs.job(NumberedMessages.source(server)).start();
            jobs.ledger().awaitCount(KEY, 100);

            server.stop();
            server.wipeLog();
            server.start();
            assertThat(TestJobs.awaitFailure(job))
                    .contains("Reached: bookmark " + bookmark(KEY, 100) + " of")
                    .contains("Oldest retained: nothing that could be found");
        }
    }

    @Test
    void prunedOnTheReplicaFailsTheJob() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            JobClient job = readFromTheFirst(NumberedMessages.source(first, second), first, second);
            pruneUnread(second);
            first.stop();
            assertThat(TestJobs.awaitFailure(job))
                    .contains("The transaction log of " + second.uri("json"))
                    .contains(
                            "Reached: bookmark " + bookmark(KEY, 100) + " of " + first.uri("json"))
                    .contains("Oldest retained: bookmark " + bookmark(KEY, 151));
        }
    }

    @Test
    void prunedOnTheReplicaGoesOnWithTheEarliest() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            JobClient job =
                    readFromTheFirst(
                            earliest(NumberedMessages.source(first, second)), first, second);
            pruneUnread(second);
            first.stop();
            jobs.ledger().awaitCount(KEY, 200);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 150));
            assertThat(losses(job)).isOne();
        }
    }

    /** The replica has begun anew: its sequences are below those of the first server. */
    @Test
    void wipedReplicaIsReadFromItsBeginning() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            readFromTheFirst(earliest(NumberedMessages.source(first, second)), first, second);
            second.wipeLog();
            NumberedMessages.publish(second, KEY, 0, 60);
            NumberedMessages.publish(second, OTHER_KEY, 0, 10);
            first.stop();
            jobs.ledger().awaitCount(OTHER_KEY, 10);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 100, 0));
            assertThat(jobs.ledger().countOf(KEY)).isEqualTo(60);
        }
    }

    /**
     * Of the two bookmarks the replica has pruned one, which it ignores without a word; between
     * that and the other lies a message that the first server never sent.
     */
    @Test
    void partlyPrunedListOfBookmarks() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().start();
                AmpsStandIn second = AmpsStandIn.builder().start();
                AmpsStandIn third = AmpsStandIn.builder().build()) {
            List<LogEntry> p = NumberedMessages.publish(first, KEY, 0, 5);
            List<LogEntry> q = NumberedMessages.publish(first, OTHER_KEY, 0, 9);
            LogEntry p6 = NumberedMessages.publish(third, KEY, 5, 6).get(0);
            jobs.job(NumberedMessages.source(first, second)).start();
            jobs.ledger().awaitCount(OTHER_KEY, 9);

            p.forEach(entry -> second.replicate(entry, entry.timestampMicros()));
            q.subList(0, 8).forEach(entry -> second.replicate(entry, entry.timestampMicros()));
            second.replicate(p6, q.get(7).timestampMicros());
            second.replicate(q.get(8), q.get(8).timestampMicros());
            NumberedMessages.publish(second, KEY, 6, 7);
            second.pruneBefore(5 + 8 + 1);
            first.stop();
            jobs.ledger().awaitCount(KEY, 7);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().countOf(OTHER_KEY)).isEqualTo(9);
            assertThat(second.subscriptions().get(0).bookmark())
                    .as("the list did not reach back far enough")
                    .matches("\\d{8}T.*");
        }
    }

    private JobClient readFromTheFirst(
            AmpsSourceBuilder<Tuple2<String, Long>> source, AmpsStandIn first, AmpsStandIn second)
            throws Exception {
        List<LogEntry> known = NumberedMessages.publish(first, KEY, 0, 100);
        JobClient job = jobs.job(source).start();
        jobs.ledger().awaitCount(KEY, 100);
        known.forEach(second::replicate);
        return job;
    }

    private String readAndStop(AmpsStandIn server) throws Exception {
        return readAndStop(server, true);
    }

    private String readAndStop(AmpsStandIn server, boolean timestamps) throws Exception {
        NumberedMessages.publish(server, KEY, 0, 100);
        JobClient job = jobs.job(NumberedMessages.source(server).setTimestamps(timestamps)).start();
        jobs.ledger().awaitCount(KEY, 100);
        return TestJobs.stop(job, savepoints);
    }

    /** Publishes 100 more, of which the first 50 go from the log with all before them. */
    private static void pruneUnread(AmpsStandIn server) {
        NumberedMessages.publish(server, KEY, 100, 200);
        server.pruneBefore(151);
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> earliest(
            AmpsSourceBuilder<Tuple2<String, Long>> source) {
        return source.setOnDataLoss(AmpsDataLossPolicy.EARLIEST);
    }

    private static String bookmark(String key, long sequence) {
        return new AmpsBookmark(AmpsStandIn.publisherId(key), sequence).toString();
    }

    private static void awaitSubscription(AmpsStandIn server, String bookmark) {
        Await.until(
                "a subscription from " + bookmark,
                SequenceLedger.PATIENCE,
                () ->
                        server.subscriptions().stream()
                                .anyMatch(view -> view.bookmark().equals(bookmark)));
    }

    private static long losses(JobClient job) {
        return SourceMetrics.of(REPORTER, job).sum(AmpsMetric.DATA_LOSSES);
    }
}
