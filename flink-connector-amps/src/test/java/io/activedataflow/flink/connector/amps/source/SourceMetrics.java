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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The metrics of the source of one job, as a reporter sees them. */
record SourceMetrics(InMemoryReporter reporter, JobClient job) {

    private static final String OPERATOR = "Source: " + DescribedJob.SOURCE;

    static SourceMetrics of(InMemoryReporter reporter, JobClient job) {
        return new SourceMetrics(reporter, job);
    }

    /** The sum over all readers there were, former attempts included. */
    long sum(AmpsMetric metric) {
        return values(metric.qualifiedName()).stream().mapToLong(Long::longValue).sum();
    }

    /** The values of a metric of the source's operator, one for each reader there was. */
    List<Long> values(String qualifiedName) {
        List<Long> values = new ArrayList<>();
        reporter.getMetricsByGroup()
                .forEach(
                        (group, metrics) ->
                                metrics.forEach(
                                        (name, metric) -> {
                                            if (isOurs(group, name, qualifiedName)) {
                                                values.add(valueOf(metric));
                                            }
                                        }));
        return values;
    }

    private boolean isOurs(MetricGroup group, String name, String qualifiedName) {
        Map<String, String> variables = group.getAllVariables();
        return OPERATOR.equals(variables.get("<operator_name>"))
                && job.getJobID().toString().equals(variables.get("<job_id>"))
                && group.getMetricIdentifier(name).endsWith('.' + qualifiedName);
    }

    private static long valueOf(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }
}
