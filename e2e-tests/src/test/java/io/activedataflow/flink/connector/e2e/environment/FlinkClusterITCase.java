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

package io.activedataflow.flink.connector.e2e.environment;

import io.activedataflow.flink.connector.redis.testutils.Await;

import org.apache.flink.api.common.JobStatus;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster as the scenarios have it, and what is done to it. */
@Timeout(180)
class FlinkClusterITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNENDING = Long.toString(Long.MAX_VALUE);

    @RegisterExtension
    static final FlinkClusterExtension FLINK =
            new FlinkClusterExtension(
                    ClusterSettings.standard().with("execution.checkpointing.interval", "500 ms"));

    private static Path jar;

    @BeforeAll
    static void packJob() throws IOException {
        jar =
                JobJar.write(
                        FLINK.environment().sharedFolder().resolve("job.jar"), CountingJob.class);
    }

    @Test
    void runsJobThatIsUploaded() throws IOException {
        FlinkRest rest = FLINK.cluster().rest();

        String job = rest.submit(counting("bounded", "500", "100000").withParallelism(2));

        awaitStatus(job, JobStatus.FINISHED);
        assertThat(numbersIn("bounded")).containsExactlyElementsOf(numbersTo(500));
        assertThat(rest.details(job).vertexWith("numbers").parallelism()).isEqualTo(1);
        assertThat(rest.exceptions(job)).isEmpty();
    }

    @Test
    void jobSurvivesKilledTaskManagerAndKilledJobManager() throws IOException {
        FlinkCluster cluster = FLINK.cluster();
        FlinkRest rest = cluster.rest();
        String job = cluster.cli().run(counting("killed", UNENDING, "200").withParallelism(3));
        awaitCheckpoints(job, 2);
        assertThat(cluster.cli().list()).contains(job);

        ManagedProcess taskManager = cluster.taskManagers().get(0);
        taskManager.kill();
        assertThat(taskManager.isRunning()).isFalse();
        taskManager.start();
        awaitRestored(job);
        awaitCheckpoints(job, rest.checkpoints(job).completed() + 2);
        assertThat(rest.exceptions(job)).isNotEmpty();

        long killedAt = System.nanoTime();
        cluster.jobManager().kill();
        cluster.jobManager().start();
        awaitRestored(job);
        System.out.printf(
                "The job ran again %.1f s after its JobManager was killed.%n",
                (System.nanoTime() - killedAt) / 1e9);
        awaitCheckpoints(job, 2);

        String savepoint =
                cluster.cli().stop(job, FLINK.environment().sharedFolder().resolve("savepoints"));
        awaitStatus(job, JobStatus.FINISHED);
        List<Long> before = numbersIn("killed");
        assertThat(before).containsExactlyElementsOf(numbersTo(before.size()));

        String resumed =
                rest.submit(counting("killed", UNENDING, "200").from(savepoint).withParallelism(1));
        awaitRestored(resumed);
        awaitCheckpoints(resumed, 1);
        rest.stopWithSavepoint(resumed, FLINK.environment().sharedFolder().resolve("savepoints"));
        List<Long> after = numbersIn("killed");
        assertThat(after).containsExactlyElementsOf(numbersTo(after.size()));
        assertThat(after).hasSizeGreaterThan(before.size());
    }

    @Test
    void metricsOfTasksAreSeenUntilTheClientCancelsTheJob() {
        FlinkRest rest = FLINK.cluster().rest();
        String job = rest.submit(counting("measured", UNENDING, "100"));
        Await.until("the job to run", PATIENCE, () -> rest.details(job).allRunning());
        VertexMetrics metrics = rest.metrics(job, rest.details(job).vertexWith("numbers").id());

        Await.until(
                "records to be counted",
                PATIENCE,
                () -> metrics.sum("numRecordsOut").orElse(0) > 0,
                () -> metrics.names().toString());

        assertThat(metrics.names()).contains("numRecordsOut");
        assertThat(metrics.ofSubtask(0, "numRecordsOut")).isPresent();
        assertThat(metrics.max("numRecordsOut").getAsDouble()).isPositive();
        assertThat(metrics.sum("noSuchMetric")).isEmpty();

        FLINK.cluster().cli().cancel(job);
        awaitStatus(job, JobStatus.CANCELED);
    }

    @Test
    void processesPauseAndTellTheirMemory() {
        ManagedProcess added = FLINK.cluster().addTaskManager();
        assertThat(FLINK.cluster().taskManagers()).contains(added);

        added.pause();
        assertThat(added.isRunning()).isTrue();
        added.resume();

        assertThat(added.residentBytes()).isBetween(100_000_000L, 1_000_000_000L);
        added.pause();
        added.kill();
        assertThat(added.isRunning()).isFalse();
        assertThat(added.residentBytes()).isZero();
        assertThat(added.log()).contains("Starting TaskManager");
    }

    private static JobSubmission counting(String folder, String count, String perSecond) {
        return JobSubmission.of(
                jar,
                CountingJob.class.getName(),
                FLINK.environment().sharedFolder().resolve(folder).toUri().toString(),
                count,
                perSecond);
    }

    private static void awaitCheckpoints(String job, long count) {
        FlinkRest rest = FLINK.cluster().rest();
        Await.until(
                count + " checkpoints", PATIENCE, () -> rest.checkpoints(job).completed() >= count);
    }

    private static void awaitStatus(String job, JobStatus status) {
        FlinkRest rest = FLINK.cluster().rest();
        Await.until("the job to be " + status, PATIENCE, () -> rest.status(job) == status);
    }

    private static void awaitRestored(String job) {
        FlinkRest rest = FLINK.cluster().rest();
        Await.until(
                "the job to be restored",
                PATIENCE,
                () ->
                        rest.checkpoints(job).restored().isPresent()
                                && rest.details(job).allRunning());
    }

    /** Committed ones only: part files in progress have hidden names. */
    private static List<Long> numbersIn(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(FLINK.environment().sharedFolder().resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith("part-"))
                    .flatMap(FlinkClusterITCase::linesOf)
                    .map(Long::parseLong)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> numbersTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
