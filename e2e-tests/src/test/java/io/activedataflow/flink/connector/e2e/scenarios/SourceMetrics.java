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

import io.activedataflow.flink.connector.e2e.environment.VertexMetrics;

import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The metrics of one source of a job, as the REST API gives them. */
final class SourceMetrics {

    private final VertexMetrics metrics;
    private final String prefix;

    private SourceMetrics(VertexMetrics metrics, String prefix) {
        this.metrics = metrics;
        this.prefix = prefix;
    }

    /**
     * Those of the source that is called so in the job.
     *
     * @param job which has begun to run
     */
    static SourceMetrics of(RunningPipeline job, String source) {
        // The name of the operator, with what is not allowed in names of metrics replaced.
        return new SourceMetrics(job.metrics("Source: " + source), "Source__" + source + '.');
    }

    /** The names of the source's own metrics, without those of the task. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String name : metrics.names()) {
            if (name.startsWith(prefix)) {
                names.add(name.substring(prefix.length()));
            }
        }
        return names;
    }

    /** The names of the metrics of the task. */
    Set<String> namesOfTask() {
        return metrics.names();
    }

    /** Over all subtasks; 0 while there is none. */
    long sum(String metric) {
        return valueOf(metric, metrics::sum);
    }

    /** Over all subtasks; 0 while there is none. */
    long max(String metric) {
        return valueOf(metric, metrics::max);
    }

    /** Of the enumerator; -1 if there is none. */
    long ofEnumerator(String metric) {
        return metrics.ofCoordinator(metric).map(Long::parseLong).orElse(-1L);
    }

    /** Of the task, over all subtasks; 0 while there is none. */
    long maxOfTask(String metric) {
        return (long) metrics.max(metric).orElse(0);
    }

    private long valueOf(String metric, Function<String, OptionalDouble> aggregate) {
        return (long) aggregate.apply(prefix + metric).orElse(0);
    }

    /** What stands before the names of its metrics. */
    @Override
    public String toString() {
        return prefix;
    }
}
