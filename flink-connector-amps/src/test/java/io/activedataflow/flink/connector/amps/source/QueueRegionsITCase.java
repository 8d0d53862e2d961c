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
import io.activedataflow.flink.connector.amps.standin.queue.QueueView;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Subtasks of a job that fail one by one, while those they compete with go on. */
@Timeout(300)
class QueueRegionsITCase {

    private static final String QUEUE = NumberedMessages.TOPIC;
    private static final List<String> KEYS = List.of("alice", "bob", "carol");
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(1);
    private static final int BACKLOG = 20;
    private static final int CRASHES = 8;
    private static final int REGIONS = 2;

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(REGIONS);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    /** Regions without anything between them. */
    private static final class RegionsJob extends DescribedJob<Tuple2<String, Long>, RegionsJob> {

        private final SharedReference<RegionTally> tally;

        RegionsJob(
                TestJobs jobs,
                AmpsSource<Tuple2<String, Long>> source,
                SharedReference<RegionTally> tally) {
            super(jobs, source);
            this.tally = tally;
        }

        @Override
        RegionsJob self() {
            return this;
        }

        @Override
        void check(DataStream<Tuple2<String, Long>> records) {
            records.map(new RegionTally.Keeper(tally))
                    .returns(Types.TUPLE(Types.STRING, Types.LONG))
                    .uid("tally")
                    .sinkTo(new DiscardingSink<>());
        }
    }

    /**
     * Nothing is lost. What the failed subtask has in its state and has not acknowledged may be
     * read by the other one; what the failed one reads again itself it drops.
     */
    @ParameterizedTest
    @EnumSource(QueueDefinition.Leasing.class)
    void crashesOfOneRegionAtATime(QueueDefinition.Leasing leasing) throws Exception {
        RegionTally tally = new RegionTally();
        CrashPlan crashes = new CrashPlan(CRASHES, 50);
        try (AmpsStandIn server =
                        AmpsStandIn.builder()
                                .queue(
                                        QueueDefinition.named(QUEUE)
                                                .leasing(leasing)
                                                .maxPerSubscriptionBacklog(BACKLOG)
                                                .build())
                                .start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            new RegionsJob(
                            jobs,
                            NumberedMessages.source(server)
                                    .setSubscriptionKind(AmpsSubscriptionKind.QUEUE)
                                    .setQueueOptions(
                                            AmpsQueueOptions.defaults()
                                                    .withSubscriptions(REGIONS)
                                                    .withAckBatchSize(7))
                                    .build(),
                            jobs.share(tally))
                    .parallelism(REGIONS)
                    .checkpointEvery(CHECKPOINTS)
                    .restarts(CRASHES)
                    .crashes(jobs.share(crashes))
                    .start();
            Await.until("the crashes", SequenceLedger.PATIENCE, () -> crashes.done() == CRASHES);
            writer.stop();
            QueueView queue = server.queue(QUEUE);
            Await.until(
                    "everything to be acknowledged",
                    SequenceLedger.PATIENCE,
                    () -> queue.depth() == 0,
                    () -> queue.leases() + ", " + queue.available());

            assertThat(tally.counts()).isEqualTo(writer.written());
            assertThat(tally.repeatedWithinSubtasks()).isZero();
            assertThat(tally.repeatedBetweenSubtasks()).isLessThanOrEqualTo(CRASHES * BACKLOG);
            assertThat(tally.attempts().values().stream().mapToInt(Integer::intValue).sum())
                    .as("starts of subtasks, each failure being that of one")
                    .isEqualTo(REGIONS + CRASHES);
        }
    }
}
