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

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The client against answers as Flink gives them. */
@Timeout(30)
class FlinkRestTest {

    @TempDir Path folder;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private FlinkRest rest;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        rest = new FlinkRest(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void refusalsSayWhatWasAskedAndAnswered() {
        answer("/jobs/0a", 404, "{\"errors\":[\"Job 0a not found\"]}");

        assertThatThrownBy(() -> rest.status("0a"))
                .isInstanceOf(FlinkRestException.class)
                .hasMessageContaining("GET " + rest.uri() + "/jobs/0a")
                .hasMessageContaining("404")
                .hasMessageContaining("Job 0a not found")
                .extracting(failure -> ((FlinkRestException) failure).status())
                .isEqualTo(404);
    }

    @Test
    void silenceSaysWhatWasAsked() {
        server.stop(0);

        assertThatThrownBy(() -> rest.overview())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("GET " + rest.uri() + "/overview");
    }

    @Test
    void jobIsUploadedAndRun() throws IOException {
        Path jar = Files.write(folder.resolve("job.jar"), new byte[] {'P', 'K'});
        answer("/jars/upload", 200, "{\"filename\":\"/tmp/flink-web/7_job.jar\"}");
        answer("/jars/7_job.jar/run", 200, "{\"jobid\":\"0a\"}");

        String job =
                rest.submit(
                        JobSubmission.of(jar, "Main", "--rate", "5")
                                .withParallelism(3)
                                .from("file:/sp/1")
                                .with("a.b", "c"));

        assertThat(job).isEqualTo("0a");
        assertThat(requests.get(0))
                .contains("name=\"jarfile\"; filename=\"job.jar\"")
                .contains("\r\n\r\nPK\r\n--");
        assertThat(requests.get(1))
                .contains("\"entryClass\":\"Main\"")
                .contains("\"programArgsList\":[\"--rate\",\"5\"]")
                .contains("\"parallelism\":3")
                .contains("\"savepointPath\":\"file:/sp/1\"")
                .contains("\"flinkConfiguration\":{\"a.b\":\"c\"}");
    }

    @Test
    void restartsAreThoseOfTheTaskThatHadMost() {
        answer(
                "/jobs/0a",
                200,
                "{\"state\":\"RUNNING\",\"vertices\":[{\"id\":\"b\"},{\"id\":\"c\"}]}");
        answer("/jobs/0a/vertices/b", 200, "{\"subtasks\":[{\"attempt\":0},{\"attempt\":3}]}");
        answer("/jobs/0a/vertices/c", 200, "{\"subtasks\":[{\"attempt\":2}]}");

        assertThat(rest.restarts("0a")).isEqualTo(3);
    }

    @Test
    void failedSavepointSaysWhy() {
        answer("/jobs/0a/stop", 202, "{\"request-id\":\"r1\"}");
        answer(
                "/jobs/0a/savepoints/r1",
                200,
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":{\"stack-trace\":\"No room\"}}}");

        assertThatThrownBy(() -> rest.stopWithSavepoint("0a", folder))
                .hasMessageContaining("The savepoint of job 0a failed: No room");
    }

    @Test
    void completeSavepointHasAPlace() {
        answer("/jobs/0a/savepoints", 202, "{\"request-id\":\"r1\"}");
        answer(
                "/jobs/0a/savepoints/r1",
                200,
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:/sp/1\"}}");

        assertThat(rest.savepoint("0a", folder)).isEqualTo("file:/sp/1");
    }

    @Test
    void checkpointsAreRead() {
        answer(
                "/jobs/0a/checkpoints",
                200,
                """
                {"counts":{"completed":7,"failed":2},
                 "latest":{"restored":{"id":5}},
                 "history":[
                   {"id":9,"status":"IN_PROGRESS","is_savepoint":false},
                   {"id":8,"status":"COMPLETED","is_savepoint":false,"external_path":"file:/c/chk-8"}]}
                """);

        CheckpointStatistics statistics = rest.checkpoints("0a");

        assertThat(statistics.completed()).isEqualTo(7);
        assertThat(statistics.failed()).isEqualTo(2);
        assertThat(statistics.restored()).isEqualTo(OptionalLong.of(5));
        assertThat(statistics.history()).hasSize(2);
        assertThat(statistics.lastCompleted().orElseThrow().path()).contains("file:/c/chk-8");
    }

    @Test
    void jobThatWasNeverRestoredSaysSo() {
        answer(
                "/jobs/0a/checkpoints",
                200,
                "{\"counts\":{\"completed\":0,\"failed\":0},\"latest\":{\"restored\":null},\"history\":[]}");

        assertThat(rest.checkpoints("0a").restored()).isEmpty();
        assertThat(rest.checkpoints("0a").lastCompleted()).isEmpty();
    }

    @Test
    void detailsTellWhatRuns() {
        answer("/jobs/0a", 200, details("RUNNING", 2, 1, 1));
        assertThat(rest.details("0a").allRunning()).isFalse();
        assertThat(rest.details("0a").noneRunning()).isFalse();
        assertThat(rest.details("0a").vertexWith("orders").tasks())
                .isEqualTo(Map.of("RUNNING", 1, "FAILED", 1));
        assertThatThrownBy(() -> rest.details("0a").vertexWith("files"))
                .hasMessageContaining("'files'")
                .hasMessageContaining("Source: orders");

        answer("/jobs/0b", 200, details("RUNNING", 2, 2, 0));
        assertThat(rest.details("0b").allRunning()).isTrue();
        answer("/jobs/0c", 200, details("RESTARTING", 2, 0, 2));
        assertThat(rest.details("0c").noneRunning()).isTrue();
        assertThat(rest.details("0c").status()).isEqualTo(JobStatus.RESTARTING);
    }

    private static String details(String state, int parallelism, int running, int failed) {
        return """
        {"name":"orders","state":"%s","vertices":[
          {"id":"v","name":"Source: orders","parallelism":%d,"tasks":{"RUNNING":%d,"FAILED":%d}}]}
        """
                .formatted(state, parallelism, running, failed);
    }

    private void answer(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    byte[] request = exchange.getRequestBody().readAllBytes();
                    requests.add(new String(request, StandardCharsets.ISO_8859_1));
                    byte[] answer = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
    }
}
