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

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** JSON over HTTP; everything but success is a failure that says what was asked and answered. */
final class RestClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI root;

    RestClient(URI root) {
        this.root = root;
    }

    URI root() {
        return root;
    }

    JsonNode get(String path) {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    JsonNode post(String path, Object body) {
        try {
            return send(
                    "POST",
                    path,
                    "application/json",
                    BodyPublishers.ofString(json.writeValueAsString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode patch(String path) {
        return send("PATCH", path, "application/json", BodyPublishers.noBody());
    }

    /** Uploads a file the way forms do. */
    JsonNode upload(String path, String field, Path file) {
        String boundary = UUID.randomUUID().toString();
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
                        .formatted(boundary, field, file.getFileName());
        try {
            return send(
                    "POST",
                    path,
                    "multipart/form-data; boundary=" + boundary,
                    BodyPublishers.concat(
                            BodyPublishers.ofString(head),
                            BodyPublishers.ofFile(file),
                            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("There is no " + file, e);
        }
    }

    private JsonNode send(String method, String path, String contentType, BodyPublisher body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .timeout(ANSWER)
                        .header("Content-Type", contentType)
                        .method(method, body)
                        .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new FlinkRestException(
                        method, request.uri(), response.statusCode(), response.body());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + ' ' + request.uri() + " got no answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted in " + method + ' ' + request.uri() + '.', e);
        }
    }
}
