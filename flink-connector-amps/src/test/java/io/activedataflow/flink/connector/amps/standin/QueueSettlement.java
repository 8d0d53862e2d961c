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

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilter;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;
import io.activedataflow.flink.connector.amps.standin.queue.MessageQueue;
import io.activedataflow.flink.connector.amps.standin.queue.QueueFaults;
import io.activedataflow.flink.connector.amps.standin.queue.Settlement;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code sow_delete} on a queue: acknowledges, cancels or expires what is leased. Whoever may read
 * may do so. Without bookmarks, SOW keys, data or a filter it is refused as with two of them.
 */
final class QueueSettlement {

    private final Session session;
    private final Broker broker;

    QueueSettlement(Session session, Broker broker) {
        this.session = session;
        this.broker = broker;
    }

    void handle(MessageQueue queue, Header header, AckRequest acks) throws Rejected {
        QueueFaults.Fate fate = broker.queues().faults().fateOfAck();
        switch (fate) {
            case LOSE -> session.close("fault injection");
            case REFUSE -> throw new Rejected(broker.queues().faults().refusal());
            default -> {
                carryOut(queue, header, acks);
                if (fate == QueueFaults.Fate.CARRY_OUT_AND_CUT) {
                    session.close("fault injection");
                }
            }
        }
    }

    private void carryOut(MessageQueue queue, Header header, AckRequest acks) throws Rejected {
        check(queue, header);
        Settlement settlement = settlement(header.get(Field.OPTIONS));
        int depth = queue.depth();
        int settled =
                header.has(Field.BOOKMARK)
                        ? queue.settle(session, settlement, bookmarks(header))
                        : settleMatching(queue, settlement, header.get(Field.FILTER));
        answer(header, acks, depth, settled);
    }

    private void check(MessageQueue queue, Header header) throws Rejected {
        boolean data = header.body().length() > 0;
        int selections = data ? 1 : 0;
        for (Field field : List.of(Field.BOOKMARK, Field.FILTER, Field.SOW_KEYS)) {
            selections += header.has(field) ? 1 : 0;
        }
        if (selections != 1) {
            throw new Rejected(Reason.ONE_SELECTION);
        }
        if (data || header.has(Field.SOW_KEYS)) {
            throw new Rejected(Reason.NOT_SUPPORTED);
        }
        String user = session.identity().user();
        if (!broker.settings().entitlement().mayRead(user, queue.definition().name())) {
            throw new Rejected(Reason.NOT_ENTITLED);
        }
    }

    private static Settlement settlement(String options) throws Rejected {
        List<String> names = SubscribeOptions.split(options == null ? "" : options);
        if (names.isEmpty()) {
            return Settlement.ACKNOWLEDGE;
        }
        if (names.equals(List.of("cancel"))) {
            return Settlement.CANCEL;
        }
        if (names.equals(List.of("expire"))) {
            return Settlement.EXPIRE;
        }
        throw new Rejected(Reason.INVALID_OPTIONS);
    }

    private static List<String> bookmarks(Header header) throws Rejected {
        List<String> bookmarks = new ArrayList<>();
        for (String part : header.get(Field.BOOKMARK).split(",")) {
            Bookmarks.Id id = Bookmarks.parse(part);
            bookmarks.add(Bookmarks.text(id.publisherId(), id.sequence()));
        }
        return bookmarks;
    }

    private int settleMatching(MessageQueue queue, Settlement settlement, String text)
            throws Rejected {
        String messageType = session.identity().messageType();
        try {
            ContentFilter filter = ContentFilter.parse(text);
            if (!filter.supports(messageType)) {
                throw new Rejected(Reason.BAD_FILTER);
            }
            return queue.settleMatching(session, settlement, messageType, filter::matches);
        } catch (FilterSyntaxException e) {
            throw new Rejected(Reason.BAD_FILTER);
        }
    }

    private void answer(Header header, AckRequest acks, int depth, int settled) throws Rejected {
        for (String type : List.of("processed", "completed")) {
            if (acks.wants(type)) {
                session.ack(
                        HeaderBuilder.ack(acks.commandId(), type).success().frame(), type, null);
            }
        }
        if (acks.wants("persisted")) {
            if (header.has(Field.SEQUENCE)) {
                session.publishAcks().published(header.number(Field.SEQUENCE), 0);
            } else {
                session.ack(
                        HeaderBuilder.ack(acks.commandId(), "persisted").success().frame(),
                        "persisted",
                        null);
            }
        }
        if (acks.wants("stats")) {
            session.ack(
                    HeaderBuilder.ack(acks.commandId(), "stats")
                            .success()
                            .addUnsigned("records_deleted", settled)
                            .addUnsigned("matches", settled)
                            .addUnsigned("topic_matches", depth)
                            .frame(),
                    "stats",
                    null);
        }
    }
}
