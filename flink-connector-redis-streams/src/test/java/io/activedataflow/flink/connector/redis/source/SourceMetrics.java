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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;

import java.util.List;

/** The metrics of the source of one job, as a reporter sees them. */
record SourceMetrics(InMemoryReporter reporter, JobClient job) {

    private static final String OPERATOR = "Source: entries";

    static SourceMetrics of(InMemoryReporter reporter, JobClient job) {
        return new SourceMetrics(reporter, job);
    }

    /** The sum over all readers there were, former attempts included. */
    long sum(RedisStreamsMetric metric) {
        return values(metric.qualifiedName()).stream().mapToLong(Long::longValue).sum();
    }

    /** The value of a metric of the source's operator; all readers there were. */
    List<Long> values(String qualifiedName) {
        return reporter.findMetrics(job.getJobID(), OPERATOR + "." + qualifiedName).entrySet().stream()
                .filter(metric -> metric.getKey().endsWith("." + qualifiedName))
                .map(metric -> valueOf(metric.getValue()))
                .toList();
    }

    private static long valueOf(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }
}
