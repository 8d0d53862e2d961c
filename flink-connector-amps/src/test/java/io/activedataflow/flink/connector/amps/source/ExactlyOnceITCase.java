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

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbered messages through jobs and servers that fail: each exactly once, by count. */
@Timeout(300)
class ExactlyOnceITCase {

    private static final List<String> KEYS = List.of("alice", "bob", "carol");
    private static final Duration CHECKPOINTS = Duration.ofMillis(50);
    private static final Duration WRITER_PAUSE = Duration.ofMillis(1);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    @Tag("compat")
    void crashesOfTheJob() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                NumberWriter writer = NumberWriter.start(server, KEYS, WRITER_PAUSE)) {
            SharedReference<CrashPlan> plan = jobs.share(new CrashPlan(4, 50));
            jobs.job(NumberedMessages.source(server))
                    .checkpointEvery(CHECKPOINTS)
                    .restarts(10)
                    .crashes(plan)
                    .parallelism(2)
                    .start();
            Await.until("the crashes", SequenceLedger.PATIENCE, () -> plan.get().done() == 4);
            jobs.ledger().awaitCheckpoints(2);
            assertNothingIsMissing(writer);
            assertThat(jobs.ledger().attempts()).isGreaterThan(4);
        }
    }

    private void assertNothingIsMissing(NumberWriter writer) {
        writer.stop();
        for (String key : writer.keys()) {
            jobs.ledger().awaitCount(key, writer.written(key));
        }
        assertThat(jobs.ledger().breaks()).isEmpty();
        for (String key : writer.keys()) {
            assertThat(jobs.ledger().countOf(key)).isEqualTo(writer.written(key));
        }
    }
}
