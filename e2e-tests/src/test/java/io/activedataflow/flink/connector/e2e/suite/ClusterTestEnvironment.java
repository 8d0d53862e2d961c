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

package io.activedataflow.flink.connector.e2e.suite;

import io.activedataflow.flink.connector.e2e.environment.ClusterSettings;
import io.activedataflow.flink.connector.e2e.environment.Environment;
import io.activedataflow.flink.connector.e2e.environment.FlinkCluster;
import io.activedataflow.flink.connector.e2e.environment.ManagedProcess;
import io.activedataflow.flink.connector.redis.testutils.Await;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testframe.environment.ClusterControllable;
import org.apache.flink.connector.testframe.environment.TestEnvironment;
import org.apache.flink.connector.testframe.environment.TestEnvironmentSettings;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.RemoteStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Lets Flink's test suites run their jobs on a cluster of several processes, to which the jars of
 * the connectors go with each job.
 */
final class ClusterTestEnvironment implements TestEnvironment, ClusterControllable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Environment environment;
    private final ClusterSettings settings;
    private FlinkCluster cluster;

    /** A cluster in this environment, which is closed with it. */
    ClusterTestEnvironment(Environment environment, ClusterSettings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    @Override
    public void startUp() {
        cluster = environment.startFlink(settings);
    }

    @Override
    public void tearDown() {
        environment.close();
    }

    @Override
    public StreamExecutionEnvironment createExecutionEnvironment(TestEnvironmentSettings job) {
        String[] jars =
                job.getConnectorJarPaths().stream().map(URL::getPath).toArray(String[]::new);
        SavepointRestoreSettings savepoint =
                job.getSavepointRestorePath() == null
                        ? SavepointRestoreSettings.none()
                        : SavepointRestoreSettings.forPath(job.getSavepointRestorePath());
        URI rest = cluster.rest().uri();
        return new RemoteStreamEnvironment(
                rest.getHost(), rest.getPort(), new Configuration(), jars, null, savepoint);
    }

    @Override
    public Endpoint getRestEndpoint() {
        URI rest = cluster.rest().uri();
        return new Endpoint(rest.getHost(), rest.getPort());
    }

    @Override
    public String getCheckpointUri() {
        return cluster.checkpoints().toUri().toString();
    }

    /** Kills all of them, for any may run the job. */
    @Override
    public void triggerTaskManagerFailover(JobClient job, Runnable afterFailAction) {
        List<ManagedProcess> taskManagers = cluster.taskManagers();
        taskManagers.forEach(ManagedProcess::kill);
        String id = job.getJobID().toHexString();
        Await.until(
                "no task of the job to run",
                PATIENCE,
                () -> cluster.rest().details(id).noneRunning());
        afterFailAction.run();
        taskManagers.stream()
                .map(taskManager -> CompletableFuture.runAsync(taskManager::start))
                .toList()
                .forEach(CompletableFuture::join);
    }

    @Override
    public void triggerJobManagerFailover(JobClient job, Runnable afterFailAction) {
        cluster.jobManager().kill();
        afterFailAction.run();
        cluster.jobManager().start();
    }

    @Override
    public void isolateNetwork(JobClient job, Runnable afterFailAction) {
        throw new UnsupportedOperationException("No network lies between these processes.");
    }

    @Override
    public String toString() {
        return environment.description();
    }
}
