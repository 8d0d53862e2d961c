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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.CheckpointStatistics.Checkpoint;
import io.activedataflow.flink.connector.e2e.environment.ClusterSettings;
import io.activedataflow.flink.connector.e2e.environment.FlinkClusterExtension;
import io.activedataflow.flink.connector.e2e.pipeline.CommittedOutput;
import io.activedataflow.flink.connector.e2e.pipeline.ContinuationVerdict;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;
import io.activedataflow.flink.connector.e2e.pipeline.OutputFiles;
import io.activedataflow.flink.connector.redis.testutils.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** The job ended and begun in all the ways there are, without harm to anything. */
@Timeout(400)
class LifecycleITCase {

    @RegisterExtension
    static final FlinkClusterExtension FLINK =
            new FlinkClusterExtension(
                    ClusterSettings.standard()
                            .withoutHighAvailability()
                            .with("execution.checkpointing.num-retained", "100")
                            // The network memory is small; 512 for each shuffle would be too many.
                            .with("taskmanager.network.sort-shuffle.min-buffers", "32"));

    private static final double RATE = 200;
    private static final long SOME = 800;

    @Test
    void batchRunEndsByItself() {
        try (Scenario scenario = Scenario.start("Batch", FLINK, OrderBook.of(7))) {
            scenario.write(3_001);

            RunningPipeline job = scenario.run(scenario.job("--batch").withParallelism(2));
            job.awaitFinished();

            scenario.assertExactlyOnce();
        }
    }

    @Test
    void savepointsOlderCheckpointAndUpgrade() {
        try (Scenario scenario = Scenario.start("Savepoints", FLINK, OrderBook.of(8))) {
            scenario.feed(RATE);
            RunningPipeline job = scenario.run(scenario.job().withParallelism(2));
            job.awaitCommitted(SOME);
            Checkpoint older = lastCheckpoint(job);
            job.awaitCheckpoints(2);
            CommittedOutput committedUntilThen = scenario.committed(scenario.servers().output());
            job.awaitMore(SOME);
            job.cancel();

            String newest = lastCheckpoint(job).path().orElseThrow();
            job = scenario.run(scenario.job().withParallelism(3).from(newest));
            job.awaitMore(SOME);
            String savepoint = job.stop();

            job = scenario.run(scenario.upgradedJob().withParallelism(2).from(savepoint));
            job.awaitMore(SOME);
            scenario.finishFeeding();
            scenario.finish(job);
            assertThat(scenario.servers().output().resolve(OutputFiles.LARGE_ORDERS))
                    .isNotEmptyDirectory();

            runOnceMore(scenario, older, committedUntilThen);
        }
    }

    /**
     * From a checkpoint that was retained although later ones have completed. Flink's sink goes on
     * in the folder that its state names, which may be that of the first run.
     */
    private static void runOnceMore(
            Scenario scenario, Checkpoint checkpoint, CommittedOutput first) {
        Path firstOutput = scenario.servers().output();
        Path output = scenario.servers().output("once-more");
        Set<Path> known = CommittedOutput.files(firstOutput);
        Supplier<ContinuationVerdict> verdict =
                () ->
                        ContinuationVerdict.of(
                                scenario.expected(),
                                first,
                                scenario.committedAllBut(known, firstOutput, output));
        RunningPipeline job =
                RunningPipeline.submitByRest(
                        FLINK.cluster(),
                        JobJars.threeSources(scenario.servers().arguments(output))
                                .withParallelism(1)
                                .from(checkpoint.path().orElseThrow()),
                        output);
        job.awaitAllRunning();
        Await.until(
                "everything that is not in the first output",
                RunningPipeline.PATIENCE,
                () -> verdict.get().lost() == 0,
                () -> verdict.get().toString());
        job.drain();

        scenario.report(
                verdict.get().isSeamless(),
                "from checkpoint " + checkpoint.id() + ' ' + verdict.get());
    }

    private static Checkpoint lastCheckpoint(RunningPipeline job) {
        return FLINK.cluster().rest().checkpoints(job.id()).lastCompleted().orElseThrow();
    }
}
