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

import io.activedataflow.flink.connector.e2e.environment.FlinkCluster;
import io.activedataflow.flink.connector.e2e.environment.FlinkRest;
import io.activedataflow.flink.connector.e2e.environment.JobDetails;
import io.activedataflow.flink.connector.e2e.environment.ManagedProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What people can read of a run: logs, the answers of the REST API, checkpoints and savepoints.
 *
 * @param texts by what they are called
 * @param events of the logs of Flink's processes
 * @param stored the folder of checkpoints
 */
record RunTraces(Map<String, String> texts, List<LogEvent> events, Path stored) {

    private static final String CONNECTORS = "io.activedataflow";

    /** Of this job, and of everything that runs. */
    static RunTraces of(FlinkCluster flink, ScenarioServers servers, String job) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<LogEvent> events = new ArrayList<>();
        for (ManagedProcess process : flink.processes()) {
            texts.put("the log of " + process.name(), process.log());
            events.addAll(LogEvent.of(process));
        }
        for (ManagedProcess server : List.of(servers.redis(), servers.amps())) {
            texts.put("the log of " + server.name(), server.log());
        }
        for (String path : paths(flink.rest(), job)) {
            texts.put(path, flink.rest().get(path).toString());
        }
        return new RunTraces(texts, events, flink.checkpoints());
    }

    private static List<String> paths(FlinkRest rest, String job) {
        String root = "/jobs/" + job;
        List<String> paths =
                new ArrayList<>(
                        List.of(
                                "/jobs/overview",
                                "/jobmanager/config",
                                "/jobmanager/environment",
                                root,
                                root + "/config",
                                root + "/plan",
                                root + "/exceptions",
                                root + "/checkpoints",
                                root + "/checkpoints/config"));
        for (JobDetails.Vertex vertex : rest.details(job).vertices()) {
            paths.add(root + "/vertices/" + vertex.id());
        }
        return paths;
    }

    /** With one more text. */
    RunTraces with(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(name, text);
        return new RunTraces(more, events, stored);
    }

    /** What of all this has the secret in it. */
    List<String> placesOf(String secret) {
        List<String> places = new ArrayList<>();
        texts.forEach(
                (name, text) -> {
                    if (text.contains(secret)) {
                        places.add(name);
                    }
                });
        try (Stream<Path> files = Files.walk(stored)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> bytesAsText(file).contains(secret))
                    .map(Path::toString)
                    .forEach(places::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }

    /** A byte is a character, so that texts are found in binary files. */
    private static String bytesAsText(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What our connectors had to tell, without what has failed the job. */
    List<LogEvent> told() {
        return events.stream().filter(event -> event.isOf(CONNECTORS) && !event.isError()).toList();
    }

    /** What this connector has warned of. */
    List<LogEvent> warnings(String connector) {
        return told().stream()
                .filter(event -> event.isOf(CONNECTORS + ".flink.connector." + connector))
                .filter(LogEvent::isWarning)
                .toList();
    }
}
