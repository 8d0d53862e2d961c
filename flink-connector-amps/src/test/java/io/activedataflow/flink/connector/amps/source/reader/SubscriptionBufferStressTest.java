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
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Disconnected;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Persisted;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client's thread, a fetcher and a task thread at full speed, with random bounds and sizes: all
 * messages come through, in order and whole, within the bounds, and nobody waits for ever.
 */
@Timeout(60)
class SubscriptionBufferStressTest {

    private static final int MESSAGES = 20_000;
    private static final long PUBLISHER = -7;
    private static final long FOREVER_NANOS = TimeUnit.HOURS.toNanos(1);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final int maxMessages = 1 + random.nextInt(random.nextBoolean() ? 3000 : 10);
    private final int maxBytes = 1 + random.nextInt(random.nextBoolean() ? 300_000 : 2000);
    private final int usualSize = random.nextInt(300);
    private final Signal signal = new Signal();
    private final SubscriptionBuffer buffer =
            new SubscriptionBuffer(maxMessages, maxBytes, signal, () -> {});
    private final AtomicLong released = new AtomicLong();

    private record HandedOver(MessageBatch batch, int size, boolean last) {}

    private final BlockingQueue<HandedOver> handedOver = new ArrayBlockingQueue<>(2);

    @RepeatedTest(20)
    void everythingComesThrough() throws Exception {
        CompletableFuture<Void> producer = start(this::produce);
        CompletableFuture<Void> fetcher = start(this::fetch);
        CompletableFuture<Void> task = start(this::read);

        CompletableFuture.allOf(producer, fetcher, task).get(50, TimeUnit.SECONDS);

        assertThat(buffer.isBlocked()).isFalse();
        assertThat(released).as(this::describe).hasValue(MESSAGES);
    }

    @RepeatedTest(50)
    void closingReleasesTheProducerAtAnyMoment() throws Exception {
        boolean reading = random.nextBoolean();
        CompletableFuture<Void> producer =
                start(
                        () -> {
                            TestDelivery message = TestDelivery.of("x".repeat(usualSize));
                            for (int i = 0; i < MESSAGES; i++) {
                                buffer.onMessage(message);
                            }
                        });
        int pollsBeforeClose = random.nextInt(200);
        for (int i = 0; i < pollsBeforeClose; i++) {
            if (reading) {
                buffer.pollOrArm();
            }
            LockSupport.parkNanos(random.nextInt(2000));
        }

        buffer.close();

        producer.get(50, TimeUnit.SECONDS);
        assertThat(buffer.isBlocked()).isFalse();
        assertThat(buffer.pollOrArm()).isNull();
    }

    /** Each message arrives while the consumer is about to wait for it. */
    @RepeatedTest(3)
    void noWakeUpIsLost() throws Exception {
        AtomicLong taken = new AtomicLong();
        CompletableFuture<Void> producer =
                start(
                        () -> {
                            TestDelivery message = TestDelivery.of("x");
                            for (int i = 0; i < MESSAGES; i++) {
                                while (taken.get() < i) {
                                    Thread.onSpinWait();
                                }
                                spin(i % 61);
                                buffer.onMessage(message);
                            }
                        });
        CompletableFuture<Void> consumer =
                start(
                        () -> {
                            while (taken.get() < MESSAGES) {
                                if (buffer.pollOrArm() != null) {
                                    spin((int) (taken.incrementAndGet() % 67));
                                } else {
                                    signal.await(FOREVER_NANOS);
                                }
                            }
                        });

        CompletableFuture.allOf(producer, consumer).get(50, TimeUnit.SECONDS);

        assertThat(taken).hasValue(MESSAGES);
    }

    private static void spin(int times) {
        int state = times;
        for (int i = 0; i < 10 * times; i++) {
            state = 31 * state + i;
        }
        // Keeps the loop from being left out.
        if (state == 1) {
            Thread.onSpinWait();
        }
    }

    private String describe() {
        return "seed " + seed + ", bounds " + maxMessages + " and " + maxBytes;
    }

    /** Runs on a thread of its own; if it fails, the others do not wait for it. */
    private CompletableFuture<Void> start(Step step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                step.run();
                                done.complete(null);
                            } catch (Throwable e) {
                                done.completeExceptionally(new AssertionError(describe(), e));
                                buffer.close();
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    // ------------------------------------------------------------------------ client thread

    private void produce() {
        Random own = new Random(seed);
        TestDelivery message = new TestDelivery();
        for (long i = 0; i < MESSAGES; i++) {
            byte[] body = new byte[size(own)];
            Arrays.fill(body, (byte) i);
            message.body(body)
                    .topic("topic " + i % 3)
                    .bookmark(new AmpsBookmark(PUBLISHER, i).toString())
                    .sowKey(i % 2 == 0 ? Long.toString(i) : null);
            buffer.onMessage(message);
            message.spoil();
            long held = i + 1 - released.get();
            if (held > maxMessages) {
                throw new AssertionError(held + " messages held");
            }
            if (own.nextInt(100) == 0) {
                buffer.onPersisted(new AmpsBookmark(PUBLISHER, i));
            }
            if (own.nextInt(500) == 0) {
                LockSupport.parkNanos(10_000);
            }
        }
        buffer.onDisconnected(new AmpsException(AmpsException.Kind.RETRIABLE, "end", null));
    }

    private int size(Random own) {
        int kind = own.nextInt(1000);
        if (kind == 0) {
            return own.nextInt(2 * maxBytes);
        }
        return kind < 100 ? 0 : own.nextInt(usualSize + 1);
    }

    // ------------------------------------------------------------------------ fetcher

    private void fetch() throws Exception {
        Random own = new Random(seed + 1);
        long expected = 0;
        while (true) {
            MessageBatch.Builder batch = MessageBatch.builder((split, update) -> {});
            int limit = 1 + own.nextInt(2000);
            Arrival arrival = null;
            while (batch.size() < limit && (arrival = buffer.pollOrArm()) != null) {
                if (arrival instanceof Messages messages) {
                    for (int i = messages.from(); i < messages.to(); i++) {
                        assertThat(messages.chunk().sequence(i)).isEqualTo(expected++);
                        if (own.nextInt(10) == 0) {
                            messages.chunk().drop(i);
                        }
                    }
                    batch.messages("s", "a", messages.chunk(), messages.from(), messages.to());
                } else if (arrival instanceof Persisted persisted) {
                    assertThat(persisted.bookmark().sequence()).isEqualTo(expected - 1);
                } else if (arrival instanceof Disconnected) {
                    assertThat(expected).isEqualTo(MESSAGES);
                    handedOver.put(new HandedOver(batch.build(), batch.size(), true));
                    return;
                }
            }
            if (!batch.isEmpty()) {
                handedOver.put(new HandedOver(batch.build(), batch.size(), false));
            } else if (arrival == null) {
                // Nothing but the signal ends this in time.
                signal.await(FOREVER_NANOS);
            }
        }
    }

    // ------------------------------------------------------------------------ task thread

    private void read() throws Exception {
        Random own = new Random(seed + 2);
        HandedOver next;
        do {
            next = handedOver.take();
            // Counted before the room can be used again.
            released.addAndGet(next.size());
            readSome(next.batch(), own.nextInt(4) == 0 ? own.nextInt(100) : Integer.MAX_VALUE);
            next.batch().recycle();
        } while (!next.last());
    }

    private void readSome(MessageBatch batch, int toRead) {
        int read = 0;
        while (batch.nextSplit() != null) {
            AmpsMessageCursor message;
            while (read++ < toRead && (message = batch.nextRecordFromSplit()) != null) {
                check(message);
            }
            if (read > toRead) {
                return;
            }
        }
    }

    private static void check(AmpsMessageCursor message) {
        long i = message.sequence();
        assertThat(message.publisherId()).isEqualTo(PUBLISHER);
        assertThat(message.topic()).isEqualTo("topic " + i % 3);
        assertThat(message.sowKey()).isEqualTo(i % 2 == 0 ? Long.toString(i) : null);
        byte[] array = message.bodyArray();
        int end = message.bodyOffset() + message.bodyLength();
        for (int at = message.bodyOffset(); at < end; at++) {
            if (array[at] != (byte) i) {
                throw new AssertionError("Message " + i + " holds bytes of another.");
            }
        }
    }
}
