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

    void handle(Header header, AckRequest acks) throws Rejected {
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
        Reading reading = readings.read(header, options);
        SubscriptionView view =
                new SubscriptionView(
                        session.clientName(),
                        subId,
                        header.get(Field.TOPIC),
                        header.get(Field.FILTER),
                        header.get(Field.OPTIONS),
                        header.get(Field.BOOKMARK));
        if (isReplay(header, reading, existing)) {
            replay(header, acks, options, reading, view, existing);
        } else {
            live(header, acks, options, reading, view);
        }
    }

    private void live(
            Header header,
            AckRequest acks,
            SubscribeOptions options,
            Reading reading,
            SubscriptionView view)
            throws Rejected {
        if (options.has("top_n") || header.has(Field.TOP_N) || options.has("pause")) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        PlainSubscription subscription =
                new PlainSubscription(
                        view,
                        reading,
                        new PlainSubscription.Look(
                                options.has("bookmark"),
                                options.has("timestamp"),
                                options.get("select")));
        acknowledge(
                header,
                acks,
                () -> {
                    session.subscriptions().remove(view.subId());
                    session.subscriptions().put(view.subId(), subscription);
                });
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
        ReplayCursor cursor =
                new ReplayCursor(
                        view,
                        broker.log(),
                        broker.durability(),
                        broker.settings().clock(),
                        reading,
                        new ReplayCursor.Plan(
                                range,
                                topN,
                                options.has("fully_durable"),
                                options.has("timestamp"),
                                completed ? acks.commandId() : null,
                                header.get(Field.QUERY_ID),
                                ambiguities.completedAfterTopN(),
                                acks.wants("persisted"),
                                ambiguities.persistedAheadOfReplay()),
                        options.has("pause"));
        ReplayCursor replaced = existing instanceof ReplayCursor other ? other : null;
        acknowledge(header, acks, () -> begin(cursor, replaced, goesOn));
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
        String topic = header.get(Field.TOPIC);
        if (!reading.isOfPattern() && !broker.settings().logged().test(topic)) {
            if (ambiguities.unloggedBookmarkFails()) {
                throw new Rejected(Reason.INVALID_TOPIC);
            }
            return false;
        }
        return true;
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
