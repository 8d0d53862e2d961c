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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.redis.testutils.Await;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The job that is submitted to clusters reads what its arguments name. */
@Timeout(180)
class QuickStartClusterJobITCase {

    private static final long ORDERS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void readsAllThreeSources(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        Path files = directory.resolve("files");
        try (AmpsInlet amps = new AmpsInlet();
                RedisInlet redis = new RedisInlet();
                FilesInlet inFiles = new FilesInlet(files, output.resolve("unused"))) {
            List<Inlet> inlets = List.of(amps, redis, inFiles);
            inlets.forEach(Inlet::start);
            inlets.forEach(inlet -> inlet.writer().writeUpTo(ORDERS));
            StreamExecutionEnvironment env = environment(directory.resolve("checkpoints"));
            QuickStartClusterJob.build(
                    env,
                    ClusterJobArguments.parse(
                            "--redis",
                            "redis://" + redis.addresses().get("Redis"),
                            "--amps",
                            String.join(",", amps.addresses().values()),
                            "--files",
                            files.toUri().toString(),
                            "--output",
                            output.toUri().toString()));

            JobClient job = env.executeAsync();
            try {
                for (Inlet inlet : inlets) {
                    Path committed = output.resolve(inlet.name());
                    Await.until(
                            "the orders of " + inlet.name(),
                            PATIENCE,
                            () -> CommittedOrders.read(committed).orders().total() >= ORDERS);
                    assertThat(CommittedOrders.read(committed).orders().total()).isEqualTo(ORDERS);
                    assertThat(CommittedOrders.read(committed).miscounted()).isZero();
                }
                assertThat(output.resolve(DeadLetters.NAME)).isDirectory();
            } finally {
                job.cancel().get();
            }
        }
    }

    private static StreamExecutionEnvironment environment(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("parallelism.default", "2");
        configuration.setString("execution.checkpointing.interval", "200 ms");
        configuration.setString("execution.checkpointing.storage", "filesystem");
        configuration.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }
}
