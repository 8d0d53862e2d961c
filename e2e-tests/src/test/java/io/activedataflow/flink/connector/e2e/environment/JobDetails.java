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

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job as its JobManager sees it. */
public record JobDetails(String name, JobStatus status, List<Vertex> vertices) {

    private static final String RUNNING = "RUNNING";

    /**
     * One or more operators that run as one task.
     *
     * @param tasks how many subtasks are in each state, such as {@code RUNNING}
     */
    public record Vertex(String id, String name, int parallelism, Map<String, Integer> tasks) {}

    static JobDetails of(JsonNode job) {
        List<Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : job.path("vertices")) {
            Map<String, Integer> tasks = new LinkedHashMap<>();
            JsonNode states = vertex.path("tasks");
            states.fieldNames()
                    .forEachRemaining(state -> tasks.put(state, states.path(state).asInt()));
            vertices.add(
                    new Vertex(
                            vertex.path("id").asText(),
                            vertex.path("name").asText(),
                            vertex.path("parallelism").asInt(),
                            tasks));
        }
        return new JobDetails(
                job.path("name").asText(), JobStatus.valueOf(job.path("state").asText()), vertices);
    }

    /** Whether all subtasks of all vertices run. */
    public boolean allRunning() {
        return vertices.stream()
                .allMatch(
                        vertex -> vertex.tasks().getOrDefault(RUNNING, 0) == vertex.parallelism());
    }

    /** Whether no subtask of any vertex runs. */
    public boolean noneRunning() {
        return vertices.stream().allMatch(vertex -> vertex.tasks().getOrDefault(RUNNING, 0) == 0);
    }

    /** The vertex that has this in its name, such as the name of a source. */
    public Vertex vertexWith(String name) {
        List<Vertex> found =
                vertices.stream().filter(vertex -> vertex.name().contains(name)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    found.size()
                            + " vertices have '"
                            + name
                            + "' in their names instead of 1, of these: "
                            + vertices.stream().map(Vertex::name).toList());
        }
        return found.get(0);
    }
}
