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
import io.activedataflow.flink.connector.amps.source.reader.AmpsMalformedPolicy;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that the deserializer refuses, under each policy. */
@Timeout(300)
class MalformedMessagesITCase {

    private static final String TOPIC = NumberedMessages.TOPIC;
    private static final String KEY = "alice";
    private static final String GARBAGE = "garbage";

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2, REPORTER);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    void failingNamesThePosition() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publish(server, 0, 10);
            LogEntry garbage = server.publish(TOPIC, GARBAGE);
            publish(server, 10, 20);
            JobClient job = jobs.job(NumberedMessages.source(server)).start();
            assertThat(TestJobs.awaitFailure(job))
                    .contains("topic '" + TOPIC + '\'', garbage.bookmark(), "onMalformed");
            assertThat(jobs.ledger().countOf(KEY)).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void skippingCounts(@TempDir Path directory) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publish(server, 0, 10);
            server.publish(TOPIC, GARBAGE);
            server.publish(TOPIC, "");
            publish(server, 10, 20);
            server.publish(TOPIC, GARBAGE);
            JobClient job = start(server, AmpsMalformedPolicy.skip(), null);
            jobs.ledger().awaitCount(KEY, 20);
            String savepoint = TestJobs.stop(job, directory);
            assertThat(errors(job)).isEqualTo(3);

            // What was skipped is behind the position, too.
            JobClient next = start(server, AmpsMalformedPolicy.skip(), savepoint);
            publish(server, 20, 30);
            jobs.ledger().awaitCount(KEY, 30);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(errors(next)).isZero();
        }
    }

    @Test
    void anElementInPlaceOfTheMessage() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            publish(server, 0, 10);
            server.publish(TOPIC, GARBAGE);
            publish(server, 10, 20);
            JobClient job =
                    start(
                            server,
                            AmpsMalformedPolicy.emit(
                                    message ->
                                            Tuple2.of(
                                                    message.topic() + ' ' + message.bodyAsString(),
                                                    0L)),
                            null);
            jobs.ledger().awaitCount(KEY, 20);
            jobs.ledger().awaitCount(TOPIC + ' ' + GARBAGE, 1);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(errors(job)).isOne();
        }
    }

    private JobClient start(
            AmpsStandIn server, AmpsMalformedPolicy<Tuple2<String, Long>> policy, String savepoint)
            throws Exception {
        TestJobBuilder job = jobs.job(NumberedMessages.source(server).onMalformed(policy));
        return (savepoint == null ? job : job.restoreFrom(savepoint)).start();
    }

    private static long errors(JobClient job) {
        return SourceMetrics.of(REPORTER, job).sum(AmpsMetric.NUM_RECORDS_IN_ERRORS);
    }

    private static void publish(AmpsStandIn server, int from, int to) {
        for (int n = from; n < to; n++) {
            server.publish(TOPIC, NumberedMessages.body(KEY, n));
        }
    }
}
