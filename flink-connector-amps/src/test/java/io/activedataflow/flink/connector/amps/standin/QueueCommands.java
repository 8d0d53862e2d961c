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
import io.activedataflow.flink.connector.amps.standin.queue.MessageQueue;

/**
 * The commands of a connection that are for a queue. Not supported, and answered so:
 *
 * <ul>
 *   <li>{@code regex topic not supported}: subscriptions and queries with a pattern that matches
 *       the name of a queue
 *   <li>{@code not supported}: {@code sow_and_subscribe} and its like; a bookmark on a queue that
 *       is not fed by the topic of its own name; replacing the subscription to a queue by one to
 *       something else than a queue; {@code sow_delete} with SOW keys or data; queries in an order,
 *       by SOW keys or from a bookmark
 *   <li>{@code invalid options}: options that mean nothing to a queue
 * </ul>
 */
final class QueueCommands {

    private final Session session;
    private final Broker broker;
    private final Queues queues;
    private final ReadingParser readings;
    private final QueueSettlement settlement;
    private final QueueBrowse browse;

    QueueCommands(Session session, Broker broker) {
        this.session = session;
        this.broker = broker;
        this.queues = broker.queues();
        this.readings = new ReadingParser(session, broker.settings().entitlement());
        this.settlement = new QueueSettlement(session, broker);
        this.browse = new QueueBrowse(session, readings);
    }

    /** Carries out a command if it is for a queue; false if it is not. */
    boolean handle(String command, Header header, AckRequest acks) throws Rejected {
        return switch (command) {
            case "subscribe", "delta_subscribe" -> subscribe(header, acks);
            case "sow_delete" -> settle(header, acks);
            case "sow" -> query(header, acks);
            case "sow_and_subscribe", "sow_and_delta_subscribe" -> {
                if (queue(header) != null) {
                    throw new Rejected(Reason.NOT_SUPPORTED);
                }
                yield false;
            }
            // A message that is published to a queue goes to the topic behind it.
            default -> false;
        };
    }

    private boolean subscribe(Header header, AckRequest acks) throws Rejected {
        MessageQueue queue = header.has(Field.BOOKMARK) ? replayed(header) : queue(header);
        if (queue == null) {
            boolean replaces =
                    header.has(Field.TOPIC)
                            && SubscribeOptions.split(text(header, Field.OPTIONS))
                                    .contains("replace");
            if (replaces
                    && session.subscriptions().get(subId(header)) instanceof QueueSubscription) {
                throw new Rejected(Reason.NOT_SUPPORTED);
            }
            return false;
        }
        subscribe(queue, header, acks);
        return true;
    }

    private void subscribe(MessageQueue queue, Header header, AckRequest acks) throws Rejected {
        broker.faults().failSubscribeIfTold();
        QueueOptions options = QueueOptions.parse(header.get(Field.OPTIONS));
        String subId = subId(header);
        if (subId == null) {
            throw new Rejected(Reason.INVALID_SUB_ID);
        }
        if (header.has(Field.ORDER_BY)) {
            throw new Rejected(Reason.NOT_SUPPORTED);
        }
        if (header.has(Field.TOP_N)) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        if (session.subscriptions().get(subId) != null && !options.others().has("replace")) {
            throw new Rejected(broker.settings().ambiguities().subIdInUseReason());
        }
        SubscriptionView view =
                new SubscriptionView(
                        session.clientName(),
                        subId,
                        header.get(Field.TOPIC),
                        header.get(Field.FILTER),
                        header.get(Field.OPTIONS),
                        null);
        QueueSubscription subscription =
                new QueueSubscription(
                        session,
                        queues,
                        queue,
                        view,
                        readings.read(header, options.others()),
                        options);
        int backlog = queue.definition().effectiveBacklog(options.maxBacklog());
        byte[] frame =
                acks.wants("processed")
                        ? HeaderBuilder.ack(acks.commandId(), "processed")
                                .success()
                                .add(
                                        "sub_id",
                                        broker.settings().ambiguities().subIdInProcessedAck()
                                                ? header.get(Field.SUB_ID)
                                                : null)
                                .add("query_id", header.get(Field.QUERY_ID))
                                .add("opts", "max_backlog=" + backlog)
                                .frame()
                        : null;
        session.ack(frame, "processed", () -> begin(subscription));
    }

    private void begin(QueueSubscription subscription) {
        Subscriptions all = session.subscriptions();
        String subId = subscription.subId();
        MessageQueue queue = subscription.queue();
        if (all.get(subId) instanceof QueueSubscription older && older.queue() == queue) {
            all.put(subId, subscription);
            queue.replace(older, subscription);
        } else {
            all.remove(subId);
            all.put(subId, subscription);
            queue.join(subscription);
        }
        if (session.isClosed()) {
            // Closed meanwhile by another thread, which may not have seen this subscription.
            all.removeAll();
        }
    }

    private boolean settle(Header header, AckRequest acks) throws Rejected {
        MessageQueue queue = queues.named(header.get(Field.TOPIC));
        if (queue == null) {
            return false;
        }
        settlement.handle(queue, header, acks);
        return true;
    }

    private boolean query(Header header, AckRequest acks) throws Rejected {
        MessageQueue queue = queue(header);
        if (queue == null) {
            return false;
        }
        browse.handle(queue, header, acks);
        return true;
    }

    /** A subscription with a bookmark replays the topic of the same name, if that feeds it. */
    private MessageQueue replayed(Header header) throws Rejected {
        MessageQueue queue = queues.named(header.get(Field.TOPIC));
        if (queue != null && !queue.definition().isFedBy(queue.definition().name())) {
            throw new Rejected(Reason.NOT_SUPPORTED);
        }
        return null;
    }

    private MessageQueue queue(Header header) throws Rejected {
        String topic = header.get(Field.TOPIC);
        if (topic == null) {
            return null;
        }
        boolean literal =
                SubscribeOptions.split(text(header, Field.OPTIONS)).contains("non_regex_topic");
        try {
            TopicMatcher topics = TopicMatcher.of(topic, literal);
            if (topics.isPattern() && queues.anyIsMeantBy(topics)) {
                throw new Rejected(Reason.REGEX_NOT_SUPPORTED);
            }
            return topics.isPattern() ? null : queues.named(topic);
        } catch (FilterSyntaxException e) {
            throw new Rejected(Reason.BAD_REGEX_TOPIC);
        }
    }

    private static String subId(Header header) {
        return header.get(header.has(Field.SUB_ID) ? Field.SUB_ID : Field.COMMAND_ID);
    }

    private static String text(Header header, Field field) {
        return header.has(field) ? header.get(field) : "";
    }
}
