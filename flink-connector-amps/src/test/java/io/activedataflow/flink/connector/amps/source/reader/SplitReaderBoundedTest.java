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

import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.A;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.B;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.retriable;
import static io.activedataflow.flink.connector.amps.source.reader.FakeSubscription.time;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.live;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.readTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Splits that end. */
@Timeout(60)
class SplitReaderBoundedTest {

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    // ------------------------------------------------------------------------ end of the log

    @Test
    void endsWhenTheRangeIsCompleted() {
        AmpsSplit split = fresh("orders").withEnd(ReplayEnd.ofLog("1|2|", A.text()));
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1).send("1|2|", 2);
        job.runUntilEmitted(split, "1|2|");
        assertThat(job.finished()).isEmpty();
        first.completed("1|2|").send("1|3|", 3);
        job.runUntilFinished(split);

        assertThat(first.bookmark()).isEqualTo("(0:1|2|]");
        assertThat(job.emitted(split)).containsExactly("1|1|", "1|2|");
        job.runUntil(() -> job.servers.openConnections().isEmpty());
    }

    @Test
    void endsWithoutAnyMessage() {
        AmpsSplit split = fresh("orders").withEnd(ReplayEnd.ofLog("9|9|", A.text()));
        job.assign(split);
        job.runUntilSubscribed(1).completed("9|9|");
        job.runUntilFinished(split);

        assertThat(job.emitted(split)).isEmpty();
    }

    @Test
    void anEmptySplitEndsWithoutAConnection() {
        AmpsSplit atEnd = fresh("orders").withEnd(ReplayEnd.ofLog("0", A.text()));
        AmpsSplit counted = fresh("trades").withRemaining(0);
        job.assign(atEnd, counted);
        job.fetchOnce();

        assertThat(job.finished()).containsExactlyInAnyOrder("orders", "trades");
        assertThat(job.servers.connections()).isEmpty();
    }

    @Test
    void keepsTheEndAfterALostConnection() {
        AmpsSplit split = fresh("orders").withEnd(ReplayEnd.ofLog("1|9|", A.text()));
        job.assign(split);
        job.runUntilSubscribed(1).send("1|1|", 1).disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);

        assertThat(second.bookmark()).isEqualTo("(1|1|:1|9|]");
        second.completed("1|9|");
        job.runUntilFinished(split);
    }

    @Test
    void takesTheEndAnewFromAnotherServersLog() {
        AmpsSplit split = fresh("orders").withEnd(ReplayEnd.ofLog("1|9|", A.text()));
        job.servers.b().logEndsAt("2|12|");
        job.assign(split);
        FakeSubscription onA = job.runUntilSubscribed(1).send("1|1|", 100);
        job.runUntilEmitted(split, "1|1|");
        job.servers.a().isDown(retriable("down"));
        onA.disconnect();
        FakeSubscription onB = job.runUntilSubscribed(2);

        assertThat(onB.bookmark()).isEqualTo("(1|1|:1|9|,2|12|]");
        onB.send("1|1|", 40).send("1|9|", 101).send("2|12|", 102).completed("2|12|");
        job.runUntilFinished(split);
        assertThat(job.emitted(split)).containsExactly("1|1|", "EndTaken", "1|9|", "2|12|");
        assertThat(job.state(split).end()).isEqualTo(ReplayEnd.ofLog("1|9|,2|12|", B.text()));
    }

    @Test
    void anEmptyLogIsNoEnd() {
        AmpsSplit split = fresh("orders").withEnd(ReplayEnd.ofLog("1|9|", A.text()));
        job.servers.a().isDown(retriable("down"));
        job.assign(split);

        assertThatThrownBy(() -> job.runUntilFinished(split))
                .hasMessageContaining("it has nothing for orders")
                .hasMessageContaining("ended at 1|9|");
        assertThat(job.finished()).isEmpty();
    }

    @Test
    void anEmptyLogIsTheEndIfThePolicySaysSo() {
        job.onLoss = AmpsDataLossPolicy.EARLIEST;
        AmpsSplit split = fresh("orders").withEnd(ReplayEnd.ofLog("1|9|", A.text()));
        job.servers.a().isDown(retriable("down"));
        job.assign(split);
        job.runUntilFinished(split);

        assertThat(job.emitted(split)).containsExactly("Restarted", "EndTaken");
        assertThat(job.servers.subscriptions()).isEmpty();
    }

    @Test
    void aLogWithoutTheLastMessageReadIsNoEnd() {
        AmpsSplit split =
                readTo("orders", A, 100, "1|5|").withEnd(ReplayEnd.ofLog("1|9|", A.text()));
        job.servers.a().isDown(retriable("down"));
        job.servers.b().logEndsAt("1|4|");
        job.assign(split);
        job.runUntilSubscribed(1).completed("1|4|");
        job.runUntilSubscribed(2).completed("1|4|");
        FakeSubscription third = job.runUntilSubscribed(3);

        assertThat(job.finished()).isEmpty();
        assertThat(third.server()).isEqualTo(B);
        third.send("1|5|", 40).send("1|9|", 200).completed("1|9|");
        job.runUntilFinished(split);
        assertThat(job.emitted(split)).contains("1|9|").doesNotContain("1|5|");
    }

    @Test
    void aLogThatStaysBehindFailsInTheEnd() {
        job.deadline = Duration.ofMillis(5);
        AmpsSplit split =
                readTo("orders", A, 100, "1|5|").withEnd(ReplayEnd.ofLog("1|9|", A.text()));
        job.servers.a().isDown(retriable("down"));
        job.servers.b().logEndsAt("1|4|");
        job.assign(split);

        assertThatThrownBy(
                        () ->
                                job.runUntil(
                                        () -> {
                                            job.servers
                                                    .subscriptions()
                                                    .forEach(s -> s.completed("1|4|"));
                                            return false;
                                        }))
                .hasMessageContaining("'retry.deadline'");
    }

    @Test
    void aLossTakesTheEndAnewToo() {
        job.onLoss = AmpsDataLossPolicy.EARLIEST;
        AmpsSplit split =
                readTo("orders", A, 100, "1|5|").withEnd(ReplayEnd.ofLog("1|9|", A.text()));
        job.servers.a().refuse(FakeServers.unknownBookmark()).oldestIs("3|1|", 200);
        job.servers.a().logEndsAt("3|4|");
        job.assign(split);

        assertThat(job.runUntilSubscribed(1).bookmark()).isEqualTo("(0:3|4|]");
        job.runUntil(() -> job.emitted(split).contains("EndTaken"));
        assertThat(job.state(split).end()).isEqualTo(ReplayEnd.ofLog("3|4|", A.text()));
        assertThat(job.state(split).start()).isEqualTo("0");
    }

    // ------------------------------------------------------------------------ named by the user

    @Test
    void anEndNamedByTheUserHoldsOnEveryServer() {
        AmpsSplit split = fresh("orders").withEnd(new ReplayEnd(time(50), false, null));
        job.servers.a().isDown(retriable("down"));
        job.assign(split);
        FakeSubscription onB = job.runUntilSubscribed(1);

        assertThat(onB.bookmark()).isEqualTo("(0:" + time(50) + ")");
        onB.send("1|1|", 49).completed("1|1|");
        job.runUntilFinished(split);
        assertThat(job.emitted(split)).containsExactly("1|1|");
    }

    // ------------------------------------------------------------------------ first messages

    @Test
    void endsAfterTheFirstMessages() {
        AmpsSplit split = fresh("orders").withRemaining(3);
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        first.send("1|1|", 1).send("1|2|", 2).completed("1|2|").send("1|3|", 3).send("1|4|", 4);
        job.runUntilFinished(split);

        assertThat(job.emitted(split)).containsExactly("1|1|", "1|2|", "MovedTo", "1|3|");
        assertThat(job.state(split).remaining()).isZero();
        assertThat(first.command().options()).as("counted here").containsExactly("timestamp");
    }

    @Test
    void duplicatesDoNotCountAsFirstMessages() {
        AmpsSplit split = readTo("orders", A, 100, "1|5|").withRemaining(2);
        job.assign(split);
        FakeSubscription first =
                job.runUntilSubscribed(1).send("1|5|", 100).send("1|6|", 101).send("1|6|", 101);
        job.runUntilEmitted(split, "1|6|");
        assertThat(job.state(split).remaining()).isEqualTo(1);
        first.send("1|7|", 102).send("1|8|", 103);
        job.runUntilFinished(split);

        assertThat(job.emitted(split)).containsExactly("1|6|", "1|7|");
    }

    @Test
    void countsOnAfterALostConnection() {
        AmpsSplit split = fresh("orders").withRemaining(2);
        job.assign(split);
        job.runUntilSubscribed(1).send("1|1|", 1).disconnect();
        job.runUntilSubscribed(2).send("1|2|", 2).send("1|3|", 3);
        job.runUntilFinished(split);

        assertThat(job.emitted(split)).containsExactly("1|1|", "1|2|");
    }

    @Test
    void countsWhatIsLive() {
        AmpsSplit split = live(fresh("orders")).withRemaining(2);
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        for (String body : new String[] {"one", "two", "three"}) {
            first.send(TestDelivery.of(body));
        }
        job.runUntilFinished(split);

        assertThat(job.emitted(split)).containsExactly("one", "two");
        assertThat(job.state(split).remaining()).isZero();
    }
}
