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

import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.ServerTimestamps;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Backlog;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Event;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Persisted;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hands on what a queue delivers. What it delivers again although it was handed on before, because
 * a lease has ended, is dropped, and acknowledged with what was handed on. Fetcher thread only.
 */
@Internal
final class QueueProgress implements SplitProgress {

    private static final Logger LOG = LoggerFactory.getLogger(QueueProgress.class);

    /** Clocks differ, and what is taken for redelivered once too often does no harm. */
    private static final long CLOCK_SLACK_MICROS = TimeUnit.SECONDS.toMicros(10);

    private final SubscriptionContext context;
    private final AmpsSplit split;
    private final SplitLeases leases;
    private final HandedOnLeases handedOn = new HandedOnLeases();
    private final BacklogWatch watch;
    private final List<long[]> droppedAgain = new ArrayList<>();
    private int coveredLists;
    private String server = "";

    QueueProgress(AmpsSplit split, SubscriptionContext context) {
        this.context = context;
        this.split = split;
        this.leases = context.queues().get(split.splitId());
        KindOptions.Queue options = (KindOptions.Queue) context.options().kindOptions();
        this.watch =
                new BacklogWatch(
                        leases.queue(),
                        options.maxBacklog(),
                        options.stallTimeout(),
                        () -> context.queues().isFirstWarning("backlog of " + leases.queue()));
    }

    @Override
    public String splitId() {
        return split.splitId();
    }

    @Override
    public AmpsSplit toSplit() {
        return split;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void opened(String onServer, From from, @Nullable ReplayEnd newEnd) {
        server = onServer;
        watch.backlogIs(BacklogWatch.UNKNOWN);
        handedOn.connectionOpened();
        takeCovered();
    }

    @Override
    public void connected(AmpsConnection connection) {
        leases.opened(connection);
        context.acknowledger().send(leases);
    }

    @Override
    public void disconnected() {
        leases.lost();
    }

    @Override
    public void lost(DataLoss loss) {
        throw new IllegalStateException(this + " has no position to be lost: " + loss);
    }

    // ------------------------------------------------------------------------ messages

    @Override
    public Step onMessages(Messages messages, MessageBatch.Builder batch) {
        takeCovered();
        takeAcknowledged();
        MessageChunk chunk = messages.chunk();
        int dropped = 0;
        for (int i = messages.from(); i < messages.to(); i++) {
            if (chunk.hasLease(i)) {
                dropped += handOn(chunk, i) ? 0 : 1;
            } else {
                passedWithoutLease(chunk, i);
            }
        }
        if (dropped > 0) {
            context.metrics().redelivered(dropped);
            acknowledgeDropped();
        }
        noteLease(chunk, messages.to() - 1);
        batch.messages(split.splitId(), server, chunk, messages.from(), messages.to());
        context.metrics()
                .fetched(chunk.timestampMicros(messages.to() - 1), System.currentTimeMillis());
        return dropped < messages.to() - messages.from() ? Step.GOT_ON : Step.GO_ON;
    }

    private boolean handOn(MessageChunk chunk, int i) {
        if (!chunk.hasBookmark(i)) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    "A message of queue '"
                            + chunk.topic(i)
                            + "' came from "
                            + server
                            + " leased but without a bookmark, so that it cannot be acknowledged."
                            + " Do not set an option that takes bookmarks away.",
                    null);
        }
        long publisherId = chunk.publisherId(i);
        long sequence = chunk.sequence(i);
        if (handedOn.isCovered(publisherId, sequence)) {
            droppedAgain.add(new long[] {publisherId, sequence});
        } else if (handedOn.handOn(publisherId, sequence, chunk.leaseExpiryMicros(i))) {
            return true;
        }
        chunk.drop(i);
        return false;
    }

    private void acknowledgeDropped() {
        acknowledgeAgain(BookmarkList.concat(droppedAgain.stream().map(BookmarkList::of).toList()));
        droppedAgain.clear();
    }

    private void acknowledgeAgain(BookmarkList dropped) {
        if (!dropped.isEmpty()) {
            leases.droppedAgain(dropped);
            context.acknowledger().send(leases);
        }
    }

    private void passedWithoutLease(MessageChunk chunk, int i) {
        if (context.queues().isFirstWarning("no lease from " + leases.queue())) {
            LOG.warn(
                    "Queue '{}' has delivered {} without a lease, which is not acknowledged. That"
                            + " is right for a barrier message; other than that, the queue is at most"
                            + " once by its configuration, or the topic is no queue.",
                    leases.queue(),
                    chunk.hasBookmark(i)
                            ? "message " + Long.toUnsignedString(chunk.sequence(i))
                            : "a message");
        }
    }

    private void noteLease(MessageChunk chunk, int last) {
        if (chunk.hasLease(last)) {
            long until = chunk.leaseExpiryMicros(last);
            if (until != ServerTimestamps.UNKNOWN) {
                watch.leasedFor(Duration.ofMillis(Math.max(0, until - nowMicros()) / 1000));
            }
        }
    }

    private static long nowMicros() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }

    // ------------------------------------------------------------------------ the rest

    @Override
    public Step onEvent(Event event) {
        if (event instanceof Backlog backlog) {
            watch.backlogIs(backlog.messages());
        } else if (!(event instanceof Persisted)) {
            throw new IllegalStateException(this + " cannot have got " + event);
        }
        return Step.GO_ON;
    }

    @Override
    public void handOnUpdates(MessageBatch.Builder batch) {
        // What a queue changes besides the messages is not part of the state.
    }

    @Override
    public void look(long nowNanos) {
        if (leases.failure() != null) {
            throw leases.failure();
        }
        AmpsException overdue = leases.overdue(nowNanos, context.options().retryDeadline());
        if (overdue != null) {
            throw overdue;
        }
        if (leases.isTimeToSendAgain(nowNanos, context.options().backoff().max())) {
            context.acknowledger().send(leases);
        }
        takeAcknowledged();
        watch.look(
                nowNanos,
                handedOn.handedOn(),
                leases.emitted(),
                leases.acknowledged(),
                leases.checkpoints());
    }

    private void takeAcknowledged() {
        long count = leases.acknowledged();
        if (count > handedOn.handedOn() - handedOn.size()) {
            acknowledgeAgain(handedOn.acknowledged(count, nowMicros() + CLOCK_SLACK_MICROS));
        }
    }

    private void takeCovered() {
        for (int lists = context.queues().coveredLists(); coveredLists < lists; coveredLists++) {
            handedOn.cover(context.queues().covered(leases.queue(), coveredLists));
        }
    }

    /** Gives back what has arrived and was not emitted, and what is still in the buffer. */
    @Override
    public Runnable farewell(AmpsConnection connection, SubscriptionBuffer buffer) {
        List<BookmarkList> back = new ArrayList<>();
        back.add(handedOn.behind(leases.emitted()));
        for (Arrival next = buffer.poll(); next != null; next = buffer.poll()) {
            if (next instanceof Messages messages) {
                back.add(leased(messages));
            }
        }
        BookmarkList all = BookmarkList.concat(back);
        int batchSize = ((KindOptions.Queue) context.options().kindOptions()).ackBatchSize();
        return () -> {
            for (int from = 0; from < all.size(); from += batchSize) {
                int to = Math.min(all.size(), from + batchSize);
                connection.giveBack(leases.queue(), all.part(from, to).toWire());
            }
        };
    }

    private BookmarkList leased(Messages messages) {
        MessageChunk chunk = messages.chunk();
        long[] some = new long[2 * (messages.to() - messages.from())];
        int count = 0;
        for (int i = messages.from(); i < messages.to(); i++) {
            if (chunk.hasLease(i) && chunk.hasBookmark(i)) {
                some[count++] = chunk.publisherId(i);
                some[count++] = chunk.sequence(i);
            }
        }
        return BookmarkList.of(Arrays.copyOf(some, count));
    }

    @Override
    public String toString() {
        return "queue split '" + split.splitId() + '\'';
    }
}
