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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.reader.SplitLeases.Checkpoints;

import org.apache.flink.testutils.logging.LoggerAuditingExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class BacklogWatchTest {

    @RegisterExtension
    private final LoggerAuditingExtension log =
            new LoggerAuditingExtension(BacklogWatch.class, Level.WARN);

    private final AtomicBoolean warned = new AtomicBoolean();
    private final BacklogWatch watch =
            new BacklogWatch(
                    "jobs", 1000, Duration.ofSeconds(60), () -> warned.compareAndSet(false, true));
    private long checkpoints;

    // ------------------------------------------------------------------------ no checkpoint

    @Test
    void aBacklogThatIsUsedUpForTooLongFailsTheJob() {
        watch.backlogIs(2);
        look(0, 2, 2, 0);
        look(60, 2, 2, 0);

        assertThatThrownBy(() -> look(61, 2, 2, 0))
                .isInstanceOfSatisfying(
                        AmpsException.class,
                        e -> assertThat(e.kind()).isEqualTo(AmpsException.Kind.FATAL))
                .hasMessage(
                        "Queue 'jobs' has leased 2 messages and leases no more than 2 at a time;"
                                + " all are emitted, and none can be acknowledged because no"
                                + " checkpoint has completed for 60 s ('scan.queue.stall-timeout')."
                                + " Enable checkpoints (execution.checkpointing.interval), find"
                                + " out why they fail, or raise the time-out to more than their"
                                + " interval.");
    }

    @Test
    void aBacklogThatIsNotUsedUpMayWait() {
        watch.backlogIs(3);
        look(0, 2, 2, 0);
        look(1000, 2, 2, 0);
    }

    @Test
    void backPressureIsNoReasonToFail() {
        watch.backlogIs(2);
        look(0, 2, 1, 0);
        look(1000, 2, 1, 0);
    }

    @Test
    void aCheckpointStartsTheTimeAnew() {
        watch.backlogIs(2);
        look(0, 2, 2, 0);
        look(59, 2, 2, 0);
        checkpoints++;
        look(60, 2, 2, 0);
        look(119, 2, 2, 0);

        assertThatThrownBy(() -> look(121, 2, 2, 0)).isInstanceOf(AmpsException.class);
    }

    @Test
    void acknowledgementsStartTheTimeAnew() {
        watch.backlogIs(2);
        look(0, 2, 2, 0);
        look(59, 2, 2, 2);
        look(60, 4, 4, 2);
        look(119, 4, 4, 2);
    }

    @Test
    void aServerThatDoesNotTellItsBacklogIsTakenToHaveUsedItUpWhenNothingComes() {
        look(0, 1, 1, 0);
        look(50, 2, 2, 0);
        look(100, 2, 2, 0);

        assertThatThrownBy(() -> look(111, 2, 2, 0))
                .hasMessageStartingWith("Queue 'jobs' has leased 2 messages; all are emitted");
    }

    @Test
    void anEmptyQueueMayBeQuietForEver() {
        watch.backlogIs(1);
        look(0, 5, 5, 5);
        look(100_000, 5, 5, 5);
    }

    // ------------------------------------------------------------------------ warning

    @Test
    void warnsOnceWithTheArithmetic() {
        watch.backlogIs(20);
        watch.leasedFor(Duration.ofMillis(29_500));
        look(0, 20, 20, 0);
        checkpoints = 2;
        look(8, 20, 20, 0);
        checkpoints = 3;
        look(16, 40, 40, 20);

        assertThat(log.getMessages())
                .containsExactly(
                        "Queue 'jobs' leases 20 messages at a time to each subscription (1000 were"
                                + " asked for with 'scan.queue.max-backlog'). They are acknowledged"
                                + " when a checkpoint completes, which took 8000 ms the last time,"
                                + " so that a subscription reads at most 2.5 messages per second."
                                + " For more, raise MaxPerSubscriptionBacklog of the queue, take"
                                + " checkpoints more often, or use more subscriptions. Leases last"
                                + " about 29500 ms; what is leased for longer than that is"
                                + " delivered again.");
    }

    @Test
    void doesNotWarnWhileThereIsRoom() {
        watch.backlogIs(20);
        look(0, 19, 19, 0);
        checkpoints = 2;
        look(8, 19, 19, 0);

        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void leasesWithoutEnd() {
        watch.backlogIs(1);
        look(0, 1, 1, 0);
        checkpoints = 2;
        look(8, 1, 1, 0);

        assertThat(log.getMessages()).singleElement().asString().contains("Leases last for ever;");
    }

    private void look(long second, long handedOn, long emitted, long acknowledged) {
        watch.look(
                TimeUnit.SECONDS.toNanos(second),
                handedOn,
                emitted,
                acknowledged,
                new Checkpoints(checkpoints, 0, checkpoints > 1 ? TimeUnit.SECONDS.toNanos(8) : 0));
    }
}
