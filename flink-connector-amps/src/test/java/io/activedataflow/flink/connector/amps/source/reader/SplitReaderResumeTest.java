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

import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.A;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.B;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.retriable;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.unknownBookmark;
import static io.activedataflow.flink.connector.amps.source.reader.FakeSubscription.micros;
import static io.activedataflow.flink.connector.amps.source.reader.FakeSubscription.time;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.idleAt;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.readTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Where a reader goes on after a connection is lost, there or on another server. */
@Timeout(60)
class SplitReaderResumeTest {

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    // ------------------------------------------------------------------------ same server

    @Test
    void goesOnAfterTheLastMessageHandedOn() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        job.runUntilSubscribed(1).send("1|1|", 1).send("2|1|", 2).disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);

        assertThat(second.server()).isEqualTo(A);
        assertThat(second.bookmark()).isEqualTo("2|1|");
        second.send("1|2|", 3);
        job.runUntilEmitted(split, "1|2|");
        assertThat(job.emitted(split)).containsExactly("1|1|", "2|1|", "1|2|");
        assertThat(job.metric(AmpsMetric.RECONNECTS)).isEqualTo(1);
        assertThat(job.metric(AmpsMetric.RETRIED_ERRORS)).isEqualTo(1);
        assertThat(job.metric(AmpsMetric.FAILOVERS)).isZero();
    }

    @Test
    void whatCameBeforeTheLossIsHandedOnFirst() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        for (int i = 1; i <= 500; i++) {
            first.send("1|" + i + "|", i);
        }
        first.disconnect();

        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo("1|500|");
        assertThat(job.emitted(split)).hasSize(500);
    }

    @Test
    void beforeTheFirstMessageItIsTheStart() {
        job.assign(fresh("orders", "7|7|"));
        job.runUntilSubscribed(1).disconnect();

        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo("7|7|");
    }

    @Test
    void theDuplicateFilterStaysOn() {
        AmpsSplit split = readTo("orders", A, 100, "1|5|", "2|7|");
        job.assign(split);
        job.runUntilSubscribed(1)
                .send("1|5|", 101)
                .send("1|6|", 102)
                .send("2|6|", 103)
                .send("1|6|", 104)
                .send("2|8|", 105);
        job.runUntilEmitted(split, "2|8|");

        assertThat(job.emitted(split)).containsExactly("1|6|", "2|8|");
        assertThat(job.metric(AmpsMetric.DUPLICATES_DROPPED)).isEqualTo(3);
        assertThat(job.records()).isEqualTo(2);
    }

    @Test
    void sequencesAreUnsigned() {
        String half = "1|9223372036854775807|";
        String more = "1|9223372036854775808|";
        AmpsSplit split = readTo("orders", A, 100, half);
        job.assign(split);
        job.runUntilSubscribed(1)
                .send(half, 101)
                .send(more, 102)
                .send("1|18446744073709551615|", 3);
        job.runUntilEmitted(split, "1|18446744073709551615|");

        assertThat(job.emitted(split)).containsExactly(more, "1|18446744073709551615|");
    }

    @Test
    void theServerOfThePositionComesFirst() {
        job.assign(readTo("orders", B, 100, "1|5|"));
        FakeSubscription first = job.runUntilSubscribed(1);

        assertThat(first.server()).isEqualTo(B);
        assertThat(first.bookmark()).isEqualTo("1|5|");
    }

    // ------------------------------------------------------------------------ other server

    @Test
    void onAnotherServerGoesOnAfterTheEarliestOfAllPublishers() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1).send("2|1|", 100);
        job.runUntilEmitted(split, "2|1|");
        job.servers.a().isDown(retriable("down"));
        first.disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);

        assertThat(second.server()).isEqualTo(B);
        assertThat(second.bookmark().split(",")).containsExactlyInAnyOrder("1|1|", "2|1|");
        second.send("1|2|", 40).send("2|1|", 101).send("2|2|", 102);
        job.runUntilEmitted(split, "2|2|");
        assertThat(job.emitted(split)).containsExactly("1|1|", "2|1|", "1|2|", "2|2|");
        assertThat(job.servers.subscriptions()).as("it reaches back far enough").hasSize(2);
        assertThat(job.metric(AmpsMetric.FAILOVERS)).isEqualTo(1);

        second.disconnect();
        assertThat(job.runUntilSubscribed(3).bookmark()).as("exact again").isEqualTo("2|2|");
    }

    @Test
    void theFirstMessageDecidesAndIsNotHandedOnBefore() {
        AmpsSplit split = failover(readTo("orders", A, 100, "1|5|"));
        FakeSubscription first = job.runUntilSubscribed(1).send("3|9|", 41).send("3|10|", 42);
        FakeSubscription second = job.runUntilSubscribed(2);

        assertThat(second.server()).isEqualTo(B);
        assertThat(second.bookmark()).isEqualTo(time(40));
        assertThat(first.connection()).isNotSameAs(second.connection());
        assertThat(job.emitted(split)).isEmpty();
        second.send("1|4|", 50).send("3|8|", 51).send("1|5|", 100).send("3|9|", 41).send("1|6|", 1);
        job.runUntilEmitted(split, "1|6|");
        assertThat(job.emitted(split)).containsExactly("3|8|", "3|9|", "1|6|");
        job.runUntil(() -> first.connection().isClosed());
        assertThat(job.metric(AmpsMetric.FAILOVERS)).as("not two").isEqualTo(1);
    }

    @Test
    void aDuplicateAsTheFirstMessageDecides() {
        failover(readTo("orders", A, 100, "1|5|"));
        job.runUntilSubscribed(1).send("1|5|", 99);

        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo(time(40));
    }

    @Test
    void nothingToReplayIsOpenedByTime() {
        AmpsSplit split = failover(readTo("orders", A, 100, "1|5|"));
        job.runUntilSubscribed(1).completed("1|5|");
        FakeSubscription second = job.runUntilSubscribed(2);

        assertThat(second.bookmark()).isEqualTo(time(40));
        second.send("1|5|", 100).completed("1|5|").send("1|6|", 200);
        job.runUntilEmitted(split, "1|6|");
        assertThat(job.emitted(split)).containsExactly("MovedTo", "1|6|");
    }

    @Test
    void aServerThatIsBehindIsWaitedFor() {
        AmpsSplit split = failover(readTo("orders", A, 100, "1|5|"));
        job.runUntilSubscribed(1).completed("1|3|");
        job.runUntilSubscribed(2).completed("1|3|").send("1|4|", 300).send("1|5|", 301);
        job.servers.subscriptions().get(1).send("1|6|", 302);
        job.runUntilEmitted(split, "1|6|");

        assertThat(job.emitted(split)).containsExactly("MovedTo", "1|6|");
    }

    @Test
    void aServerThatKnowsNoBookmarkYetIsReadByTime() {
        AmpsSplit split = readTo("orders", A, 100, "1|5|");
        job.servers.b().refuse(unknownBookmark()).oldestIs("1|1|", 10).logEndsAt("1|4|");
        failover(split);
        FakeSubscription first = job.runUntilSubscribed(1);

        assertThat(first.server()).isEqualTo(B);
        assertThat(first.bookmark()).isEqualTo(time(40));
        first.send("1|4|", 90).completed("1|4|").send("1|5|", 110).send("1|6|", 111);
        job.runUntilEmitted(split, "1|6|");
        assertThat(job.emitted(split)).containsExactly("MovedTo", "1|6|");
        assertThat(job.metric(AmpsMetric.DATA_LOSSES)).isZero();
        assertThat(job.metric(AmpsMetric.FAILOVERS)).isEqualTo(1);
    }

    @Test
    void aFailureInTheMidstOfGoingBackByTimeStartsOver() {
        failover(readTo("orders", A, 100, "1|5|"));
        job.runUntilSubscribed(1).send("3|9|", 99);
        job.runUntilSubscribed(2).disconnect();
        FakeSubscription third = job.runUntilSubscribed(3);

        assertThat(third.bookmark()).as("still on another server").isEqualTo("1|5|");
    }

    @Test
    void duplicatesDoNotMoveThePositionToTheOtherServer() {
        AmpsSplit split = failover(readTo("orders", A, 100, "1|5|", "2|7|"));
        FakeSubscription first = job.runUntilSubscribed(1).send("1|5|", 40);
        job.runUntil(() -> job.metric(AmpsMetric.DUPLICATES_DROPPED) == 1);
        first.disconnect();

        assertThat(job.runUntilSubscribed(2).bookmark().split(",")).hasSize(2);
        assertThat(job.state(split).position()).isEqualTo(split.position());
    }

    @Test
    void aSecondFailoverUsesWhatWasReadOnBoth() {
        AmpsSplit split = failover(readTo("orders", A, 100, "1|5|"));
        FakeSubscription onB = job.runUntilSubscribed(1).send("2|1|", 40).send("1|6|", 101);
        job.runUntilEmitted(split, "1|6|");
        job.servers.b().isDown(retriable("down"));
        job.servers.a().isDown(null);
        onB.disconnect();
        FakeSubscription onA = job.runUntilSubscribed(2);

        assertThat(onA.server()).isEqualTo(A);
        assertThat(onA.bookmark().split(",")).containsExactlyInAnyOrder("2|1|", "1|6|");
        job.runUntil(() -> job.metric(AmpsMetric.FAILOVERS) == 2);
    }

    @Test
    void withoutServerTimesThePublishersAreTrusted() {
        job.timestamps = false;
        AmpsSplit split =
                failover(
                        fresh("orders")
                                .withPosition(
                                        TestSplits.position(
                                                A, ReplayPosition.UNKNOWN_TIME, "1|5|")));
        FakeSubscription first = job.runUntilSubscribed(1);

        assertThat(first.command().options()).doesNotContain("timestamp");
        first.send(TestDelivery.of("1|6|").bookmark("1|6|"));
        job.runUntilEmitted(split, "1|6|");
        assertThat(job.servers.subscriptions()).hasSize(1);
    }

    @Test
    void behindAnAddressThatIsNotStableEveryServerIsAnother() {
        job.endpointsAreStable = false;
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1).send("2|1|", 2);
        job.runUntilEmitted(split, "2|1|");
        first.disconnect();

        FakeSubscription second = job.runUntilSubscribed(2);
        assertThat(second.bookmark().split(",")).containsExactlyInAnyOrder("1|1|", "2|1|");
        second.completed(null);
        job.runUntilSubscribed(3).send("2|1|", 2).send("1|2|", 3);
        job.runUntilEmitted(split, "1|2|");
        assertThat(job.metric(AmpsMetric.FAILOVERS)).as("once for each connection").isEqualTo(1);
    }

    // ------------------------------------------------------------------------ acknowledgements

    @Test
    void theEndOfTheReplayMovesThePosition() {
        AmpsSplit split = fresh("orders", "9|1|");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).completed("9|5|");
        job.runUntilEmitted(split, "MovedTo");

        ReplayPosition position = job.state(split).position();
        assertThat(position.idle()).isTrue();
        assertThat(position.bookmark()).hasToString("9|5|");
        assertThat(position.server()).isEqualTo(A.text());
        assertThat(job.records()).isZero();
        first.disconnect();
        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo("9|5|");
    }

    @Test
    void acknowledgementsDuringTheReplayDoNotCount() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        first.persisted("9|1|")
                .persisted("9|2|")
                .send("1|1|", 1)
                .persisted("9|3|")
                .persisted("9|4|");
        first.send("1|2|", 2).disconnect();

        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo("1|2|");
        assertThat(job.emitted(split)).containsExactly("1|1|", "1|2|");
    }

    @Test
    void acknowledgementsInQuietTimesMoveThePosition() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1).completed("9|1|");
        job.runUntilEmitted(split, "MovedTo");
        first.persisted("9|2|");
        job.runUntil(() -> job.emitted(split).size() == 3);

        assertThat(job.state(split).position().bookmark()).hasToString("9|2|");
        assertThat(job.state(split).position().publishers()).hasSize(1);
        first.persisted("9|2|").persisted(null).send("1|2|", 2);
        job.runUntilEmitted(split, "1|2|");
        assertThat(job.emitted(split)).containsExactly("1|1|", "MovedTo", "MovedTo", "1|2|");
        assertThat(job.state(split).position().bookmark()).hasToString("1|2|");
        assertThat(job.state(split).position().idle()).isFalse();
    }

    @Test
    void anAcknowledgementRightBehindAMessageMayBeOfBefore() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).completed(null).send("1|1|", 1);
        first.persisted("9|1|").send("1|2|", 2).persisted("9|2|").disconnect();

        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo("1|2|");
        assertThat(job.emitted(split)).containsExactly("1|1|", "1|2|");
    }

    @Test
    void onANewConnectionTheReplayCountsAnew() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        job.runUntilSubscribed(1).completed("9|1|").send("1|1|", 1).disconnect();
        job.runUntilSubscribed(2).persisted("9|2|").persisted("9|3|").send("1|2|", 2);
        job.runUntilEmitted(split, "1|2|");

        assertThat(job.emitted(split)).containsExactly("MovedTo", "1|1|", "1|2|");
    }

    @Test
    void theSamePositionOnAnotherServerIsAMove() {
        AmpsSplit split = idleAt(readTo("orders", A, 100, "1|5|"), "9|1|");
        job.assign(split);
        FakeSubscription onA = job.runUntilSubscribed(1).completed("9|2|");
        job.runUntilEmitted(split, "MovedTo");
        job.servers.a().isDown(retriable("down"));
        onA.disconnect();
        job.runUntilSubscribed(2).completed("9|2|");
        job.runUntilSubscribed(3).completed("9|2|");
        job.runUntil(() -> B.text().equals(job.state(split).position().server()));

        assertThat(job.state(split).position().timestampMicros()).isEqualTo(micros(100));
    }

    private AmpsSplit failover(AmpsSplit split) {
        job.servers.a().isDown(retriable("down"));
        job.assign(split);
        return split;
    }
}
