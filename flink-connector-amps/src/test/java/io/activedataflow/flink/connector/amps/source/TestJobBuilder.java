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
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.testutils.junit.SharedReference;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says how a job of a test is to run: source, functions that disturb it, sequence check. */
final class TestJobBuilder {

    private final TestJobs jobs;
    private final AmpsSource<Tuple2<String, Long>> source;
    private final SharedReference<SequenceLedger> ledger;
    private final Configuration configuration = new Configuration();
    private final List<MapFunction<Tuple2<String, Long>, Tuple2<String, Long>>> functions =
            new ArrayList<>();
    private WatermarkStrategy<Tuple2<String, Long>> watermarks = WatermarkStrategy.noWatermarks();
    private int parallelism = 1;
    private boolean anyOrder;

    TestJobBuilder(
            TestJobs jobs,
            AmpsSource<Tuple2<String, Long>> source,
            SharedReference<SequenceLedger> ledger) {
        this.jobs = jobs;
        this.source = source;
        this.ledger = ledger;
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    }

    TestJobBuilder parallelism(int subtasks) {
        parallelism = subtasks;
        return this;
    }

    /** Takes checkpoints; without this there are none. */
    TestJobBuilder checkpointEvery(Duration interval) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        return this;
    }

    /** Keeps all checkpoints below this directory, also when the job is cancelled. */
    TestJobBuilder retainCheckpoints(Path directory) {
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return this;
    }

    /** Restarts the job after failures; without this the first one ends it. */
    TestJobBuilder restarts(int attempts) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return this;
    }

    TestJobBuilder restoreFrom(String savepointOrCheckpoint) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepointOrCheckpoint);
        return this;
    }

    /** Crashes the job as planned, each time after a checkpoint has completed. */
    TestJobBuilder crashes(SharedReference<CrashPlan> plan) {
        functions.add(new CrashingMap<>(plan, true));
        return this;
    }

    /** Crashes the job as planned, checkpoint or not. */
    TestJobBuilder crashesWithoutCheckpoint(SharedReference<CrashPlan> plan) {
        functions.add(new CrashingMap<>(plan, false));
        return this;
    }

    /** Lets records pass only as the gate permits. */
    TestJobBuilder through(SharedReference<Gate> gate) {
        functions.add(
                element -> {
                    gate.get().pass();
                    return element;
                });
        return this;
    }

    /** Lets records pass one by one. */
    TestJobBuilder through(Turnstile turnstile) {
        SharedReference<Turnstile> shared = jobs.share(turnstile);
        functions.add(element -> shared.get().pass(element));
        return this;
    }

    /** Checks that each record comes once, whatever the order. */
    TestJobBuilder anyOrder() {
        anyOrder = true;
        return this;
    }

    TestJobBuilder watermarks(WatermarkStrategy<Tuple2<String, Long>> strategy) {
        watermarks = strategy;
        return this;
    }

    /** Starts the job and returns at once. */
    JobClient start() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        env.setMaxParallelism(16);
        DataStream<Tuple2<String, Long>> entries =
                env.fromSource(source, watermarks, "entries").uid("entries");
        for (MapFunction<Tuple2<String, Long>, Tuple2<String, Long>> function : functions) {
            entries = entries.map(function).returns(Types.TUPLE(Types.STRING, Types.LONG));
        }
        entries.keyBy(entry -> entry.f0, Types.STRING)
                .process(anyOrder ? new OnceCheck(ledger) : new SequenceCheck(ledger), Types.LONG)
                .uid("check")
                .sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();
        jobs.started(job);
        return job;
    }
}
