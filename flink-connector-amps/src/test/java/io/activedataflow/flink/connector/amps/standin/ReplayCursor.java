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

package io.activedataflow.flink.connector.amps.standin;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bookmark subscription: a place in the log that moves at the pace of its connection, through the
 * past and on into what is published. Moved by the writer thread only.
 */
final class ReplayCursor implements Subscription {

    private static final long NONE = -1;

    private final SubscriptionView view;
    private final TransactionLog log;
    private final Durability durability;
    private final LongSupplier clock;
    private final Reading reading;
    private final Plan plan;
    private final Map<String, byte[]> prefixes = new HashMap<>();

    private LogSegment segment;
    private int index;
    private long remaining;
    private long completedAt;
    private boolean finished;
    private String lastPersisted;
    private volatile boolean paused;
    private volatile boolean closed;

    /**
     * What was asked for.
     *
     * @param topN the number of messages after which it ends, -1 for no limit
     * @param sowKey whether keys of the state of the world are sent
     * @param completedId the command to answer when the past has been replayed; null for no answer
     * @param completedAfterTopN whether that answer is due after {@code topN} messages, too
     * @param persisted whether positions are acknowledged periodically
     * @param persistedAhead whether these run ahead of the replay
     */
    record Plan(
            ReplayRange range,
            long topN,
            boolean fullyDurable,
            boolean timestamp,
            boolean sowKey,
            String completedId,
            String queryId,
            boolean completedAfterTopN,
            boolean persisted,
            boolean persistedAhead) {}

    ReplayCursor(
            SubscriptionView view,
            TransactionLog log,
            Durability durability,
            LongSupplier clock,
            Reading reading,
            Plan plan,
            boolean paused) {
        this.view = view;
        this.log = log;
        this.durability = durability;
        this.clock = clock;
        this.reading = reading;
        this.plan = plan;
        this.paused = paused;
        this.remaining = plan.topN();
        this.completedAt = plan.range().end().isOpen() ? log.lastPosition() : NONE;
        moveTo(plan.range().firstPosition());
    }

    @Override
    public SubscriptionView view() {
        return view;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void pause(boolean value) {
        paused = value;
    }

    /** Goes on where another subscription, which it replaces, has come to. */
    void continueFrom(ReplayCursor replaced) {
        moveTo(replaced.position());
    }

    /**
     * Sends what there is, at most about a number of bytes.
     *
     * @return whether there may be more at once
     */
    boolean advance(FrameSink sink, int bytes) throws IOException {
        if (paused || finished || closed) {
            return false;
        }
        int limit = sink.buffer().size() + bytes;
        boolean more = true;
        while (!finished && !closed && sink.buffer().size() < limit) {
            more = step(sink);
            if (!more) {
                break;
            }
        }
        return more && !finished && !closed;
    }

    /** Tells the client how far it could resume from, if that has changed. */
    void acknowledge(FrameSink sink) throws IOException {
        if (!plan.persisted() || finished || closed) {
            return;
        }
        long reached = plan.persistedAhead() ? log.lastPosition() : position() - 1;
        String bookmark = log.bookmarkUpTo(durability.upTo(reached));
        if (bookmark != null && !bookmark.equals(lastPersisted)) {
            lastPersisted = bookmark;
            sink.ack(
                    HeaderBuilder.ack(null, "persisted")
                            .add("sub_id", view.subId())
                            .add("bm", bookmark)
                            .success()
                            .frame(),
                    "persisted");
        }
    }

    private boolean step(FrameSink sink) throws IOException {
        long position = position();
        if (completedAt != NONE && position > completedAt) {
            complete(sink, completedAt);
            completedAt = NONE;
        }
        if (plan.range().end().hasPassed(position)) {
            finish(sink, position - 1);
            return false;
        }
        if (!findMessage()) {
            if (plan.range().end().isOverAt(clock.getAsLong())) {
                finish(sink, position - 1);
            }
            return false;
        }
        if (plan.fullyDurable() && !durability.covers(position)) {
            return false;
        }
        if (plan.range().end().isBefore(segment, index)) {
            finish(sink, position - 1);
            return false;
        }
        offer(sink);
        index++;
        if (remaining == 0) {
            if (plan.completedAfterTopN()) {
                complete(sink, position);
            }
            finished = true;
        }
        return !finished;
    }

    private void offer(FrameSink sink) throws IOException {
        String topic = segment.topic(index);
        if (segment.timestamp(index) < plan.range().fromMicros() || !reading.wantsTopic(topic)) {
            return;
        }
        Message message = Message.at(segment, index);
        if (!reading.wantsContent(message)) {
            return;
        }
        FrameBuffer frame = sink.buffer();
        frame.begin();
        frame.append(prefix(topic));
        message.appendTo(
                frame, true, plan.timestamp(), plan.sowKey(), reading.select(message.body()));
        frame.end();
        if (remaining > 0) {
            remaining--;
        }
        sink.messageDone();
    }

    private void finish(FrameSink sink, long position) throws IOException {
        finished = true;
        complete(sink, position);
    }

    private void complete(FrameSink sink, long position) throws IOException {
        if (plan.completedId() != null) {
            sink.ack(
                    HeaderBuilder.ack(plan.completedId(), "completed")
                            .add("sub_id", view.subId())
                            .add("query_id", plan.queryId())
                            .add("bm", log.bookmarkUpTo(position))
                            .success()
                            .frame(),
                    "completed");
        }
    }

    private byte[] prefix(String topic) {
        return prefixes.computeIfAbsent(
                topic,
                name -> HeaderBuilder.command("p").add("t", name).add("sids", view.subId()).open());
    }

    private long position() {
        return segment.firstPosition() + index;
    }

    private void moveTo(long position) {
        segment = log.segmentOf(position);
        index = (int) Math.max(0, position - segment.firstPosition());
    }

    /** Steps into the next segment where necessary; false at the end of the log. */
    private boolean findMessage() {
        while (index >= segment.count()) {
            LogSegment next = segment.next();
            // A segment with a successor does not grow, so this second look is final.
            if (next == null || index < segment.count()) {
                return next != null;
            }
            segment = next;
            index = 0;
        }
        return true;
    }
}
