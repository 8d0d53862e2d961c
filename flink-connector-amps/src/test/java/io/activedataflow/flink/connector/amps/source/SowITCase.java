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
import io.activedataflow.flink.connector.amps.standin.SowFaults;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static io.activedataflow.flink.connector.amps.source.SowRecords.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

/** Queries of the state of the world that fail at any point yield every key once. */
@Timeout(300)
class SowITCase {

    private static final int RECORDS = 2000;
    private static final Duration CHECKPOINTS = Duration.ofMillis(20);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    private final AmpsStandIn server =
            AmpsStandIn.builder().sow(SowTopic.keyed(TOPIC, "/id")).start();

    @AfterEach
    void stop() {
        server.close();
    }

    private AmpsSourceBuilder<Tuple3<String, String, String>> query() {
        return SowRecords.source(AmpsSubscriptionKind.SOW, server);
    }

    /** What goes wrong with a query, and how often the server is asked then. */
    enum Fault {
        NONE(faults -> {}),
        REFUSED(faults -> faults.refuseQueries("sow store failed", 2)),
        CUT_BEHIND_THE_FIRST_RECORD(faults -> faults.cutAfterRecords(1)),
        CUT_IN_THE_MIDDLE(faults -> faults.cutAfterRecords(RECORDS / 2 + 1)),
        CUT_BEHIND_THE_LAST_RECORD(faults -> faults.cutAfterRecords(RECORDS)),
        CUT_BEHIND_THE_GROUP(faults -> faults.cutBehindGroupEnd(1)),
        FAILED_IN_THE_MIDDLE(faults -> faults.failAfterRecords(777, "sow canceled", 2)),
        FAILED_AT_THE_END(faults -> faults.failCompleted("sow canceled", 2));

        private final Consumer<SowFaults> fault;

        Fault(Consumer<SowFaults> fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyOnce(Fault fault) throws Exception {
        SowRecords.publish(server, 0, RECORDS);
        fault.fault.accept(server.faults().sow());
        SowJob job = new SowJob(jobs, query().setBatchSize(50));
        TestJobs.awaitEnd(job.start());

        assertEachOnce(job);
    }

    private void assertEachOnce(SowJob job) {
        assertThat(job.view().bodies()).isEqualTo(server.sow().contents(TOPIC));
        assertThat(job.view().counts().values()).containsOnly(1).hasSize(RECORDS);
    }

    @Test
    void everyKeyOnceOfShardsWhoseJobCrashes() throws Exception {
        SowRecords.publish(server, 0, RECORDS);
        CrashPlan crashes = new CrashPlan(3, 50);
        Gate gate = new Gate();
        SowJob job =
                new SowJob(jobs, query().shardBySowKey(3).setBatchSize(10))
                        .parallelism(2)
                        .checkpointEvery(CHECKPOINTS)
                        .through(jobs.share(gate))
                        .restarts(1000)
                        .crashes(jobs.share(crashes));
        JobClient client = job.start();
        // A trickle, so that checkpoints fall into the query.
        Await.until(
                "the crashes",
                SequenceLedger.PATIENCE,
                () -> {
                    gate.admit(2);
                    return crashes.done() == 3;
                });
        gate.open();
        TestJobs.awaitEnd(client);

        // Two subtasks may crash at once.
        assertThat(job.view().restarts()).isGreaterThanOrEqualTo(2);
        assertEachOnce(job);
    }

    @Test
    void everyKeyOnceAcrossASavepointAndOtherParallelisms(@TempDir Path directory)
            throws Exception {
        SowRecords.publish(server, 0, RECORDS);
        Gate gate = new Gate();
        SowJob job =
                new SowJob(jobs, query().shardBySowKey(4).setBatchSize(10))
                        .through(jobs.share(gate));
        JobClient first = job.start();
        gate.admit(RECORDS / 3);
        Await.until(
                "a third of the records",
                SequenceLedger.PATIENCE,
                () -> job.view().size() == RECORDS / 3);
        CompletableFuture<String> savepoint =
                first.stopWithSavepoint(
                        false, directory.toUri().toString(), SavepointFormatType.CANONICAL);
        // A trickle, because a barrier cannot pass a record that waits.
        Await.until(
                "the savepoint",
                SequenceLedger.PATIENCE,
                () -> {
                    gate.admit(5);
                    return savepoint.isDone();
                });
        gate.open();
        assertThat(job.view().size()).isLessThan(RECORDS);
        SowJob second = job.restoredFrom(savepoint.get()).parallelism(3);
        TestJobs.awaitEnd(second.start());

        assertEachOnce(second);
    }

    @Test
    void aRecordThatChangesMeanwhileIsNotReadTwice() throws Exception {
        SowRecords.publish(server, 0, RECORDS);
        server.faults().sow().failCompleted("sow canceled", 1);
        Gate gate = new Gate();
        SowJob job = new SowJob(jobs, query()).through(jobs.share(gate));
        JobClient client = job.start();
        gate.admit(1);
        Await.until("a record", SequenceLedger.PATIENCE, () -> job.view().size() == 1);
        SowRecords.publish(server, 0, RECORDS);
        gate.open();
        TestJobs.awaitEnd(client);

        assertEachOnce(job);
    }

    // ------------------------------------------------------------------------ a simple model

    @Test
    void theFirstOfTwoHundredThousandInOrderAndFiltered() throws Exception {
        int all = 200_000;
        int first = 1234;
        SowRecords.publish(server, 0, all);
        server.faults().sow().roundTopNUp(true);
        server.faults().sow().cutAfterRecords(700);
        List<String> expected =
                IntStream.range(0, all)
                        .filter(id -> id % 3 == 0 && SowRecords.price(id) < 5000)
                        .boxed()
                        .sorted(
                                Comparator.<Integer>comparingInt(SowRecords::price)
                                        .reversed()
                                        .thenComparing(Comparator.naturalOrder()))
                        .limit(first)
                        .map(SowRecords::body)
                        .toList();

        assertThat(
                        read(
                                query().setFilter("/region = 'EU' AND /price < 5000")
                                        .setOrderBy("/price DESC, /id")
                                        .setTopN(first)
                                        .setBatchSize(100)))
                .isEqualTo(expected);
    }

    @Test
    void allOfTwoHundredThousand() throws Exception {
        int all = 200_000;
        SowRecords.publish(server, 0, all);
        server.faults().sow().cutAfterRecords(all / 2);

        assertThat(read(query().setBatchSize(1000)))
                .hasSize(all)
                .doesNotHaveDuplicates()
                .contains(SowRecords.body(0), SowRecords.body(all - 1));
    }

    private static List<String> read(AmpsSourceBuilder<Tuple3<String, String, String>> source)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        List<String> bodies = new ArrayList<>();
        try (CloseableIterator<Tuple3<String, String, String>> records =
                env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "records")
                        .executeAndCollect()) {
            records.forEachRemaining(record -> bodies.add(record.f2));
        }
        return bodies;
    }
}
