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

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;

/** Asks what the web UI asks. Not for the thread of a job. */
final class FlinkRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String job;

    FlinkRest(String webUi, String jobId) {
        this.job = webUi + "/jobs/" + jobId;
    }

    Snapshot.JobStatus jobStatus() throws IOException, InterruptedException {
        String state = get("").path("state").asText();
        JsonNode checkpoints = get("/checkpoints");
        return new Snapshot.JobStatus(
                state,
                checkpoints.path("counts").path("completed").asLong(),
                checkpoints.path("latest").path("restored").path("id").asLong());
    }

    /** What has come from a source, or nothing while that is not known. */
    OptionalLong arrived(String source) throws IOException, InterruptedException {
        String operator = Arrivals.operatorOf(source);
        for (JsonNode vertex : get("").path("vertices")) {
            if (vertex.path("name").asText().contains(operator)) {
                return sum(vertex.path("id").asText(), operator + '.' + Arrivals.METRIC);
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong sum(String vertex, String metric)
            throws IOException, InterruptedException {
        JsonNode found = get("/vertices/" + vertex + "/subtasks/metrics?agg=sum&get=" + metric);
        return found.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.path(0).path("sum").asLong());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(job + path)).timeout(TIMEOUT).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " is answered with " + response.statusCode() + '.');
        }
        return json.readTree(response.body());
    }
}
