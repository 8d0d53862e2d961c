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

import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static org.assertj.core.api.Assertions.assertThat;

/** Back-pressure, signs of life under it, and closing whatever the servers do. */
@Timeout(60)
class SplitReaderCloseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final ReaderFixture job = new ReaderFixture();
    private final List<Thread> clients = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        job.close();
        for (Thread client : clients) {
            client.join();
        }
    }

    // ------------------------------------------------------------------------ back-pressure

    @Test
    void aFullBufferHoldsTheServerBackAndNothingElse() {
        job.bufferMessages = 100;
        AmpsSplit orders = fresh("orders");
        AmpsSplit trades = fresh("trades");
        job.assign(orders);
        FakeSubscription plentiful = job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        job.pause(orders);
        flood(plentiful, 10_000);
        awaitBlocked(plentiful);
        job.assign(trades);
        job.runUntilSubscribed(2).send("2|1|", 1);
        job.runUntilEmitted(trades, "2|1|");

        job.resume(orders);
        job.runUntilEmitted(orders, "1|10000|");
        assertThat(job.emitted(orders)).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void signsOfLifeAreGivenWhileTheClientIsHeldBack() {
        job.bufferMessages = 100;
        job.heartbeat = Duration.ofMillis(10);
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        assertThat(first.connection().beats()).as("the client gives them itself").isZero();
        job.pause(split);
        flood(first, 1000);

        Await.until("beats", PATIENCE, () -> first.connection().beats() >= 3);
        job.resume(split);
        job.runUntilEmitted(split, "1|1000|");
    }

    @Test
    void signsOfLifeDoNotDependOnTheFetcher() {
        job.bufferMessages = 100;
        job.heartbeat = Duration.ofMillis(10);
        job.assign(fresh("orders"));
        job.reader().wakeUp();
        job.reader().fetch().recycle();
        // From here on the fetcher is held back itself.
        Await.until("the subscription", PATIENCE, () -> !job.servers.subscriptions().isEmpty());
        FakeSubscription first = job.servers.subscriptions().get(0);
        flood(first, 1000);

        Await.until("beats", PATIENCE, () -> first.connection().beats() >= 3);
    }

    @Test
    void aBeatThatFailsIsNotTheLastOfTheOthers() {
        job.bufferMessages = 100;
        job.heartbeat = Duration.ofMillis(10);
        job.assign(fresh("orders"), fresh("trades"));
        job.runUntilSubscribed(2);
        job.runUntil(() -> true);
        FakeSubscription failing = job.servers.subscriptions().get(0);
        FakeSubscription other = job.servers.subscriptions().get(1);
        failing.connection().failBeats(new IllegalStateException("broken"));
        flood(failing, 1000);
        Await.until("the failure", PATIENCE, () -> failing.connection().beats() >= 1);
        flood(other, 1000);

        Await.until("beats", PATIENCE, () -> other.connection().beats() >= 3);
        assertThat(failing.connection().beats()).isGreaterThanOrEqualTo(3);
    }

    // ------------------------------------------------------------------------ closing

    @Test
    void closesWhatIsOpenAndLeavesNoThread() {
        job.assign(fresh("orders"), fresh("trades"));
        job.runUntilSubscribed(2);
        job.runUntil(() -> true);
        job.close();

        assertThat(job.servers.openConnections()).isEmpty();
        awaitNoThreads();
    }

    @Test
    void closesWhileServersAreSilent() {
        job.servers.a().isSilent();
        // More than are opened at the same time.
        AmpsSplit[] splits = new AmpsSplit[20];
        for (int i = 0; i < splits.length; i++) {
            splits[i] = fresh("topic" + i);
        }
        job.assign(splits);
        job.runUntil(
                () ->
                        job.servers.connections().stream()
                                        .filter(FakeConnection::isBeingOpened)
                                        .count()
                                == 8);
        job.close();

        assertThat(job.servers.openConnections()).isEmpty();
        assertThat(job.servers.subscriptions()).isEmpty();
        awaitNoThreads();
    }

    @Test
    void closesWhileClientsAreHeldBackByFullBuffers() throws InterruptedException {
        job.bufferMessages = 100;
        job.heartbeat = Duration.ofMillis(10);
        AmpsSplit split = fresh("orders");
        job.assign(split);
        FakeSubscription first = job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        Thread client = flood(first, 1_000_000);
        awaitBlocked(first);
        job.close();

        client.join();
        assertThat(job.servers.openConnections()).isEmpty();
        awaitNoThreads();
    }

    @Test
    void anOutcomeThatNobodyHasTakenIsClosed() {
        job.assign(fresh("orders"));
        job.reader().wakeUp();
        job.reader().fetch().recycle();
        Await.until("the subscription", PATIENCE, () -> !job.servers.subscriptions().isEmpty());
        job.close();

        Await.until("the end", PATIENCE, () -> job.servers.openConnections().isEmpty());
        awaitNoThreads();
    }

    @Test
    void aFetcherThatComesLateToItsEndLeavesNothingOpen() {
        job.assign(fresh("orders"));
        job.runUntilSubscribed(1);
        job.runUntil(() -> true);
        // As after an interrupted close of the reader.
        job.context().workers().close();
        job.reader().close();

        assertThat(job.servers.openConnections()).isEmpty();
        awaitNoThreads();
    }

    @Test
    void closesTwice() {
        job.assign(fresh("orders"));
        job.runUntilSubscribed(1);
        job.close();
        job.close();

        awaitNoThreads();
    }

    /** Lets the client of a subscription deliver messages until it is told to stop. */
    private Thread flood(FakeSubscription subscription, int messages) {
        Thread client =
                new Thread(
                        () -> {
                            for (int i = 1;
                                    i <= messages && !subscription.connection().isClosed();
                                    i++) {
                                subscription.send("1|" + i + "|", i % 60);
                            }
                        },
                        "test-client");
        clients.add(client);
        client.start();
        return client;
    }

    private static void awaitBlocked(FakeSubscription subscription) {
        SubscriptionBuffer buffer = (SubscriptionBuffer) subscription.handler();
        Await.until("a full buffer", PATIENCE, buffer::isBlocked);
    }

    private void awaitNoThreads() {
        Await.until(
                "the end of all threads",
                PATIENCE,
                () -> job.threads().isEmpty(),
                () -> job.threads().toString());
    }
}
