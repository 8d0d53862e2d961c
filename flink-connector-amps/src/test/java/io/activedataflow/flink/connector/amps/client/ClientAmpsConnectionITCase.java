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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.client.RecordingHandler.Completed;
import io.activedataflow.flink.connector.amps.client.RecordingHandler.Disconnected;
import io.activedataflow.flink.connector.amps.client.RecordingHandler.LastChance;
import io.activedataflow.flink.connector.amps.client.RecordingHandler.Persisted;
import io.activedataflow.flink.connector.amps.client.RecordingHandler.Received;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.SubscriptionView;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What a subscription is told, by way of the official client, from a stand-in server. */
@Timeout(120)
class ClientAmpsConnectionITCase {

    private static final byte[] NO_BODY = new byte[0];

    private final AmpsStandIn server =
            AmpsStandIn.builder().persistedAckInterval(Duration.ofMillis(50)).start();
    private final TestConnections connections = new TestConnections();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void replaysTheLogAndGoesOn() {
        server.publish("p", 1, "T", bytes("one"));
        server.publish("p", 2, "T", bytes("two"));
        AmpsConnection connection = connections.open(server.uri("json"));

        connection.subscribe(TestConnections.replay("T"), handler);
        handler.await("the completed ack", () -> !handler.all(Completed.class).isEmpty());
        server.publish("p", 3, "T", bytes("three"));
        handler.awaitMessages(3);

        AmpsBookmark second = new AmpsBookmark(AmpsStandIn.publisherId("p"), 2);
        assertThat(handler.bodies()).containsExactly("one", "two", "three");
        assertThat(handler.events().indexOf(new Completed(second)))
                .isEqualTo(handler.events().indexOf(handler.all(Received.class).get(1)) + 1);
        handler.await(
                "the last persisted ack",
                () ->
                        handler.all(Persisted.class)
                                .contains(
                                        new Persisted(new AmpsBookmark(second.publisherId(), 3))));
    }

    @Test
    void knowsTheVersionOfTheServer() {
        assertThat(connections.open(server.uri("json")).serverVersion())
                .isEqualTo(5030503)
                .isGreaterThanOrEqualTo(ServerVersions.BOOKMARK_NOT_FOUND);
        try (AmpsStandIn old = AmpsStandIn.builder().version("5.3.4.77").start()) {
            assertThat(connections.open(old.uri("json")).serverVersion())
                    .isLessThan(ServerVersions.BOOKMARK_NOT_FOUND);
        }
    }

    @Test
    void showsAllFieldsOfAMessage() {
        RecordingHandler other = subscribed();

        inject(
                "{\"c\":\"p\",\"t\":\"a.\\\"b\\\"\\\\c\",\"sids\":\"SUB\","
                        + "\"bm\":\"18446744073709551615|7|\",\"ts\":\"20260102T030405.678901Z\","
                        + "\"k\":\"6387219447538349146\",\"x\":\"QUJD\",\"user_id\":\"bob\",\"l\":2}",
                bytes("{}"));

        assertThat(other.awaitMessages(1))
                .containsExactly(
                        new Received(
                                AmpsCommand.PUBLISH,
                                "{}",
                                "a.\"b\"\\c",
                                "18446744073709551615|7|",
                                "20260102T030405.678901Z",
                                "6387219447538349146",
                                "QUJD",
                                "bob"));
    }

    @Test
    void fieldsThatAMessageLacksAreAbsentAlsoAfterOneThatHasThem() {
        RecordingHandler other = subscribed();

        inject(
                "{\"c\":\"p\",\"t\":\"T\",\"sids\":\"SUB\",\"bm\":\"1|7|\",\"ts\":\"x\","
                        + "\"k\":\"1\",\"x\":\"QUJD\",\"user_id\":\"bob\"}",
                bytes("full"));
        inject("{\"c\":\"p\",\"sids\":\"SUB\"}", NO_BODY);

        assertThat(other.awaitMessages(2).get(1))
                .isEqualTo(
                        new Received(AmpsCommand.PUBLISH, "", null, null, null, null, null, null));
    }

    @Test
    void tellsCommandsApart() {
        RecordingHandler other = subscribed();

        inject("{\"c\":\"delta_publish\",\"t\":\"T\",\"sids\":\"SUB\"}", bytes("delta"));
        inject(
                "{\"c\":\"oof\",\"t\":\"T\",\"sids\":\"SUB\",\"reason\":\"deleted\"}",
                bytes("gone"));
        inject("{\"c\":\"zork\",\"t\":\"T\",\"sub_id\":\"SUB\"}", bytes("secret"));
        inject("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"nobody\"}", bytes("secret"));
        inject("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"SUB\"}", bytes("plain"));

        assertThat(other.awaitMessages(3))
                .extracting(Received::command)
                .containsExactly(AmpsCommand.DELTA_PUBLISH, AmpsCommand.OOF, AmpsCommand.PUBLISH);
        assertThat(other.all(LastChance.class)).hasSize(2);
        assertThat(other.all(LastChance.class).toString())
                .contains("topic T", "nobody")
                .doesNotContain("secret");
    }

    @Test
    void bookmarksOfAcksAreReadWithCare() {
        RecordingHandler other = subscribed();

        inject("{\"c\":\"ack\",\"a\":\"persisted\",\"sub_id\":\"SUB\",\"bm\":\"0\"}", NO_BODY);
        inject("{\"c\":\"ack\",\"a\":\"persisted\",\"sub_id\":\"SUB\"}", NO_BODY);
        inject("{\"c\":\"ack\",\"a\":\"persisted\",\"sub_id\":\"SUB\",\"bm\":\"4|5|\"}", NO_BODY);

        AmpsBookmark last = new AmpsBookmark(4, 5);
        other.await(
                "the persisted acks",
                () -> other.all(Persisted.class).contains(new Persisted(last)));
        assertThat(other.all(Persisted.class))
                .containsSubsequence(new Persisted(null), new Persisted(null), new Persisted(last));
    }

    @Test
    void bodiesArriveAsTheyAre() throws Exception {
        byte[] large = new byte[20 << 20];
        new Random(1).nextBytes(large);
        byte[] text =
                "{\"name\":\"J\u00fcrgen \ud83d\ude00 \\\" }{\u0001\"}"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] binary = {0, -1, '{', '}', '"', '\\', 13, 10, -128};
        CompletableFuture<byte[]> last = new CompletableFuture<>();
        List<byte[]> bodies = new CopyOnWriteArrayList<>();
        RecordingHandler copying =
                new RecordingHandler(
                        message -> {
                            ByteSlice body = message.body();
                            byte[] copy =
                                    Arrays.copyOfRange(
                                            body.array(),
                                            body.offset(),
                                            body.offset() + body.length());
                            bodies.add(copy);
                            if (copy.length == large.length) {
                                last.complete(copy);
                            }
                        });
        server.publish("T", text);
        server.publish("T", binary);
        server.publish("T", NO_BODY);
        server.publish("T", large);
        AmpsConnection connection = connections.open(server.uri("binary"));

        connection.subscribe(TestConnections.replay("T"), copying);

        assertThat(last.get(60, TimeUnit.SECONDS)).isEqualTo(large);
        assertThat(bodies).hasSize(4);
        assertThat(bodies.subList(0, 3)).containsExactly(text, binary, NO_BODY);
    }

    @Test
    void sendsTheCommandAsItIs() {
        AmpsConnection connection = connections.open(server.uri("json"));

        connection.subscribe(
                new AmpsSubscribeCommand(
                        "a.b",
                        "/a = \"x\\\\y\" AND /b > 1",
                        "0",
                        List.of("timestamp", "non_regex_topic", "bookmark_not_found=fail"),
                        true),
                handler);

        SubscriptionView sent = subscription();
        assertThat(sent.topic()).isEqualTo("a.b");
        assertThat(sent.filter()).isEqualTo("/a = \"x\\\\y\" AND /b > 1");
        assertThat(sent.bookmark()).isEqualTo("0");
        assertThat(sent.options()).isEqualTo("timestamp,non_regex_topic,bookmark_not_found=fail");
        assertThat(sent.clientName()).isEqualTo(connections.lastName());
    }

    @Test
    void tellsOfALostConnectionOnceAndAfterAllElse() {
        for (int i = 1; i <= 100; i++) {
            server.publish("p", i, "T", bytes("m" + i));
        }
        AmpsConnection connection = connections.open(server.uri("json"));
        server.faults().dropAfterMessages(100);

        connection.subscribe(TestConnections.replay("T"), handler);

        assertThat(handler.awaitEnd().kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(handler.awaitEnd()).hasMessageContaining(server.uri("json"));
        connections.awaitNoThreads();
        assertThat(handler.bodies()).hasSize(100);
        assertThat(handler.all(Disconnected.class)).hasSize(1);
        assertThat(handler.events().get(handler.events().size() - 1))
                .isInstanceOf(Disconnected.class);
    }

    @Test
    void closingIsNoLoss() {
        RecordingHandler other = subscribed();

        connections.close();

        assertThat(other.all(Disconnected.class)).isEmpty();
    }

    @Test
    void failedAckEndsTheSubscription() {
        RecordingHandler other = subscribed();

        inject(
                "{\"c\":\"ack\",\"a\":\"persisted\",\"sub_id\":\"SUB\",\"bm\":\"4|5|\","
                        + "\"status\":\"failure\",\"reason\":\"not entitled\"}",
                NO_BODY);

        assertThat(other.awaitEnd().kind()).isEqualTo(Kind.FATAL);
        assertThat(other.awaitEnd())
                .hasMessageContaining(server.uri("json"))
                .hasMessageContaining("topic 'T'")
                .hasMessageContaining("not entitled");
        connections.awaitNoThreads();
        assertThat(other.all(Disconnected.class)).hasSize(1);
    }

    @Test
    void handlerThatThrowsIsNotGivenTheNextMessage() {
        RecordingHandler failing =
                new RecordingHandler(
                        message -> {
                            throw new IllegalStateException("no room");
                        });
        server.publish("T", "one");
        server.publish("T", "two");
        AmpsConnection connection = connections.open(server.uri("json"));

        connection.subscribe(TestConnections.replay("T"), failing);

        assertThat(failing.awaitEnd().kind()).isEqualTo(Kind.FATAL);
        assertThat(failing.awaitEnd()).hasStackTraceContaining("no room");
        connections.awaitNoThreads();
        assertThat(failing.events()).hasSize(2);
        assertThat(failing.events().get(0)).isInstanceOf(LastChance.class);
    }

    @Test
    void frameThatTheClientCannotReadEndsTheSubscriptionAndItsThread() {
        RecordingHandler other = subscribed();

        inject("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"SUB\",\"x\":\"a\\\"b\"}", bytes("lost"));

        assertThat(other.awaitEnd().kind()).isEqualTo(Kind.FATAL);
        assertThat(other.awaitEnd())
                .hasMessageContaining("could not read")
                .hasMessageContaining(server.uri("json"));
        connections.awaitNoThreads();
        assertThat(other.all(Disconnected.class)).hasSize(1);
    }

    @Test
    void brokenFrameIsALostConnection() {
        server.publish("T", "one");
        AmpsConnection connection = connections.open(server.uri("json"));
        server.faults().truncateFrame();

        connection.subscribe(TestConnections.replay("T"), handler);

        assertThat(handler.awaitEnd().kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(handler.bodies()).isEmpty();
    }

    /** A handler that is subscribed to topic T from now on. */
    private RecordingHandler subscribed() {
        AmpsConnection connection = connections.open(server.uri("json"));
        connection.subscribe(
                new AmpsSubscribeCommand("T", null, "0|1|", List.of(), false), handler);
        return handler;
    }

    /** Sends a frame, in which SUB stands for the subscription. */
    private void inject(String header, byte[] body) {
        String subscription = subscription().subId();
        assertThat(
                        server.faults()
                                .inject(
                                        connections.lastName(),
                                        header.replace("SUB", subscription),
                                        body))
                .isTrue();
    }

    /** The only one, which the server shows only after it has answered. */
    private SubscriptionView subscription() {
        Await.until(
                "the subscription",
                Duration.ofSeconds(20),
                () -> server.subscriptions().size() == 1);
        return server.subscriptions().get(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
