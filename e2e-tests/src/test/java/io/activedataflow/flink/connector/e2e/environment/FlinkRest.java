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

package io.activedataflow.flink.connector.e2e.environment;

import io.activedataflow.flink.connector.redis.testutils.Await;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A client of the REST API of one cluster. Keeps nothing of the cluster, so that it may be killed
 * and started again. Throws {@link FlinkRestException} for what Flink refuses and {@link
 * java.io.UncheckedIOException} when nothing answers.
 */
public final class FlinkRest {

    private static final Duration SAVEPOINT = Duration.ofMinutes(2);

    private final RestClient client;

    /** A client of the API at this URI, such as {@code http://127.0.0.1:8081}. */
    public FlinkRest(URI uri) {
        this.client = new RestClient(uri);
    }

    /** Where the API is, as the test sees it. */
    public URI uri() {
        return client.root();
    }

    /** What a path of the API gives, such as {@code /jobs}, for what has no method here. */
    public JsonNode get(String path) {
        return client.get(path);
    }

    /** What the cluster has to offer. */
    public ClusterOverview overview() {
        JsonNode overview = get("/overview");
        return new ClusterOverview(
                overview.path("taskmanagers").asInt(),
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt());
    }

    /**
     * The TaskManagers that are registered; one that was killed is until its heartbeat is missed.
     */
    public List<RegisteredTaskManager> taskManagers() {
        List<RegisteredTaskManager> result = new ArrayList<>();
        for (JsonNode taskManager : get("/taskmanagers").path("taskmanagers")) {
            result.add(
                    new RegisteredTaskManager(
                            taskManager.path("id").asText(),
                            taskManager.path("slotsNumber").asInt(),
                            taskManager.path("freeSlots").asInt()));
        }
        return result;
    }

    /** Uploads a jar; returns the id that Flink gives it until the JobManager ends. */
    public String upload(Path jar) {
        String stored = client.upload("/jars/upload", "jarfile", jar).path("filename").asText();
        return stored.substring(stored.lastIndexOf('/') + 1);
    }

    /** Uploads the jar of the job and runs it; returns the id of the job. */
    public String submit(JobSubmission job) {
        return run(upload(job.jar()), job);
    }

    /** Runs a job from a jar that was uploaded; returns the id of the job. */
    public String run(String jarId, JobSubmission job) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entryClass", job.entryClass());
        body.put("programArgsList", job.arguments());
        job.parallelism().ifPresent(parallelism -> body.put("parallelism", parallelism));
        job.savepoint().ifPresent(path -> body.put("savepointPath", path));
        body.put("flinkConfiguration", job.configuration());
        return client.post("/jars/" + jarId + "/run", body).path("jobid").asText();
    }

    /** All jobs that the cluster knows, by id. */
    public Map<String, JobStatus> jobs() {
        Map<String, JobStatus> result = new LinkedHashMap<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            result.put(job.path("jid").asText(), JobStatus.valueOf(job.path("state").asText()));
        }
        return result;
    }

    /** The state of a job. */
    public JobStatus status(String job) {
        return JobStatus.valueOf(get("/jobs/" + job).path("state").asText());
    }

    /** The state of a job and of its vertices. */
    public JobDetails details(String job) {
        return JobDetails.of(get("/jobs/" + job));
    }

    /** Why the job has failed and restarted so far: stack traces, the last failure first. */
    public List<String> exceptions(String job) {
        JsonNode history =
                get("/jobs/" + job + "/exceptions?maxExceptions=100").path("exceptionHistory");
        List<String> result = new ArrayList<>();
        history.path("entries").forEach(entry -> result.add(entry.path("stacktrace").asText()));
        return result;
    }

    /** How often the tasks of a job have been started again, since its JobManager has it. */
    public int restarts(String job) {
        int restarts = 0;
        for (JobDetails.Vertex vertex : details(job).vertices()) {
            JsonNode subtasks = get("/jobs/" + job + "/vertices/" + vertex.id()).path("subtasks");
            for (JsonNode subtask : subtasks) {
                restarts = Math.max(restarts, subtask.path("attempt").asInt());
            }
        }
        return restarts;
    }

    /** What is known about the checkpoints of a job. */
    public CheckpointStatistics checkpoints(String job) {
        return CheckpointStatistics.of(get("/jobs/" + job + "/checkpoints"));
    }

    /** The metrics of a vertex of a job. */
    public VertexMetrics metrics(String job, String vertex) {
        return new VertexMetrics(client, "/jobs/" + job + "/vertices/" + vertex);
    }

    /** Stops a job with a savepoint in the folder; returns where it is when it is complete. */
    public String stopWithSavepoint(String job, Path folder) {
        return triggered(
                job, "/stop", Map.of("targetDirectory", folder.toUri().toString(), "drain", false));
    }

    /** As {@link #stopWithSavepoint}, after which event time is over: every window ends. */
    public String drain(String job, Path folder) {
        return triggered(
                job, "/stop", Map.of("targetDirectory", folder.toUri().toString(), "drain", true));
    }

    /** Takes a savepoint in the folder; returns where it is when it is complete. */
    public String savepoint(String job, Path folder) {
        return triggered(
                job,
                "/savepoints",
                Map.of("target-directory", folder.toUri().toString(), "cancel-job", false));
    }

    /** Asks a job to end at once, without a savepoint. */
    public void cancel(String job) {
        client.patch("/jobs/" + job + "?mode=cancel");
    }

    private String triggered(String job, String action, Map<String, ?> body) {
        String request = client.post("/jobs/" + job + action, body).path("request-id").asText();
        String path = "/jobs/" + job + "/savepoints/" + request;
        AtomicReference<JsonNode> answer = new AtomicReference<>();
        Await.until(
                "the savepoint of job " + job,
                SAVEPOINT,
                () -> {
                    answer.set(get(path));
                    return answer.get().path("status").path("id").asText().equals("COMPLETED");
                });
        JsonNode operation = answer.get().path("operation");
        if (!operation.has("location")) {
            throw new IllegalStateException(
                    "The savepoint of job "
                            + job
                            + " failed: "
                            + operation.path("failure-cause").path("stack-trace").asText());
        }
        return operation.path("location").asText();
    }
}
