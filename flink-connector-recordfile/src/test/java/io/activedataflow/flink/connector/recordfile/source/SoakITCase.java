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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Very many files, and a very large one: everything once, and in flat memory. Smaller with {@code
 * -Dsoak.files} and {@code -Dsoak.megabytes}.
 */
@Tag("soak")
@Timeout(3600)
class SoakITCase {

    private static final Logger LOG = LoggerFactory.getLogger(SoakITCase.class);

    private static final int PARALLELISM = 2;
    private static final int FILES = Integer.getInteger("soak.files", 1_000_000);
    private static final int MORE_FILES = 1000;
    private static final long LARGE_BYTES = Long.getLong("soak.megabytes", 2048) << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(50);
    private static final Duration CHECKPOINTS = Duration.ofMillis(200);

    /** The files of one hour, which discovery remembers, and something for the rest. */
    private static final long STATE_BYTES = 3600 * 32 + 32 * 1024;

    /** What a job takes, besides a checkpoint that is kept and one that is being written. */
    private static final long HEAP_TOLERANCE = 32L << 20;

    /** What is kept for as long as the tolerance of discovery of a file that was listed. */
    private static final long HEAP_BYTES_OF_A_FILE = 100;

    /** What waits before no more files are looked for, and what the last round has added to it. */
    private static final long MOST_WAITING = 2 * 50_000;

    /** With the paths of this test a split takes about 235. */
    private static final long STATE_BYTES_OF_A_SPLIT = 300;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(PARALLELISM)
                            .build());

    @RegisterExtension final SharedObjectsExtension shared = SharedObjectsExtension.create();

    @TempDir Path temporary;
    private SoakFiles files;

    @BeforeEach
    void createDirectory() throws IOException {
        files = new SoakFiles(temporary);
    }

    @Test
    void smallFilesBounded() throws Exception {
        files.addSmall(FILES);
        SharedReference<SoakTally> tally = tally(files.records());

        start(source(), tally, false).getJobExecutionResult().get();

        assertReadOnce(tally.get());
        assertThat(tally.get().lastStateBytes()).isLessThan(STATE_BYTES);
    }

    @Test
    void smallFilesContinuous() throws Exception {
        files.addSmall(FILES);
        long before = files.records();
        SharedReference<SoakTally> tally = tally(before);
        JobClient job =
                start(
                        source().setContinuous(Duration.ofMillis(10))
                                .setMaxDiscoveryInterval(Duration.ofSeconds(1))
                                .setMaxFilesPerDiscovery(Math.max(1000, FILES / 10)),
                        tally,
                        false);
        try {
            await(job, "the files", () -> tally.get().count() >= before);
            assertReadOnce(tally.get());
            files.addSmall(MORE_FILES);
            await(job, "more files", () -> tally.get().count() >= files.records());
            int states = tally.get().states();
            await(job, "two checkpoints", () -> tally.get().states() > states + 1);
        } finally {
            job.cancel().get();
        }
        assertThat(tally.get().count()).isEqualTo(files.records());
        assertThat(tally.get().sum()).isEqualTo(files.sumOfIds());
        assertThat(tally.get().lastStateBytes()).isLessThan(STATE_BYTES);
    }

    @Test
    void largeFileWithAFailureInTheMiddle() throws Exception {
        files.addLarge(LARGE_BYTES);
        SharedReference<SoakTally> tally = tally(files.records());
        MemorySize part = new MemorySize(LARGE_BYTES / 16);

        start(source().setSplitting(RecordFileSplitSettings.ofSize(part)), tally, true)
                .getJobExecutionResult()
                .get();

        assertReadOnce(tally.get());
        assertThat(tally.get().hasCrashed()).isTrue();
        assertThat(tally.get().restored()).isBetween(1L, files.records() - 1);
        for (int subtask = 0; subtask < PARALLELISM; subtask++) {
            assertThat(tally.get().count(subtask))
                    .as("parts of the file that reader %s had", subtask)
                    .isGreaterThan(files.records() / 10);
        }
        assertThat(tally.get().lastStateBytes()).isLessThan(STATE_BYTES);
    }

    private void assertReadOnce(SoakTally tally) {
        // For those who want to know the figures; a warning, since nothing less is logged.
        LOG.warn("{}", tally);
        assertThat(tally.count()).isEqualTo(files.records());
        assertThat(tally.sum()).isEqualTo(files.sumOfIds());
        assertThat(tally.largestStateBytes())
                .as(tally.toString())
                .isLessThan(STATE_BYTES + MOST_WAITING * STATE_BYTES_OF_A_SPLIT);
        assertThat(tally.heapAtQuarter()).isPositive();
        assertThat(tally.heapAtEnd())
                .as(tally.toString())
                .isPositive()
                .isLessThan(
                        tally.heapBefore()
                                + HEAP_TOLERANCE
                                + 2 * tally.largestStateBytes()
                                + HEAP_BYTES_OF_A_FILE * files.count())
                // Whatever is kept of each file that was read would have grown since.
                .isLessThan(tally.heapAtQuarter() * 5 / 4 + HEAP_TOLERANCE);
    }

    // ------------------------------------------------------------------------ jobs

    private SharedReference<SoakTally> tally(long expected) {
        return shared.add(new SoakTally(expected, PARALLELISM));
    }

    private RecordFileSourceBuilder<SoakRecord> source() {
        return RecordFileSource.<SoakRecord>builder()
                .setPaths(files.directory().toString())
                .setFormat(
                        CsvFraming.builder().build(),
                        RecordFileDeserializationSchema.pojo(SoakRecord.class));
    }

    private static JobClient start(
            RecordFileSourceBuilder<SoakRecord> source,
            SharedReference<SoakTally> tally,
            boolean crashes)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY, crashes ? "fixed-delay" : "none");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(PARALLELISM);
        env.enableCheckpointing(CHECKPOINTS.toMillis());
        env.fromSource(
                        new MeasuredSource<>(source.build(), tally),
                        WatermarkStrategy.noWatermarks(),
                        "files")
                .map(new SoakMap(tally, crashes))
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync("soak");
    }

    private static void await(JobClient job, String what, Callable<Boolean> condition)
            throws Exception {
        Await.until(
                what,
                PATIENCE,
                () -> {
                    JobStatus status = job.getJobStatus().get();
                    return condition.call() || status.isTerminalState();
                });
        assertThat(job.getJobStatus().get().isTerminalState()).as("The job has ended.").isFalse();
    }
}
