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

package io.activedataflow.flink.connector.redis.metrics;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RedisStreamsSourceReaderMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final RedisStreamsSourceReaderMetrics metrics =
            new RedisStreamsSourceReaderMetrics(
                    InternalSourceReaderMetricGroup.mock(listener.getMetricGroup()));

    private long counter(RedisStreamsMetric metric) {
        return listener.getCounter(metric.qualifiedName().split("\\.")).orElseThrow().getCount();
    }

    private Gauge<Long> gauge(RedisStreamsMetric metric) {
        return listener.<Long>getGauge(metric.qualifiedName().split("\\.")).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisStreamsMetric.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "NUM_BYTES_IN")
    void registersWhatTheInventoryLists(RedisStreamsMetric metric) {
        metrics.registerPendingRecords(() -> 3L);
        metrics.malformedEntries();

        if (metric.kind() == RedisStreamsMetric.Kind.COUNTER) {
            assertThat(counter(metric)).isZero();
        } else {
            assertThat(gauge(metric).getValue()).isNotZero();
        }
        assertThat(metric.description()).endsWith(".");
    }

    @Test
    void usesTheNamesThatFlinkHas() {
        assertThat(Stream.of(RedisStreamsMetric.values()).filter(RedisStreamsMetric::isStandard))
                .extracting(RedisStreamsMetric::qualifiedName)
                .containsExactlyInAnyOrder(
                        MetricNames.IO_NUM_BYTES_IN,
                        MetricNames.NUM_RECORDS_IN_ERRORS,
                        MetricNames.PENDING_RECORDS,
                        MetricNames.CURRENT_FETCH_EVENT_TIME_LAG);
        assertThat(RedisStreamsMetric.COMMITS_FAILED.qualifiedName())
                .isEqualTo("RedisStreamsSourceReader.commitsFailed");
    }

    @Test
    void countsEachEventWhereItBelongs() {
        metrics.reconnected();
        Stream.generate(() -> 0).limit(2).forEach(i -> metrics.redirected());
        Stream.generate(() -> 0).limit(3).forEach(i -> metrics.errorRetried());
        metrics.entriesLost(40);
        Stream.generate(() -> 0).limit(5).forEach(i -> metrics.streamReset());
        Stream.generate(() -> 0).limit(6).forEach(i -> metrics.commitSucceeded());
        Stream.generate(() -> 0).limit(7).forEach(i -> metrics.commitFailed());
        Stream.generate(() -> 0).limit(8).forEach(i -> metrics.malformedEntries().inc());

        assertThat(counter(RedisStreamsMetric.RECONNECTS)).isEqualTo(1);
        assertThat(counter(RedisStreamsMetric.REDIRECTS)).isEqualTo(2);
        assertThat(counter(RedisStreamsMetric.RETRIED_ERRORS)).isEqualTo(3);
        assertThat(counter(RedisStreamsMetric.LOST_ENTRIES)).isEqualTo(40);
        assertThat(counter(RedisStreamsMetric.STREAM_RESETS)).isEqualTo(5);
        assertThat(counter(RedisStreamsMetric.COMMITS_SUCCEEDED)).isEqualTo(6);
        assertThat(counter(RedisStreamsMetric.COMMITS_FAILED)).isEqualTo(7);
        assertThat(counter(RedisStreamsMetric.NUM_RECORDS_IN_ERRORS)).isEqualTo(8);
    }

    @Test
    void countsWhatSeveralThreadsReport() throws InterruptedException {
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] =
                    new Thread(
                            () -> {
                                for (int n = 0; n < 100_000; n++) {
                                    metrics.reconnected();
                                }
                            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counter(RedisStreamsMetric.RECONNECTS)).isEqualTo(400_000);
    }

    @Test
    void neverShowsUnknownPendingRecordsAsNone() {
        AtomicLong pending = new AtomicLong(-1);
        metrics.registerPendingRecords(pending::get);
        Gauge<Long> gauge = gauge(RedisStreamsMetric.PENDING_RECORDS);

        assertThat(gauge.getValue()).isEqualTo(-1L);
        pending.set(12);
        assertThat(gauge.getValue()).isEqualTo(12L);
        pending.set(0);
        assertThat(gauge.getValue()).isZero();
        pending.set(Long.MIN_VALUE);
        assertThat(gauge.getValue()).isEqualTo(-1L);
    }

    @Test
    void addsBytesToTheOperatorsOwnCounter() {
        OperatorMetricGroup operator =
                UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup();
        RedisStreamsSourceReaderMetrics inOperator =
                new RedisStreamsSourceReaderMetrics(InternalSourceReaderMetricGroup.wrap(operator));

        inOperator.sectionEntered(100, 1, 1);
        inOperator.sectionEntered(11, 1, 1);

        assertThat(operator.getIOMetricGroup().getNumBytesInCounter().getCount()).isEqualTo(111);
    }

    @Test
    void measuresTheLagOfWhatIsEmitted() {
        Gauge<Long> lag = gauge(RedisStreamsMetric.CURRENT_FETCH_EVENT_TIME_LAG);
        assertThat(lag.getValue()).isEqualTo(-1L);

        metrics.sectionEntered(100, 1_000, 1_250);
        metrics.sectionEntered(11, 1_200, 1_250);

        assertThat(lag.getValue()).isEqualTo(50L);
    }

    @Test
    void leavesTheLagAloneWhereAnIdIsNoTime() {
        metrics.sectionEntered(1, 1_000, 1_250);
        metrics.sectionEntered(1, -1L, 1_250);

        assertThat(gauge(RedisStreamsMetric.CURRENT_FETCH_EVENT_TIME_LAG).getValue())
                .isEqualTo(250L);
    }
}
