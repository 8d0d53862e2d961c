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

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.testutils.junit.SharedReference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says how a job of a test is to run; by default with two readers and without any restart. */
final class CollectingJobBuilder<T> {

    private final CollectingJobs jobs;
    private final RecordFileSource<T> source;
    private final MapFunction<T, String> text;
    private final SharedReference<CollectedRecords> collected;
    private final Configuration configuration = new Configuration();
    private final List<MapFunction<String, String>> functions = new ArrayList<>();
    private int parallelism = 2;

    CollectingJobBuilder(
            CollectingJobs jobs,
            RecordFileSource<T> source,
            MapFunction<T, String> text,
            SharedReference<CollectedRecords> collected) {
        this.jobs = jobs;
        this.source = source;
        this.text = text;
        this.collected = collected;
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
    }

    CollectingJobBuilder<T> parallelism(int subtasks) {
        parallelism = subtasks;
        return this;
    }

    /** Takes checkpoints, and restarts the job so often after failures. */
    CollectingJobBuilder<T> restarts(int attempts) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return this;
    }

    CollectingJobBuilder<T> restoreFrom(String savepoint) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        return this;
    }

    /** Crashes the job as planned, checkpoint or not. */
    CollectingJobBuilder<T> crashes(SharedReference<CrashPlan> plan) {
        functions.add(new CrashingMap<>(plan, false));
        return this;
    }

    /**
     * Runs the job until it has failed; returns the reasons.
     *
     * <p>Where a task fails as soon as it runs, Flink sometimes blames an event that the
     * coordinator could not send to it any more. Then the job is run once more.
     */
    String failure() throws Exception {
        String failure;
        do {
            failure = CollectingJobs.awaitFailure(start());
        } while (failure.contains("OperatorEvent from an OperatorCoordinator to a task was lost"));
        return failure;
    }

    /** Starts the job and returns at once. */
    JobClient start() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        DataStream<String> records =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), CollectingJobs.SOURCE)
                        .uid("source")
                        .map(text)
                        .returns(Types.STRING);
        for (MapFunction<String, String> function : functions) {
            records = records.map(function).returns(Types.STRING);
        }
        records.map(new RecordCollector(collected)).uid("collector").sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();
        jobs.started(job);
        return job;
    }
}
