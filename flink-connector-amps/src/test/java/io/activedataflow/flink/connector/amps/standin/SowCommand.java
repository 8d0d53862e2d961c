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

import io.activedataflow.flink.connector.amps.standin.sow.SowPage;
import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import java.util.List;
import java.util.function.BiPredicate;

/** Queries of the state of the world, and subscriptions that begin with one. */
final class SowCommand {

    private final Session session;
    private final Broker broker;
    private final SubscribeCommand subscribe;
    private final ReadingParser readings;

    /** One command, checked. */
    private record Asked(
            Header header,
            AckRequest acks,
            SubscribeOptions options,
            String queryId,
            SowQuery query,
            SowFrames frames) {

        SowSnapshot.Request request(String subId) {
            return new SowSnapshot.Request(acks, queryId, subId, query.batchSize());
        }
    }

    SowCommand(Session session, Broker broker, SubscribeCommand subscribe) {
        this.session = session;
        this.broker = broker;
        this.subscribe = subscribe;
        this.readings = new ReadingParser(session, broker.settings().entitlement());
    }

    /** A query alone. */
    void query(Header header, AckRequest acks) throws Rejected {
        broker.faults().sow().refuseIfTold();
        Asked asked = asked(header, acks);
        asked.options()
                .refuse("fully_durable", "live", "no_empties", "oof", "pause", "replace", "resume");
        if (!asked.query().reading().isOfPattern() && isUnknown(header)) {
            throw new Rejected(Reason.INVALID_TOPIC);
        }
        SowPast past = SowPast.of(asked.header(), asked.options(), broker, tables(asked.query()));
        acknowledge(
                asked,
                null,
                () -> {
                    SowAnswer answer =
                            asked.query()
                                    .answer(
                                            tables(asked.query()),
                                            table -> candidates(asked.query(), past, table),
                                            (topic, row) -> false,
                                            broker.faults().sow().roundsTopNUp());
                    play(asked.request(null), answer, asked.frames());
                });
    }

    /** A query and then a subscription. */
    void queryAndSubscribe(Header header, AckRequest acks, boolean delta) throws Rejected {
        broker.faults().failSubscribeIfTold();
        Asked asked = asked(header, acks);
        SubscribeOptions options = asked.options();
        if (header.has(Field.SOW_KEYS)) {
            throw new Rejected(Reason.NOT_SUPPORTED);
        }
        String subId = header.get(header.has(Field.SUB_ID) ? Field.SUB_ID : Field.COMMAND_ID);
        if (subId == null) {
            throw new Rejected(Reason.INVALID_SUB_ID);
        }
        Subscription existing = session.subscriptions().get(subId);
        if (existing != null && !options.has("replace")) {
            throw new Rejected(broker.settings().ambiguities().subIdInUseReason());
        }
        checkPage(asked);
        SubscriptionView view = SubscriptionView.of(session, subId, header);
        if (header.has(Field.BOOKMARK)) {
            fromThePast(asked, view, existing);
            return;
        }
        options.refuse("fully_durable", "live", "pause", "resume", "bookmark_not_found");
        if (options.has("oof") && !asked.query().reading().isOfPattern() && isUnknown(header)) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        SowSubscription.Wish wish =
                new SowSubscription.Wish(options.has("oof"), delta, options.has("no_empties"));
        acknowledge(asked, subId, () -> begin(asked, view, wish, existing(existing)));
    }

    private void begin(
            Asked asked,
            SubscriptionView view,
            SowSubscription.Wish wish,
            SowSubscription replaced) {
        SowQuery query = asked.query();
        List<SowTable> tables = tables(query);
        SowPage page =
                asked.options().has("skip_n") && !tables.isEmpty()
                        ? new SowPage(
                                query.reading().messageType(),
                                query.order(),
                                query.skipN(),
                                query.topN())
                        : null;
        SowSubscription subscription =
                new SowSubscription(
                        view, asked.frames(), wish, page, broker.stateOfTheWorld()::keyFields);
        BiPredicate<SowTopic, SowRecord> known =
                (topic, row) -> replaced != null && replaced.shows(topic, row);
        SowAnswer answer =
                page == null
                        ? query.answer(
                                tables,
                                SowTable::records,
                                known,
                                broker.faults().sow().roundsTopNUp())
                        : query.answer(tables.get(0), page, known);
        if (replaced != null) {
            tellWhatIsOutOfFocus(replaced, subscription);
        }
        session.subscriptions().remove(view.subId());
        play(asked.request(view.subId()), answer, asked.frames());
        session.subscriptions().put(view.subId(), subscription);
    }

    private void tellWhatIsOutOfFocus(SowSubscription replaced, SowSubscription now) {
        for (SowTable table : broker.stateOfTheWorld().tables()) {
            for (SowRecord row : table.records()) {
                if (replaced.shows(table.topic(), row) && !now.shows(table.topic(), row)) {
                    now.replaced(table.topic(), row, session::sendMessage);
                }
            }
        }
    }

    /** The records as of a bookmark, then a replay of what comes behind it. */
    private void fromThePast(Asked asked, SubscriptionView view, Subscription existing)
            throws Rejected {
        SubscribeOptions options = asked.options();
        options.refuse("oof", "skip_n");
        if (asked.query().topN() >= 0) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        subscribe.checkLogged(asked.query().reading(), asked.header());
        SowPast past = SowPast.of(asked.header(), options, broker, tables(asked.query()));
        acknowledge(
                asked,
                view.subId(),
                () -> {
                    SowAnswer answer =
                            asked.query()
                                    .answer(
                                            tables(asked.query()),
                                            table -> candidates(asked.query(), past, table),
                                            (topic, row) -> false,
                                            false);
                    play(asked.request(view.subId()), answer, asked.frames());
                    subscribe.replayBehind(
                            asked.header(),
                            asked.acks(),
                            options,
                            asked.query().reading(),
                            view,
                            past.range(broker.log()),
                            existing);
                });
    }

    private void play(SowSnapshot.Request request, SowAnswer answer, SowFrames frames) {
        SowSnapshot snapshot = new SowSnapshot(request, answer, frames, broker.faults().sow());
        session.queries().add(snapshot);
        session.afterwards(() -> session.writer().play(snapshot));
    }

    private Asked asked(Header header, AckRequest acks) throws Rejected {
        SubscribeOptions options = SubscribeOptions.parse(header.get(Field.OPTIONS));
        Reading reading = readings.read(header, options);
        SowQuery query = SowQuery.parse(header, options, reading);
        if (!reading.isOfPattern()) {
            for (SowTable table : tables(query)) {
                query.selection().check(table);
            }
        }
        String queryId = header.get(header.has(Field.QUERY_ID) ? Field.QUERY_ID : Field.COMMAND_ID);
        return new Asked(header, acks, options, queryId, query, SowFrames.of(reading, options));
    }

    /** A page is kept up to date for one topic, and only in an order. */
    private void checkPage(Asked asked) throws Rejected {
        if (!asked.options().has("skip_n")) {
            return;
        }
        if (asked.query().order() == null) {
            throw new Rejected(Reason.INVALID_ORDER);
        }
        if (asked.query().reading().isOfPattern()) {
            throw new Rejected(Reason.REGEX_NOT_SUPPORTED);
        }
    }

    private static List<SowRecord> candidates(SowQuery query, SowPast past, SowTable table) {
        return past.isNow() ? query.selection().candidates(table) : past.records(table);
    }

    private List<SowTable> tables(SowQuery query) {
        return broker.stateOfTheWorld().tables().stream()
                .filter(table -> query.reading().wantsTopic(table.topic().name()))
                .filter(table -> table.topic().messageType().equals(query.reading().messageType()))
                .toList();
    }

    private boolean isUnknown(Header header) {
        SowTable table = broker.stateOfTheWorld().table(header.get(Field.TOPIC));
        return table == null
                || !table.topic().messageType().equals(session.identity().messageType());
    }

    private static SowSubscription existing(Subscription subscription) {
        return subscription instanceof SowSubscription sow ? sow : null;
    }

    private void acknowledge(Asked asked, String subId, Runnable then) {
        HeaderBuilder ack = HeaderBuilder.ack(asked.acks().commandId(), "processed").success();
        if (broker.settings().ambiguities().subIdInProcessedAck()) {
            ack.add("sub_id", subId);
        }
        session.ackInOrder(
                asked.acks().wants("processed")
                        ? ack.add("query_id", asked.queryId()).frame()
                        : null,
                "processed",
                then);
    }
}
