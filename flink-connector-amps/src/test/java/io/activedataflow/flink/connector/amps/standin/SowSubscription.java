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

import io.activedataflow.flink.connector.amps.standin.filter.BodyDelta;
import io.activedataflow.flink.connector.amps.standin.filter.BodyField;
import io.activedataflow.flink.connector.amps.standin.sow.SowChange;
import io.activedataflow.flink.connector.amps.standin.sow.SowPage;
import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowSubject;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A subscription that looks at what a message does to the state of the world: it tells what is out
 * of focus, sends only what has changed, or shows one page. Guarded by the order of the broker.
 */
final class SowSubscription implements Subscription {

    private static final String MATCH = "match";

    private final SubscriptionView view;
    private final Reading reading;
    private final SowFrames frames;
    private final Wish wish;
    private final SowPage page;
    private final Function<String, List<BodyField>> keyFields;
    private volatile boolean closed;

    /** What the client asked for. */
    record Wish(boolean outOfFocus, boolean delta, boolean noEmpties) {}

    /**
     * @param page null for all records
     * @param keyFields of the topics in the state of the world
     */
    SowSubscription(
            SubscriptionView view,
            SowFrames frames,
            Wish wish,
            SowPage page,
            Function<String, List<BodyField>> keyFields) {
        this.view = view;
        this.reading = frames.reading();
        this.frames = frames;
        this.wish = wish;
        this.page = page;
        this.keyFields = keyFields;
    }

    @Override
    public SubscriptionView view() {
        return view;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Whether the client has been sent this record, unless that is still on its way. */
    boolean shows(SowTopic topic, SowRecord row) {
        return page == null ? sees(topic, row) : page.shows(row);
    }

    /** A message to a topic that is not kept in the state of the world. */
    void published(Message message, Consumer<byte[]> out) {
        if (closed || !reading.wantsTopic(message.topic()) || !reading.wantsContent(message)) {
            return;
        }
        FrameBuffer frame = new FrameBuffer(message.body().length() + 256);
        frame.begin();
        frame.append(
                HeaderBuilder.command("p")
                        .add("t", message.topic())
                        .add("sids", view.subId())
                        .open());
        message.appendTo(
                frame,
                frames.bookmark(),
                frames.timestamp(),
                false,
                reading.select(message.body()));
        frame.end();
        out.accept(frame.toBytes());
    }

    /** A change of the state of the world. */
    void changed(SowChange change, Consumer<byte[]> out) {
        SowTopic topic = change.topic();
        if (closed) {
            return;
        }
        boolean before = sees(topic, change.before());
        boolean after = sees(topic, change.after());
        if (page != null && reading.wantsTopic(topic.name())) {
            turn(change, after, out);
        } else if (after) {
            update(topic, before ? change.before() : null, change.after(), out);
        } else if (before) {
            leave(change, out);
        }
    }

    /** Tells that a record which the client has been sent is out of focus of what replaced that. */
    void replaced(SowTopic topic, SowRecord row, Consumer<byte[]> out) {
        if (wish.outOfFocus()) {
            out.accept(frames.outOfFocus(topic.name(), view.subId(), MATCH, row));
        }
    }

    private void turn(SowChange change, boolean after, Consumer<byte[]> out) {
        SowTopic topic = change.topic();
        SowRecord any = change.after() == null ? change.before() : change.after();
        SowPage.Turn turn = page.change(any.key(), after ? change.after() : null);
        for (SowRecord row : turn.left()) {
            if (!row.key().equals(any.key())) {
                replaced(topic, row, out);
            } else if (after) {
                replaced(topic, change.after(), out);
            } else {
                leave(change, out);
            }
        }
        for (SowRecord row : turn.entered()) {
            boolean updated = row == change.after() && turn.updated();
            update(topic, updated ? change.before() : null, row, out);
        }
    }

    private void leave(SowChange change, Consumer<byte[]> out) {
        if (!wish.outOfFocus()) {
            return;
        }
        SowTopic topic = change.topic();
        String reason =
                switch (change.cause()) {
                    case DELETED -> "deleted";
                    case EXPIRED -> "expired";
                    case PUBLISHED ->
                            reading.isEntitledTo(new SowSubject(topic, change.after()))
                                    ? MATCH
                                    : "entitlement";
                };
        SowRecord told = reason.equals(MATCH) ? change.after() : change.before();
        out.accept(frames.outOfFocus(topic.name(), view.subId(), reason, told));
    }

    /**
     * @param before null if the client does not have the record
     */
    private void update(SowTopic topic, SowRecord before, SowRecord after, Consumer<byte[]> out) {
        byte[] body = after.body();
        if (wish.delta() && before != null && BodyDelta.supports(topic.messageType())) {
            BodyDelta.Difference difference =
                    BodyDelta.difference(
                            topic.messageType(),
                            before.body(),
                            body,
                            keyFields.apply(topic.name()));
            if (difference.isEmpty() && wish.noEmpties()) {
                return;
            }
            body = difference.body();
        }
        out.accept(frames.publish(topic.name(), view.subId(), after, body));
    }

    private boolean sees(SowTopic topic, SowRecord row) {
        if (row == null
                || !reading.wantsTopic(topic.name())
                || !topic.messageType().equals(reading.messageType())) {
            return false;
        }
        SowSubject subject = new SowSubject(topic, row);
        return reading.matches(subject) && reading.isEntitledTo(subject);
    }
}
