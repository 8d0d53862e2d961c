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
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The metrics of the source, as a reporter sees them. */
@Timeout(300)
class SourceMetricsITCase {

    private static final List<String> KEYS = List.of("alice", "bob");
    private static final int EACH = 500;

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    void whatIsReadIsCountedExactly() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            long bytes = 0;
            for (LogEntry entry : publish(server, 0)) {
                bytes += entry.body().length;
            }
            SourceMetrics metrics =
                    SourceMetrics.of(REPORTER, jobs.job(NumberedMessages.source(server)).start());
            awaitRecords(metrics, 2 * EACH);
            assertThat(metrics.values(AmpsMetric.NUM_BYTES_IN.qualifiedName()))
                    .containsExactly(bytes);
            assertThat(value(metrics, AmpsMetric.CURRENT_FETCH_EVENT_TIME_LAG))
                    .isGreaterThanOrEqualTo(0);
            long lag = value(metrics, AmpsMetric.SERVER_TIMESTAMP_LAG);
            assertThat(lag).isGreaterThanOrEqualTo(0);
            Await.until(
                    "the lag to grow while nothing arrives",
                    SequenceLedger.PATIENCE,
                    () -> value(metrics, AmpsMetric.SERVER_TIMESTAMP_LAG) > lag);
            for (AmpsMetric quiet :
                    List.of(
                            AmpsMetric.RECONNECTS,
                            AmpsMetric.FAILOVERS,
                            AmpsMetric.RETRIED_ERRORS,
                            AmpsMetric.DUPLICATES_DROPPED,
                            AmpsMetric.LAST_CHANCE_MESSAGES,
                            AmpsMetric.DATA_LOSSES,
                            AmpsMetric.NUM_RECORDS_IN_ERRORS)) {
                assertThat(value(metrics, quiet)).as(quiet.metricName()).isZero();
            }
        }
    }

    @Test
    void connectionsAndServersThatAreLost() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().name("first").start();
                AmpsStandIn second = AmpsStandIn.builder().name("second").start()) {
            publish(first, 0).forEach(second::replicate);
            JobClient job = jobs.job(NumberedMessages.source(first, second)).start();
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            awaitRecords(metrics, 2 * EACH);

            first.faults().dropConnections();
            Await.until(
                    "a reconnect",
                    SequenceLedger.PATIENCE,
                    () -> value(metrics, AmpsMetric.RECONNECTS) == 1);
            assertThat(value(metrics, AmpsMetric.RETRIED_ERRORS)).isOne();
            assertThat(value(metrics, AmpsMetric.FAILOVERS)).isZero();
            assertThat(value(metrics, AmpsMetric.DUPLICATES_DROPPED)).isZero();

            first.stop();
            publish(second, EACH);
            awaitRecords(metrics, 4 * EACH);
            assertThat(value(metrics, AmpsMetric.FAILOVERS)).isOne();
            assertThat(value(metrics, AmpsMetric.DUPLICATES_DROPPED))
                    .as("at least the last message of the other publisher")
                    .isPositive();
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    private static List<LogEntry> publish(AmpsStandIn server, int from) {
        return IntStream.range(from, from + EACH)
                .boxed()
                .flatMap(
                        n ->
                                KEYS.stream()
                                        .map(
                                                key ->
                                                        server.publish(
                                                                key,
                                                                n + 1,
                                                                NumberedMessages.TOPIC,
                                                                NumberedMessages.body(key, n))))
                .toList();
    }

    private void awaitRecords(SourceMetrics metrics, long total) {
        for (String key : KEYS) {
            jobs.ledger().awaitCount(key, total / KEYS.size());
        }
        assertThat(metrics.values("numRecordsIn")).containsExactly(total);
    }

    private static long value(SourceMetrics metrics, AmpsMetric metric) {
        List<Long> values = metrics.values(metric.qualifiedName());
        assertThat(values).as(metric.metricName()).hasSize(1);
        return values.get(0);
    }
}
