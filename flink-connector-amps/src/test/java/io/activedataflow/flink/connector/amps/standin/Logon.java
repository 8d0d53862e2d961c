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

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command that has to be the first on a connection. */
final class Logon {

    private static final Pattern ACK_CONFLATION = Pattern.compile("ack_conflation=(\\d+)(ms|s|m)");

    private final Session session;
    private final Broker broker;
    private int round;

    Logon(Session session, Broker broker) {
        this.session = session;
        this.broker = broker;
    }

    void handle(Header header, AckRequest acks) throws Rejected {
        if (session.isLoggedOn()) {
            throw new Rejected(Reason.DUPLICATE_LOGON);
        }
        broker.faults().failLogonIfTold();
        String name = header.get(Field.CLIENT_NAME);
        if (name == null) {
            throw new Rejected(Reason.NO_CLIENT_NAME);
        }
        String messageType =
                header.has(Field.MESSAGE_TYPE)
                        ? header.get(Field.MESSAGE_TYPE)
                        : session.impliedMessageType();
        if (messageType == null || !broker.settings().messageTypes().contains(messageType)) {
            throw new Rejected(Reason.INVALID_MESSAGE_TYPE);
        }
        Duration interval = interval(header.get(Field.OPTIONS));
        String user = header.get(Field.USER);
        round++;
        Authentication.Decision decision =
                broker.settings()
                        .authentication()
                        .authenticate(name, user, header.get(Field.PASSWORD), round);
        if (decision instanceof Authentication.Retry retry) {
            challenge(acks, retry);
            return;
        }
        if (decision instanceof Authentication.Refuse refuse) {
            throw new Rejected(refuse.reason());
        }
        broker.claim(session, new Session.Identity(name, user, messageType));
        session.writer().persisted().every(interval);
        welcome(acks, name, user);
    }

    private void challenge(AckRequest acks, Authentication.Retry retry) {
        session.ack(
                HeaderBuilder.ack(acks.commandId(), "processed")
                        .add("status", "retry")
                        .add("user_id", retry.user())
                        .add("pw", retry.password())
                        .add("reason", Reason.AUTH_FAILURE)
                        .frame(),
                "processed",
                null);
    }

    private void welcome(AckRequest acks, String name, String user) {
        if (!acks.wants("processed")) {
            return;
        }
        long id = broker.publisherId(name);
        long sequence = broker.log().highestSequence(id);
        // The publisher forgets what it is told of here.
        broker.log().force();
        session.ack(
                HeaderBuilder.ack(acks.commandId(), "processed")
                        .success()
                        .add("version", broker.settings().version())
                        .add("bm", Bookmarks.text(id, sequence))
                        .addUnsigned("s", sequence)
                        .add("client_name", name)
                        .add("user_id", user)
                        .frame(),
                "processed",
                null);
    }

    private Duration interval(String options) throws Rejected {
        Duration interval = broker.settings().persistedAckInterval();
        for (String option : options == null ? new String[0] : options.split(",")) {
            Matcher matcher = ACK_CONFLATION.matcher(option);
            if (!matcher.matches()) {
                throw new Rejected(Reason.INVALID_OPTIONS);
            }
            long number = Long.parseLong(matcher.group(1));
            interval =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(Math.max(1, number));
                        case "s" -> Duration.ofSeconds(Math.max(1, number));
                        default -> Duration.ofMinutes(Math.max(1, number));
                    };
        }
        return interval;
    }
}
