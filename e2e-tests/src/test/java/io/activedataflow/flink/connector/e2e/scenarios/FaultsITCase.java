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
import io.activedataflow.flink.connector.e2e.environment.Environment;
import io.activedataflow.flink.connector.e2e.environment.Environments;
import io.activedataflow.flink.connector.e2e.environment.FlinkCluster;
import io.activedataflow.flink.connector.e2e.pipeline.CommittedOutput;
import io.activedataflow.flink.connector.e2e.pipeline.ExpectedOutput;
import io.activedataflow.flink.connector.e2e.pipeline.Feeding;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;
import io.activedataflow.flink.connector.e2e.pipeline.OutputVerdict;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job of all three sources on a highly available cluster, with harm done to everything it needs
 * while it runs. The same order of faults again with {@code -De2e.soak.seed}; the long run is
 * longer or shorter with {@code -De2e.soak.minutes}.
 */
@Timeout(900)
class FaultsITCase {

    private static final int PARALLELISM = 3;
    private static final double ORDERS_PER_SECOND = 200;

    /** All entries and messages of some hours have to fit into the memory of the servers. */
    private static final double ORDERS_PER_SECOND_FOR_HOURS = 50;

    private static Environment environment;
    private static FlinkCluster flink;

    private final long seed = Long.getLong("e2e.soak.seed", System.nanoTime());
    private final List<Feeding> feedings = new ArrayList<>();
    private ScenarioServers servers;

    @BeforeAll
    static void startCluster() {
        environment = Environments.detect();
        flink = environment.startFlink(ClusterSettings.standard());
    }

    @AfterAll
    static void stopCluster() {
        environment.close();
    }

    @BeforeEach
    void startServers() {
        servers = ScenarioServers.start(environment);
    }

    @AfterEach
    void stopServers() {
        feedings.forEach(Feeding::close);
        servers.close();
    }

    @Test
    void eachFaultOnce() {
        run("Each fault once", Duration.ZERO, ORDERS_PER_SECOND);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 24, unit = TimeUnit.HOURS)
    void anyFaultForHours() {
        run(
                "Any fault for hours",
                Duration.ofMinutes(Long.getLong("e2e.soak.minutes", 120)),
                ORDERS_PER_SECOND_FOR_HOURS);
    }

    private void run(String name, Duration duration, double ordersPerSecond) {
        System.out.printf("%s, with seed %d:%n", name, seed);
        OrderBook book = OrderBook.of(seed);
        servers.writers(book)
                .forEach(writer -> feedings.add(Feeding.start(writer, ordersPerSecond)));
        RecordedCli cli = new RecordedCli(flink.cli());
        RunningPipeline job =
                RunningPipeline.submit(
                        flink,
                        cli,
                        JobJars.threeSources(servers.arguments(servers.output()))
                                .withParallelism(PARALLELISM),
                        servers.output());
        FaultRun faults =
                new FaultRun(
                        new FaultTargets(flink, servers, job, feedings, new Random(seed)),
                        new FaultPlan(seed));

        faults.run(duration);
        ExpectedOutput expected = ExpectedOutput.of(book, Feeding.finishTogether(feedings));
        job.awaitCommitted(expected.parts());
        job.drain();

        OutputVerdict verdict =
                OutputVerdict.of(expected, CommittedOutput.read(servers.output(), book));
        System.out.printf(
                "%s: seed=%d faults=%d restarts=%d %s%n",
                name, seed, faults.faults(), faults.restarts(), verdict);
        assertThat(verdict.isExactlyOnce()).as(verdict.toString()).isTrue();
        // A TaskManager and the JobManager were killed at least once.
        assertThat(faults.restarts()).isGreaterThanOrEqualTo(2);
        assertThat(faults.failures()).isNotEmpty().noneMatch(FaultsITCase::isOfConnector);
        assertTraces(
                RunTraces.of(flink, servers, job.id())
                        .with("what the client has written", cli.written())
                        .with("failures", String.join("\n", faults.failures())));
    }

    /** Servers that are away for a while are no reason to restart. */
    private static boolean isOfConnector(String stackTrace) {
        return stackTrace.startsWith("io.activedataflow.")
                || stackTrace.contains("Caused by: io.activedataflow.");
    }

    private void assertTraces(RunTraces traces) {
        assertThat(traces.placesOf(ScenarioServers.PASSWORD)).isEmpty();
        assertThat(traces.told()).isNotEmpty().noneMatch(LogEvent::hasStackTrace);
        assertThat(traces.warnings("redis"))
                .isNotEmpty()
                .allMatch(event -> names(event, servers.redis().endpointOfJobs().toString()));
        assertThat(traces.warnings("amps"))
                .isNotEmpty()
                .allMatch(event -> names(event, servers.amps().endpointOfJobs().toString()));
    }

    private static boolean names(LogEvent event, String server) {
        return event.text().contains(server) || event.text().contains("orders");
    }
}
