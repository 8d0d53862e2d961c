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

import io.activedataflow.flink.connector.amps.AmpsAuthenticator;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.AmpsCredentials;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.standin.Ambiguities;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.Authentication;
import io.activedataflow.flink.connector.amps.standin.Entitlement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is said when a server does not let the connection in, or does not accept a subscription. */
@Timeout(120)
class RefusalITCase {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String PASSWORD = "s3cret\"\\p\u00e4ss w%rd";

    private final TestConnections connections = new TestConnections();
    private final AmpsStandIn.Builder builder = AmpsStandIn.builder();
    private AmpsStandIn server;

    @AfterEach
    void stop() {
        connections.close();
        if (server != null) {
            server.close();
        }
    }

    private AmpsConnectionOptionsBuilder options() {
        if (server == null) {
            server = builder.start();
        }
        return TestConnections.options(server.uri("json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "b@b", "b b+c", "b%41", "J\u00fcrgen/x?y#z"})
    void rightPasswordIsLetIn(String user) {
        builder.authentication(Authentication.user(user, PASSWORD));

        connections.open(options().setUser(user).setPassword(PASSWORD));

        assertThat(server.clientNames()).containsExactly(connections.lastName());
    }

    @Test
    void passwordWithoutAUserIsSentToo() {
        builder.authentication(
                (client, user, password, round) ->
                        "token".equals(password)
                                ? new Authentication.Accept()
                                : new Authentication.Refuse("auth failure"));

        connections.open(
                options().setCredentialsProvider(() -> new AmpsCredentials(null, "token")));

        assertThat(server.clientNames()).containsExactly(connections.lastName());
    }

    @Test
    void wrongPassword() {
        builder.authentication(Authentication.user("bob", "other"));

        AmpsException failure =
                connections.failureToOpen(options().setUser("bob").setPassword(PASSWORD));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining(server.uri("json"))
                .hasMessageContaining("user 'bob'")
                .hasMessageContaining("auth failure")
                .hasMessageContaining("Check the user and the password");
        assertNoSecret(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "not entitled, FATAL",
        "name in use, RETRIABLE",
        "logon failed, FATAL",
        "some text of a custom module, FATAL"
    })
    void otherReasonsOfRefusedLogons(String reason, Kind kind) {
        options();
        server.faults().failLogons(reason, 1);

        AmpsException failure = connections.failureToOpen(options());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageContaining(server.uri("json"))
                .hasMessageContaining(connections.lastName())
                .hasMessageContaining(": " + reason + ". ");
    }

    @Test
    void wrongMessageType() {
        builder.messageTypes("nvfix");

        AmpsException failure = connections.failureToOpen(options());

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining("message type 'json'")
                .hasMessageContaining("invalid message type");
    }

    @Test
    void userWithAColonIsRefusedHere() {
        AmpsException failure =
                connections.failureToOpen(options().setUser("a:b").setPassword(PASSWORD));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("'a:b'").hasMessageContaining("colon");
        assertNoSecret(failure);
    }

    @Test
    void credentialsThatCannotBeHadAreAskedForAgain() {
        AmpsException failure =
                connections.failureToOpen(
                        options()
                                .setCredentialsProvider(
                                        () -> {
                                            throw new IOException("vault sealed");
                                        }));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure).hasMessageContaining("vault sealed");
    }

    @Test
    void authenticatorAnswersChallenges() {
        List<String> calls = new CopyOnWriteArrayList<>();
        builder.authentication(
                (client, user, password, round) ->
                        switch (round) {
                            case 1 -> new Authentication.Retry("srv", "first of " + password);
                            case 2 -> new Authentication.Retry("srv", "second of " + password);
                            default ->
                                    "three".equals(password)
                                            ? new Authentication.Accept()
                                            : new Authentication.Refuse("auth failure");
                        });

        connections.open(
                options()
                        .setUser("bob")
                        .setPassword("pw")
                        .setAuthenticatorFactory(
                                uri ->
                                        AmpsAuthenticator.of(
                                                (user, password) -> {
                                                    calls.add("authenticate " + user + password);
                                                    return "one";
                                                },
                                                (user, challenge) -> {
                                                    calls.add("retry " + user + ' ' + challenge);
                                                    return calls.size() == 2 ? "two" : "three";
                                                },
                                                (user, password, reason) ->
                                                        calls.add("completed"))));

        assertThat(calls)
                .containsExactly(
                        "authenticate bobpw",
                        "retry srv first of one",
                        "retry srv second of two",
                        "completed");
    }

    @Test
    void authenticatorThatFails() {
        AmpsException failure =
                connections.failureToOpen(
                        options()
                                .setCommandTimeout(Duration.ofSeconds(5))
                                .setUser("bob")
                                .setAuthenticatorFactory(
                                        uri ->
                                                AmpsAuthenticator.of(
                                                        (user, password) -> {
                                                            throw new IOException("no ticket");
                                                        },
                                                        (user, challenge) -> "",
                                                        (user, password, reason) -> {})));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining("no ticket")
                .hasMessageContaining(server.uri("json"));
    }

    @Test
    void challengeThatNobodyCanAnswer() {
        builder.authentication(
                (client, user, password, round) -> new Authentication.Retry("srv", "challenge"));

        AmpsException failure =
                connections.failureToOpen(
                        options().setCommandTimeout(Duration.ofSeconds(5)).setUser("bob"));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("setAuthenticatorFactory");
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        AmpsException failure =
                connections.failureToOpen(
                        TestConnections.options("tcp://127.0.0.1:" + port + "/amps/json"));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure).hasMessageContaining("nothing accepts connections there");
    }

    @Test
    void unknownHost() {
        AmpsException failure =
                connections.failureToOpen(
                        TestConnections.options("tcp://no.such.host.invalid:9007/amps/json"));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure).hasMessageContaining("the host name is not known");
    }

    @Test
    void unknownParameterOfTheUri() {
        options();

        AmpsException failure =
                connections.failureToOpen(
                        TestConnections.options(server.uri("json") + "?no_such_parameter=1"));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("no_such_parameter");
    }

    @Test
    void serverThatNeverAnswersTheLogon() {
        options();
        server.faults().silence(true);

        AmpsException failure = connections.failureToOpen(options().setCommandTimeout(SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure)
                .hasMessageContaining("no answer in time")
                .hasMessageContaining("whether it wants TLS");
    }

    @Test
    void serverThatNeverAnswersThePreflight() throws IOException {
        try (ScriptedServer silent = new ScriptedServer(ScriptedServer.Peer::freeze)) {
            AmpsException failure =
                    connections.failureToOpen(
                            TestConnections.options(silent.uri() + "?http_preflight=true")
                                    .setConnectTimeout(SHORT));

            assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
            assertThat(failure).hasMessageContaining("does not answer in time");
        }
    }

    @Test
    void serverThatCutsTheLogonOff() throws IOException {
        try (ScriptedServer cutting = new ScriptedServer(ScriptedServer.Peer::readFrame)) {
            AmpsException failure =
                    connections.failureToOpen(TestConnections.options(cutting.uri()));

            assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
            assertThat(failure)
                    .hasMessageContaining("has closed the connection")
                    .hasMessageContaining("whether it wants TLS");
        }
    }

    @Test
    void answerThatIsNoneOfAmps() throws IOException {
        ScriptedServer.Script strange =
                peer -> {
                    String id = peer.readCommandId();
                    peer.send(
                            "{\"c\":\"ack\",\"cid\":\""
                                    + id
                                    + "\",\"a\":\"processed\",\"status\":\"success\"}");
                    peer.readFrame();
                };
        try (ScriptedServer server = new ScriptedServer(strange)) {
            AmpsException failure =
                    connections.failureToOpen(TestConnections.options(server.uri()));

            assertThat(failure).hasMessageContaining(server.uri());
        }
    }

    @Test
    void badFilter() {
        AmpsException failure =
                failureToSubscribe(new AmpsSubscribeCommand("T", "/a >", "0", List.of(), false));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining(server.uri("json"))
                .hasMessageContaining("topic 'T', filter '/a >'")
                .hasMessageContaining("bad filter")
                .hasMessageContaining("Correct the content filter");
    }

    @Test
    void badPattern() {
        AmpsException failure =
                failureToSubscribe(new AmpsSubscribeCommand("^(a$", null, null, List.of(), false));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("'^(a$'").hasMessageContaining("bad regex topic");
    }

    @Test
    void notEntitledToTheTopic() {
        builder.entitlement(Entitlement.topics(topic -> false, topic -> true));

        AmpsException failure =
                failureToSubscribe(new AmpsSubscribeCommand("T", null, null, List.of(), false));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("topic 'T'").hasMessageContaining("not entitled");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid options, FATAL",
        "invalid topic, FATAL",
        "invalid topic or filter, FATAL",
        "subid in use, RETRIABLE",
        "tx store failure, RETRIABLE",
        "txn replay failed, BOOKMARK_NOT_FOUND",
        "invalid bookmark, BOOKMARK_NOT_FOUND",
        "no such position, BOOKMARK_NOT_FOUND"
    })
    void otherReasonsOfRefusedReplays(String reason, Kind kind) {
        options();
        server.faults().failSubscribes(reason, 1);

        AmpsException failure =
                failureToSubscribe(
                        new AmpsSubscribeCommand(
                                "T", null, "1|2|", List.of("bookmark_not_found=fail"), false));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("1|2|");
    }

    @Test
    void withoutTheOptionNoReasonMeansAnUnknownBookmark() {
        options();
        server.faults().failSubscribes("invalid bookmark", 1);

        AmpsException failure =
                failureToSubscribe(new AmpsSubscribeCommand("T", null, "x", List.of(), false));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid bookmark", "txn replay failed", "bookmark is not there"})
    void bookmarkThatTheLogDoesNotHave(String reason) {
        builder.ambiguities(Ambiguities.defaults().withBookmarkNotFoundReason(reason));

        AmpsException failure =
                failureToSubscribe(
                        new AmpsSubscribeCommand(
                                "T", null, "1|2|", List.of("bookmark_not_found=fail"), false));

        assertThat(failure.kind()).isEqualTo(Kind.BOOKMARK_NOT_FOUND);
        assertThat(failure)
                .hasMessageContaining("topic 'T', from bookmark '1|2|'")
                .hasMessageContaining(reason);
    }

    @Test
    void subscriptionThatIsNeverAnswered() {
        AmpsConnection connection = connections.open(options().setCommandTimeout(SHORT));
        server.faults().withholdAck("processed");
        RecordingHandler handler = new RecordingHandler();

        AmpsException failure =
                catchThrowableOfType(
                        AmpsException.class,
                        () -> connection.subscribe(TestConnections.replay("T"), handler));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure)
                .hasMessageContaining("topic 'T'")
                .hasMessageContaining("no answer in time");
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void connectionThatBreaksWhileSubscribingIsToldByTheCallAlone() {
        AmpsConnection connection = connections.open(options());
        server.faults().dropConnections();
        connections.awaitNoThreads();
        RecordingHandler handler = new RecordingHandler();

        AmpsException failure =
                catchThrowableOfType(
                        AmpsException.class,
                        () -> connection.subscribe(TestConnections.replay("T"), handler));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure).hasMessageContaining(server.uri("json"));
        assertThat(handler.events()).isEmpty();
    }

    private AmpsException failureToSubscribe(AmpsSubscribeCommand command) {
        AmpsConnection connection = connections.open(options());
        RecordingHandler handler = new RecordingHandler();
        AmpsException failure =
                catchThrowableOfType(
                        AmpsException.class, () -> connection.subscribe(command, handler));
        assertThat(handler.events()).isEmpty();
        return failure;
    }

    private static void assertNoSecret(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain("s3cret");
        }
    }
}
