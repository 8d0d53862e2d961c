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

import java.util.ArrayList;
import java.util.List;

/** Begins, replaces, pauses and resumes subscriptions. */
final class SubscribeCommand {

    private final Session session;
    private final Broker broker;
    private final Ambiguities ambiguities;
    private final ReadingParser readings;

    SubscribeCommand(Session session, Broker broker) {
        this.session = session;
        this.broker = broker;
        this.ambiguities = broker.settings().ambiguities();
        this.readings = new ReadingParser(session, broker.settings().entitlement());
    }

    /**
     * @param delta whether the client wants only what changes in the state of the world
     */
    void handle(Header header, AckRequest acks, boolean delta) throws Rejected {
        broker.faults().failSubscribeIfTold();
        SubscribeOptions options = SubscribeOptions.parse(header.get(Field.OPTIONS));
        checkVersion(options);
        String subId = header.get(header.has(Field.SUB_ID) ? Field.SUB_ID : Field.COMMAND_ID);
        if (subId == null) {
            throw new Rejected(Reason.INVALID_SUB_ID);
        }
        if (!header.has(Field.TOPIC) && (options.has("pause") || options.has("resume"))) {
            List<ReplayCursor> cursors = cursors(subId);
            if (options.has("pause")) {
                cursors.forEach(cursor -> cursor.pause(true));
                acknowledge(header, acks, null);
            } else {
                // Behind the acknowledgement, because messages must not overtake it.
                acknowledge(
                        header,
                        acks,
                        () ->
                                session.afterwards(
                                        () -> cursors.forEach(cursor -> cursor.pause(false))));
            }
            return;
        }
        Subscription existing = session.subscriptions().get(subId);
        if (existing != null && !options.has("replace")) {
            throw new Rejected(ambiguities.subIdInUseReason());
        }
        if (header.has(Field.ORDER_BY) || options.has("send_keys")) {
            throw new Rejected(Reason.NOT_SUPPORTED);
        }
        options.refuse("skip_n");
        Reading reading = readings.read(header, options);
        SubscriptionView view = SubscriptionView.of(session, subId, header);
        if (isReplay(header, reading, existing)) {
            options.refuse("oof");
            replay(header, acks, options, reading, view, existing);
        } else {
            live(header, acks, options, view, subscription(options, reading, view, delta));
        }
    }

    private void live(
            Header header,
            AckRequest acks,
            SubscribeOptions options,
            SubscriptionView view,
            Subscription subscription)
            throws Rejected {
        if (options.has("top_n") || header.has(Field.TOP_N) || options.has("pause")) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        acknowledge(
                header,
                acks,
                () -> {
                    session.subscriptions().remove(view.subId());
                    session.subscriptions().put(view.subId(), subscription);
                });
    }

    private Subscription subscription(
            SubscribeOptions options, Reading reading, SubscriptionView view, boolean delta)
            throws Rejected {
        boolean kept = reading.isOfPattern() || broker.stateOfTheWorld().keeps(view.topic());
        if (options.has("oof") && !kept) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        if (kept && (delta || options.has("oof"))) {
            return new SowSubscription(
                    view,
                    SowFrames.of(reading, options),
                    new SowSubscription.Wish(options.has("oof"), delta, options.has("no_empties")),
                    null,
                    broker.stateOfTheWorld()::keyFields);
        }
        return new PlainSubscription(
                view,
                reading,
                new PlainSubscription.Look(
                        options.has("bookmark"),
                        options.has("timestamp"),
                        !options.has("no_sowkey"),
                        options.get("select")));
    }

    private void replay(
            Header header,
            AckRequest acks,
            SubscribeOptions options,
            Reading reading,
            SubscriptionView view,
            Subscription existing)
            throws Rejected {
        boolean live = options.has("live");
        if (live && (options.has("pause") || options.has("fully_durable"))) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        boolean goesOn = !header.has(Field.BOOKMARK);
        ReplayRange range =
                new BookmarkResolver(
                                broker.log(),
                                options.notFound(),
                                ambiguities.bookmarkNotFoundReason())
                        .resolve(goesOn ? Bookmarks.EPOCH : header.get(Field.BOOKMARK));
        long topN = topN(header, options);
        if (topN >= 0 && (live || range.fromNow())) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        boolean completed =
                acks.wants("completed") && (!range.fromNow() || ambiguities.completedForNow());
        ReplayCursor.Plan plan =
                plan(header, acks, options, range, topN, completed ? acks.commandId() : null);
        ReplayCursor cursor = cursor(view, reading, plan, options.has("pause"));
        ReplayCursor replaced = existing instanceof ReplayCursor other ? other : null;
        acknowledge(header, acks, () -> begin(cursor, replaced, goesOn));
    }

    /** Begins a replay behind what has been queued for the client, all that is acknowledged. */
    void replayBehind(
            Header header,
            AckRequest acks,
            SubscribeOptions options,
            Reading reading,
            SubscriptionView view,
            ReplayRange range,
            Subscription existing) {
        ReplayCursor.Plan plan = plan(header, acks, options, range, -1, null);
        ReplayCursor replaced = existing instanceof ReplayCursor other ? other : null;
        session.subscriptions().remove(view.subId());
        begin(cursor(view, reading, plan, options.has("pause")), replaced, false);
    }

    private ReplayCursor.Plan plan(
            Header header,
            AckRequest acks,
            SubscribeOptions options,
            ReplayRange range,
            long topN,
            String completedId) {
        return new ReplayCursor.Plan(
                range,
                topN,
                options.has("fully_durable"),
                options.has("timestamp"),
                !options.has("no_sowkey"),
                completedId,
                header.get(Field.QUERY_ID),
                ambiguities.completedAfterTopN(),
                acks.wants("persisted"),
                ambiguities.persistedAheadOfReplay());
    }

    private ReplayCursor cursor(
            SubscriptionView view, Reading reading, ReplayCursor.Plan plan, boolean paused) {
        return new ReplayCursor(
                view,
                broker.log(),
                broker.durability(),
                broker.settings().clock(),
                reading,
                plan,
                paused);
    }

    private void begin(ReplayCursor cursor, ReplayCursor replaced, boolean goesOn) {
        String subId = cursor.view().subId();
        // On the writer thread, so that nothing comes between the old and the new one.
        session.afterwards(
                () -> {
                    if (replaced != null && goesOn) {
                        cursor.continueFrom(replaced);
                    }
                    if (replaced != null) {
                        replaced.close();
                    }
                    session.writer().begin(cursor);
                });
        session.subscriptions().put(subId, cursor);
    }

    private boolean isReplay(Header header, Reading reading, Subscription existing)
            throws Rejected {
        if (!header.has(Field.BOOKMARK)) {
            return existing instanceof ReplayCursor;
        }
        if (isUnlogged(reading, header)) {
            if (ambiguities.unloggedBookmarkFails()) {
                throw new Rejected(Reason.INVALID_TOPIC);
            }
            return false;
        }
        return true;
    }

    /** Refuses a topic that cannot be replayed. */
    void checkLogged(Reading reading, Header header) throws Rejected {
        if (isUnlogged(reading, header)) {
            throw new Rejected(Reason.INVALID_TOPIC);
        }
    }

    private boolean isUnlogged(Reading reading, Header header) {
        return !reading.isOfPattern() && !broker.settings().logged().test(header.get(Field.TOPIC));
    }

    private List<ReplayCursor> cursors(String subIds) throws Rejected {
        List<ReplayCursor> cursors = new ArrayList<>();
        for (String subId : subIds.split(",")) {
            if (!(session.subscriptions().get(subId) instanceof ReplayCursor cursor)) {
                throw new Rejected(Reason.INVALID_SUB_ID);
            }
            cursors.add(cursor);
        }
        return cursors;
    }

    private static long topN(Header header, SubscribeOptions options) throws Rejected {
        String text = options.has("top_n") ? options.get("top_n") : header.get(Field.TOP_N);
        if (text == null) {
            return -1;
        }
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        return Long.parseLong(text);
    }

    /** Servers before 5.3.5 do not know the option. */
    private void checkVersion(SubscribeOptions options) throws Rejected {
        if (options.has("bookmark_not_found")
                && Versions.isBefore(broker.settings().version(), 5, 3, 5)) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
    }

    private void acknowledge(Header header, AckRequest acks, Runnable then) {
        byte[] frame =
                acks.wants("processed")
                        ? HeaderBuilder.ack(acks.commandId(), "processed")
                                .success()
                                .add(
                                        "sub_id",
                                        ambiguities.subIdInProcessedAck()
                                                ? header.get(Field.SUB_ID)
                                                : null)
                                .add("query_id", header.get(Field.QUERY_ID))
                                .frame()
                        : null;
        session.ack(frame, "processed", then);
    }
}
