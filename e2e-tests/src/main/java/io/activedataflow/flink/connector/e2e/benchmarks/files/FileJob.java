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

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.util.Map;

/** Runs jobs that read files to their ends and discard the records, with checkpoints. */
final class FileJob implements AutoCloseable {

    private final Configuration configuration;
    private final MiniCluster cluster;

    /**
     * Tasks do not wait for one more checkpoint when they have read everything: the wait is up to
     * its interval, with several tasks in some runs only, and says nothing about reading.
     */
    FileJob(int parallelism, boolean objectReuse) throws Exception {
        configuration =
                Configuration.fromMap(
                        Map.of(
                                "execution.checkpointing.interval", "1 s",
                                "execution.checkpointing.checkpoints-after-tasks-finish", "false",
                                "pipeline.object-reuse", Boolean.toString(objectReuse),
                                "pipeline.generic-types", "false",
                                "restart-strategy.type", "none",
                                "parallelism.default", Integer.toString(parallelism),
                                "taskmanager.numberOfTaskSlots", Integer.toString(parallelism),
                                "rest.bind-port", "0"));
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumSlotsPerTaskManager(parallelism)
                                .build());
        cluster.start();
    }

    /** Runs a job and returns how many records there were. */
    long run(Source<?, ?, ?> source) throws Exception {
        JobGraph graph = graph(source);
        cluster.submitJob(graph).get();
        cluster.requestJobResult(graph.getJobID())
                .get()
                .toJobExecutionResult(FileJob.class.getClassLoader());
        return RecordTally.takeTotal();
    }

    private <T> JobGraph graph(Source<T, ?, ?> source) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "files")
                .filter(new RecordTally<>())
                .sinkTo(new DiscardingSink<>());
        return env.getStreamGraph().getJobGraph();
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
