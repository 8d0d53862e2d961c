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

package io.activedataflow.flink.connector.e2e.pipeline;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** The job of the scenarios on a local cluster, without harm to any process. */
@Timeout(300)
class PipelineITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .setConfiguration(restarting())
                            .build());

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final double RATE = 300;
    private static final String PASSWORD = "not-for-the-log";

    @TempDir private Path directory;

    private final OrderBook book = OrderBook.of(3);
    private final RedisProcess redis =
            RedisProcess.builder(RedisServerBinary.embedded()).password(PASSWORD).build();
    private final AmpsStandIn amps = AmpsStandIn.builder().build();
    private final List<Feeding> feedings = new ArrayList<>();

    private ControlFiles control;
    private CommittedProgress progress;

    private static Configuration restarting() {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "10");
        configuration.setString("restart-strategy.fixed-delay.delay", "100 ms");
        return configuration;
    }

    @BeforeEach
    void start() throws IOException {
        redis.start();
        amps.start();
        Files.writeString(directory.resolve("password"), PASSWORD);
        control = new ControlFiles(directory.resolve("control").toString());
        progress = new CommittedProgress(output());
    }

    @AfterEach
    void stop() {
        feedings.forEach(Feeding::close);
        amps.close();
        redis.close();
    }

    private PipelineSettings settings(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--redis",
                                redis.address(),
                                "--redis-password-file",
                                directory.resolve("password").toString(),
                                "--redis-group",
                                "three-sources",
                                "--amps",
                                amps.uri("json"),
                                "--files",
                                files().toString(),
                                "--output",
                                output().toString(),
                                "--control",
                                control.directory(),
                                "--checkpoint-interval",
                                "300ms"));
        args.addAll(List.of(more));
        return PipelineSettings.parse(args.toArray(String[]::new));
    }

    private Path files() {
        return directory.resolve("files");
    }

    private Path output() {
        return directory.resolve("output");
    }

    private List<PartWriter> writers() {
        return List.of(
                new RedisFeeder(redis::connect, book),
                new AmpsFeeder(amps.uri("json"), book),
                new FileFeeder(files(), book));
    }

    /** One version of the job. */
    @FunctionalInterface
    private interface Version {

        void build(StreamExecutionEnvironment env, PipelineSettings settings);
    }

    private static JobClient submit(
            Version version, PipelineSettings settings, int parallelism, String savepoint)
            throws Exception {
        Configuration configuration = settings.configuration();
        if (savepoint != null) {
            configuration.setString("execution.state-recovery.path", savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        version.build(env, settings);
        return env.executeAsync("three sources");
    }

    @Test
    void failuresRescalingAndUpgrade() throws Exception {
        writers().forEach(writer -> feedings.add(Feeding.start(writer, RATE)));
        PipelineSettings settings = settings();

        JobClient job = submit(ThreeSourcesPipeline::build, settings, 2, null);
        awaitMore(1_000);
        failOnce();
        awaitMore(1_000);
        control.slowDown();
        failOnce();
        control.speedUp();
        awaitMore(1_000);
        String savepoint = stop(job, false);

        job = submit(UpgradedThreeSourcesJob::build, settings, 3, savepoint);
        awaitMore(1_000);
        failOnce();
        Map<Origin, Long> written = Feeding.finishTogether(feedings);
        ExpectedOutput expected = ExpectedOutput.of(book, written);
        awaitArrivals(expected.parts());
        stop(job, true);

        OutputVerdict verdict = OutputVerdict.of(expected, CommittedOutput.read(output(), book));
        assertThat(verdict.isExactlyOnce()).as(verdict.toString()).isTrue();
        assertThat(CommittedFiles.list(output(), OutputFiles.LARGE_ORDERS)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--batch", "--bounded"})
    void boundedRunEndsByItself(String mode) throws Exception {
        long orders = 3_001;
        for (PartWriter writer : writers()) {
            Feeding.writeAll(writer, orders);
        }

        submit(ThreeSourcesPipeline::build, settings(mode), 2, null)
                .getJobExecutionResult()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        ExpectedOutput expected =
                ExpectedOutput.of(
                        book,
                        Map.of(Origin.REDIS, orders, Origin.AMPS, orders, Origin.FILES, orders));
        OutputVerdict verdict = OutputVerdict.of(expected, CommittedOutput.read(output(), book));
        assertThat(verdict.isExactlyOnce()).as(verdict.toString()).isTrue();
    }

    private void failOnce() throws IOException {
        control.failOnce();
        Await.until("the failure", PATIENCE, () -> !control.isFailurePending());
    }

    private void awaitMore(long parts) {
        awaitArrivals(progress.arrivals() + parts);
    }

    private void awaitArrivals(long parts) {
        Await.until(
                parts + " parts",
                PATIENCE,
                () -> progress.arrivals() >= parts,
                () -> "There are " + progress.arrivals() + '.');
    }

    private String stop(JobClient job, boolean drain) throws Exception {
        AtomicReference<String> savepoint = new AtomicReference<>();
        // There is none while the job restarts.
        Await.until(
                "a savepoint",
                PATIENCE,
                () -> {
                    savepoint.set(stopWithSavepoint(job, drain));
                    return true;
                });
        job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return savepoint.get();
    }

    private String stopWithSavepoint(JobClient job, boolean drain) throws Exception {
        return job.stopWithSavepoint(
                        drain,
                        directory.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
