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

import io.activedataflow.flink.connector.amps.client.AmpsAnswerHandler;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.LeaseTracker;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** What is sent on which connection, and what counts as acknowledged. */
@Timeout(60)
class SplitLeasesTest {

    private final FakeServers servers = new FakeServers();
    private final AtomicLong counted = new AtomicLong();
    private final LeaseTracker tracker = new LeaseTracker();
    private final AtomicLong refused = new AtomicLong();
    private final SplitLeases leases =
            new SplitLeases("jobs", 2, tracker, counted::addAndGet, refused::incrementAndGet);

    @BeforeEach
    void leaveAnswersToTheTest() {
        servers.a().doesNotAnswerQueues();
    }

    @Test
    void goesInBatches() {
        leases.opened(connection());
        leases.due(BookmarkList.of(5, 1, 5, 2, 5, 3));
        leases.send();

        assertThat(sent()).containsExactly("5|1|,5|2|", "5|3|");
    }

    @Test
    void countsWhenTheServerHasAnswered() {
        leases.opened(connection());
        leases.due(BookmarkList.of(5, 1, 5, 2, 5, 3));
        leases.send();
        assertThat(leases.acknowledged()).isZero();
        answer(1).onProcessed();
        assertThat(leases.acknowledged()).as("in order").isZero();
        answer(0).onProcessed();

        assertThat(leases.acknowledged()).isEqualTo(3);
        assertThat(counted).hasValue(3);
    }

    @Test
    void nothingIsSentTwiceOnOneConnection() {
        leases.opened(connection());
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        leases.send();

        assertThat(sent()).containsExactly("5|1|");
    }

    @Test
    void waitsForAConnection() {
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        assertThat(sent()).isEmpty();
        leases.opened(connection());
        leases.send();

        assertThat(sent()).containsExactly("5|1|");
    }

    @Test
    void whatWasNotAnsweredIsSentAgainOnTheNextConnection() {
        leases.opened(connection());
        leases.due(BookmarkList.of(5, 1, 5, 2, 5, 3));
        leases.send();
        answer(0).onProcessed();
        leases.lost();
        leases.opened(connection());
        leases.send();
        assertThat(sent()).containsExactly("5|1|,5|2|", "5|3|", "5|3|");
        answer(1).onProcessed();
        assertThat(leases.acknowledged()).as("an answer that comes too late").isEqualTo(2);
        answer(2).onProcessed();

        assertThat(leases.acknowledged()).isEqualTo(3);
    }

    @Test
    void aConnectionThatBreaksWhileSendingLosesNothing() {
        FakeConnection broken = connection();
        broken.close();
        leases.opened(broken);
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        leases.opened(connection());
        leases.send();

        assertThat(sent()).containsExactly("5|1|");
    }

    @Test
    void whatWasDroppedIsAcknowledgedWithoutBeingCounted() {
        leases.opened(connection());
        leases.droppedAgain(BookmarkList.of(5, 9));
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        answer(0).onProcessed();
        answer(1).onProcessed();

        assertThat(sent()).containsExactly("5|9|", "5|1|");
        assertThat(leases.acknowledged()).isEqualTo(1);
    }

    @Test
    void whatIsNeverAcknowledgedIsOverdue() {
        leases.opened(connection());
        assertThat(overdue()).as("nothing was sent").isNull();
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        assertThat(leases.overdue(System.nanoTime(), Duration.ofMinutes(1))).isNull();
        assertThat(overdue())
                .hasMessageContaining(FakeServers.A.toString())
                .hasMessageContaining("has not acknowledged messages of queue 'jobs' for")
                .hasMessageContaining("'retry.deadline'")
                .hasMessageEndingWith("It does not answer, although it is connected.");

        answer(0).onRefused(FakeServers.retriable("tx store failure"));
        leases.send();
        assertThat(overdue()).hasMessageEndingWith("Last reason: tx store failure");
        assertThat(refused).hasValue(1);
        answer(1).onProcessed();
        assertThat(overdue()).isNull();
    }

    /** That the connection breaks all the time is another matter, with a deadline of its own. */
    @Test
    void aNewConnectionGetsItsTimeUnlessTheLastOneHasRefused() {
        leases.opened(connection());
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        leases.lost();
        assertThat(overdue()).as("it is not connected").isNull();
        leases.opened(connection());
        assertThat(overdue()).as("nothing was sent on it").isNull();
        leases.send();
        answer(1).onRefused(FakeServers.retriable("tx store failure"));
        leases.lost();
        leases.opened(connection());

        assertThat(overdue()).hasMessageEndingWith("Last reason: tx store failure");
    }

    private AmpsException overdue() {
        return leases.overdue(System.nanoTime() + 1, Duration.ZERO);
    }

    @Test
    void aRefusalForGoodIsAFailure() {
        leases.opened(connection());
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        answer(0).onRefused(FakeServers.fatal("not entitled"));

        assertThat(leases.failure()).hasMessage("not entitled");
        assertThat(leases.acknowledged()).isZero();
    }

    @Test
    void aRefusalThatMayPassIsTriedAgain() {
        leases.opened(connection());
        leases.due(BookmarkList.of(5, 1));
        leases.send();
        answer(0).onRefused(FakeServers.retriable("sow store failed"));
        leases.send();
        answer(1).onProcessed();

        assertThat(sent()).containsExactly("5|1|", "5|1|");
        assertThat(leases.acknowledged()).isEqualTo(1);
        assertThat(leases.failure()).isNull();
    }

    @Test
    void tellsTheIntervalBetweenCheckpoints() {
        leases.checkpointCompleted(100);
        assertThat(leases.checkpoints().intervalNanos()).isZero();
        leases.checkpointCompleted(150);

        assertThat(leases.checkpoints()).isEqualTo(new SplitLeases.Checkpoints(2, 150, 50));
    }

    @Test
    void doesNotWaitForAnswersThatCannotCome() throws Exception {
        leases.due(BookmarkList.of(5, 1));
        leases.awaitAnswers(System.nanoTime() + Long.MAX_VALUE / 2);
        leases.opened(connection());
        leases.send();
        answer(0).onProcessed();

        leases.awaitAnswers(System.nanoTime() + Long.MAX_VALUE / 2);
    }

    private FakeConnection connection() {
        return (FakeConnection) servers.create(FakeServers.A, "job");
    }

    private AmpsAnswerHandler answer(int sent) {
        return servers.settled().get(sent).answer();
    }

    private List<String> sent() {
        return servers.settled().stream().map(FakeConnection.Settled::bookmarks).toList();
    }
}
