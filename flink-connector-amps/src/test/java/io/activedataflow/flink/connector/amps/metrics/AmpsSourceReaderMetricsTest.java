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

package io.activedataflow.flink.connector.amps.metrics;

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
class AmpsSourceReaderMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final AtomicLong clockMillis = new AtomicLong(10_000);
    private final AmpsSourceReaderMetrics metrics =
            new AmpsSourceReaderMetrics(
                    InternalSourceReaderMetricGroup.mock(listener.getMetricGroup()),
                    () -> -1L,
                    clockMillis::get);

    private long counter(AmpsMetric metric) {
        return listener.getCounter(metric.qualifiedName().split("\\.")).orElseThrow().getCount();
    }

    private Gauge<Long> gauge(AmpsMetric metric) {
        return listener.<Long>getGauge(metric.qualifiedName().split("\\.")).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(value = AmpsMetric.class, mode = EnumSource.Mode.EXCLUDE, names = "NUM_BYTES_IN")
    void registersWhatTheInventoryLists(AmpsMetric metric) {
        metrics.malformedMessages();

        if (metric.kind() == AmpsMetric.Kind.COUNTER) {
            assertThat(counter(metric)).isZero();
        } else {
            assertThat(gauge(metric).getValue()).isEqualTo(-1L);
        }
        assertThat(metric.description()).endsWith(".");
    }

    @Test
    void usesTheNamesThatFlinkHas() {
        assertThat(Stream.of(AmpsMetric.values()).filter(AmpsMetric::isStandard))
                .extracting(AmpsMetric::qualifiedName)
                .containsExactlyInAnyOrder(
                        MetricNames.IO_NUM_BYTES_IN,
                        MetricNames.NUM_RECORDS_IN_ERRORS,
                        MetricNames.CURRENT_FETCH_EVENT_TIME_LAG);
        assertThat(AmpsMetric.DATA_LOSSES.qualifiedName()).isEqualTo("AmpsSourceReader.dataLosses");
    }

    @Test
    void countsEachEventWhereItBelongs() {
        metrics.reconnected();
        Stream.generate(() -> 0).limit(2).forEach(i -> metrics.failedOver());
        Stream.generate(() -> 0).limit(3).forEach(i -> metrics.errorRetried());
        metrics.duplicatesDropped(40);
        metrics.duplicatesDropped(4);
        Stream.generate(() -> 0).limit(5).forEach(i -> metrics.lastChance());
        Stream.generate(() -> 0).limit(6).forEach(i -> metrics.dataLoss());
        Stream.generate(() -> 0).limit(7).forEach(i -> metrics.malformedMessages().inc());
        Stream.generate(() -> 0).limit(8).forEach(i -> metrics.snapshotTaken());
        metrics.missingTold(9);

        assertThat(counter(AmpsMetric.RECONNECTS)).isEqualTo(1);
        assertThat(counter(AmpsMetric.FAILOVERS)).isEqualTo(2);
        assertThat(counter(AmpsMetric.RETRIED_ERRORS)).isEqualTo(3);
        assertThat(counter(AmpsMetric.DUPLICATES_DROPPED)).isEqualTo(44);
        assertThat(counter(AmpsMetric.LAST_CHANCE_MESSAGES)).isEqualTo(5);
        assertThat(counter(AmpsMetric.DATA_LOSSES)).isEqualTo(6);
        assertThat(counter(AmpsMetric.NUM_RECORDS_IN_ERRORS)).isEqualTo(7);
        assertThat(counter(AmpsMetric.SNAPSHOTS)).isEqualTo(8);
        assertThat(counter(AmpsMetric.MISSING_RECORDS)).isEqualTo(9);
    }

    @Test
    void countsWhatSeveralThreadsReport() throws InterruptedException {
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] =
                    new Thread(
                            () -> {
                                for (int n = 0; n < 100_000; n++) {
                                    metrics.lastChance();
                                }
                            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counter(AmpsMetric.LAST_CHANCE_MESSAGES)).isEqualTo(400_000);
    }

    @Test
    void addsBytesToTheOperatorsOwnCounter() {
        OperatorMetricGroup operator =
                UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup();
        AmpsSourceReaderMetrics inOperator =
                new AmpsSourceReaderMetrics(
                        InternalSourceReaderMetricGroup.wrap(operator), () -> 0L);

        inOperator.bytesIn(100);
        inOperator.bytesIn(11);

        assertThat(operator.getIOMetricGroup().getNumBytesInCounter().getCount()).isEqualTo(111);
    }

    @Test
    void measuresTheLagOfWhatIsEmitted() {
        metrics.fetched(9_000_999, 9_250);
        metrics.fetched(9_200_000, 9_250);

        assertThat(gauge(AmpsMetric.CURRENT_FETCH_EVENT_TIME_LAG).getValue()).isEqualTo(50L);
    }

    @Test
    void theLagAgainstTheServerGrowsWhileNothingArrives() {
        metrics.fetched(9_200_000, 9_250);
        assertThat(gauge(AmpsMetric.SERVER_TIMESTAMP_LAG).getValue()).isEqualTo(800L);

        clockMillis.addAndGet(5_000);
        assertThat(gauge(AmpsMetric.SERVER_TIMESTAMP_LAG).getValue()).isEqualTo(5_800L);
    }

    @Test
    void leavesTheLagsAloneWhereThereIsNoTimestamp() {
        metrics.fetched(Long.MIN_VALUE, 9_000);
        assertThat(gauge(AmpsMetric.CURRENT_FETCH_EVENT_TIME_LAG).getValue()).isEqualTo(-1L);
        assertThat(gauge(AmpsMetric.SERVER_TIMESTAMP_LAG).getValue()).isEqualTo(-1L);

        metrics.fetched(9_000_000, 9_250);
        metrics.fetched(Long.MIN_VALUE, 20_000);

        assertThat(gauge(AmpsMetric.CURRENT_FETCH_EVENT_TIME_LAG).getValue()).isEqualTo(250L);
        assertThat(gauge(AmpsMetric.SERVER_TIMESTAMP_LAG).getValue()).isEqualTo(1_000L);
    }

    @Test
    void aServerWhoseClockIsAheadIsNotTakenForAnUnknownOne() {
        metrics.fetched(20_000_000, 9_250);

        assertThat(gauge(AmpsMetric.CURRENT_FETCH_EVENT_TIME_LAG).getValue()).isZero();
        assertThat(gauge(AmpsMetric.SERVER_TIMESTAMP_LAG).getValue()).isZero();
    }
}
