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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.FlinkCli;
import io.activedataflow.flink.connector.e2e.environment.FlinkCluster;
import io.activedataflow.flink.connector.e2e.environment.JobDetails;
import io.activedataflow.flink.connector.e2e.environment.JobSubmission;
import io.activedataflow.flink.connector.e2e.environment.VertexMetrics;
import io.activedataflow.flink.connector.e2e.pipeline.CommittedProgress;
import io.activedataflow.flink.connector.e2e.pipeline.Feeding;
import io.activedataflow.flink.connector.e2e.pipeline.Origin;
import io.activedataflow.flink.connector.redis.testutils.Await;

import org.apache.flink.api.common.JobStatus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** One run of the job of all three sources on a cluster, and what it has committed so far. */
final class RunningPipeline {

    /** Long enough for a JobManager that is killed while its TaskManager starts again. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final FlinkCluster flink;
    private final String job;
    private final CommittedProgress progress;

    private RunningPipeline(FlinkCluster flink, String job, Path output) {
        this.flink = flink;
        this.job = job;
        this.progress = new CommittedProgress(output);
    }

    /** Submits it with the command line client. */
    static RunningPipeline submitByCommandLine(
            FlinkCluster flink, JobSubmission submission, Path output) {
        return submit(flink, flink.cli(), submission, output);
    }

    /** Submits it with this client. */
    static RunningPipeline submit(
            FlinkCluster flink, FlinkCli cli, JobSubmission submission, Path output) {
        return new RunningPipeline(flink, cli.run(submission), output);
    }

    /** Submits it through the REST API. */
    static RunningPipeline submitByRest(FlinkCluster flink, JobSubmission submission, Path output) {
        return new RunningPipeline(flink, flink.rest().submit(submission), output);
    }

    String id() {
        return job;
    }

    /** How many parts it has committed, with all that was committed to the same place before. */
    long committed() {
        return progress.arrivals();
    }

    JobStatus status() {
        return flink.rest().status(job);
    }

    JobDetails details() {
        return flink.rest().details(job);
    }

    /** The metrics of the vertex that has this in its name. */
    VertexMetrics metrics(String vertex) {
        return flink.rest().metrics(job, details().vertexWith(vertex).id());
    }

    void awaitCommitted(long parts) {
        Await.until(
                parts + " parts to be committed",
                PATIENCE,
                () -> committed() >= parts || status() == JobStatus.FAILED,
                () -> "There are " + committed() + '.');
        if (committed() < parts) {
            throw new IllegalStateException("The job failed: " + flink.rest().exceptions(job));
        }
    }

    /** Waits until it has committed what was written to each source by now, and more. */
    void awaitCaughtUp(Collection<Feeding> feedings) {
        Map<Origin, Long> goals = new EnumMap<>(Origin.class);
        feedings.forEach(feeding -> goals.put(feeding.origin(), feeding.written() + 1));
        Await.until(
                "more than is written by now to be committed",
                PATIENCE,
                () -> {
                    Map<Origin, Long> committed = progress.arrivalsBySource();
                    return goals.entrySet().stream()
                            .allMatch(
                                    goal ->
                                            committed.getOrDefault(goal.getKey(), 0L)
                                                    >= goal.getValue());
                },
                () ->
                        "Wanted are "
                                + goals
                                + ", committed "
                                + progress.arrivalsBySource()
                                + ". The job has failed with "
                                + flink.rest().exceptions(job));
    }

    /** Waits until it has committed so many more than now. */
    void awaitMore(long parts) {
        awaitCommitted(committed() + parts);
    }

    /** Waits until so many more checkpoints have completed. */
    void awaitCheckpoints(int more) {
        long before = flink.rest().checkpoints(job).completed();
        Await.until(
                more + " checkpoints",
                PATIENCE,
                () -> flink.rest().checkpoints(job).completed() >= before + more);
    }

    void awaitAllRunning() {
        Await.until("all tasks to run", PATIENCE, () -> details().allRunning());
    }

    /** Waits until it has ended by itself. */
    void awaitFinished() {
        Await.until("the job to end", PATIENCE, () -> status() == JobStatus.FINISHED);
    }

    /** Stops it with a savepoint, by the command line; returns where that is. */
    String stop() {
        return flink.cli().stop(job, flink.checkpoints().resolve("savepoints"));
    }

    /** Ends it for good, so that what is still in its windows is committed as well. */
    void drain() {
        flink.rest().drain(job, flink.checkpoints().resolve("savepoints"));
        awaitFinished();
    }

    void cancel() {
        flink.rest().cancel(job);
        Await.until("the job to be cancelled", PATIENCE, () -> status() == JobStatus.CANCELED);
    }
}
