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

/** A message from a client. */
final class PublishCommand {

    private final Session session;
    private final Broker broker;

    PublishCommand(Session session, Broker broker) {
        this.session = session;
        this.broker = broker;
    }

    /**
     * @param delta whether the body only has what changes
     */
    void handle(Header header, AckRequest acks, boolean delta) throws Rejected {
        boolean sequenced = header.has(Field.SEQUENCE);
        long sequence = sequenced ? header.number(Field.SEQUENCE) : 0;
        try {
            check(header.get(Field.TOPIC));
            LogEntry entry = publish(header, sequenced, sequence, delta);
            if (entry == null && broker.settings().ambiguities().duplicatePublishFails()) {
                throw new Rejected(Reason.DUPLICATE);
            }
            succeed(acks, sequenced, sequence, entry);
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

    private void check(String topic) throws Rejected {
        if (topic == null) {
            throw new Rejected(Reason.NO_TOPIC);
        }
        broker.faults().failPublishIfTold();
        if (!broker.settings().entitlement().mayWrite(session.identity().user(), topic)) {
            throw new Rejected(Reason.NOT_ENTITLED);
        }
    }

    private LogEntry publish(Header header, boolean sequenced, long sequence, boolean delta)
            throws Rejected {
        String name = session.clientName();
        Publication publication =
                new Publication(
                        broker.publisherId(name),
                        sequence,
                        header.get(Field.TOPIC),
                        // The frame lives as long as the message, so the body can stay in it.
                        header.body(),
                        header.get(Field.CORRELATION),
                        session.identity().user(),
                        header.get(Field.SOW_KEY),
                        delta,
                        header.has(Field.EXPIRATION)
                                ? header.number(Field.EXPIRATION)
                                : Publication.NO_LIFETIME);
        return sequenced
                ? broker.publish(publication)
                : broker.publishUnsequenced(name, publication);
    }

    private void succeed(AckRequest acks, boolean sequenced, long sequence, LogEntry entry) {
        if (acks.wants("processed")) {
            answer(acks, "processed");
        }
        if (acks.wants("completed")) {
            answer(acks, "completed");
        }
        if (!acks.wants("persisted")) {
            return;
        }
        if (sequenced) {
            session.publishAcks().published(sequence, position(sequence, entry));
        } else {
            answer(acks, "persisted");
        }
    }

    /** A duplicate is acknowledged no earlier than what it duplicates. */
    private long position(long sequence, LogEntry entry) {
        return entry == null
                ? broker.log().find(broker.publisherId(session.clientName()), sequence)
                : entry.position();
    }

    private void answer(AckRequest acks, String type) {
        session.ack(HeaderBuilder.ack(acks.commandId(), type).success().frame(), type, null);
    }
}
