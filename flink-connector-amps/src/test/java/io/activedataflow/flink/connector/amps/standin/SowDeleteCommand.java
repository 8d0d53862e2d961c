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

import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;
import io.activedataflow.flink.connector.amps.standin.filter.TopicMatcher;
import io.activedataflow.flink.connector.amps.standin.sow.SowException;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;

/** Removes records from the state of the world. */
final class SowDeleteCommand {

    private final Session session;
    private final Broker broker;
    private final ReadingParser readings;

    SowDeleteCommand(Session session, Broker broker) {
        this.session = session;
        this.broker = broker;
        this.readings = new ReadingParser(session, broker.settings().entitlement());
    }

    void handle(Header header, AckRequest acks) throws Rejected {
        boolean sequenced = header.has(Field.SEQUENCE);
        long sequence = sequenced ? header.number(Field.SEQUENCE) : 0;
        try {
            SowTable table = table(header.get(Field.TOPIC));
            broker.faults().failPublishIfTold();
            SowSelection selection = selection(header, table);
            Long publisher = sequenced ? broker.publisherId(session.clientName()) : null;
            Broker.Deletion deletion = broker.delete(table, selection, publisher, sequence);
            if (deletion == null && broker.settings().ambiguities().duplicatePublishFails()) {
                throw new Rejected(Reason.DUPLICATE);
            }
            succeed(acks, sequenced, sequence, deletion);
        } catch (Rejected e) {
            if (!sequenced || !acks.wants("persisted")) {
                throw e;
            }
            session.publishAcks().failed(sequence, e.getMessage());
            if (acks.wants("processed")) {
                throw e;
            }
        }
    }

    private SowTable table(String topic) throws Rejected {
        if (topic == null) {
            throw new Rejected(Reason.NO_TOPIC);
        }
        if (!broker.settings().entitlement().mayWrite(session.identity().user(), topic)) {
            throw new Rejected(Reason.NOT_ENTITLED);
        }
        SowTable table = broker.stateOfTheWorld().table(topic);
        if (table == null) {
            throw new Rejected(
                    isPattern(topic) ? Reason.REGEX_NOT_SUPPORTED : Reason.INVALID_TOPIC);
        }
        return table;
    }

    private static boolean isPattern(String topic) throws Rejected {
        try {
            return TopicMatcher.of(topic, false).isPattern();
        } catch (FilterSyntaxException e) {
            throw new Rejected(Reason.BAD_REGEX_TOPIC);
        }
    }

    private SowSelection selection(Header header, SowTable table) throws Rejected {
        boolean filter = header.has(Field.FILTER);
        boolean keys = header.has(Field.SOW_KEYS);
        boolean data = header.body().length() > 0;
        int given = (filter ? 1 : 0) + (keys ? 1 : 0) + (data ? 1 : 0);
        if (given != 1 || header.has(Field.BOOKMARK)) {
            throw new Rejected(
                    given == 0 && header.has(Field.BOOKMARK)
                            ? Reason.INVALID_TOPIC
                            : Reason.ONE_SELECTION);
        }
        if (filter) {
            return new SowSelection(null, readings.filter(header.get(Field.FILTER)));
        }
        try {
            SowSelection selection =
                    SowSelection.ofKeys(
                            keys
                                    ? header.get(Field.SOW_KEYS)
                                    : table.key(header.body().copy(), header.get(Field.SOW_KEY)));
            selection.check(table);
            return selection;
        } catch (SowException e) {
            throw new Rejected(e.getMessage());
        }
    }

    private void succeed(
            AckRequest acks, boolean sequenced, long sequence, Broker.Deletion deletion) {
        for (String type : new String[] {"processed", "completed"}) {
            if (acks.wants(type)) {
                session.ack(
                        HeaderBuilder.ack(acks.commandId(), type).success().frame(), type, null);
            }
        }
        if (acks.wants("stats")) {
            Broker.Deletion told = deletion == null ? new Broker.Deletion(0, 0) : deletion;
            session.ack(
                    HeaderBuilder.ack(acks.commandId(), "stats")
                            .success()
                            .addUnsigned("records_deleted", told.matches())
                            .addUnsigned("matches", told.matches())
                            .addUnsigned("topic_matches", told.examined())
                            .frame(),
                    "stats",
                    null);
        }
        if (acks.wants("persisted") && sequenced) {
            session.publishAcks().published(sequence, 0);
        } else if (acks.wants("persisted")) {
            session.ack(
                    HeaderBuilder.ack(acks.commandId(), "persisted").success().frame(),
                    "persisted",
                    null);
        }
    }
}
