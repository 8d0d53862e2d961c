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
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.A;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.B;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.retriable;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.unknownBookmark;
import static io.activedataflow.flink.connector.amps.source.reader.FakeSubscription.time;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.idleAt;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.live;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.position;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.readTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a reader does when its position is no longer in a server's log. */
@Timeout(60)
class SplitReaderDataLossTest {

    private static final int OLD = 5_03_04_00;

    private final ReaderFixture job = new ReaderFixture();
    private final AmpsSplit split = readTo("orders", A, 100, "1|5|", "2|7|");

    @BeforeEach
    void pruned() {
        job.servers.a().oldestIs("1|20|", 500).logEndsAt("2|30|");
        job.servers.b().oldestIs("1|20|", 500).logEndsAt("2|31|");
    }

    @AfterEach
    void close() {
        job.close();
    }

    // ------------------------------------------------------------------------ policies

    @Test
    void failsWithAllThatIsKnownAndWhatToDo() {
        job.servers.a().refuse(unknownBookmark());
        job.assign(split);

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .isInstanceOf(AmpsException.class)
                .hasMessageContaining(A.text())
                .hasMessageContaining("orders")
                .hasMessageContaining("it does not know this bookmark.")
                .hasMessageContaining("bookmark 2|7| of " + A.text() + " at " + time(100))
                .hasMessageContaining("Oldest retained: bookmark 1|20| at " + time(500))
                .hasMessageContaining("'scan.on-data-loss' to 'earliest' or 'latest'")
                .hasMessageContaining("setPositionOverrides");
        assertThat(job.servers.openConnections()).isEmpty();
    }

    @Test
    void startsOverAtTheEarliestWithoutADuplicateFilter() {
        job.onLoss = AmpsDataLossPolicy.EARLIEST;
        job.servers.a().refuse(unknownBookmark());
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);

        assertThat(first.bookmark()).isEqualTo("0");
        first.send("1|1|", 501).send("2|7|", 502);
        job.runUntilEmitted(split, "2|7|");
        assertThat(job.emitted(split))
                .as("sequences may have started over")
                .containsExactly("Restarted", "1|1|", "2|7|");
        assertThat(job.metric(AmpsMetric.DATA_LOSSES)).isEqualTo(1);
        assertThat(job.state(split).position().publishers()).hasSize(2);
    }

    @Test
    void startsOverAtTheLatest() {
        job.onLoss = AmpsDataLossPolicy.LATEST;
        job.servers.a().refuse(unknownBookmark());
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);

        assertThat(first.bookmark()).isEqualTo("2|30|");
        job.runUntil(() -> job.emitted(split).contains("Restarted"));
        assertThat(job.state(split).start()).isEqualTo("2|30|");
        assertThat(job.state(split).position()).isEqualTo(ReplayPosition.NONE);
        first.disconnect();
        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo("2|30|");
    }

    @Test
    void aStartThatIsNotThereIsALossAsWell() {
        job.servers.a().refuse(unknownBookmark());
        job.assign(fresh("orders", "1|3|"));

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .hasMessageContaining("nothing yet, start '1|3|'");
    }

    @Test
    void aWipedLogIsALoss() {
        try (ReaderFixture wiped = new ReaderFixture()) {
            wiped.servers.a().refuse(unknownBookmark());
            wiped.assign(split);

            assertThatThrownBy(() -> wiped.runUntilSubscribed(1))
                    .hasMessageContaining("Oldest retained: nothing that could be found");
        }
    }

    @Test
    void aWipedLogOnAnotherServerIsNotTakenForOneThatIsBehind() {
        job.servers.a().isDown(retriable("down"));
        job.servers.b().refuse(unknownBookmark()).oldestIs("1|1|", 101);
        job.assign(split);

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .hasMessageContaining("cannot continue orders")
                .hasMessageContaining("Oldest retained: bookmark 1|1| at " + time(101));
    }

    @Test
    void theOldestMessageIsOnlyForInformation() {
        job.onLoss = AmpsDataLossPolicy.EARLIEST;
        job.commandTimeout = Duration.ofMillis(1);
        job.servers.a().refuse(unknownBookmark()).doesNotTellItsOldest();
        job.assign(split);

        assertThat(job.runUntilSubscribed(1).bookmark()).isEqualTo("0");
    }

    @Test
    void whatIsRefusedAgainAndAgainIsRetriedWithBackOffAndFailsInTheEnd() {
        job.onLoss = AmpsDataLossPolicy.LATEST;
        job.deadline = Duration.ofMillis(20);
        for (int i = 0; i < 1000; i++) {
            job.servers.a().refuse(unknownBookmark());
        }
        job.assign(split);

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .hasMessageContaining("longer than 'retry.deadline' allows")
                .hasMessageContaining("it does not know this bookmark.");
        assertThat(job.metric(AmpsMetric.RETRIED_ERRORS)).isBetween(2L, 30L);
    }

    // ------------------------------------------------------------------------ on another server

    @Test
    void isALossIfEvenTheTimeBeginsTooLate() {
        job.servers.a().isDown(retriable("down"));
        job.assign(split);
        job.runUntilSubscribed(1).send("1|20|", 500);
        job.runUntilSubscribed(2).send("1|20|", 500);

        assertThatThrownBy(() -> job.runUntilSubscribed(3))
                .hasMessageContaining("The transaction log of " + B.text() + " cannot continue")
                .hasMessageContaining("its first message is later than that.")
                .hasMessageContaining("bookmark 2|7| of " + A.text())
                .hasMessageContaining("Oldest retained: bookmark 1|20|");
        assertThat(job.emitted(split)).isEmpty();
    }

    @Test
    void startsOverOnTheOtherServer() {
        job.onLoss = AmpsDataLossPolicy.EARLIEST;
        job.servers.a().isDown(retriable("down"));
        job.assign(split);
        job.runUntilSubscribed(1).send("1|20|", 500);
        job.runUntilSubscribed(2).send("1|20|", 500);
        FakeSubscription third = job.runUntilSubscribed(3);

        assertThat(third.server()).isEqualTo(B);
        assertThat(third.bookmark()).isEqualTo("0");
        third.send("1|20|", 500);
        job.runUntilEmitted(split, "1|20|");
        assertThat(job.emitted(split)).containsExactly("Restarted", "1|20|");
    }

    @Test
    void anIdlePositionMayBeginBehindTheLastMessage() {
        AmpsSplit idle = idleAt(split, "9|1|");
        job.servers.a().isDown(retriable("down"));
        job.assign(idle);
        job.runUntilSubscribed(1).send("1|20|", 500);
        job.runUntilSubscribed(2).send("1|20|", 500);
        job.runUntilEmitted(idle, "1|20|");

        assertThat(job.emitted(idle)).containsExactly("1|20|");
    }

    @Test
    void aLossThatCannotBeInspectedIsTriedAgain() {
        job.servers.a().isDown(retriable("down"));
        job.assign(split);
        job.runUntilSubscribed(1).send("1|20|", 500);
        FakeSubscription byTime = job.runUntilSubscribed(2);
        job.servers.b().failToOpen(retriable("gone"));
        byTime.send("1|20|", 500);
        FakeSubscription third = job.runUntilSubscribed(3);

        assertThat(third.bookmark().split(",")).containsExactlyInAnyOrder("1|5|", "2|7|");
    }

    // ------------------------------------------------------------------------ old servers

    @Test
    void anOldServerIsAskedWhatItHas() {
        job.servers.a().version(OLD).oldestIs("2|7|", 100);
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);

        assertThat(first.bookmark()).isEqualTo("2|7|");
        assertThat(first.command().options()).containsExactly("timestamp");
        job.runUntil(() -> job.servers.openConnections().size() == 1);
    }

    @Test
    void anOldServerWithoutThePositionIsALoss() {
        job.servers.a().version(OLD).oldestIs("2|8|", 101);
        job.assign(split);

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .hasMessageContaining("its oldest message is later than that.")
                .hasMessageContaining("Oldest retained: bookmark 2|8|");
    }

    @Test
    void onAnOldServerSequencesThatStartedOverAreALoss() {
        job.servers.a().version(OLD).oldestIs("2|1|", 101);
        job.assign(split);

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .hasMessageContaining("its oldest message is later than that.");
    }

    @Test
    void withoutTimesAnOldServerIsAskedForAMessageThatWasRead() {
        AmpsSplit untimed =
                split.withPosition(position(A, ReplayPosition.UNKNOWN_TIME, "1|5|", "2|7|"));
        job.servers.a().version(OLD).oldestIs("1|4|", 500);
        job.assign(untimed);

        assertThat(job.runUntilSubscribed(1).bookmark()).isEqualTo("2|7|");
    }

    @Test
    void withoutTimesAnOldServerThatHasOnlyNewMessagesIsALoss() {
        AmpsSplit untimed =
                split.withPosition(position(A, ReplayPosition.UNKNOWN_TIME, "1|5|", "2|7|"));
        job.servers.a().version(OLD).oldestIs("1|6|", 50);
        job.assign(untimed);

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .hasMessageContaining("its oldest message is later than that.");
    }

    @Test
    void onAnOldServerAnIdlePositionThatMayBeGoneIsALoss() {
        job.servers.a().version(OLD);
        job.assign(idleAt(split, "9|1|"));

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .as("it would go on from now")
                .hasMessageContaining("its oldest message is later than that.");
    }

    @Test
    void aLiveSubscriptionNeedsNoLog() {
        AmpsSplit live = live(split);
        job.servers.a().version(OLD);
        job.assign(live);

        assertThat(job.runUntilSubscribed(1).bookmark()).isNull();
        assertThat(job.servers.connections()).hasSize(1);
    }
}
