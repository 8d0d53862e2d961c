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

import io.activedataflow.flink.connector.recordfile.source.NumberedFiles.Format;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader that fails alone goes back to its own last checkpoint, with what it got since then,
 * while the others go on.
 */
@Timeout(300)
class RegionalFailoverITCase {

    private static final int PARALLELISM = 3;
    private static final int CRASHES = 5;
    private static final long RECORDS = 12_000;

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(PARALLELISM);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @TempDir Path directory;

    /** What each subtask has in its state. */
    private static final class Arrivals {
        private final Map<Integer, Set<Long>> bySubtask = new ConcurrentHashMap<>();
        private final Set<Long> repeated = ConcurrentHashMap.newKeySet();
        private final AtomicInteger attempts = new AtomicInteger();

        private long size() {
            return bySubtask.values().stream().mapToLong(Set::size).sum();
        }
    }

    /** Keeps the numbers of its own subtask in Flink's state; nothing is shuffled. */
    private static final class Keeping
            extends RichMapFunction<Tuple2<String, Long>, Tuple2<String, Long>>
            implements CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final SharedReference<Arrivals> arrivals;
        private transient ListState<Long> state;
        private transient Set<Long> own;

        private Keeping(SharedReference<Arrivals> arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("own", Types.LONG));
            own = new ConcurrentSkipListSet<>();
            state.get().forEach(own::add);
            arrivals.get().attempts.incrementAndGet();
            arrivals.get()
                    .bySubtask
                    .put(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), own);
        }

        @Override
        public Tuple2<String, Long> map(Tuple2<String, Long> entry) {
            if (!own.add(entry.f1)) {
                arrivals.get().repeated.add(entry.f1);
            }
            return entry;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(new ArrayList<>(own));
        }
    }

    @Test
    void readersThatFailAlone() throws Exception {
        for (int file = 0; file < 20; file++) {
            NumberedFiles.write(
                    directory,
                    "a-" + file,
                    Format.CSV,
                    file * RECORDS / 20,
                    (file + 1) * RECORDS / 20);
        }
        Pace pace = new Pace();
        SharedReference<Pace> sharedPace = jobs.share(pace);
        SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(CRASHES, 91));
        SharedReference<Arrivals> arrivals = jobs.share(new Arrivals());
        StreamExecutionEnvironment env = environment();
        env.fromSource(
                        NumberedFiles.bounded(directory, Format.CSV).build(),
                        WatermarkStrategy.noWatermarks(),
                        "entries")
                .map(new CrashingMap<>(plan, true))
                .returns(Types.TUPLE(Types.STRING, Types.LONG))
                .map(
                        entry -> {
                            sharedPace.get().pass();
                            return entry;
                        })
                .returns(Types.TUPLE(Types.STRING, Types.LONG))
                .map(new Keeping(arrivals))
                .returns(Types.TUPLE(Types.STRING, Types.LONG))
                .sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();
        jobs.started(job);

        Await.until(
                "the crashes",
                SequenceLedger.PATIENCE,
                TestJobs.allowing(pace, 40, () -> plan.get().done() == CRASHES));
        assertThat(arrivals.get().size()).as("there is more to read").isLessThan(RECORDS);
        pace.open();
        TestJobs.awaitEnd(job);

        List<Long> all =
                arrivals.get().bySubtask.values().stream()
                        .flatMap(Set::stream)
                        .collect(Collectors.toList());
        assertThat(all).as("repeated by several subtasks").doesNotHaveDuplicates();
        assertThat(arrivals.get().repeated).as("repeated by one subtask").isEmpty();
        assertThat(new TreeSet<>(all))
                .isEqualTo(LongStream.range(0, RECORDS).boxed().collect(Collectors.toSet()));
        assertThat(arrivals.get().attempts.get())
                .as("only what has failed was started again")
                .isEqualTo(PARALLELISM + CRASHES);
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        // A failure at the wrong moment makes Flink wait for events that it has lost.
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(10));
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1000);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(PARALLELISM);
        return env;
    }
}
