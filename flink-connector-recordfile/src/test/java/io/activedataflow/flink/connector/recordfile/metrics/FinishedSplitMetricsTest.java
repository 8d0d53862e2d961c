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

package io.activedataflow.flink.connector.recordfile.metrics;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.NoOpMetricRegistry;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FinishedSplitMetricsTest {

    private final MetricGroup reader =
            new GenericMetricGroup(NoOpMetricRegistry.INSTANCE, null, "reader");
    private final FinishedSplitMetrics metrics = new FinishedSplitMetrics(reader);

    private AbstractMetricGroup<?> groupOf(String splitId) {
        // As Flink registers it.
        return (AbstractMetricGroup<?>) reader.addGroup("split", splitId).addGroup("watermark");
    }

    @Test
    void groupsOfEndedSplitsAreGivenUpNowAndThen() {
        AbstractMetricGroup<?> ended = groupOf("ended");
        metrics.splitsFinished(FinishedSplitMetrics.MAX_KEPT - 1);
        assertThat(ended.isClosed()).isFalse();
        assertThat(groupOf("ended")).isSameAs(ended);

        metrics.splitsFinished(1);
        assertThat(ended.isClosed()).isTrue();
        assertThat(groupOf("ended")).isNotSameAs(ended);
    }

    @Test
    void metricsOfLaterSplitsAreRegisteredAsEver() {
        metrics.splitsFinished(FinishedSplitMetrics.MAX_KEPT);
        AbstractMetricGroup<?> later = groupOf("later");

        assertThat(later.isClosed()).isFalse();
        metrics.splitsFinished(1);
        assertThat(later.isClosed()).isFalse();
    }

    @Test
    void otherGroupsOfTheReaderStay() {
        AbstractMetricGroup<?> other = (AbstractMetricGroup<?>) reader.addGroup("recordfile");
        metrics.splitsFinished(FinishedSplitMetrics.MAX_KEPT);

        assertThat(other.isClosed()).isFalse();
    }

    @Test
    void groupsThatAreNotFlinksOwnAreLeftAlone() {
        new FinishedSplitMetrics(new UnregisteredMetricsGroup())
                .splitsFinished(FinishedSplitMetrics.MAX_KEPT);
    }
}
