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
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.DefaultServerChooser;
import com.crankuptheamps.client.HAClient;
import com.crankuptheamps.client.MemoryBookmarkStore;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.exception.AMPSException;
import com.crankuptheamps.client.fields.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two publishers write in turn. What is kept as the position while messages are in flight must not
 * take the highest sequence received for the highest sequence read: the client's own bookmark store
 * does, and loses messages.
 */
@Timeout(300)
class InterleavedPublishersITCase {

    private static final String A = "alice";
    private static final String B = "bob";
    private static final long ASKED_TOO_LATE_NANOS = Duration.ofMillis(500).toNanos();
    private static final String SUBSCRIPTION = "subscription";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    /** Without this, the tests below would show nothing. */
    @Test
    void theBookmarkStoreOfTheClientLosesMessages() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publishInTurn(server, 8);
            String mostRecent = mostRecentAfterThreeOf(server);
            assertThat(mostRecent)
                    .as("It knows 2|4| already, of which three are not read.")
                    .contains(bookmark(A, 2), bookmark(B, 4));

            Queue<String> delivered = new ConcurrentLinkedQueue<>();
            Queue<String> dropped = new ConcurrentLinkedQueue<>();
            try (HAClient client = client(server, "second", new MemoryBookmarkStore())) {
                client.setDuplicateMessageHandler(message -> dropped.add(message.getBookmark()));
                client.executeAsync(
                        replay(mostRecent),
                        message -> {
                            if (message.getCommand() == Message.Command.Publish) {
                                delivered.add(message.getBookmark());
                            }
                        });
                Await.until(
                        "the rest of the log",
                        SequenceLedger.PATIENCE,
                        () -> delivered.size() + dropped.size() == 5);
            }
            assertThat(delivered).containsExactly(bookmark(A, 3), bookmark(A, 4));
            assertThat(dropped).containsExactly(bookmark(B, 2), bookmark(B, 3), bookmark(B, 4));
        }
    }

    private static String mostRecentAfterThreeOf(AmpsStandIn server) throws Exception {
        MemoryBookmarkStore store = new MemoryBookmarkStore();
        AtomicInteger received = new AtomicInteger();
        try (HAClient client = client(server, "first", store)) {
            client.executeAsync(
                    replay(Client.Bookmarks.EPOCH),
                    message -> {
                        if (message.getCommand() == Message.Command.Publish) {
                            if (received.get() < 3) {
                                discard(store, message);
                            }
                            received.incrementAndGet();
                        }
                    });
            Await.until("all messages", SequenceLedger.PATIENCE, () -> received.get() == 8);
            return store.getMostRecent(new Field(SUBSCRIPTION), true).toString();
        }
    }

    private static void discard(MemoryBookmarkStore store, Message message) {
        try {
            store.discard(message);
        } catch (AMPSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HAClient client(AmpsStandIn server, String name, MemoryBookmarkStore store)
            throws Exception {
        HAClient client = new HAClient(name);
        client.setServerChooser(new DefaultServerChooser().add(server.uri("json")));
        client.setBookmarkStore(store);
        client.connectAndLogon();
        return client;
    }

    private static Command replay(String bookmark) {
        return new Command("subscribe")
                .setTopic(NumberedMessages.TOPIC)
                .setSubId(SUBSCRIPTION)
                .setBookmark(bookmark)
                .setTimeout(10_000);
    }

    private static String bookmark(String publisher, long sequence) {
        return Long.toUnsignedString(AmpsStandIn.publisherId(publisher)) + '|' + sequence + '|';
    }

    /**
     * Everything has been received when a checkpoint is taken behind the first message, the job
     * crashes, a checkpoint is taken behind the second one, and so on.
     *
     * @param stable whether it resumes after the last message, or by the list of publishers
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void crashesAtEveryPosition(boolean stable, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        int total = 20;
        Set<Integer> positions = new TreeSet<>();
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publishInTurn(server, total);
            Turnstile turnstile = new Turnstile();
            JobClient job = job(server, stable).restarts(total + 1).through(turnstile).start();
            turnstile.awaitFront();
            turnstile.crash();
            while (!hasPassedAll(turnstile, total)) {
                positions.add(index(turnstile.front()));
                awaitRunning(cluster, job);
                CompletableFuture<String> checkpoint = cluster.triggerCheckpoint(job.getJobID());
                awaitBegin(checkpoint, cluster, job);
                admitUntilDone(checkpoint, turnstile);
                turnstile.crash();
            }
            assertAllHaveCome(total);
            assertThat(jobs.ledger().attempts()).isEqualTo(positions.size() + 1);
            assertMostOf(total, positions);
        }
    }

    /** As above, but a new job is restored from a savepoint each time. */
    @Test
    void restartsAtEveryPosition(@InjectMiniCluster MiniCluster cluster, @TempDir Path directory)
            throws Exception {
        int total = 8;
        Set<Integer> positions = new TreeSet<>();
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publishInTurn(server, total);
            Turnstile turnstile = new Turnstile();
            JobClient job = job(server, false).through(turnstile).start();
            while (!hasPassedAll(turnstile, total)) {
                positions.add(index(turnstile.front()));
                awaitRunning(cluster, job);
                CompletableFuture<String> savepoint =
                        job.triggerSavepoint(
                                directory.toUri().toString(), SavepointFormatType.CANONICAL);
                awaitBegin(savepoint, cluster, job);
                admitUntilDone(savepoint, turnstile);
                TestJobs.cancel(job);
                turnstile = new Turnstile();
                job = job(server, false).restoreFrom(savepoint.get()).through(turnstile).start();
            }
            assertAllHaveCome(total);
            assertMostOf(total, positions);
        }
    }

    private TestJobBuilder job(AmpsStandIn server, boolean stable) {
        return jobs.job(
                        NumberedMessages.source(
                                        NumberedMessages.connection(server)
                                                .setEndpointsAreStable(stable)
                                                .build())
                                .setTopics(NumberedMessages.TOPIC))
                .checkpointEvery(Duration.ofDays(1));
    }

    private static void publishInTurn(AmpsStandIn server, int total) {
        for (int i = 0; i < total; i++) {
            String publisher = i % 2 == 0 ? A : B;
            long number = i / 2;
            server.publish(
                    publisher,
                    number + 1,
                    NumberedMessages.TOPIC,
                    NumberedMessages.body(publisher, number));
        }
    }

    /** The place in the log. */
    private static int index(Tuple2<String, Long> record) {
        return (int) (2 * record.f1 + (record.f0.equals(A) ? 0 : 1));
    }

    /** Waits until either is clear. */
    private boolean hasPassedAll(Turnstile turnstile, int total) {
        Await.until(
                "the next record, or the end",
                SequenceLedger.PATIENCE,
                () -> turnstile.front() != null || countOfAll() == total,
                jobs.ledger()::toString);
        return turnstile.front() == null;
    }

    private long countOfAll() {
        return jobs.ledger().countOf(A) + jobs.ledger().countOf(B);
    }

    private static void awaitRunning(MiniCluster cluster, JobClient job) {
        Await.until(
                "all tasks to run",
                SequenceLedger.PATIENCE,
                () -> {
                    for (AccessExecutionVertex task :
                            graph(cluster, job).getAllExecutionVertices()) {
                        if (task.getExecutionState() != ExecutionState.RUNNING) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private static void awaitBegin(
            CompletableFuture<String> checkpoint, MiniCluster cluster, JobClient job) {
        Await.until(
                "the checkpoint to begin",
                SequenceLedger.PATIENCE,
                () -> checkpoint.isDone() || countBegun(graph(cluster, job)) > 0);
    }

    private static AccessExecutionGraph graph(MiniCluster cluster, JobClient job)
            throws InterruptedException, ExecutionException {
        return cluster.getExecutionGraph(job.getJobID()).get();
    }

    private static int countBegun(AccessExecutionGraph graph) {
        return graph.getCheckpointStatsSnapshot().getCounts().getNumberOfInProgressCheckpoints();
    }

    /** A task takes its checkpoint between two records, so one has to pass once it is asked for. */
    private static void admitUntilDone(CompletableFuture<String> checkpoint, Turnstile turnstile)
            throws Exception {
        while (!checkpoint.isDone()) {
            turnstile.admit();
            long start = System.nanoTime();
            Await.until(
                    "the checkpoint to end, or a record that it seems to need",
                    SequenceLedger.PATIENCE,
                    () ->
                            checkpoint.isDone()
                                    || (turnstile.front() != null
                                            && System.nanoTime() - start > ASKED_TOO_LATE_NANOS));
        }
        checkpoint.get();
    }

    private void assertAllHaveCome(int total) {
        assertThat(jobs.ledger().breaks()).isEmpty();
        assertThat(jobs.ledger().countOf(A)).isEqualTo(total / 2);
        assertThat(jobs.ledger().countOf(B)).isEqualTo(total / 2);
    }

    /** Where a task was asked too late for its checkpoint, one or two more have passed. */
    private static void assertMostOf(int total, Set<Integer> positions) {
        assertThat(positions).as("positions of restarts").hasSizeGreaterThanOrEqualTo(total / 2);
    }
}
