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

import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** What is on the wire, letter by letter. */
@Timeout(60)
class TranscriptITCase {

    private static final String LOGON =
            "{\"c\":\"logon\",\"cid\":\"auto2\",\"client_name\":\"hac\",\"a\":\"processed\","
                    + "\"v\":\"5.3.5.3.84277d78.595142.notmanifest:java\",\"mt\":\"json\"}";

    private final AtomicReference<AmpsStandIn> started = new AtomicReference<>();

    @AfterEach
    void stop() {
        started.get().close();
    }

    private AmpsStandIn start(AmpsStandIn.Builder builder) {
        started.set(builder.persistedAckInterval(Duration.ofMillis(20)).start());
        return started.get();
    }

    private static AmpsStandIn.Builder numbered() {
        return AmpsStandIn.builder()
                .publisherId("hac", 99)
                .publisherId("p1", 1)
                .publisherId("p2", 2);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void bookmarkSubscriptionIsReplayedCompletedAndResumed() throws Exception {
        AmpsStandIn server = start(numbered());
        server.publish("p1", 1, "T", bytes("m1"));
        server.publish("p2", 7, "T", bytes("n7"));
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(LOGON);
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"auto2\",\"a\":\"processed\","
                                    + "\"status\":\"success\",\"version\":\"5.3.5.3\","
                                    + "\"bm\":\"99|0|\",\"s\":0,\"client_name\":\"hac\"}");
            client.send(
                    "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"auto3\","
                            + "\"a\":\"persisted,processed,completed\",\"sub_id\":\"S\","
                            + "\"bookmark\":\"0\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"auto3\",\"a\":\"processed\","
                                    + "\"status\":\"success\",\"sub_id\":\"S\"}");
            assertThat(client.receive())
                    .isEqualTo("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"S\",\"bm\":\"1|1|\"}m1");
            assertThat(client.receive())
                    .isEqualTo("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"S\",\"bm\":\"2|7|\"}n7");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"auto3\",\"a\":\"completed\","
                                    + "\"sub_id\":\"S\",\"bm\":\"2|7|\",\"status\":\"success\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"a\":\"persisted\",\"sub_id\":\"S\","
                                    + "\"bm\":\"2|7|\",\"status\":\"success\"}");

            server.faults().dropConnections();
            assertThat(client.isAtEnd()).isTrue();
        }
        server.publish("p1", 2, "T", bytes("m2"));
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(LOGON.replace("auto2", "auto4"));
            assertThat(client.receive()).contains("\"bm\":\"99|0|\",\"s\":0");
            client.send(
                    "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"auto5\","
                            + "\"a\":\"persisted,processed,completed\",\"sub_id\":\"S\","
                            + "\"query_id\":\"auto5\",\"bookmark\":\"2|7|,1|4|\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"auto5\",\"a\":\"processed\","
                                    + "\"status\":\"success\",\"sub_id\":\"S\","
                                    + "\"query_id\":\"auto5\"}");
            assertThat(client.receive())
                    .isEqualTo("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"S\",\"bm\":\"1|2|\"}m2");
        }
    }

    @Test
    void publisherWithAStoreIsToldWhatIsPersistedAndWhatFailed() throws Exception {
        AmpsStandIn server =
                start(
                        numbered()
                                .ambiguities(Ambiguities.defaults().withDuplicatePublishFails(true))
                                .entitlement(
                                        Entitlement.topics(
                                                topic -> true, topic -> !topic.equals("F"))));
        String prefix = "179517086092600000";
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(LOGON);
            client.receive();
            client.send("{\"c\":\"p\",\"t\":\"T\",\"a\":\"persisted\",\"s\":" + prefix + "1}{}");
            client.send("{\"c\":\"p\",\"t\":\"T\",\"a\":\"persisted\",\"s\":" + prefix + "2}{}");
            client.send("{\"c\":\"p\",\"t\":\"F\",\"a\":\"persisted\",\"s\":" + prefix + "3}{}");
            String first = client.receive();
            if (first.contains(prefix + "1,")) {
                // The interval ended between the first two.
                first = client.receive();
            }
            assertThat(first)
                    .isEqualTo(
                            "{\"c\":\"ack\",\"a\":\"persisted\",\"s\":1795170860926000002,"
                                    + "\"status\":\"success\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"a\":\"persisted\",\"s\":1795170860926000003,"
                                    + "\"status\":\"failure\",\"reason\":\"not entitled\"}");
            client.send("{\"c\":\"p\",\"t\":\"T\",\"a\":\"persisted\",\"s\":" + prefix + "2}{}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"a\":\"persisted\",\"s\":1795170860926000002,"
                                    + "\"status\":\"failure\",\"reason\":\"duplicate\"}");
            client.send("{\"c\":\"p\",\"t\":\"T\",\"a\":\"persisted\",\"s\":" + prefix + "6}{}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"a\":\"persisted\",\"s\":1795170860926000006,"
                                    + "\"status\":\"success\"}");
        }
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(LOGON.replace("auto2", "auto3"));
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"auto3\",\"a\":\"processed\","
                                    + "\"status\":\"success\",\"version\":\"5.3.5.3\","
                                    + "\"bm\":\"99|1795170860926000006|\","
                                    + "\"s\":1795170860926000006,\"client_name\":\"hac\"}");
        }
        assertThat(server.log().size()).isEqualTo(3);
    }

    @Test
    void heartbeatsComeAtTheirIntervalAndASilentClientIsCutOff() throws Exception {
        AmpsStandIn server = start(numbered());
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "hac")) {
            client.send("{\"c\":\"heartbeat\",\"opts\":\"start,1\"}");
            assertThat(client.receive()).isEqualTo("{\"c\":\"heartbeat\"}");
            client.send("{\"c\":\"heartbeat\",\"opts\":\"beat\"}");
            assertThat(client.receive()).isEqualTo("{\"c\":\"heartbeat\"}");
            boolean closed = client.isAtEnd() || client.isAtEnd() || client.isAtEnd();
            assertThat(closed).isTrue();
        }
    }

    @Test
    void challengeIsAnsweredWithTheSameCommandId() throws Exception {
        AmpsStandIn server =
                start(
                        AmpsStandIn.builder()
                                .publisherId("c4", 99)
                                .authentication(
                                        (name, user, password, round) ->
                                                round == 1
                                                        ? new Authentication.Retry(
                                                                "srvuser", "challenge")
                                                        : new Authentication.Accept()));
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(
                    "{\"c\":\"logon\",\"cid\":\"auto17\",\"client_name\":\"c4\","
                            + "\"user_id\":\"bob\",\"pw\":\"tok1\",\"a\":\"processed\","
                            + "\"v\":\"5\",\"mt\":\"json\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"auto17\",\"a\":\"processed\","
                                    + "\"status\":\"retry\",\"user_id\":\"srvuser\","
                                    + "\"pw\":\"challenge\",\"reason\":\"auth failure\"}");
            client.send(
                    "{\"c\":\"logon\",\"cid\":\"auto17\",\"client_name\":\"c4\","
                            + "\"user_id\":\"srvuser\",\"pw\":\"tok2\",\"a\":\"processed\","
                            + "\"v\":\"5\",\"mt\":\"json\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"auto17\",\"a\":\"processed\","
                                    + "\"status\":\"success\",\"version\":\"5.3.5.3\","
                                    + "\"bm\":\"99|0|\",\"s\":0,\"client_name\":\"c4\","
                                    + "\"user_id\":\"srvuser\"}");
        }
    }

    @Test
    void spellingsOfTheJavaScriptClientAreUnderstood() throws Exception {
        AmpsStandIn server = start(numbered());
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "js")) {
            client.send(
                    "{\"cmd\": \"publish\", \"topic\": \"T\", \"filter\": \"\", \"a\": \"\"}{}");
            client.send(
                    "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"a\":\"processed\","
                            + "\"sub_id\":\"1\",\"bm\":\"0\",\"filter\":\"\",\"o\":\"\","
                            + "\"bs\":10,\"unknown\":true}");
            assertThat(client.receive()).contains("\"a\":\"processed\",\"status\":\"success\"");
            assertThat(client.receive()).startsWith("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"1\"");
        }
    }

    @Test
    void whatIsNotSupportedIsRefusedAndNeverIgnored() throws Exception {
        AmpsStandIn server = start(numbered());
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "c")) {
            for (String command :
                    new String[] {
                        "{\"c\":\"start_timer\",\"cid\":\"1\",\"a\":\"processed\"}",
                        "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"a\":\"processed\","
                                + "\"opts\":\"conflation=100ms\"}",
                        "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"a\":\"processed\","
                                + "\"opts\":\"max_backlog=5\"}",
                    }) {
                client.send(command);
                assertThat(client.receive())
                        .as(command)
                        .isEqualTo(
                                "{\"c\":\"ack\",\"cid\":\"1\",\"a\":\"processed\","
                                        + "\"status\":\"failure\",\"reason\":\"not supported\"}");
            }
            client.send(
                    "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"a\":\"processed\","
                            + "\"opts\":\"timestamp,fancy\"}");
            assertThat(client.receive()).endsWith("\"reason\":\"invalid options\"}");
            // Where nothing was asked for, nothing is said.
            client.send("{\"c\":\"sow_delete\",\"t\":\"T\",\"cid\":\"1\",\"bookmark\":\"5|2|\"}");
            client.send("{\"c\":\"unsubscribe\",\"cid\":\"7\",\"sub_id\":\"x\"}");
            client.send("{\"c\":\"flush\",\"cid\":\"8\",\"a\":\"processed\"}");
            assertThat(client.receive()).contains("\"cid\":\"8\"");
        }
    }

    @Test
    void somethingElseBeforeLogonIsRefusedAndEndsTheConnection() throws Exception {
        AmpsStandIn server = start(numbered());
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send("{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"a\":\"processed\"}");
            assertThat(client.receive()).endsWith("\"reason\":\"logon required\"}");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void secondLogonIsRefusedAndTheConnectionGoesOn() throws Exception {
        AmpsStandIn server = start(numbered());
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "hac")) {
            client.send(LOGON);
            assertThat(client.receive()).endsWith("\"reason\":\"duplicate logon attempt\"}");
            client.send("{\"c\":\"flush\",\"cid\":\"8\",\"a\":\"completed\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"8\",\"a\":\"completed\","
                                    + "\"status\":\"success\"}");
        }
    }

    @Test
    void rubbishEndsTheConnectionOnly() throws Exception {
        AmpsStandIn server = start(numbered());
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.sendBytes(bytes("POST / HTTP/1.1\r\n\r\n"));
            assertThat(client.isAtEnd()).isTrue();
        }
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send("no header");
            assertThat(client.isAtEnd()).isTrue();
        }
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(LOGON);
            assertThat(client.receive()).contains("success");
        }
    }

    @Test
    void framesMaySplitAnywhere() throws Exception {
        AmpsStandIn server = start(numbered());
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            byte[] header = bytes(LOGON);
            byte[] frame = new byte[4 + header.length];
            frame[3] = (byte) header.length;
            System.arraycopy(header, 0, frame, 4, header.length);
            for (byte b : frame) {
                client.sendBytes(new byte[] {b});
            }
            assertThat(client.receive()).contains("success");
        }
    }

    @Test
    void plainSubscriptionsOfOneConnectionShareAFrame() throws Exception {
        AmpsStandIn server = start(numbered().clock(() -> 1_704_164_645_678_901L));
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "c")) {
            for (String id : new String[] {"a", "b", "c"}) {
                String options = id.equals("c") ? "bookmark,timestamp" : "no_sowkey";
                client.send(
                        "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\""
                                + id
                                + "\",\"a\":\"processed\",\"opts\":\""
                                + options
                                + "\"}");
                client.receive();
            }
            server.publish("p1", -1, "T", bytes("x"), "QUJD");
            assertThat(client.receive())
                    .isEqualTo("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"a,b\",\"x\":\"QUJD\"}x");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"p\",\"t\":\"T\",\"sids\":\"c\","
                                    + "\"bm\":\"1|18446744073709551615|\","
                                    + "\"ts\":\"20240102T030405.678901Z\",\"x\":\"QUJD\"}x");
        }
    }
}
