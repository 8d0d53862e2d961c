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

import io.activedataflow.flink.connector.amps.testutils.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** On threads of their own, because a producer that waits cannot be interrupted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkPoolTest {

    private static final int KIB = 1024;
    private static final Duration GUARD = Duration.ofSeconds(30);

    private final Signal signal = new Signal();
    private final WakeUp wakeUp = new WakeUp(signal);
    private final HeaderNumbers numbers = new HeaderNumbers();
    private final Deque<MessageChunk> used = new ArrayDeque<>();

    private ChunkPool pool = new ChunkPool(10_000, 4096 * KIB, wakeUp);

    private MessageChunk take(int bytes) {
        MessageChunk chunk = pool.take(bytes);
        used.add(chunk);
        return chunk;
    }

    private MessageChunk takeFull(int messages) {
        MessageChunk chunk = take(0);
        for (int i = 0; i < messages && chunk.hasRoomFor(0); i++) {
            chunk.append(TestDelivery.of(""), "t", numbers);
        }
        return chunk;
    }

    private CompletableFuture<MessageChunk> takeWhenThereIsRoom(int bytes) {
        CompletableFuture<MessageChunk> taken =
                CompletableFuture.supplyAsync(() -> pool.take(bytes));
        Await.until("the producer to be blocked", GUARD, () -> pool.isBlocked());
        assertThat(taken).isNotDone();
        return taken;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(GUARD.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void startsSmall() {
        take(10);

        assertThat(pool.bytes()).isLessThanOrEqualTo(8 * KIB);
    }

    @Test
    void staysSmallAsLongAsTheConsumerKeepsPace() {
        for (int i = 0; i < 1000; i++) {
            take(10);
            if (used.size() > 1) {
                used.removeFirst().release();
            }
        }

        assertThat(pool.bytes()).isLessThanOrEqualTo(32 * KIB);
    }

    @Test
    void growsWhereChunksAreHeldAndUsesThemAgain() {
        for (int i = 0; i < 12; i++) {
            take(10);
        }
        assertThat(used.getLast().maxBytes()).isEqualTo(256 * KIB);
        assertThat(used.getLast().maxMessages()).isEqualTo(1024);
        MessageChunk released = used.removeLast();
        take(10);

        released.release();

        assertThat(take(10)).isSameAs(released);
    }

    @Test
    void sealsAChunkWhenTheNextIsTaken() {
        MessageChunk first = take(10);
        assertThat(first.isSealed()).isFalse();

        take(10);

        assertThat(first.isSealed()).isTrue();
    }

    @Test
    void boundsBytes() throws Exception {
        for (int i = 0; pool.bytes() + 256 * KIB <= 4096 * KIB; i++) {
            takeFull(1);
            assertThat(i).isLessThan(1000);
        }
        CompletableFuture<MessageChunk> next = takeWhenThereIsRoom(10);

        used.removeLast().release();

        assertThat(get(next)).isNotNull();
        assertThat(pool.isBlocked()).isFalse();
        assertThat(pool.bytes()).isLessThanOrEqualTo(4096 * KIB);
    }

    @Test
    void boundsMessages() throws Exception {
        pool = new ChunkPool(400, 4096 * KIB, wakeUp);
        int messages = 0;
        while (messages + 100 <= 400) {
            messages += takeFull(100).published();
        }
        CompletableFuture<MessageChunk> next = takeWhenThereIsRoom(10);
        assertThat(messages).isBetween(301, 400);

        used.removeLast().release();

        assertThat(get(next)).isNotNull();
    }

    @Test
    void countsMessagesThatThereAreAndNotThoseThatThereIsRoomFor() {
        pool = new ChunkPool(400, 4096 * KIB, wakeUp);

        for (int i = 0; i < 12; i++) {
            assertThat(takeFull(3)).isNotNull();
        }

        assertThat(pool.isBlocked()).isFalse();
    }

    @Test
    void holdsALargeMessageBesidesOthersWhereItFits() {
        take(10);

        MessageChunk large = take(1000 * KIB);

        assertThat(large.maxBytes()).isEqualTo(1000 * KIB);
        assertThat(large.maxMessages()).isEqualTo(1);
        assertThat(take(10)).isNotNull();
    }

    @Test
    void holdsAMessageLargerThanTheBoundAlone() throws Exception {
        MessageChunk first = takeFull(1);
        MessageChunk second = takeFull(1);
        CompletableFuture<MessageChunk> next = takeWhenThereIsRoom(5000 * KIB);

        first.release();
        assertThat(pool.isBlocked()).isTrue();
        second.release();

        MessageChunk large = get(next);
        assertThat(large.hasRoomFor(5000 * KIB)).isTrue();
        assertThat(pool.bytes()).isEqualTo(5000 * KIB);
        CompletableFuture<MessageChunk> afterwards = takeWhenThereIsRoom(1);
        large.release();
        assertThat(get(afterwards).maxBytes()).isLessThanOrEqualTo(256 * KIB);
        assertThat(pool.bytes()).isLessThanOrEqualTo(256 * KIB);
    }

    @Test
    void worksWithTheSmallestBounds() throws Exception {
        pool = new ChunkPool(1, 1, wakeUp);
        MessageChunk first = take(1);
        first.append(TestDelivery.of("x"), "t", numbers);
        CompletableFuture<MessageChunk> next = takeWhenThereIsRoom(100);

        first.release();

        assertThat(get(next).hasRoomFor(100)).isTrue();
    }

    @Test
    void wakesTheConsumerBeforeItWaitsForIt() throws Exception {
        pool = new ChunkPool(1, 1, wakeUp);
        MessageChunk first = take(1);
        first.append(TestDelivery.of("x"), "t", numbers);
        wakeUp.arm();
        CompletableFuture<MessageChunk> next = takeWhenThereIsRoom(1);

        signal.await(TimeUnit.HOURS.toNanos(1));

        assertThat(first.isSealed()).isTrue();
        first.release();
        assertThat(get(next)).isNotNull();
    }

    @Test
    void givesUpWhatHasNotBeenNeeded() {
        for (int i = 0; i < 16; i++) {
            take(10);
        }
        long busy = pool.bytes();
        while (used.size() > 1) {
            used.removeFirst().release();
        }
        assertThat(pool.bytes()).isEqualTo(busy);

        pool.dropUnneeded();
        pool.dropUnneeded();

        assertThat(pool.bytes()).isEqualTo(used.getFirst().maxBytes());
        assertThat(take(10)).isNotNull();
    }

    @Test
    void keepsWhatWasNeededInBetween() {
        take(10);
        take(10);
        used.removeFirst().release();
        pool.dropUnneeded();
        take(10);
        used.removeFirst().release();
        long bytes = pool.bytes();

        pool.dropUnneeded();

        assertThat(pool.bytes()).isEqualTo(bytes);
    }

    @Test
    void letsAWaitingProducerGoWhenItIsClosed() throws Exception {
        pool = new ChunkPool(1, 1, wakeUp);
        take(1).append(TestDelivery.of("x"), "t", numbers);
        CompletableFuture<MessageChunk> next = takeWhenThereIsRoom(1);

        pool.close();

        assertThat(get(next)).isNull();
        assertThat(pool.isBlocked()).isFalse();
        assertThat(pool.take(1)).isNull();
        pool.close();
    }

    @Test
    void keepsNothingThatComesHomeAfterItWasClosed() {
        take(10);
        take(10);
        used.removeFirst().release();

        pool.close();
        pool.take(1);
        used.removeFirst().release();

        assertThat(pool.bytes()).isZero();
    }
}
