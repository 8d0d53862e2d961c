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
import io.activedataflow.flink.connector.amps.client.AmpsDelivery;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsSubscriptionHandler;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What has arrived for one subscription and was not taken yet, in the order of arrival.
 *
 * <p>Bounded: the producer waits while what is held, including what the task thread still reads,
 * amounts to the bounds, and so the server is held back. Messages cost the producer neither a lock
 * nor an object; locks are for chunk boundaries, acknowledgements and a consumer that sleeps.
 *
 * <p>Threads: one producer, the client's thread; one consumer, the fetcher; {@link #isBlocked},
 * {@link #isClosed}, {@link #disconnection}, {@link #close} and {@link #onDisconnected} are for any
 * thread.
 */
@Internal
final class SubscriptionBuffer implements AmpsSubscriptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionBuffer.class);

    /** How often the consumer looks before chunks that were not needed meanwhile are given up. */
    private static final int LOOKS_PER_CLEANING = 1024;

    private static final Arrival.Event GROUP_BEGIN = new Arrival.GroupBegin();
    private static final Arrival.Event GROUP_END = new Arrival.GroupEnd();

    private final WakeUp wakeUp;
    private final ChunkPool pool;
    private final Runnable onLastChanceCount;
    private final Queue<MessageChunk> chunks = new ConcurrentLinkedQueue<>();
    private final ArrivedEvents events = new ArrivedEvents();

    private volatile @Nullable AmpsException disconnected;
    private volatile boolean closed;

    // Producer.
    private final HeaderNumbers numbers = new HeaderNumbers();
    private final TopicNames topics = new TopicNames();
    private @Nullable MessageChunk filling;
    private long appended;

    // Consumer.
    private @Nullable MessageChunk taking;
    private int takenOfChunk;
    private long taken;
    private boolean ended;
    private int looks;

    /**
     * @param maxMessages the most messages held
     * @param maxBytes the most bytes held; one larger message is held alone
     * @param signal wakes the consumer
     * @param onLastChanceCount called for everything that failed on the client's thread
     */
    SubscriptionBuffer(int maxMessages, long maxBytes, Signal signal, Runnable onLastChanceCount) {
        this.wakeUp = new WakeUp(signal);
        this.pool = new ChunkPool(maxMessages, maxBytes, wakeUp);
        this.onLastChanceCount = onLastChanceCount;
    }

    // ------------------------------------------------------------------------ producer

    /** Blocks while the buffer is full. */
    @Override
    public void onMessage(AmpsDelivery message) {
        if (closed || disconnected != null) {
            return;
        }
        try {
            append(message);
        } catch (RuntimeException | Error e) {
            // The client would go on with the next message, and this one would be lost.
            onDisconnected(
                    new AmpsException(
                            AmpsException.Kind.FATAL,
                            "A message of "
                                    + message.body().length()
                                    + " bytes of topic '"
                                    + message.topic().text()
                                    + "' could not be taken over from the client: "
                                    + e,
                            e));
            throw e;
        }
    }

    private void append(AmpsDelivery message) {
        int bytes = MessageChunk.bytesOf(message);
        MessageChunk chunk = filling;
        if (chunk == null || !chunk.hasRoomFor(bytes)) {
            chunk = nextChunk(bytes);
            if (chunk == null) {
                return;
            }
        }
        numbers.read(message);
        chunk.append(message, topics.nameOf(message.topic()), numbers);
        appended++;
        wakeUp.fire();
    }

    @Nullable
    private MessageChunk nextChunk(int bytes) {
        filling = pool.take(bytes);
        if (filling != null) {
            chunks.add(filling);
        }
        return filling;
    }

    @Override
    public void onPersisted(@Nullable AmpsBookmark bookmark) {
        add(new Arrival.Persisted(bookmark));
    }

    @Override
    public void onBacklog(int messages) {
        add(new Arrival.Backlog(messages));
    }

    @Override
    public void onGroupBegin() {
        add(GROUP_BEGIN);
    }

    @Override
    public void onGroupEnd() {
        add(GROUP_END);
    }

    @Override
    public void onCompleted(@Nullable AmpsBookmark bookmark) {
        add(new Arrival.Completed(bookmark));
    }

    private void add(Arrival.Event event) {
        if (!closed && disconnected == null) {
            events.add(appended, event);
            wakeUp.fire();
        }
    }

    @Override
    public void onLastChance(String description) {
        LOG.debug("Not delivered to any subscription: {}", description);
        onLastChanceCount.run();
    }

    @Override
    public void onDisconnected(AmpsException cause) {
        disconnected = cause;
        wakeUp.fire();
    }

    /** Whether {@link #onMessage} waits for room. */
    boolean isBlocked() {
        return pool.isBlocked();
    }

    boolean isClosed() {
        return closed;
    }

    /** What has ended the subscription, whether or not all that came before was taken; or null. */
    @Nullable
    AmpsException disconnection() {
        return disconnected;
    }

    // ------------------------------------------------------------------------ consumer

    /**
     * The next thing in the order of arrival, or null if there is nothing now. Never blocks, and
     * asks for no signal.
     *
     * <p>Gives up the chunk of the previous call, unless that was retained.
     */
    @Nullable
    Arrival poll() {
        if (++looks == LOOKS_PER_CLEANING) {
            looks = 0;
            pool.dropUnneeded();
        }
        return look();
    }

    /**
     * As {@link #poll}, but after null the signal is raised as soon as there is something; a
     * consumer must therefore have got null from here before it waits.
     */
    @Nullable
    Arrival pollOrArm() {
        Arrival next = poll();
        if (next == null) {
            wakeUp.arm();
            next = look();
            if (next != null) {
                wakeUp.disarm();
            }
        }
        return next;
    }

    @Nullable
    private Arrival look() {
        if (ended || closed) {
            return null;
        }
        // Read before all else: what arrived before the end is then certainly visible.
        AmpsException end = disconnected;
        Arrival next = takeMessages();
        if (next == null) {
            next = events.poll(taken);
        }
        if (next == null && end != null) {
            ended = true;
            return new Arrival.Disconnected(end);
        }
        return next;
    }

    @Nullable
    private Arrival takeMessages() {
        while (true) {
            if (taking == null) {
                taking = chunks.poll();
                takenOfChunk = 0;
                if (taking == null) {
                    return null;
                }
            }
            // In this order: once sealed, the number is final; and an event that comes before a
            // message was added before the message was published.
            boolean sealed = taking.isSealed();
            int published = taking.published();
            if (published > takenOfChunk) {
                return takeMessages(published, events.nextPosition());
            }
            if (!sealed) {
                return null;
            }
            taking.release();
            taking = null;
        }
    }

    @Nullable
    private Arrival takeMessages(int published, long nextEvent) {
        int from = takenOfChunk;
        int to = (int) Math.min(published, from + (nextEvent - taken));
        if (from == to) {
            return null;
        }
        takenOfChunk = to;
        taken += to - from;
        return new Arrival.Messages(taking, from, to);
    }

    /**
     * Lets a blocked {@link #onMessage} return and drops everything that arrives later. Nothing
     * more is handed out; what was, stays valid. Idempotent.
     */
    void close() {
        closed = true;
        pool.close();
    }
}
