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

import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A job that reads records of the state of the world into a {@link SowView}. */
final class SowJob {

    private final TestJobs jobs;
    private final AmpsSourceBuilder<Tuple3<String, String, String>> source;
    private final SharedReference<SowView> view;
    private final Configuration configuration = new Configuration();
    private final List<MapFunction<Tuple3<String, String, String>, Tuple3<String, String, String>>>
            functions = new ArrayList<>();
    private int parallelism = 1;
    private boolean merge;

    SowJob(TestJobs jobs, AmpsSourceBuilder<Tuple3<String, String, String>> source) {
        this(jobs, source, jobs.share(new SowView()));
    }

    private SowJob(
            TestJobs jobs,
            AmpsSourceBuilder<Tuple3<String, String, String>> source,
            SharedReference<SowView> view) {
        this.jobs = jobs;
        this.source = source;
        this.view = view;
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    }

    SowJob parallelism(int readers) {
        parallelism = readers;
        return this;
    }

    SowJob checkpointEvery(Duration interval) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        return this;
    }

    /** Crashes as planned, each time behind a checkpoint, and restarts from it. */
    SowJob crashes(CrashPlan plan) {
        functions.add(new CrashingMap<>(jobs.share(plan), true));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1000);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return this;
    }

    SowJob through(Gate gate) {
        SharedReference<Gate> shared = jobs.share(gate);
        functions.add(
                record -> {
                    shared.get().pass();
                    return record;
                });
        return this;
    }

    /** Updates hold only what has changed. */
    SowJob merging() {
        merge = true;
        return this;
    }

    /** Another job with the same view, that goes on from a savepoint. */
    SowJob restoredFrom(String savepoint) {
        SowJob next = new SowJob(jobs, source, view);
        next.configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        next.merge = merge;
        return next;
    }

    SowView view() {
        return view.get();
    }

    JobClient start() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        env.setMaxParallelism(16);
        DataStream<Tuple3<String, String, String>> records =
                env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "records")
                        .uid("records");
        for (MapFunction<Tuple3<String, String, String>, Tuple3<String, String, String>> function :
                functions) {
            records =
                    records.map(function)
                            .returns(Types.TUPLE(Types.STRING, Types.STRING, Types.STRING));
        }
        records.map(new SowView.Keeper(view, merge))
                .returns(Types.TUPLE(Types.STRING, Types.STRING, Types.STRING))
                .setParallelism(1)
                .uid("view")
                .sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();
        jobs.started(job);
        return job;
    }

    /** Waits until the view is as it should be. */
    void await(String what, Supplier<Map<String, String>> expected) {
        Await.until(
                what,
                SequenceLedger.PATIENCE,
                () -> view().bodies().equals(expected.get()),
                () -> difference(expected.get()));
    }

    private String difference(Map<String, String> expected) {
        Map<String, String> missing = new TreeMap<>(expected);
        missing.entrySet().removeAll(view().bodies().entrySet());
        Map<String, String> extra = view().bodies();
        extra.entrySet().removeAll(expected.entrySet());
        return "Missing " + missing + ", extra " + extra;
    }
}
