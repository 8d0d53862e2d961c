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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryRound;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

import java.util.EnumMap;
import java.util.Map;

/** Counts what the enumerator does. Coordinator thread only; reporters read from theirs. */
@Internal
final class RecordFileEnumeratorMetrics {

    private final Map<RecordFileEnumeratorMetric, Counter> counters =
            new EnumMap<>(RecordFileEnumeratorMetric.class);

    /** Read by the threads of metric reporters. */
    private volatile long unassignedSplits;

    RecordFileEnumeratorMetrics(SplitEnumeratorMetricGroup group) {
        group.setUnassignedSplitsGauge(() -> unassignedSplits);
        for (RecordFileEnumeratorMetric metric : RecordFileEnumeratorMetric.values()) {
            counters.put(metric, group.counter(metric.metricName()));
        }
    }

    void unassignedSplits(long count) {
        unassignedSplits = count;
    }

    void round(DiscoveryRound round) {
        count(RecordFileEnumeratorMetric.FILES_FOUND, round.toRead().size());
        count(RecordFileEnumeratorMetric.FILES_LATE, round.late().size());
        count(RecordFileEnumeratorMetric.FILES_CHANGED, round.changed().size());
        count(RecordFileEnumeratorMetric.FILES_RENAMED, round.renamed().size());
        count(RecordFileEnumeratorMetric.FILES_UNACCOUNTED, round.unaccounted());
    }

    void listingFailed() {
        count(RecordFileEnumeratorMetric.LISTING_ERRORS, 1);
    }

    private void count(RecordFileEnumeratorMetric metric, long by) {
        counters.get(metric).inc(by);
    }
}
