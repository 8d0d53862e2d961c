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

import io.activedataflow.flink.connector.amps.testutils.ReplaySocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** What bookmark subscriptions can be asked for, seen on the wire. */
@Timeout(60)
class ReplayOptionsITCase {

    private final AtomicReference<AmpsStandIn> started = new AtomicReference<>();

    @AfterEach
    void stop() {
        started.get().close();
    }

    private AmpsStandIn start(AmpsStandIn.Builder builder) {
        started.set(builder.publisherId("p", 1).start());
        return started.get();
    }

    /** Without periodic acknowledgements, so that what comes is what a test is about. */
    private AmpsStandIn start() {
        return start(AmpsStandIn.builder().persistedAckInterval(Duration.ofHours(1)));
    }

    private void publish(long from, long to) {
        for (long i = from; i <= to; i++) {
            byte[] body = ("{\"id\":" + i + '}').getBytes(StandardCharsets.UTF_8);
            started.get().publish("p", i, i % 2 == 0 ? "even" : "odd", body);
        }
    }

    private ReplaySocket connected() throws IOException {
        return ReplaySocket.connect(started.get().port());
    }

    @Test
    void combinationsThatMakeNoSenseAreRefused() throws Exception {
        start();
        try (ReplaySocket client = connected()) {
            client.subscribe("0|1|", ReplaySocket.ACKS + ",\"opts\":\"top_n=3\"");
            client.expectFailure("invalid options");
            client.subscribe("0", ReplaySocket.ACKS + ",\"opts\":\"live,fully_durable\"");
            client.expectFailure("invalid options");
            client.subscribe("0", ReplaySocket.ACKS + ",\"opts\":\"bookmark_not_found=maybe\"");
            client.expectFailure("invalid options");
            client.subscribe("0", ReplaySocket.ACKS + ",\"opts\":\"rate=1000\"");
            client.expectFailure("not supported");
            client.subscribe("", ReplaySocket.ACKS + ",\"opts\":\"top_n=3\"");
            client.expectFailure("invalid options");
        }
    }

    @Test
    void serverBeforeTheOptionRefusesIt() throws Exception {
        start(AmpsStandIn.builder().version("5.3.4.9"));
        try (ReplaySocket client = connected()) {
            client.subscribe("0", ReplaySocket.ACKS + ",\"opts\":\"bookmark_not_found=fail\"");
            client.expectFailure("invalid options");
        }
    }

    @Test
    void topicThatIsNotLoggedFailsOrIsPlain() throws Exception {
        String subscribe =
                "{\"c\":\"subscribe\",\"t\":\"odd\",\"cid\":\"c\",\"a\":\"processed\","
                        + "\"bookmark\":\"0\"}";
        start(AmpsStandIn.builder().logged(topic -> topic.equals("even")));
        publish(1, 2);
        try (ReplaySocket client = connected()) {
            client.send(subscribe);
            client.expectFailure("invalid topic");
            client.subscribe("0", ",\"a\":\"processed\"");
            client.expectSuccess();
            client.expectMessages(2, 2);
        }
        stop();
        start(
                AmpsStandIn.builder()
                        .logged(topic -> topic.equals("even"))
                        .ambiguities(Ambiguities.defaults().withUnloggedBookmarkFails(false)));
        publish(1, 2);
        try (ReplaySocket client = connected()) {
            client.send(subscribe);
            client.expectSuccess();
            publish(3, 3);
            assertThat(client.receive())
                    .isEqualTo("{\"c\":\"p\",\"t\":\"odd\",\"sids\":\"c\"}{\"id\":3}");
        }
    }

    @Test
    void forbiddenTopicsAreLeftOutOfPatterns() throws Exception {
        start(
                AmpsStandIn.builder()
                        .entitlement(
                                new Entitlement() {
                                    @Override
                                    public boolean mayRead(String user, String topic) {
                                        return topic.equals("odd");
                                    }

                                    @Override
                                    public boolean mayWrite(String user, String topic) {
                                        return true;
                                    }

                                    @Override
                                    public String readFilter(String user, String topic) {
                                        return "/id != 3";
                                    }
                                }));
        publish(1, 5);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", "");
            client.expectMessages(1, 1);
            client.expectMessages(5, 5);
        }
    }

    @Test
    void positionsAreToldPeriodicallyAndMoveOverWhatDoesNotMatch() throws Exception {
        start(AmpsStandIn.builder().persistedAckInterval(Duration.ofMillis(20)));
        publish(1, 1);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", ",\"a\":\"persisted\",\"filter\":\"/id = 77\"");
            assertThat(client.receive()).contains("\"a\":\"persisted\"").contains("\"1|1|\"");
            publish(2, 2);
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"a\":\"persisted\",\"sub_id\":\"S\","
                                    + "\"bm\":\"1|2|\",\"status\":\"success\"}");
        }
    }

    @Test
    void whatTheReplicasDoNotHaveIsHeldBackWhereAskedFor() throws Exception {
        start(AmpsStandIn.builder().persistedAckInterval(Duration.ofMillis(20)));
        publish(1, 3);
        started.get().faults().holdReplicationAfter(2);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", ",\"a\":\"persisted\",\"opts\":\"fully_durable\"");
            client.expectMessages(1, 2);
            assertThat(client.receive()).contains("\"a\":\"persisted\"").contains("\"1|2|\"");
            client.send("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"S\"}");
            client.subscribe("0", ",\"a\":\"persisted\"");
            // Delivered, but not told as safe.
            client.expectMessages(1, 3);
            assertThat(client.receive()).contains("\"a\":\"persisted\"").contains("\"1|2|\"");
            started.get().faults().acknowledgeReplication();
            assertThat(client.receive()).contains("\"a\":\"persisted\"").contains("\"1|3|\"");
        }
    }

    @Test
    void replacedSubscriptionGoesOnWhereItWas() throws Exception {
        start();
        publish(1, 4);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", ",\"a\":\"processed\",\"filter\":\"/id < 4\"");
            client.expectSuccess();
            client.expectMessages(1, 3);
            client.send(
                    "{\"c\":\"subscribe\",\"t\":\".*\",\"cid\":\"c\",\"sub_id\":\"S\","
                            + "\"a\":\"processed\",\"opts\":\"replace\",\"filter\":\"/id > 5\"}");
            client.expectSuccess();
            publish(5, 7);
            client.expectMessages(6, 7);
            assertThat(started.get().subscriptions()).hasSize(1);
        }
    }

    @Test
    void pausedSubscriptionWaitsUntilResumed() throws Exception {
        start();
        publish(1, 2);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", ",\"a\":\"processed\",\"opts\":\"pause\"");
            client.expectSuccess();
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
            client.send(
                    "{\"c\":\"subscribe\",\"cid\":\"c\",\"sub_id\":\"S\",\"a\":\"processed\","
                            + "\"opts\":\"resume\"}");
            String ack = client.receive();
            assertThat(ack).contains("\"a\":\"processed\",\"status\":\"success\"");
            client.expectMessages(1, 2);
        }
    }

    @Test
    void wipedLogAndRestartedServerBeginAnew() throws Exception {
        AmpsStandIn server = start();
        publish(1, 5);
        server.stop();
        server.wipeLog();
        server.start();
        publish(1, 2);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", "");
            client.expectMessages(1, 2);
        }
    }

    @Test
    void restartedServerHasItsLogAndItsPort() throws Exception {
        AmpsStandIn server = start();
        int port = server.port();
        publish(1, 2);
        try (ReplaySocket client = connected()) {
            server.restart();
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(server.port()).isEqualTo(port);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", "");
            client.expectMessages(1, 2);
        }
    }
}
