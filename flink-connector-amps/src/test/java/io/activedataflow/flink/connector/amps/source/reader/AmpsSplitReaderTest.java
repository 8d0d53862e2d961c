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

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.A;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.fatal;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading without failures. */
@Timeout(60)
class AmpsSplitReaderTest {

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    @Test
    void readsEachSplitOnAConnectionOfItsOwn() {
        AmpsSplit orders = fresh("orders");
        AmpsSplit trades = fresh("trades");
        job.assign(orders, trades);
        job.runUntilSubscribed(2);
        subscription("orders").send("1|1|", 1).send("1|2|", 2);
        subscription("trades").send("2|1|", 1);
        job.runUntilEmitted(orders, "1|2|");
        job.runUntilEmitted(trades, "2|1|");

        assertThat(job.emitted(orders)).containsExactly("1|1|", "1|2|");
        assertThat(job.emitted(trades)).containsExactly("2|1|");
        assertThat(job.servers.connections()).hasSize(2);
        assertThat(subscription("orders").server()).isEqualTo(A);
        assertThat(job.metric(AmpsMetric.RECONNECTS)).isZero();
        assertThat(job.state(orders).position().bookmark()).hasToString("1|2|");
    }

    @Test
    void noTwoConnectionsHaveTheSameName() {
        // Their names have the same hash code.
        job.assign(fresh("Aa"), fresh("BB"));
        job.runUntilSubscribed(2).disconnect();
        job.runUntilSubscribed(3);

        assertThat(job.servers.connections())
                .extracting(FakeConnection::clientName)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("job-0-"));
    }

    @Test
    void aLiveSubscriptionHandsOnEverything() {
        AmpsSplit split = live(fresh("orders"));
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        first.send(TestDelivery.of("one")).send(TestDelivery.of("one"));
        first.send("1|1|", 1).send("1|1|", 1).send(TestDelivery.of("last"));
        job.runUntilEmitted(split, "last");

        assertThat(job.emitted(split)).containsExactly("one", "one", "1|1|", "1|1|", "last");
        assertThat(first.bookmark()).isNull();
        assertThat(first.command().completed()).isFalse();
        first.disconnect();
        assertThat(job.runUntilSubscribed(2).bookmark()).isNull();
    }

    @Test
    void aMessageWithoutABookmarkFailsTheJob() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1).send("1|1|", 1);
        first.send(TestDelivery.of("no bookmark").topic("orders.eu"));

        assertThatThrownBy(() -> job.runUntil(() -> false))
                .hasMessageContaining("'orders.eu' came from " + A.text() + " without a bookmark")
                .hasMessageContaining("TransactionLog")
                .hasMessageContaining("setSubscriptionKind(LIVE)");
    }

    @Test
    void whatBelongsToNoSubscriptionIsCounted() {
        job.assign(fresh("orders"));
        job.runUntilSubscribed(1).handler().onLastChance("sow of nobody");

        assertThat(job.metric(AmpsMetric.LAST_CHANCE_MESSAGES)).isEqualTo(1);
    }

    @Test
    void onePlentifulSplitLeavesRoomForTheOthers() {
        job.bufferMessages = 40_000;
        AmpsSplit orders = fresh("orders");
        AmpsSplit trades = fresh("trades");
        job.assign(orders, trades);
        job.runUntilSubscribed(2);
        job.runUntil(() -> true);
        job.pause(orders);
        for (int i = 1; i <= 12_000; i++) {
            subscription("orders").send("1|" + i + "|", 1);
        }
        subscription("trades").send("2|1|", 1);
        job.resume(orders);
        job.fetchOnce();

        assertThat(job.emitted(trades)).containsExactly("2|1|");
        assertThat(job.emitted(orders)).hasSizeBetween(1, 8192);
    }

    @Test
    void updatesKeepTheirPlaceBetweenMessagesAndAreNoRecords() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        first.send("1|1|", 1).completed("9|1|").persisted("9|2|").send("1|2|", 2);
        job.runUntilEmitted(split, "1|2|");

        assertThat(job.emitted(split)).containsExactly("1|1|", "MovedTo", "MovedTo", "1|2|");
        assertThat(job.records()).isEqualTo(2);
    }

    // ------------------------------------------------------------------------ pausing

    @Test
    void aPausedSplitIsNotHandedOnAndItsSiblingsAre() {
        AmpsSplit orders = fresh("orders");
        AmpsSplit trades = fresh("trades");
        job.assign(orders, trades);
        job.runUntilSubscribed(2);
        job.pause(orders);
        subscription("orders").send("1|1|", 1);
        subscription("trades").send("2|1|", 1);
        job.runUntilEmitted(trades, "2|1|");
        subscription("trades").send("2|2|", 2);
        job.runUntilEmitted(trades, "2|2|");
        assertThat(job.emitted(orders)).isEmpty();

        job.resume(orders);
        job.runUntilEmitted(orders, "1|1|");
    }

    @Test
    void aSplitMayBePausedWhileItIsOpened() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        job.pause(split);
        job.runUntilSubscribed(1).send("1|1|", 1);
        job.runUntil(() -> true);
        assertThat(job.emitted(split)).isEmpty();

        job.resume(split);
        job.runUntilEmitted(split, "1|1|");
    }

    @Test
    void aPausedSplitWhoseConnectionIsLostGoesOnWhenItIsResumed() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        job.pause(split);
        first.send("1|1|", 1).disconnect();
        job.runUntil(() -> true);
        assertThat(job.servers.subscriptions()).hasSize(1);

        job.resume(split);
        assertThat(job.runUntilSubscribed(2).bookmark()).isEqualTo("1|1|");
        assertThat(job.emitted(split)).containsExactly("1|1|");
    }

    @Test
    void whatCannotBeMendedFailsTheJobAlsoWhilePaused() {
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        job.pause(split);
        first.send("1|1|", 1).disconnect(fatal("entitlement reset"));

        assertThatThrownBy(() -> job.runUntil(() -> false)).hasMessage("entitlement reset");
    }

    @Test
    void pausingAndResumingUnknownAndFinishedSplitsIsIgnored() {
        AmpsSplit orders = fresh("orders").withRemaining(1);
        AmpsSplit trades = fresh("trades");
        job.assign(orders, trades);
        job.runUntilSubscribed(2);
        subscription("orders").send("1|1|", 1);
        job.runUntilFinished(orders);
        job.pause(orders, fresh("unknown"));
        job.resume(orders, fresh("unknown"));
        subscription("trades").send("2|1|", 1);
        job.runUntilEmitted(trades, "2|1|");

        assertThat(job.finished()).containsExactly("orders");
    }

    // ------------------------------------------------------------------------ removal

    @Test
    void aSplitTakenAwayFinishesAndItsConnectionIsClosed() {
        AmpsSplit orders = fresh("orders");
        AmpsSplit trades = fresh("trades");
        job.assign(orders, trades);
        job.runUntilSubscribed(2);
        job.runUntil(() -> true);
        subscription("orders").send("1|1|", 1);
        job.remove(orders);
        job.remove(fresh("unknown"));
        subscription("trades").send("2|1|", 1);
        job.runUntilEmitted(trades, "2|1|");

        assertThat(job.finished()).containsExactly("orders");
        assertThat(job.emitted(orders)).isEmpty();
        job.runUntil(() -> subscription("orders").connection().isClosed());
        assertThat(subscription("trades").connection().isClosed()).isFalse();
    }

    @Test
    void aSplitTakenAwayWhileItIsOpenedLeavesNothingOpen() {
        job.servers.a().isSilent();
        AmpsSplit split = fresh("orders");
        job.assign(split);
        job.runUntil(() -> !job.servers.connections().isEmpty());
        job.remove(split);
        job.runUntilFinished(split);

        job.runUntil(() -> job.servers.openConnections().isEmpty());
        assertThat(job.servers.subscriptions()).isEmpty();
    }

    // ------------------------------------------------------------------------ waking

    @Test
    void aWakeUpEndsAFetchThatWaits() throws Exception {
        job.assign(fresh("orders"));
        job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        CompletableFuture<RecordsWithSplitIds<AmpsMessageCursor>> fetch =
                CompletableFuture.supplyAsync(job.reader()::fetch);
        job.reader().wakeUp();

        RecordsWithSplitIds<AmpsMessageCursor> batch = fetch.get(50, TimeUnit.SECONDS);
        assertThat(batch.nextSplit()).isNull();
        assertThat(batch.finishedSplits()).isEmpty();
    }

    @Test
    void aFetchWaitsForWhatArrives() throws Exception {
        job.assign(fresh("orders"));
        FakeSubscription first = job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        CompletableFuture<RecordsWithSplitIds<AmpsMessageCursor>> fetch =
                CompletableFuture.supplyAsync(job.reader()::fetch);
        assertThat(fetch).isNotDone();
        first.send("1|1|", 1);

        RecordsWithSplitIds<AmpsMessageCursor> batch = fetch.get(50, TimeUnit.SECONDS);
        assertThat(batch.nextSplit()).isEqualTo("orders");
        assertThat(batch.nextRecordFromSplit().bookmark()).hasToString("1|1|");
        batch.recycle();
    }

    @Test
    void aWakeUpBetweenFetchesIsNotLost() {
        job.assign(fresh("orders"));
        job.reader().wakeUp();
        RecordsWithSplitIds<AmpsMessageCursor> batch = job.reader().fetch();

        assertThat(batch.nextSplit()).isNull();
    }

    private FakeSubscription subscription(String topic) {
        List<FakeSubscription> all = new ArrayList<>(job.servers.subscriptions());
        return all.stream()
                .filter(s -> s.command().topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }
}
