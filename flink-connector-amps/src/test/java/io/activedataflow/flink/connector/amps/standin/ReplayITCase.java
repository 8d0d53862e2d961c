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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** Bookmark subscriptions, seen on the wire. Publisher p has the id 1, its bookmarks are 1|n|. */
@Timeout(60)
class ReplayITCase {

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

    private FrameSocket connected() throws IOException {
        return FrameSocket.loggedOn(started.get().port(), "client");
    }

    /** Sends a subscription to all topics; the further fields begin with a comma. */
    private static void subscribe(FrameSocket client, String bookmark, String further)
            throws IOException {
        client.send(
                "{\"c\":\"subscribe\",\"t\":\".*\",\"cid\":\"c\",\"sub_id\":\"S\",\"bookmark\":\""
                        + bookmark
                        + '"'
                        + further
                        + '}');
    }

    private static final String ACKS = ",\"a\":\"persisted,processed,completed\"";

    private static void expectMessages(FrameSocket client, long from, long to)
            throws IOException {
        for (long i = from; i <= to; i++) {
            assertThat(client.receive()).contains("\"bm\":\"1|" + i + "|\"").endsWith(i + "}");
        }
    }

    private static void expectCompleted(FrameSocket client, long last) throws IOException {
        assertThat(client.receive())
                .isEqualTo(
                        "{\"c\":\"ack\",\"cid\":\"c\",\"a\":\"completed\",\"sub_id\":\"S\","
                                + "\"bm\":\"1|"
                                + last
                                + "|\",\"status\":\"success\"}");
    }

    private static void expectSuccess(FrameSocket client) throws IOException {
        assertThat(client.receive()).contains("\"a\":\"processed\",\"status\":\"success\"");
    }

    private static void expectFailure(FrameSocket client, String reason) throws IOException {
        assertThat(client.receive())
                .isEqualTo(
                        "{\"c\":\"ack\",\"cid\":\"c\",\"a\":\"processed\",\"status\":\"failure\","
                                + "\"reason\":\""
                                + reason
                                + "\"}");
    }

    @Test
    void completedComesBetweenThePastAndTheNew() throws Exception {
        start();
        publish(1, 3);
        try (FrameSocket client = connected()) {
            subscribe(client, "1|1|", ACKS);
            expectSuccess(client);
            expectMessages(client, 2, 3);
            expectCompleted(client, 3);
            publish(4, 4);
            expectMessages(client, 4, 4);
        }
    }

    @Test
    void completedTellsThePositionAlsoIfNothingMatches() throws Exception {
        start();
        publish(1, 3);
        try (FrameSocket client = connected()) {
            subscribe(client, "0", ACKS + ",\"filter\":\"/id = 77\"");
            expectSuccess(client);
            expectCompleted(client, 3);
        }
    }

    @Test
    void subscriptionFromNowIsCompletedAtOnce() throws Exception {
        start();
        publish(1, 3);
        try (FrameSocket client = connected()) {
            subscribe(client, "0|1|", ACKS);
            expectSuccess(client);
            expectCompleted(client, 3);
            publish(4, 5);
            expectMessages(client, 4, 5);
        }
    }

    @Test
    void subscriptionFromNowIsNotCompletedIfTold() throws Exception {
        start(
                AmpsStandIn.builder()
                        .persistedAckInterval(Duration.ofHours(1))
                        .ambiguities(Ambiguities.defaults().withCompletedForNow(false)));
        publish(1, 3);
        try (FrameSocket client = connected()) {
            subscribe(client, "0|1|", ACKS);
            expectSuccess(client);
            publish(4, 4);
            expectMessages(client, 4, 4);
        }
    }

    @Test
    void rangeEndsWithCompletedAndNothingBehind() throws Exception {
        start();
        publish(1, 9);
        try (FrameSocket client = connected()) {
            subscribe(client, "(1|2|:1|5|]", ACKS);
            expectSuccess(client);
            expectMessages(client, 3, 5);
            expectCompleted(client, 5);
            publish(10, 10);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
        }
    }

    @Test
    void rangeIntoTheFutureEndsWhenItIsThere() throws Exception {
        start();
        publish(1, 2);
        try (FrameSocket client = connected()) {
            subscribe(client, "[1|2|:1|4|)", ACKS);
            expectSuccess(client);
            expectMessages(client, 2, 2);
            publish(3, 4);
            expectMessages(client, 3, 3);
            expectCompleted(client, 3);
        }
    }

    @Test
    void rangeInTimeEndsWhenTheClockHasPassedIt() throws Exception {
        AtomicLong clock = new AtomicLong(1_704_164_645_000_000L);
        start(
                AmpsStandIn.builder()
                        .persistedAckInterval(Duration.ofMillis(20))
                        .clock(clock::get));
        publish(1, 2);
        try (FrameSocket client = connected()) {
            subscribe(
                    client,
                    "[20240102T030405:20240102T030410)",
                    ",\"a\":\"processed,completed\"");
            expectSuccess(client);
            expectMessages(client, 1, 2);
            clock.addAndGet(4_000_000);
            publish(3, 3);
            expectMessages(client, 3, 3);
            clock.addAndGet(1_000_000);
            expectCompleted(client, 3);
            publish(4, 4);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
        }
    }

    @Test
    void topNEndsTheSubscription() throws Exception {
        start();
        publish(1, 9);
        try (FrameSocket client = connected()) {
            subscribe(client, "1|1|", ACKS + ",\"top_n\":3");
            expectSuccess(client);
            expectMessages(client, 2, 4);
            expectCompleted(client, 4);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
        }
    }

    @Test
    void combinationsThatMakeNoSenseAreRefused() throws Exception {
        start();
        try (FrameSocket client = connected()) {
            subscribe(client, "0|1|", ACKS + ",\"opts\":\"top_n=3\"");
            expectFailure(client, "invalid options");
            subscribe(client, "0", ACKS + ",\"opts\":\"live,fully_durable\"");
            expectFailure(client, "invalid options");
            subscribe(client, "0", ACKS + ",\"opts\":\"bookmark_not_found=maybe\"");
            expectFailure(client, "invalid options");
            subscribe(client, "0", ACKS + ",\"opts\":\"rate=1000\"");
            expectFailure(client, "not supported");
            subscribe(client, "", ACKS + ",\"opts\":\"top_n=3\"");
            expectFailure(client, "invalid options");
        }
    }

    @Test
    void serverBeforeTheOptionRefusesIt() throws Exception {
        start(AmpsStandIn.builder().version("5.3.4.9"));
        try (FrameSocket client = connected()) {
            subscribe(client, "0", ACKS + ",\"opts\":\"bookmark_not_found=fail\"");
            expectFailure(client, "invalid options");
        }
    }

    @Test
    void unknownBookmarkIsHandledAsAskedFor() throws Exception {
        start();
        publish(1, 4);
        started.get().pruneBefore(3);
        try (FrameSocket client = connected()) {
            subscribe(client, "1|1|", ACKS + ",\"opts\":\"bookmark_not_found=fail\"");
            expectFailure(client, "invalid bookmark");
            subscribe(client, "1|1|", ACKS + ",\"opts\":\"bookmark_not_found=epoch\"");
            expectSuccess(client);
            expectMessages(client, 3, 4);
            expectCompleted(client, 4);
            client.send("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"S\"}");
            subscribe(client, "1|1|", ACKS);
            expectSuccess(client);
            expectCompleted(client, 4);
        }
    }

    @Test
    void topicThatIsNotLoggedFailsOrIsPlain() throws Exception {
        String subscribe =
                "{\"c\":\"subscribe\",\"t\":\"odd\",\"cid\":\"c\",\"a\":\"processed\","
                        + "\"bookmark\":\"0\"}";
        start(AmpsStandIn.builder().logged(topic -> topic.equals("even")));
        publish(1, 2);
        try (FrameSocket client = connected()) {
            client.send(subscribe);
            expectFailure(client, "invalid topic");
            subscribe(client, "0", ",\"a\":\"processed\"");
            expectSuccess(client);
            expectMessages(client, 2, 2);
        }
        stop();
        start(
                AmpsStandIn.builder()
                        .logged(topic -> topic.equals("even"))
                        .ambiguities(Ambiguities.defaults().withUnloggedBookmarkFails(false)));
        publish(1, 2);
        try (FrameSocket client = connected()) {
            client.send(subscribe);
            expectSuccess(client);
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
        try (FrameSocket client = connected()) {
            subscribe(client, "0", "");
            expectMessages(client, 1, 1);
            expectMessages(client, 5, 5);
        }
    }

    @Test
    void positionsAreToldPeriodicallyAndMoveOverWhatDoesNotMatch() throws Exception {
        start(AmpsStandIn.builder().persistedAckInterval(Duration.ofMillis(20)));
        publish(1, 1);
        try (FrameSocket client = connected()) {
            subscribe(client, "0", ",\"a\":\"persisted\",\"filter\":\"/id = 77\"");
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
        try (FrameSocket client = connected()) {
            subscribe(client, "0", ",\"a\":\"persisted\",\"opts\":\"fully_durable\"");
            expectMessages(client, 1, 2);
            assertThat(client.receive()).contains("\"a\":\"persisted\"").contains("\"1|2|\"");
            client.send("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"S\"}");
            subscribe(client, "0", ",\"a\":\"persisted\"");
            // Delivered, but not told as safe.
            expectMessages(client, 1, 3);
            assertThat(client.receive()).contains("\"a\":\"persisted\"").contains("\"1|2|\"");
            started.get().faults().acknowledgeReplication();
            assertThat(client.receive()).contains("\"a\":\"persisted\"").contains("\"1|3|\"");
        }
    }

    @Test
    void replacedSubscriptionGoesOnWhereItWas() throws Exception {
        start();
        publish(1, 4);
        try (FrameSocket client = connected()) {
            subscribe(client, "0", ",\"a\":\"processed\",\"filter\":\"/id < 4\"");
            expectSuccess(client);
            expectMessages(client, 1, 3);
            client.send(
                    "{\"c\":\"subscribe\",\"t\":\".*\",\"cid\":\"c\",\"sub_id\":\"S\","
                            + "\"a\":\"processed\",\"opts\":\"replace\",\"filter\":\"/id > 5\"}");
            expectSuccess(client);
            publish(5, 7);
            expectMessages(client, 6, 7);
            assertThat(started.get().subscriptions()).hasSize(1);
        }
    }

    @Test
    void pausedSubscriptionWaitsUntilResumed() throws Exception {
        start();
        publish(1, 2);
        try (FrameSocket client = connected()) {
            subscribe(client, "0", ",\"a\":\"processed\",\"opts\":\"pause\"");
            expectSuccess(client);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
            client.send(
                    "{\"c\":\"subscribe\",\"cid\":\"c\",\"sub_id\":\"S\",\"a\":\"processed\","
                            + "\"opts\":\"resume\"}");
            String ack = client.receive();
            assertThat(ack).contains("\"a\":\"processed\",\"status\":\"success\"");
            expectMessages(client, 1, 2);
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
        try (FrameSocket client = connected()) {
            subscribe(client, "0", "");
            expectMessages(client, 1, 2);
        }
    }

    @Test
    void restartedServerHasItsLogAndItsPort() throws Exception {
        AmpsStandIn server = start();
        int port = server.port();
        publish(1, 2);
        try (FrameSocket client = connected()) {
            server.restart();
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(server.port()).isEqualTo(port);
        try (FrameSocket client = connected()) {
            subscribe(client, "0", "");
            expectMessages(client, 1, 2);
        }
    }
}
