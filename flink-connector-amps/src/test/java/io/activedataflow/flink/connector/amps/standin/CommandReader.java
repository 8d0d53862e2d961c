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
import java.net.SocketTimeoutException;
import java.util.List;

/** The reader thread of a connection: carries out its commands one after the other. */
final class CommandReader implements Runnable {

    private final Session session;
    private final Logon logon;
    private final PublishCommand publish;
    private final SubscribeCommand subscribe;
    private final QueueCommands queues;
    private final SowCommand sow;
    private final SowDeleteCommand sowDelete;
    private final HeartbeatCommand heartbeat;

    CommandReader(Session session, Broker broker) {
        this.session = session;
        this.logon = new Logon(session, broker);
        this.publish = new PublishCommand(session, broker);
        this.subscribe = new SubscribeCommand(session, broker);
        this.queues = new QueueCommands(session, broker);
        this.sow = new SowCommand(session, broker, subscribe);
        this.sowDelete = new SowDeleteCommand(session, broker);
        this.heartbeat = new HeartbeatCommand(session, broker.settings().ambiguities());
    }

    @Override
    public void run() {
        try {
            FrameReader frames = session.frames();
            byte[] frame = frames.next();
            while (frame != null) {
                if (session.isTraced()) {
                    session.trace().received(frame);
                }
                if (frame.length > 0) {
                    carryOut(Header.parse(frame));
                }
                frame = frames.next();
            }
            session.close("connection closed");
        } catch (SocketTimeoutException e) {
            session.close("heartbeat");
        } catch (IOException | RuntimeException e) {
            session.close(e.toString());
        }
    }

    private void carryOut(Header header) throws IOException {
        AckRequest acks = AckRequest.of(header);
        if (acks.wants("received")) {
            session.send(HeaderBuilder.ack(acks.commandId(), "received").success().frame());
        }
        if (acks.wants("parsed")) {
            session.send(HeaderBuilder.ack(acks.commandId(), "parsed").success().frame());
        }
        try {
            carryOut(header, acks);
        } catch (Rejected e) {
            if (acks.isForFailures()) {
                session.ack(
                        HeaderBuilder.ack(acks.commandId(), acks.typeOfFailure())
                                .failure(e.getMessage())
                                .frame(),
                        acks.typeOfFailure(),
                        null);
            }
            if (!session.isLoggedOn()) {
                session.closeAfterwards(e.getMessage());
            }
        }
    }

    private void carryOut(Header header, AckRequest acks) throws Rejected, IOException {
        String command = header.has(Field.COMMAND) ? header.get(Field.COMMAND) : "";
        if (command.equals("logon")) {
            logon.handle(header, acks);
            return;
        }
        if (!session.isLoggedOn()) {
            throw new Rejected(Reason.LOGON_REQUIRED);
        }
        // By the kind of the topic first: what is not for a queue is for the commands below.
        if (queues.handle(command, header, acks)) {
            return;
        }
        switch (command) {
            case "p", "publish" -> publish.handle(header, acks, false);
            case "delta_publish" -> publish.handle(header, acks, true);
            case "subscribe" -> subscribe.handle(header, acks, false);
            case "delta_subscribe" -> subscribe.handle(header, acks, true);
            case "sow" -> sow.query(header, acks);
            case "sow_and_subscribe" -> sow.queryAndSubscribe(header, acks, false);
            case "sow_and_delta_subscribe" -> sow.queryAndSubscribe(header, acks, true);
            case "sow_delete" -> sowDelete.handle(header, acks);
            case "unsubscribe" -> unsubscribe(header, acks);
            case "flush" -> flush(acks);
            case "heartbeat" -> heartbeat.handle(header);
            default -> throw new Rejected(Reason.NOT_SUPPORTED);
        }
    }

    private void unsubscribe(Header header, AckRequest acks) throws Rejected {
        String ids = header.get(Field.SUB_ID);
        String queryIds = header.get(Field.QUERY_ID);
        if (ids == null && queryIds == null) {
            throw new Rejected(Reason.INVALID_SUB_ID);
        }
        if (ids != null && ids.equals("all")) {
            session.subscriptions().removeAll();
            session.queries().cancelOfAll();
        } else if (ids != null) {
            for (String id : ids.split(",")) {
                session.subscriptions().remove(id);
                session.queries().cancelOf(id);
            }
        }
        if (queryIds != null) {
            List.of(queryIds.split(",")).forEach(session.queries()::cancel);
        }
        acknowledge(acks, "processed");
    }

    private void flush(AckRequest acks) {
        acknowledge(acks, "processed");
        acknowledge(acks, "completed");
        if (acks.wants("persisted")) {
            session.publishAcks().flushed(acks.commandId());
        }
    }

    private void acknowledge(AckRequest acks, String type) {
        if (acks.wants(type)) {
            session.ack(HeaderBuilder.ack(acks.commandId(), type).success().frame(), type, null);
        }
    }
}
