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

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.testutils.junit.SharedReference;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how a job of a test is to run: source, functions that disturb it, and what looks at the
 * records.
 *
 * @param <T> the records
 * @param <J> the class itself
 */
abstract class DescribedJob<T, J extends DescribedJob<T, J>> {

    /** The name of the source's operator. */
    static final String SOURCE = "entries";

    final TestJobs jobs;
    private final AmpsSource<T> source;
    private final Configuration configuration = new Configuration();
    private final List<MapFunction<T, T>> functions = new ArrayList<>();
    private WatermarkStrategy<T> watermarks = WatermarkStrategy.noWatermarks();
    private int parallelism = 1;

    DescribedJob(TestJobs jobs, AmpsSource<T> source) {
        this.jobs = jobs;
        this.source = source;
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    }

    abstract J self();

    /** Looks at the records, which come from as many subtasks as the source has. */
    abstract void check(DataStream<T> records);

    AmpsSource<T> source() {
        return source;
    }

    J parallelism(int subtasks) {
        parallelism = subtasks;
        return self();
    }

    /** Takes checkpoints; without this there are none. */
    J checkpointEvery(Duration interval) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        return self();
    }

    /** Keeps all checkpoints below this directory, also when the job is cancelled. */
    J retainCheckpoints(Path directory) {
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return self();
    }

    /** Restarts the job after failures; without this the first one ends it. */
    J restarts(int attempts) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return self();
    }

    J restoreFrom(String savepointOrCheckpoint) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepointOrCheckpoint);
        return self();
    }

    /** Crashes the job as planned, each time after a checkpoint has completed. */
    J crashes(SharedReference<CrashPlan> plan) {
        return through(new CrashingMap<>(plan, true));
    }

    /** Crashes the job as planned, checkpoint or not. */
    J crashesWithoutCheckpoint(SharedReference<CrashPlan> plan) {
        return through(new CrashingMap<>(plan, false));
    }

    /** Lets records pass only as the gate permits. */
    J through(SharedReference<Gate> gate) {
        return through(
                element -> {
                    gate.get().pass();
                    return element;
                });
    }

    /** Lets records pass through a function. */
    J through(MapFunction<T, T> function) {
        functions.add(function);
        return self();
    }

    J watermarks(WatermarkStrategy<T> strategy) {
        watermarks = strategy;
        return self();
    }

    /** Starts the job and returns at once. */
    JobClient start() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        env.setMaxParallelism(16);
        TypeInformation<T> type = source.getProducedType();
        DataStream<T> records = env.fromSource(source, watermarks, SOURCE).uid(SOURCE);
        for (MapFunction<T, T> function : functions) {
            records = records.map(function).returns(type);
        }
        check(records);
        JobClient job = env.executeAsync();
        jobs.started(job);
        return job;
    }
}
