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
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a metric reporter sees of a job. */
@Timeout(300)
class SourceMetricsITCase {

    private static final String KEY = "orders";
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @EachRedis
    void allOfThem(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, KEY, 0, 1000);
            SharedReference<Gate> gate = jobs.share(new Gate());
            JobClient job =
                    jobs.job(NumberedStreams.source(server).setStreams(KEY).setBatchMaxEntries(10))
                            .through(gate)
                            .start();
            SourceMetrics metrics = SourceMetrics.of(REPORTER, job);
            gate.get().admit(5);
            jobs.ledger().awaitCount(KEY, 5);
            if (binary.version().major() >= 7) {
                // Batches that wait in front of the gate have been fetched.
                Await.until(
                        "the number of pending entries",
                        SequenceLedger.PATIENCE,
                        () -> isBetween(pending(metrics), 900, 990),
                        () -> "Shown: " + pending(metrics));
                assertThat(pending(metrics) % 10).isZero();
            } else {
                assertThat(pending(metrics)).isEqualTo(-1);
            }

            gate.get().open();
            jobs.ledger().awaitCount(KEY, 1000);
            Await.until(
                    "nothing to be pending", SequenceLedger.PATIENCE, () -> pending(metrics) == 0);
            assertThat(metrics.values("numRecordsIn")).containsExactly(1000L);
            assertThat(metrics.sum(RedisStreamsMetric.NUM_BYTES_IN))
                    .isBetween(1000L * 4, 1000L * 100);
            assertThat(metrics.sum(RedisStreamsMetric.CURRENT_FETCH_EVENT_TIME_LAG))
                    .isGreaterThanOrEqualTo(0);
            for (RedisStreamsMetric quiet :
                    List.of(
                            RedisStreamsMetric.RECONNECTS,
                            RedisStreamsMetric.REDIRECTS,
                            RedisStreamsMetric.RETRIED_ERRORS,
                            RedisStreamsMetric.LOST_ENTRIES,
                            RedisStreamsMetric.STREAM_RESETS,
                            RedisStreamsMetric.NUM_RECORDS_IN_ERRORS)) {
                assertThat(metrics.values(quiet.qualifiedName()))
                        .as(quiet.metricName())
                        .containsExactly(0L);
            }

            redis.clientKillNormal();
            Await.until(
                    "a reconnect",
                    SequenceLedger.PATIENCE,
                    () -> metrics.sum(RedisStreamsMetric.RECONNECTS) == 1);
            assertThat(metrics.sum(RedisStreamsMetric.RETRIED_ERRORS)).isPositive();
        }
    }

    private static long pending(SourceMetrics metrics) {
        List<Long> values = metrics.values(RedisStreamsMetric.PENDING_RECORDS.qualifiedName());
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    private static boolean isBetween(long value, long low, long high) {
        return value >= low && value <= high;
    }
}
