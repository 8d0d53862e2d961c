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

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.testutils.LogLines;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.A;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.B;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.fatal;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.retriable;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.unknownBookmark;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a reader does when servers and connections fail. */
@Timeout(60)
class SplitReaderFailureTest {

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    // ------------------------------------------------------------------------ what passes

    @Test
    void afterEachFailedAttemptItIsTheNextServersTurn() {
        job.servers.a().failToOpen(retriable("one"), retriable("three"));
        job.servers.b().failToOpen(retriable("two"));
        job.servers.b().refuse(retriable("four"));
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);

        assertThat(serversTried()).containsExactly(A, B, A, B, A);
        assertThat(first.server()).isEqualTo(A);
        assertThat(job.metric(AmpsMetric.RETRIED_ERRORS)).isEqualTo(4);
        assertThat(job.metric(AmpsMetric.RECONNECTS)).isZero();
        job.runUntil(() -> job.servers.openConnections().size() == 1);
    }

    @Test
    void afterALostConnectionTheSameServerComesFirst() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1);
        job.runUntilEmitted(split, "1|1|");
        first.disconnect();
        job.runUntilSubscribed(2);

        assertThat(serversTried()).containsExactly(A, A);
    }

    @Test
    void anIncidentIsOneLineWhenItBeginsAndOneWhenItEnds() {
        AmpsSplit split = fresh("orders");
        try (LogLines log = LogLines.of(SplitSubscription.class)) {
            job.assign(split);
            FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1);
            job.runUntilEmitted(split, "1|1|");
            job.servers.a().failToOpen(retriable("one"));
            job.servers.b().failToOpen(retriable("two"));
            first.disconnect();
            job.runUntilSubscribed(2).send("1|2|", 2);
            job.runUntilEmitted(split, "1|2|");

            assertThat(log.all()).hasSize(2);
            assertThat(log.all().get(0))
                    .startsWith("WARN AMPS split orders at 1|1| of ")
                    .contains(" is interrupted and will be retried for ");
            assertThat(log.all().get(1))
                    .startsWith("INFO AMPS split orders at 1|")
                    .contains(" goes on, connected to ");
        }
    }

    @Test
    void aServerThatAcceptsAndDropsAgainAndAgainGivesWay() {
        // So that a connection is not taken for one that lasts.
        job.backoff = Duration.ofMillis(100);
        job.assign(fresh("orders"));
        job.runUntilSubscribed(1).disconnect();
        job.runUntilSubscribed(2).disconnect();
        FakeSubscription third = job.runUntilSubscribed(3);

        assertThat(serversTried()).containsExactly(A, A, B);
        assertThat(third.server()).isEqualTo(B);
    }

    @Test
    void duplicatesAreNoProgress() {
        job.deadline = Duration.ofMillis(50);
        // So that time alone does not count as success.
        job.backoff = Duration.ofMillis(20);
        AmpsSplit split = TestSplits.readTo("orders", A, 100, "1|5|");
        job.assign(split);

        assertThatThrownBy(
                        () -> {
                            for (int i = 1; ; i++) {
                                job.runUntilSubscribed(i).send("1|5|", 40).disconnect();
                            }
                        })
                .isInstanceOf(AmpsException.class)
                .hasMessageContaining("'retry.deadline'");
    }

    @Test
    void attemptsAreSpaced() {
        job.backoff = Duration.ofMillis(30);
        job.servers.a().failToOpen(retriable("one"));
        job.servers.b().failToOpen(retriable("two"));
        job.assign(fresh("orders"));
        long before = System.nanoTime();
        job.runUntilSubscribed(1);

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofMillis(30 + 60));
    }

    @Test
    void otherSplitsGoOnMeanwhile() {
        AmpsSplit orders = fresh("orders");
        AmpsSplit trades = fresh("trades");
        job.assign(orders);
        FakeSubscription first = job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        job.servers.a().isSilent();
        job.assign(trades);
        job.runUntil(() -> job.servers.connections().size() == 2);
        first.send("1|1|", 1);
        job.runUntilEmitted(orders, "1|1|");

        assertThat(job.servers.subscriptions()).hasSize(1);
    }

    @Test
    void whatLastsTooLongFailsTheJob() {
        job.deadline = Duration.ofMillis(20);
        job.servers.a().isDown(retriable("no route to a"));
        job.servers.b().isDown(retriable("no route to b"));
        job.assign(fresh("orders"));

        assertThatThrownBy(() -> job.runUntilSubscribed(1))
                .isInstanceOf(AmpsException.class)
                .hasMessageContaining("AMPS split orders could not be read for")
                .hasMessageContaining("longer than 'retry.deadline' allows")
                .hasMessageContaining("Last reason: no route to ");
    }

    @Test
    void theDeadlineBeginsAnewAfterProgress() {
        job.deadline = Duration.ofMillis(1);
        AmpsSplit split = fresh("orders");
        job.assign(split);
        for (int i = 1; i <= 20; i++) {
            job.runUntilSubscribed(i).send("1|" + i + "|", i).disconnect();
        }
        job.runUntilSubscribed(21);

        assertThat(job.emitted(split)).hasSize(20);
        assertThat(job.metric(AmpsMetric.RETRIED_ERRORS)).isEqualTo(20);
    }

    @Test
    void aConnectionThatLastsIsASuccessAlsoWithoutMessages() {
        job.deadline = Duration.ofMillis(100);
        job.assign(fresh("orders"));
        FakeSubscription last = null;
        for (int i = 1; i <= 4; i++) {
            last = job.runUntilSubscribed(i);
            long opened = System.nanoTime();
            // Longer than the longest back-off, and in all longer than the deadline.
            job.runUntil(() -> System.nanoTime() - opened > Duration.ofMillis(60).toNanos());
            last.disconnect();
        }

        assertThat(job.runUntilSubscribed(5).server()).as("never rotated").isEqualTo(A);
    }

    @Test
    void aSubscriptionEndedForItsBookmarkIsOpenedAgain() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1);
        first.disconnect(unknownBookmark());
        job.servers.a().refuse(unknownBookmark());

        assertThatThrownBy(() -> job.runUntilSubscribed(2))
                .as("the server refuses it now, so that the policy decides")
                .hasMessageContaining("cannot continue orders")
                .hasMessageContaining("bookmark 1|1|");
    }

    // ------------------------------------------------------------------------ what does not

    @Test
    void aFatalErrorOnOpeningFailsAtOnce() {
        job.servers.a().failToOpen(fatal("wrong password for a"));
        job.assign(fresh("orders"));

        assertThatThrownBy(() -> job.runUntilSubscribed(1)).hasMessage("wrong password for a");
        assertThat(serversTried()).containsExactly(A);
        assertThat(job.metric(AmpsMetric.RETRIED_ERRORS)).isZero();
    }

    @Test
    void aFatalRefusalFailsAtOnceAndLeavesNothingOpen() {
        job.servers.a().refuse(fatal("bad filter"));
        job.assign(fresh("orders"));

        assertThatThrownBy(() -> job.runUntilSubscribed(1)).hasMessage("bad filter");
        assertThat(job.servers.openConnections()).isEmpty();
    }

    @Test
    void aFatalEndFailsAfterWhatCameBefore() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1);
        job.runUntilEmitted(split, "1|1|");
        first.disconnect(fatal("entitlement reset"));

        assertThatThrownBy(() -> job.runUntil(() -> false)).hasMessage("entitlement reset");
    }

    private List<AmpsServerUri> serversTried() {
        return job.servers.connections().stream().map(FakeConnection::server).toList();
    }
}
