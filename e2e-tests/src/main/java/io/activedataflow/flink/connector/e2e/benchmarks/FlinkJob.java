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

package io.activedataflow.flink.connector.e2e.benchmarks;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import javax.annotation.Nullable;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads by a job of parallelism 1 on a local cluster, with a checkpoint every second, and discards
 * the records. The job is cancelled when the last record was counted, so that the end of the job is
 * no more part of the measurement than its start.
 */
final class FlinkJob implements Contestant {

    private static final long POLL_MILLIS = 100;

    /** Far longer than any run takes: a guard against records that never come. */
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(15);

    /** Objects are re-used so that copies between operators, the same for all, count for nobody. */
    private static final Configuration CONFIGURATION =
            Configuration.fromMap(
                    Map.of(
                            "execution.checkpointing.interval", "1 s",
                            "pipeline.object-reuse", "true",
                            "pipeline.generic-types", "false",
                            "restart-strategy.type", "none",
                            "parallelism.default", "1",
                            "rest.bind-port", "0"));

    private final Source<?, ?, ?> source;
    private final Runnable preparation;
    @Nullable private MiniCluster cluster;

    FlinkJob(Source<?, ?, ?> source, Runnable preparation) {
        this.source = source;
        this.preparation = preparation;
    }

    @Override
    public void prepare() throws Exception {
        preparation.run();
        if (cluster == null) {
            cluster =
                    new MiniCluster(
                            new MiniClusterConfiguration.Builder()
                                    .setConfiguration(CONFIGURATION)
                                    .build());
            cluster.start();
        }
    }

    @Override
    public void run(Meter meter) throws Exception {
        CountingFilter.use(meter);
        JobGraph job = graph(source);
        JobID id = job.getJobID();
        cluster.submitJob(job).get();
        CompletableFuture<JobResult> end = cluster.requestJobResult(id);
        long start = System.nanoTime();
        while (!meter.awaitLast(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - start > GIVE_UP_NANOS) {
                throw new IllegalStateException("The last record never came.");
            }
            if (end.isDone()) {
                end.get().toJobExecutionResult(FlinkJob.class.getClassLoader());
                throw new IllegalStateException("The job ended before the last record.");
            }
        }
        cluster.cancelJob(id).get();
        end.get();
    }

    private static <T> JobGraph graph(Source<T, ?, ?> source) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(CONFIGURATION);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "stream")
                .filter(new CountingFilter<>())
                .sinkTo(new DiscardingSink<>());
        return env.getStreamGraph().getJobGraph();
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.closeAsync().join();
        }
    }
}
