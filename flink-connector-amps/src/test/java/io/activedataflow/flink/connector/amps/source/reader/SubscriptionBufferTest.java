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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Completed;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Disconnected;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Persisted;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** On threads of their own, because a producer that waits cannot be interrupted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SubscriptionBufferTest {

    private static final Duration GUARD = Duration.ofSeconds(30);
    private static final AmpsBookmark BOOKMARK = new AmpsBookmark(1, 2);

    private final Signal signal = new Signal();
    private final AtomicInteger lastChances = new AtomicInteger();

    private SubscriptionBuffer buffer = buffer(1000, 1 << 20);

    private SubscriptionBuffer buffer(int maxMessages, long maxBytes) {
        return new SubscriptionBuffer(maxMessages, maxBytes, signal, lastChances::incrementAndGet);
    }

    private void arrive(String... bodies) {
        for (String body : bodies) {
            buffer.onMessage(TestDelivery.of(body));
        }
    }

    /** Appends messages with the same body until the buffer is full, and one more. */
    private Producer fill(String body) {
        Producer producer = new Producer(body);
        Await.until("the producer to be blocked", GUARD, () -> buffer.isBlocked());
        return producer;
    }

    private final class Producer {
        private final AtomicInteger appended = new AtomicInteger();
        private final CompletableFuture<Void> done;
        private volatile boolean stopped;

        Producer(String body) {
            done =
                    CompletableFuture.runAsync(
                            () -> {
                                TestDelivery message = TestDelivery.of(body);
                                while (!stopped) {
                                    buffer.onMessage(message);
                                    appended.incrementAndGet();
                                }
                            });
        }

        void stopAfterThis() {
            stopped = true;
        }

        void join() throws Exception {
            done.get(GUARD.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static List<String> bodies(Arrival arrival) {
        Messages messages = (Messages) arrival;
        List<String> bodies = new ArrayList<>();
        for (int i = messages.from(); i < messages.to(); i++) {
            bodies.add(new String(messages.chunk().body(i), StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private static AmpsException failure() {
        return new AmpsException(AmpsException.Kind.RETRIABLE, "gone", null);
    }

    @Test
    void handsOutWhatHasArrivedAsOneRun() {
        assertThat(buffer.pollOrArm()).isNull();
        arrive("a", "", "c");
        assertThat(bodies(buffer.pollOrArm())).containsExactly("a", "", "c");
        assertThat(buffer.pollOrArm()).isNull();
        arrive("d");
        assertThat(bodies(buffer.pollOrArm())).containsExactly("d");
        assertThat(buffer.pollOrArm()).isNull();
    }

    @Test
    void keepsAcknowledgementsInTheirPlaces() {
        buffer.onPersisted(null);
        arrive("a", "b");
        buffer.onPersisted(BOOKMARK);
        arrive("c");
        buffer.onCompleted(null);
        buffer.onPersisted(BOOKMARK);
        arrive("d");

        assertThat(buffer.pollOrArm()).isEqualTo(new Persisted(null));
        assertThat(bodies(buffer.pollOrArm())).containsExactly("a", "b");
        assertThat(buffer.pollOrArm()).isEqualTo(new Persisted(BOOKMARK));
        assertThat(bodies(buffer.pollOrArm())).containsExactly("c");
        assertThat(buffer.pollOrArm()).isEqualTo(new Completed(null));
        assertThat(buffer.pollOrArm()).isEqualTo(new Persisted(BOOKMARK));
        assertThat(bodies(buffer.pollOrArm())).containsExactly("d");
        assertThat(buffer.pollOrArm()).isNull();
    }

    @Test
    void keepsTheOrderAcrossChunks() {
        buffer = buffer(100_000, 16 << 20);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            sent.add("message " + i);
            arrive("message " + i);
            if (i % 700 == 0) {
                sent.add("ack " + i);
                buffer.onPersisted(new AmpsBookmark(1, i));
            }
        }

        List<String> taken = new ArrayList<>();
        Arrival arrival;
        while ((arrival = buffer.pollOrArm()) != null) {
            if (arrival instanceof Persisted persisted) {
                taken.add("ack " + persisted.bookmark().sequence());
            } else {
                taken.addAll(bodies(arrival));
            }
        }

        assertThat(taken).isEqualTo(sent);
    }

    @Test
    void endsWithTheDisconnect() {
        AmpsException cause = failure();
        arrive("a");
        buffer.onCompleted(BOOKMARK);
        buffer.onDisconnected(cause);
        arrive("too late");
        buffer.onPersisted(BOOKMARK);

        assertThat(bodies(buffer.pollOrArm())).containsExactly("a");
        assertThat(buffer.pollOrArm()).isEqualTo(new Completed(BOOKMARK));
        assertThat(buffer.pollOrArm()).isEqualTo(new Disconnected(cause));
        assertThat(buffer.pollOrArm()).isNull();
        assertThat(buffer.pollOrArm()).isNull();
    }

    @Test
    void reportsAMessageThatCannotBeTakenOverInsteadOfLosingIt() {
        arrive("a");
        TestDelivery broken = TestDelivery.of("b");
        broken.body().set(new byte[1], 0, 1000);

        assertThatThrownBy(() -> buffer.onMessage(broken))
                .isInstanceOf(IndexOutOfBoundsException.class);
        arrive("c");

        assertThat(bodies(buffer.pollOrArm())).containsExactly("a");
        assertThat(buffer.pollOrArm())
                .isInstanceOfSatisfying(
                        Disconnected.class,
                        disconnected -> {
                            assertThat(disconnected.cause().isRetriable()).isFalse();
                            assertThat(disconnected.cause())
                                    .hasMessageContaining("1000 bytes of topic 'orders'")
                                    .hasCauseInstanceOf(IndexOutOfBoundsException.class);
                        });
        assertThat(buffer.pollOrArm()).isNull();
    }

    @Test
    void countsLastChances() {
        buffer.onLastChance("stray");
        buffer.onLastChance("stray");

        assertThat(lastChances).hasValue(2);
        assertThat(buffer.pollOrArm()).isNull();
    }

    @Test
    void holdsSoManyMessages() throws Exception {
        buffer = buffer(400, 1 << 20);
        Producer producer = fill("x");

        int held = producer.appended.get();
        assertThat(held).isBetween(301, 400);
        producer.stopAfterThis();
        int taken = 0;
        Arrival arrival;
        while ((arrival = buffer.pollOrArm()) != null) {
            taken += bodies(arrival).size();
        }
        producer.join();
        arrival = buffer.pollOrArm();
        taken += arrival == null ? 0 : bodies(arrival).size();

        assertThat(taken).isEqualTo(held + 1);
        assertThat(buffer.isBlocked()).isFalse();
    }

    @Test
    void holdsSoManyBytes() throws Exception {
        buffer = buffer(1_000_000, 400_000);
        Producer producer = fill("x".repeat(1000));

        assertThat(producer.appended.get()).isBetween(250, 400);
        buffer.close();
        producer.stopAfterThis();
        producer.join();
    }

    @Test
    void countsWhatTheTaskThreadStillReads() throws Exception {
        buffer = buffer(4, 1 << 20);
        Producer producer = fill("x");
        List<MessageChunk> read = new ArrayList<>();
        Arrival arrival;
        while ((arrival = buffer.pollOrArm()) != null) {
            read.add(((Messages) arrival).chunk());
            read.get(read.size() - 1).retain();
        }
        assertThat(read).hasSize(4);
        assertThat(buffer.isBlocked()).isTrue();
        assertThat(producer.appended).hasValue(4);

        producer.stopAfterThis();
        read.get(0).release();

        producer.join();
        assertThat(bodies(buffer.pollOrArm())).containsExactly("x");
    }

    @Test
    void keepsAChunkUntilTheNextPoll() throws Exception {
        buffer = buffer(1, 1 << 20);
        Producer producer = fill("x");

        Arrival first = buffer.pollOrArm();
        assertThat(buffer.isBlocked()).isTrue();
        assertThat(bodies(first)).containsExactly("x");
        producer.stopAfterThis();
        buffer.pollOrArm();

        producer.join();
    }

    @Test
    void takesAMessageLargerThanTheBoundWhenNothingElseIsHeld() throws Exception {
        buffer = buffer(100, 1000);
        arrive("small");
        String large = "x".repeat(5000);
        CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> arrive(large));
        Await.until("the producer to be blocked", GUARD, () -> buffer.isBlocked());

        assertThat(bodies(buffer.pollOrArm())).containsExactly("small");
        Arrival next = buffer.pollOrArm();
        appended.get(GUARD.toSeconds(), TimeUnit.SECONDS);

        assertThat(bodies(next == null ? buffer.pollOrArm() : next)).containsExactly(large);
        CompletableFuture<Void> after = CompletableFuture.runAsync(() -> arrive("next"));
        Await.until(
                "the next message",
                GUARD,
                () ->
                        buffer.pollOrArm() instanceof Messages next2
                                && bodies(next2).contains("next"));
        after.get(GUARD.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void letsAnEventThroughWhileItIsFull() throws Exception {
        buffer = buffer(1, 1 << 20);
        Producer producer = fill("x");
        producer.stopAfterThis();

        AmpsException cause = failure();
        buffer.onDisconnected(cause);

        assertThat(bodies(buffer.pollOrArm())).containsExactly("x");
        Arrival next = buffer.pollOrArm();
        producer.join();
        // The message that was waiting belongs to what arrived only if it was in time.
        if (next instanceof Messages) {
            assertThat(bodies(next)).containsExactly("x");
            next = buffer.pollOrArm();
        }
        assertThat(next).isEqualTo(new Disconnected(cause));
        assertThat(buffer.pollOrArm()).isNull();
    }

    @Test
    void letsABlockedProducerGoWhenItIsClosed() throws Exception {
        buffer = buffer(10, 1 << 20);
        Producer producer = fill("x");

        buffer.close();
        producer.stopAfterThis();

        producer.join();
        assertThat(buffer.isBlocked()).isFalse();
    }

    @Test
    void dropsWhatArrivesAfterItWasClosedAndKeepsWhatWasHandedOut() {
        arrive("a", "b");
        Arrival handedOut = buffer.pollOrArm();
        arrive("c");

        buffer.close();
        buffer.close();
        arrive("d");
        buffer.onPersisted(BOOKMARK);
        buffer.onDisconnected(failure());

        assertThat(buffer.pollOrArm()).isNull();
        assertThat(bodies(handedOut)).containsExactly("a", "b");
    }

    @Test
    void wakesTheConsumerThatFoundNothing() {
        Runnable[] arrivals = {
            () -> arrive("a"),
            () -> buffer.onPersisted(BOOKMARK),
            () -> buffer.onCompleted(BOOKMARK),
            () -> buffer.onDisconnected(failure())
        };
        for (Runnable arrival : arrivals) {
            assertThat(buffer.pollOrArm()).isNull();

            arrival.run();

            signal.await(TimeUnit.HOURS.toNanos(1));
            assertThat(buffer.pollOrArm()).isNotNull();
        }
    }

    @Test
    void leavesABusyConsumerAlone() {
        arrive("a");
        assertThat(buffer.pollOrArm()).isNotNull();
        arrive("b");
        buffer.onPersisted(BOOKMARK);
        long nanos = Signal.millis(20);

        long start = System.nanoTime();
        signal.await(nanos);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
    }
}
