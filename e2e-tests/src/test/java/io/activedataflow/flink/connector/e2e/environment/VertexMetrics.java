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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** The metrics of one vertex; those of its operators have the operator's name before their own. */
public final class VertexMetrics {

    private final RestClient client;
    private final String vertex;

    VertexMetrics(RestClient client, String vertex) {
        this.client = client;
        this.vertex = vertex;
    }

    /** The names of the metrics that any of its subtasks has. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (JsonNode metric : client.get(vertex + "/subtasks/metrics")) {
            names.add(metric.path("id").asText());
        }
        return names;
    }

    /** The sum over all subtasks; nothing if none has reported the metric yet. */
    public OptionalDouble sum(String metric) {
        return aggregate("sum", metric);
    }

    /** The largest value of all subtasks; nothing if none has reported the metric yet. */
    public OptionalDouble max(String metric) {
        return aggregate("max", metric);
    }

    /** The smallest value of all subtasks; nothing if none has reported the metric yet. */
    public OptionalDouble min(String metric) {
        return aggregate("min", metric);
    }

    /** The value of one subtask as Flink writes it; nothing if it has not reported it yet. */
    public Optional<String> ofSubtask(int subtask, String metric) {
        JsonNode found =
                client.get(vertex + "/subtasks/" + subtask + "/metrics?get=" + encoded(metric));
        return Optional.ofNullable(found.path(0).path("value").asText(null));
    }

    private OptionalDouble aggregate(String how, String metric) {
        JsonNode value =
                client.get(vertex + "/subtasks/metrics?agg=" + how + "&get=" + encoded(metric))
                        .path(0)
                        .path(how);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    private static String encoded(String metric) {
        return URLEncoder.encode(metric, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
