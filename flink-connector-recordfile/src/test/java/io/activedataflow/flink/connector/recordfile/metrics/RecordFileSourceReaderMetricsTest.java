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

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RecordFileSourceReaderMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final RecordFileSourceReaderMetrics metrics =
            new RecordFileSourceReaderMetrics(
                    InternalSourceReaderMetricGroup.mock(listener.getMetricGroup()));

    private long counter(RecordFileMetric metric) {
        return listener.getCounter(metric.qualifiedName().split("\\.")).orElseThrow().getCount();
    }

    private Gauge<Long> gauge(RecordFileMetric metric) {
        return listener.<Long>getGauge(metric.qualifiedName().split("\\.")).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordFileMetric.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "NUM_BYTES_IN")
    void registersWhatTheInventoryLists(RecordFileMetric metric) {
        metrics.registerPendingBytes(() -> 3L);
        metrics.malformedRecords();

        if (metric.kind() == RecordFileMetric.Kind.COUNTER) {
            assertThat(counter(metric)).isZero();
        } else {
            assertThat(gauge(metric).getValue()).isNotZero();
        }
        assertThat(metric.description()).endsWith(".");
    }

    @Test
    void usesTheNamesThatFlinkHas() {
        assertThat(Stream.of(RecordFileMetric.values()).filter(RecordFileMetric::isStandard))
                .extracting(RecordFileMetric::qualifiedName)
                .containsExactlyInAnyOrder(
                        MetricNames.IO_NUM_BYTES_IN,
                        MetricNames.NUM_RECORDS_IN_ERRORS,
                        MetricNames.PENDING_BYTES,
                        MetricNames.CURRENT_FETCH_EVENT_TIME_LAG);
        assertThat(RecordFileMetric.FILES_FAILED.qualifiedName())
                .isEqualTo("RecordFileSourceReader.filesFailed");
    }

    @Test
    void countsEachEventWhereItBelongs() {
        metrics.fileOpened();
        times(2, metrics::fileFinished);
        times(3, metrics::fileFailed);
        times(4, metrics::fileChanged);
        times(5, metrics::fileSkipped);
        times(6, metrics::errorRetried);
        times(7, () -> metrics.fieldsNulled().inc());
        times(8, () -> metrics.malformedRecords().inc());

        assertThat(counter(RecordFileMetric.FILES_OPENED)).isEqualTo(1);
        assertThat(counter(RecordFileMetric.FILES_FINISHED)).isEqualTo(2);
        assertThat(counter(RecordFileMetric.FILES_FAILED)).isEqualTo(3);
        assertThat(counter(RecordFileMetric.FILES_CHANGED)).isEqualTo(4);
        assertThat(counter(RecordFileMetric.FILES_SKIPPED)).isEqualTo(5);
        assertThat(counter(RecordFileMetric.RETRIED_ERRORS)).isEqualTo(6);
        assertThat(counter(RecordFileMetric.FIELDS_NULLED)).isEqualTo(7);
        assertThat(counter(RecordFileMetric.NUM_RECORDS_IN_ERRORS)).isEqualTo(8);
    }

    private static void times(int count, Runnable event) {
        for (int i = 0; i < count; i++) {
            event.run();
        }
    }

    @Test
    void showsHowOldAFileWasWhenItWasOpened() {
        Gauge<Long> lag = gauge(RecordFileMetric.CURRENT_FETCH_EVENT_TIME_LAG);
        metrics.fileEntered(0, 5000);
        assertThat(lag.getValue()).as("the file system tells no time").isEqualTo(-1L);

        metrics.fileEntered(4000, 5000);
        assertThat(lag.getValue()).isEqualTo(1000L);
    }
}
