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
import io.activedataflow.flink.connector.e2e.environment.ManagedProcess;
import io.activedataflow.flink.connector.e2e.pipeline.AmpsFeeder;
import io.activedataflow.flink.connector.e2e.pipeline.Feeding;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;
import io.activedataflow.flink.connector.e2e.pipeline.Origin;
import io.activedataflow.flink.connector.redis.testutils.Await;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Sources that are held back: by the slowness of what follows, and by each other. */
@Timeout(400)
class FlowITCase {

    @RegisterExtension
    static final FlinkClusterExtension FLINK =
            new FlinkClusterExtension(
                    ClusterSettings.standard()
                            .withoutHighAvailability()
                            // What is on its way must not take longer than a checkpoint may.
                            .with("taskmanager.network.memory.buffer-debloat.enabled", "true"));

    private static final Duration MAX_DRIFT = Duration.ofSeconds(5);
    static final Duration DISORDER = Duration.ofSeconds(5);

    private static final long MANY = 120_000;
    private static final long FEW = 4_000;
    private static final long FEW_IN_THE_END = 4_400;

    private static final Duration SLOW = Duration.ofSeconds(20);
    private static final long MEBIBYTE = 1 << 20;

    private static final Duration AGE = Duration.ofHours(1);

    /** The orders are not all equally old. */
    private static final Duration SPAN = Duration.ofMinutes(1);

    private static final long READ = 2_000;
    private static final long FILES_READ = 8;
    private static final long READ_IN_THE_END = 2_500;

    @Test
    void filesWaitForSlowStreams() {
        try (Scenario scenario = Scenario.start("Alignment", FLINK, OrderBook.of(9))) {
            List<Feeding> streams =
                    List.of(
                            scenario.feed(Origin.REDIS, 200, FEW),
                            scenario.feed(Origin.AMPS, 200, FEW));
            RunningPipeline job =
                    scenario.run(
                            scenario.job(
                                            "--alignment",
                                            "all-sources",
                                            "--max-drift",
                                            MAX_DRIFT.toMillis() + "ms",
                                            "--disorder",
                                            DISORDER.toMillis() + "ms",
                                            "--idleness",
                                            "8s")
                                    .withParallelism(2)
                                    .with("pipeline.auto-watermark-interval", "5 ms")
                                    // Else Flink looks at watermarks of some time ago.
                                    .with("pipeline.watermark-alignment.buffer-size", "0"));
            job.awaitCommitted(500);
            scenario.write(Origin.FILES, MANY);
            Lead lead = new Lead(scenario.book(), job, streams);
            Await.until(
                    "the streams to be written",
                    RunningPipeline.PATIENCE,
                    () -> {
                        lead.look();
                        return streams.stream().allMatch(stream -> stream.written() == FEW);
                    });
            System.out.println("Alignment: " + lead);
            // A source looks at its watermark every now and then only, and on a busy machine it
            // reads thousands of records in between; by itself it would read all of them.
            assertThat(lead.largest())
                    .isPositive()
                    .isLessThan(scenario.book().step().multipliedBy(MANY / 2).toMillis());
            assertThat(lead.recordsOfFiles()).isPositive().isLessThan(MANY / 2);

            // Streams that are idle are not waited for.
            job.awaitCommitted(MANY + streams.size() * FEW);
            // What is drained while all of it is idle does not end its windows.
            streams.forEach(stream -> stream.finishAt(FEW_IN_THE_END));
            scenario.finishFeeding();
            scenario.finish(job);
        }
    }

    @Test
    void slowSinkHoldsTheSourcesBackAndNothingElse() throws IOException {
        slowSink("Back-pressure");
    }

    @Test
    @Tag("soak")
    void slowSinkWithUnalignedCheckpoints() throws IOException {
        slowSink("Back-pressure, unaligned", "--unaligned");
    }

    private static void slowSink(String name, String... arguments) throws IOException {
        try (Scenario scenario = Scenario.start(name, FLINK, OrderBook.of(10))) {
            Feeding most = scenario.feed(Origin.REDIS, 400);
            scenario.feed(Origin.AMPS, 100);
            scenario.feed(Origin.FILES, 50);
            RunningPipeline job = scenario.run(scenario.job(arguments).withParallelism(2));
            job.awaitCommitted(2_000);
            SourceMetrics redis = SourceMetrics.of(job, "redis");
            List<ManagedProcess> processes = new ArrayList<>(FLINK.cluster().processes());
            processes.add(scenario.servers().redis());
            processes.add(scenario.servers().amps());

            scenario.servers().control().slowDown();
            long checkpoints = FLINK.cluster().rest().checkpoints(job.id()).completed();
            Await.until(
                    "the source to be held back",
                    RunningPipeline.PATIENCE,
                    () -> redis.maxOfTask("backPressuredTimeMsPerSecond") > 500);
            MemoryWatch memory = MemoryWatch.start(processes);
            long until = System.nanoTime() + SLOW.toNanos();
            Await.until(
                    "the time of slowness to end",
                    RunningPipeline.PATIENCE,
                    () -> {
                        memory.look();
                        return System.nanoTime() > until;
                    });
            long meanwhile = FLINK.cluster().rest().checkpoints(job.id()).completed() - checkpoints;
            long backlog = most.written() - redis.sum("numRecordsIn");
            // Servers before Redis 7.0 do not tell; -1 is honest then, 0 would not be.
            Await.until(
                    "the source to tell that it is behind",
                    RunningPipeline.PATIENCE,
                    () -> redis.max("pendingRecords") != 0);
            System.out.printf(
                    "%s: checkpoints meanwhile=%d backlog=%d pending=%d memory %s%n",
                    name, meanwhile, backlog, redis.sum("pendingRecords"), memory);
            scenario.servers().control().speedUp();
            assertThat(meanwhile).isGreaterThanOrEqualTo(3);
            assertThat(backlog).isPositive();
            assertThat(memory.largestGrowth()).isLessThan(100 * MEBIBYTE);

            scenario.finishFeeding();
            job.awaitCommitted(scenario.expected().parts());
            Await.until(
                    "nothing to be pending",
                    RunningPipeline.PATIENCE,
                    () -> redis.sum("pendingRecords") == 0);
            scenario.finish(job);
        }
    }

    @Test
    void metricsTellWhatTheSourcesDo() throws IOException {
        OrderBook old = new OrderBook(11, Instant.now().minus(AGE), Duration.ofMillis(10));
        try (Scenario scenario = Scenario.start("Metrics", FLINK, old)) {
            RunningPipeline job = scenario.run(scenario.job("--idleness", "8s").withParallelism(2));
            List<Feeding> feedings = new ArrayList<>();
            for (Origin origin : Origin.values()) {
                feedings.add(scenario.feed(origin, Double.MAX_VALUE, READ));
            }
            job.awaitCommitted(feedings.size() * READ);
            SoftAssertions softly = new SoftAssertions();
            MetricsOfSources metrics = new MetricsOfSources(job, softly);
            Await.until(
                    "the metrics of all records",
                    RunningPipeline.PATIENCE,
                    () -> metrics.areUpToDate(READ));

            metrics.checkNames();
            metrics.checkBytes(bytesIn(scenario.servers().files()), AmpsFeeder.bytesOf(old, READ));
            metrics.checkLags(AGE.minus(SPAN));
            metrics.checkCalm(FILES_READ);
            metrics.checkEnumerators(FILES_READ);
            long idle = metrics.idleTime();
            Await.until(
                    "the time of idleness to grow",
                    RunningPipeline.PATIENCE,
                    () -> metrics.idleTime() >= idle + 2_000);
            feedings.forEach(feeding -> feeding.finishAt(READ_IN_THE_END));
            Await.until(
                    "the metrics of what came later",
                    RunningPipeline.PATIENCE,
                    () -> metrics.areUpToDate(READ_IN_THE_END) && metrics.idleTime() < idle);
            softly.assertAll();
            scenario.finishFeeding();
            scenario.finish(job);
        }
    }

    private static long bytesIn(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
