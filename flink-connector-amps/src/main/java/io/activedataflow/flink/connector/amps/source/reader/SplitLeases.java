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

import io.activedataflow.flink.connector.amps.client.AmpsAnswerHandler;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.LeaseTracker;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * What is to be acknowledged of one subscription to a queue, and on which connection: the one that
 * has leased the messages, while it lives, and otherwise the one that follows it. A batch counts as
 * acknowledged when the server has said so; one whose answer is lost with the connection is sent
 * again on the next.
 *
 * <p>Messages are acknowledged in the order in which they were handed on, so that a number says
 * which. Threads: {@link #due} and {@link #checkpointCompleted} are for the task thread, {@link
 * #opened}, {@link #lost} and {@link #droppedAgain} for the fetcher, {@link #send} for the {@link
 * Acknowledger}; answers come on the client's thread; the rest is for any.
 */
@Internal
final class SplitLeases {

    private static final Logger LOG = LoggerFactory.getLogger(SplitLeases.class);

    private enum State {
        DUE,
        SENT,
        DONE
    }

    /** What is sent in one command. */
    private static final class Batch {
        private final BookmarkList bookmarks;
        private final boolean inOrder;
        private State state = State.DUE;

        private Batch(BookmarkList bookmarks, boolean inOrder) {
            this.bookmarks = bookmarks;
            this.inOrder = inOrder;
        }
    }

    /** When checkpoints have completed, by {@link System#nanoTime}. */
    record Checkpoints(long count, long lastNanos, long intervalNanos) {
        private static final Checkpoints NONE = new Checkpoints(0, 0, 0);
    }

    private final String queue;
    private final int batchSize;
    private final LeaseTracker tracker;
    private final LongConsumer onAcknowledged;
    private final Runnable onRefused;

    private final Deque<Batch> batches = new ArrayDeque<>();
    private @Nullable AmpsConnection connection;
    private volatile long acknowledged;
    private volatile @Nullable AmpsException failure;
    private volatile Checkpoints checkpoints = Checkpoints.NONE;

    /** Since when the first batch has been sent in vain; null if that has not been sent. */
    private @Nullable Long inVainSinceNanos;

    private @Nullable AmpsException refusal;
    private long refusedNanos;

    /**
     * @param queue the topic
     * @param batchSize how many messages are acknowledged in one command
     * @param onAcknowledged counts what the server has acknowledged
     * @param onRefused counts what the server has refused and will be sent again
     */
    SplitLeases(
            String queue,
            int batchSize,
            LeaseTracker tracker,
            LongConsumer onAcknowledged,
            Runnable onRefused) {
        this.queue = queue;
        this.batchSize = batchSize;
        this.tracker = tracker;
        this.onAcknowledged = onAcknowledged;
        this.onRefused = onRefused;
    }

    String queue() {
        return queue;
    }

    /** How many messages have been emitted, since the beginning. */
    long emitted() {
        return tracker.emittedCount();
    }

    /** How many messages have been acknowledged, since the beginning. */
    long acknowledged() {
        return acknowledged;
    }

    long unacknowledged() {
        return Math.max(0, emitted() - acknowledged);
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** What the server has refused for good; or null. */
    @Nullable
    AmpsException failure() {
        return failure;
    }

    /**
     * Why nothing has been acknowledged for so long although it was sent, for good; or null.
     *
     * @param deadline for how long that is tolerated
     */
    @Nullable
    synchronized AmpsException overdue(long nowNanos, Duration deadline) {
        if (connection == null
                || inVainSinceNanos == null
                || nowNanos - inVainSinceNanos <= deadline.toNanos()) {
            return null;
        }
        return new AmpsException(
                AmpsException.Kind.FATAL,
                String.format(
                        "AMPS server %s has not acknowledged messages of queue '%s' for %d s, longer"
                                + " than 'retry.deadline' allows. %s",
                        connection.server(),
                        queue,
                        TimeUnit.NANOSECONDS.toSeconds(nowNanos - inVainSinceNanos),
                        refusal == null
                                ? "It does not answer, although it is connected."
                                : "Last reason: " + refusal.getMessage()),
                refusal);
    }

    /** Whether it is time to send once more what was refused; true once for each pause. */
    synchronized boolean isTimeToSendAgain(long nowNanos, Duration pause) {
        if (refusal == null || nowNanos - refusedNanos < pause.toNanos()) {
            return false;
        }
        refusedNanos = nowNanos;
        return true;
    }

    // ------------------------------------------------------------------------ what is due

    /** A checkpoint has completed. */
    void checkpointCompleted(long nowNanos) {
        Checkpoints before = checkpoints;
        checkpoints =
                new Checkpoints(
                        before.count() + 1,
                        nowNanos,
                        before.count() == 0 ? 0 : nowNanos - before.lastNanos());
    }

    /** These messages, the next ones in order, are to be acknowledged. */
    synchronized void due(BookmarkList next) {
        add(next, true);
    }

    /** These messages were delivered again and dropped, as they are covered by a checkpoint. */
    synchronized void droppedAgain(BookmarkList again) {
        add(again, false);
    }

    private void add(BookmarkList list, boolean inOrder) {
        for (int from = 0; from < list.size(); from += batchSize) {
            int to = Math.min(list.size(), from + batchSize);
            batches.addLast(new Batch(list.part(from, to), inOrder));
        }
    }

    /** Waits until all that was due has been acknowledged, if that can be. */
    synchronized void awaitAnswers(long deadlineNanos) throws InterruptedException {
        long left = deadlineNanos - System.nanoTime();
        while (!batches.isEmpty() && connection != null && failure == null && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadlineNanos - System.nanoTime();
        }
    }

    // ------------------------------------------------------------------------ connections

    /** What is due goes to this connection from now on, what was not answered once more. */
    synchronized void opened(AmpsConnection newConnection) {
        connection = newConnection;
        if (refusal == null) {
            inVainSinceNanos = null;
        }
        batches.forEach(
                batch -> {
                    if (batch.state == State.SENT) {
                        batch.state = State.DUE;
                    }
                });
    }

    /** The connection is of no more use. */
    synchronized void lost() {
        connection = null;
        notifyAll();
    }

    // ------------------------------------------------------------------------ sending

    /** Sends what is due if there is a connection; may block while the server does not read. */
    void send() {
        AmpsConnection to;
        List<Batch> sending = new ArrayList<>();
        synchronized (this) {
            to = connection;
            if (to == null) {
                return;
            }
            for (Batch batch : batches) {
                if (batch.state == State.DUE) {
                    batch.state = State.SENT;
                    sending.add(batch);
                }
            }
            if (!sending.isEmpty() && inVainSinceNanos == null) {
                inVainSinceNanos = System.nanoTime();
            }
        }
        for (Batch batch : sending) {
            try {
                to.acknowledge(queue, batch.bookmarks.toWire(), new Answer(to, batch));
            } catch (AmpsException e) {
                // The connection is lost: opened() makes what was not answered due again.
                return;
            }
        }
    }

    private synchronized void answered(AmpsConnection from, Batch batch) {
        if (from != connection || batch.state != State.SENT) {
            return;
        }
        batch.state = State.DONE;
        long count = 0;
        while (!batches.isEmpty() && batches.peekFirst().state == State.DONE) {
            Batch first = batches.removeFirst();
            count += first.inOrder ? first.bookmarks.size() : 0;
            refusal = null;
            inVainSinceNanos = batches.isEmpty() ? null : (Long) System.nanoTime();
        }
        acknowledged += count;
        notifyAll();
        onAcknowledged.accept(count);
    }

    private void refused(AmpsConnection from, Batch batch, AmpsException cause) {
        boolean isFirst;
        synchronized (this) {
            if (from != connection || batch.state != State.SENT) {
                return;
            }
            batch.state = State.DUE;
            isFirst = refusal == null;
            refusal = cause;
            refusedNanos = System.nanoTime();
        }
        onRefused.run();
        if (isFirst) {
            LOG.warn(
                    "Messages of queue '{}' are not acknowledged; trying again: {}",
                    queue,
                    cause.getMessage());
        }
    }

    private final class Answer implements AmpsAnswerHandler {

        private final AmpsConnection from;
        private final Batch batch;

        private Answer(AmpsConnection from, Batch batch) {
            this.from = from;
            this.batch = batch;
        }

        @Override
        public void onProcessed() {
            answered(from, batch);
        }

        /** What may pass is tried again, with the next that becomes due or a little later. */
        @Override
        public void onRefused(AmpsException cause) {
            if (cause.kind() == AmpsException.Kind.FATAL) {
                failure = cause;
            } else {
                refused(from, batch, cause);
            }
        }
    }
}
