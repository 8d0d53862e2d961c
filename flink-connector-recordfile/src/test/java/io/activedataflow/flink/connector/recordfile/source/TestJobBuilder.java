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
import org.apache.flink.api.java.tuple.Tuple2;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says how a job of a test is to run: sources, functions that disturb it, sequence check. */
final class TestJobBuilder {

    private final TestJobs jobs;
    private final List<RecordFileSource<Tuple2<String, Long>>> sources;
    private final SharedReference<SequenceLedger> ledger;
    private final Configuration configuration = new Configuration();
    private final List<MapFunction<Tuple2<String, Long>, Tuple2<String, Long>>> functions =
            new ArrayList<>();
    private WatermarkStrategy<Tuple2<String, Long>> watermarks = WatermarkStrategy.noWatermarks();
    private int parallelism = 1;
    private boolean anyOrder;

    TestJobBuilder(
            TestJobs jobs,
            List<RecordFileSource<Tuple2<String, Long>>> sources,
            SharedReference<SequenceLedger> ledger) {
        this.jobs = jobs;
        this.sources = sources;
        this.ledger = ledger;
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(20));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // A failure at the wrong moment makes Flink wait for events that it has lost.
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(10));
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1000);
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

    /** Runs as a batch job. */
    TestJobBuilder batch() {
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
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

    /** Lets records, of these keys or if none are given all, pass only as the test allows. */
    TestJobBuilder through(SharedReference<Pace> pace, String... keys) {
        Set<String> held = Set.of(keys);
        functions.add(
                element -> {
                    if (held.isEmpty() || held.contains(element.f0)) {
                        pace.get().pass();
                    }
                    return element;
                });
        return this;
    }

    /** Takes note of the order in which records are read. */
    TestJobBuilder inOrderOfReading(SharedReference<ReadOrder> order) {
        functions.add(
                element -> {
                    order.get().read(element.f0, element.f1);
                    return element;
                });
        return this;
    }

    /** Crashes the job at the next record whenever the switch is on, and turns it off. */
    TestJobBuilder crashesBy(SharedReference<AtomicBoolean> crashSwitch) {
        functions.add(
                element -> {
                    if (crashSwitch.get().getAndSet(false)) {
                        throw new CrashingMap.PlannedCrash();
                    }
                    return element;
                });
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
        DataStream<Tuple2<String, Long>> entries = null;
        for (int n = 0; n < sources.size(); n++) {
            DataStream<Tuple2<String, Long>> read =
                    env.fromSource(sources.get(n), watermarks, "entries-" + n).uid("entries-" + n);
            for (MapFunction<Tuple2<String, Long>, Tuple2<String, Long>> function : functions) {
                read = read.map(function).returns(Types.TUPLE(Types.STRING, Types.LONG));
            }
            entries = entries == null ? read : entries.union(read);
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
