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

import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FaultsITCase {

    private static final String SUBSCRIBE =
            "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"a\":\"processed,completed\","
                    + "\"bookmark\":\"0\"}";

    private final List<String> trace = new CopyOnWriteArrayList<>();
    private final AmpsStandIn server =
            AmpsStandIn.builder().publisherId("p", 1).trace(trace::add).start();

    @AfterEach
    void stop() {
        server.close();
    }

    private void publish(int from, int to) {
        for (int i = from; i <= to; i++) {
            server.publish("p", i, "T", ("m" + i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private FrameSocket subscribed() throws IOException {
        FrameSocket client = FrameSocket.loggedOn(server.port(), "client");
        client.send(SUBSCRIBE);
        return client;
    }

    @Test
    void connectionIsCutBehindTheNthMessage() throws Exception {
        publish(1, 5);
        server.faults().dropAfterMessages(2);
        try (FrameSocket client = subscribed()) {
            assertThat(client.receive()).contains("processed");
            assertThat(client.receive()).endsWith("m1");
            assertThat(client.receive()).endsWith("m2");
            assertThat(client.isAtEnd()).isTrue();
        }
        try (FrameSocket client = subscribed()) {
            client.receive();
            for (int i = 1; i <= 5; i++) {
                assertThat(client.receive()).endsWith("m" + i);
            }
        }
    }

    @Test
    void connectionOfOneClientIsCutBehindItsNthMessage() throws Exception {
        publish(1, 3);
        server.faults().dropAfterMessages("client", 1);
        try (FrameSocket other = FrameSocket.loggedOn(server.port(), "other");
                FrameSocket client = FrameSocket.loggedOn(server.port(), "client")) {
            other.send(SUBSCRIBE);
            client.send(SUBSCRIBE);
            client.receive();
            assertThat(client.receive()).endsWith("m1");
            assertThat(client.isAtEnd()).isTrue();
            other.receive();
            for (int i = 1; i <= 3; i++) {
                assertThat(other.receive()).endsWith("m" + i);
            }
        }
    }

    @Test
    void eachConnectionIsCutBehindItsNthFrame() throws Exception {
        publish(1, 5);
        server.faults().dropEachConnectionAfterFrames(3);
        for (int attempt = 0; attempt < 2; attempt++) {
            try (FrameSocket client = subscribed()) {
                assertThat(client.receive()).contains("processed");
                assertThat(client.receive()).endsWith("m1");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void messagesAreDuplicatedAndTruncated() throws Exception {
        publish(1, 3);
        server.faults().duplicateFrames(1);
        try (FrameSocket client = subscribed()) {
            client.receive();
            assertThat(client.receive()).endsWith("m1");
            assertThat(client.receive()).endsWith("m1");
            assertThat(client.receive()).endsWith("m2");
            assertThat(client.receive()).endsWith("m3");
            assertThat(client.receive()).contains("completed");
            server.faults().truncateFrame();
            publish(4, 4);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void withheldAckComesWhenReleasedAndTheSubscriptionBeginsThen() throws Exception {
        publish(1, 1);
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "client")) {
            server.faults().withholdAck("processed");
            client.send(SUBSCRIBE);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
            server.faults().releaseAcks();
            assertThat(client.receive()).contains("processed");
            assertThat(client.receive()).endsWith("m1");
            assertThat(client.receive()).contains("completed");
        }
    }

    @Test
    void completedCanBeWithheldWhileMessagesGoOn() throws Exception {
        publish(1, 1);
        server.faults().withholdAck("completed");
        try (FrameSocket client = subscribed()) {
            client.receive();
            assertThat(client.receive()).endsWith("m1");
            publish(2, 2);
            assertThat(client.receive()).endsWith("m2");
            server.faults().releaseAcks();
            assertThat(client.receive()).contains("completed").contains("\"1|1|\"");
        }
    }

    @Test
    void acksAreDelayedAndWhatIsBehindThemWaits() throws Exception {
        publish(1, 1);
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "client")) {
            server.faults().delayAcks(Duration.ofMillis(300));
            long start = System.nanoTime();
            client.send(SUBSCRIBE);
            assertThat(client.receive()).contains("processed");
            assertThat(System.nanoTime() - start).isGreaterThan(300_000_000L);
            assertThat(client.receive()).endsWith("m1");
            assertThat(client.receive()).contains("completed");
            assertThat(System.nanoTime() - start).isGreaterThan(600_000_000L);
        }
    }

    @Test
    void silentServerTakesCommandsAndSaysNothing() throws Exception {
        server.faults().silence(true);
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(
                    "{\"c\":\"logon\",\"cid\":\"1\",\"client_name\":\"n\",\"a\":\"processed\","
                            + "\"mt\":\"json\"}");
            Await.until(
                    "the logon", Duration.ofSeconds(10), () -> server.clientNames().contains("n"));
            Await.until(
                    "the answer that is not sent",
                    Duration.ofSeconds(10),
                    () -> trace.stream().anyMatch(line -> line.startsWith("S→C")));
            server.faults().silence(false);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"processed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
        }
    }

    @Test
    void messagesAreHeldWhileCommandsAreAnswered() throws Exception {
        publish(1, 1);
        server.faults().holdMessages(true);
        try (FrameSocket client = subscribed()) {
            assertThat(client.receive()).contains("processed");
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"processed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
            server.faults().holdMessages(false);
            assertThat(client.receive()).endsWith("m1");
        }
    }

    @Test
    void connectionsAreRefusedWhileOpenOnesStay() throws Exception {
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "client")) {
            server.refuseConnections(true);
            assertThatThrownBy(() -> FrameSocket.connect(server.port()))
                    .isInstanceOf(ConnectException.class);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"processed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
            server.refuseConnections(false);
            FrameSocket.loggedOn(server.port(), "other").close();
        }
    }

    @Test
    void logonsAndSubscribesFailAsOftenAsTold() throws Exception {
        server.faults().failLogons("auth failure", 1);
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(
                    "{\"c\":\"logon\",\"cid\":\"1\",\"client_name\":\"n\",\"a\":\"processed\","
                            + "\"mt\":\"json\"}");
            assertThat(client.receive()).contains("auth failure");
            assertThat(client.isAtEnd()).isTrue();
        }
        server.faults().failSubscribes("not entitled", 2);
        try (FrameSocket client = subscribed()) {
            assertThat(client.receive()).contains("not entitled");
            client.send(SUBSCRIBE);
            assertThat(client.receive()).contains("not entitled");
            client.send(SUBSCRIBE);
            assertThat(client.receive()).contains("success");
        }
    }

    @Test
    void anyFrameCanBeSent() throws Exception {
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "client")) {
            assertThat(server.faults().inject("nobody", "{}", new byte[0])).isFalse();
            assertThat(server.faults().inject("client", "{\"c\":\"odd\"}", new byte[] {'x'}))
                    .isTrue();
            assertThat(client.receive()).isEqualTo("{\"c\":\"odd\"}x");
        }
    }

    @Test
    void traceShowsBothDirectionsAndTheEnd() throws Exception {
        publish(1, 1);
        try (FrameSocket client = subscribed()) {
            client.receive();
            client.receive();
            server.faults().dropConnection("client");
            assertThat(client.isAtEnd() || client.isAtEnd()).isTrue();
        }
        assertThat(trace)
                .contains(
                        "C→S " + SUBSCRIBE,
                        "S→C {\"c\":\"p\",\"t\":\"T\",\"sids\":\"1\",\"bm\":\"1|1|\"}m1",
                        "--- connection of client closed: fault injection ---");
    }
}
