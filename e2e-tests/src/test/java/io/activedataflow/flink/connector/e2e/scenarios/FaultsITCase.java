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

import io.activedataflow.flink.connector.e2e.environment.ClusterSettings;
import io.activedataflow.flink.connector.e2e.environment.FlinkClusterExtension;
import io.activedataflow.flink.connector.e2e.pipeline.Feeding;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;
import io.activedataflow.flink.connector.e2e.pipeline.Origin;
import io.activedataflow.flink.connector.e2e.pipeline.OutputVerdict;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job of all three sources on a highly available cluster, with harm done to everything it needs
 * while it runs. The same faults in the same order again with {@code -De2e.soak.seed}; the long run
 * is longer or shorter with {@code -De2e.soak.minutes}.
 */
@Timeout(900)
class FaultsITCase {

    @RegisterExtension
    static final FlinkClusterExtension FLINK =
            new FlinkClusterExtension(ClusterSettings.standard());

    /** On both TaskManagers, wherever the first slots are. */
    private static final int PARALLELISM = 3;

    /**
     * Below the patience of this test. A failure in the middle of a checkpoint can leave Flink with
     * split assignments that it has held back for that checkpoint and drops with the failed task;
     * the next checkpoint waits for them to be confirmed, in vain, until it times out.
     */
    private static final String CHECKPOINT_TIMEOUT = "20s";

    private final long seed = Long.getLong("e2e.soak.seed", System.nanoTime());

    @Test
    void eachFaultOnce() {
        run("Each fault once", Duration.ZERO, 200, "1s");
    }

    /** With so little that all of it fits into the memory of the servers. */
    @Test
    @Tag("soak")
    @Timeout(value = 24, unit = TimeUnit.HOURS)
    void anyFaultForHours() {
        run(
                "Any fault for hours",
                Duration.ofMinutes(Long.getLong("e2e.soak.minutes", 120)),
                50,
                "2s");
    }

    private void run(
            String name, Duration duration, double ordersPerSecond, String checkpointInterval) {
        System.out.printf("%s, with seed %d:%n", name, seed);
        try (Scenario scenario = Scenario.start(name, FLINK, OrderBook.of(seed))) {
            List<Feeding> feedings =
                    Stream.of(Origin.values())
                            .map(origin -> scenario.feed(origin, ordersPerSecond))
                            .toList();
            RecordedCli cli = new RecordedCli(FLINK.cluster().cli());
            RunningPipeline job =
                    RunningPipeline.submit(
                            FLINK.cluster(),
                            cli,
                            scenario.job(
                                            "--checkpoint-interval",
                                            checkpointInterval,
                                            "--checkpoint-timeout",
                                            CHECKPOINT_TIMEOUT)
                                    .withParallelism(PARALLELISM),
                            scenario.servers().output());
            FaultRun faults =
                    new FaultRun(
                            new FaultTargets(
                                    FLINK.cluster(),
                                    scenario.servers(),
                                    job,
                                    feedings,
                                    new Random(seed)),
                            new FaultPlan(seed));

            faults.run(duration);
            scenario.finishFeeding();
            job.awaitCommitted(scenario.expected().parts());
            job.drain();

            OutputVerdict verdict =
                    OutputVerdict.of(
                            scenario.expected(), scenario.committed(scenario.servers().output()));
            scenario.report(
                    verdict.isExactlyOnce(),
                    String.format(
                            "seed=%d faults=%d restarts=%d %s",
                            seed, faults.faults(), faults.restarts(), verdict));
            assertFailures(faults);
            assertTraces(
                    RunTraces.of(FLINK.cluster(), scenario.servers(), job.id())
                            .with("what the client has written", cli.written())
                            .with("failures", String.join("\n", faults.failures())),
                    scenario.servers());
        }
    }

    /** Servers that are away for a while are no reason to restart. */
    private static void assertFailures(FaultRun faults) {
        // For the TaskManager and the JobManager that were killed.
        assertThat(faults.restarts()).isGreaterThanOrEqualTo(2);
        assertThat(faults.failures())
                .isNotEmpty()
                .noneMatch(
                        stackTrace ->
                                stackTrace.startsWith("io.activedataflow.")
                                        || stackTrace.contains("Caused by: io.activedataflow."));
    }

    private static void assertTraces(RunTraces traces, ScenarioServers servers) {
        assertThat(traces.placesOf(ScenarioServers.PASSWORD)).isEmpty();
        assertThat(traces.told()).isNotEmpty().noneMatch(LogEvent::hasStackTrace);
        assertThat(traces.warnings("redis"))
                .isNotEmpty()
                .allMatch(event -> event.names("orders-", servers.redis().endpointOfJobs()));
        assertThat(traces.warnings("amps"))
                .isNotEmpty()
                .allMatch(event -> event.names("orders#", servers.amps().endpointOfJobs()));
    }
}
