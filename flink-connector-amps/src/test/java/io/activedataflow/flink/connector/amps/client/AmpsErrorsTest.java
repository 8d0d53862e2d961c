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

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;

import com.crankuptheamps.client.exception.AuthenticationException;
import com.crankuptheamps.client.exception.BadFilterException;
import com.crankuptheamps.client.exception.BadRegexTopicException;
import com.crankuptheamps.client.exception.CommandException;
import com.crankuptheamps.client.exception.ConnectionException;
import com.crankuptheamps.client.exception.ConnectionRefusedException;
import com.crankuptheamps.client.exception.DisconnectedException;
import com.crankuptheamps.client.exception.InvalidMessageTypeException;
import com.crankuptheamps.client.exception.InvalidURIException;
import com.crankuptheamps.client.exception.NameInUseException;
import com.crankuptheamps.client.exception.NotEntitledException;
import com.crankuptheamps.client.exception.TimedOutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(60)
class AmpsErrorsTest {

    private static final AmpsServerUri PLAIN =
            new AmpsServerUri("tcp://h:1/amps/json", "h", 1, false, "json");
    private static final AmpsServerUri ENCRYPTED =
            new AmpsServerUri("tcps://h:1/amps/json", "h", 1, true, "json");
    private static final AmpsSubscribeCommand LIVE =
            new AmpsSubscribeCommand("T", "/a = 1", null, List.of(), false);
    private static final AmpsSubscribeCommand REPLAY =
            new AmpsSubscribeCommand("T", null, "1|2|", List.of("bookmark_not_found=fail"), true);

    static Stream<Arguments> connecting() {
        return Stream.of(
                arguments(new ConnectException("x"), Kind.RETRIABLE, "nothing accepts"),
                arguments(new UnknownHostException("x"), Kind.RETRIABLE, "not known"),
                arguments(
                        new SocketTimeoutException("Connect timed out"),
                        Kind.RETRIABLE,
                        "setConnectTimeout"),
                arguments(
                        new SocketTimeoutException("Read timed out"),
                        Kind.RETRIABLE,
                        "write tcp in place of tcps"),
                arguments(new IOException("Connection reset"), Kind.RETRIABLE, "Connection reset"),
                arguments(
                        new InvalidURIException("Unrecognized URI parameter"),
                        Kind.FATAL,
                        "Unrecognized URI parameter"),
                arguments(
                        new SSLHandshakeException("Received fatal alert: handshake_failure"),
                        Kind.FATAL,
                        "setKeyStore"),
                arguments(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        Kind.FATAL,
                        "Use tcp"),
                arguments(
                        new SSLHandshakeException("terminated").initCause(new EOFException()),
                        Kind.RETRIABLE,
                        "was lost"),
                arguments(
                        new SSLHandshakeException("x")
                                .initCause(new CertificateException("PKIX path")),
                        Kind.FATAL,
                        "not trusted (PKIX path)"),
                arguments(
                        new SSLHandshakeException("x")
                                .initCause(
                                        new CertificateException(
                                                "No subject alternative names present")),
                        Kind.FATAL,
                        "does not name this host"));
    }

    @ParameterizedTest
    @MethodSource("connecting")
    void whyAConnectionCannotBeMade(Throwable cause, Kind kind, String text) {
        AmpsException error =
                AmpsErrors.connecting(ENCRYPTED, new ConnectionRefusedException("x", cause));

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error).hasMessageContaining(ENCRYPTED.text()).hasMessageContaining(text);
    }

    @Test
    void whatIsClassifiedStaysSo() {
        AmpsException classified = new AmpsException(Kind.FATAL, "no trust store", null);

        assertThat(AmpsErrors.connecting(PLAIN, new ConnectionRefusedException("x", classified)))
                .isSameAs(classified);
    }

    static Stream<Arguments> loggingOn() {
        return Stream.of(
                arguments(new AuthenticationException("null"), Kind.FATAL, ": auth failure. Check"),
                arguments(new NotEntitledException("null"), Kind.FATAL, ": not entitled. Grant"),
                arguments(new NameInUseException("null"), Kind.RETRIABLE, ": name in use. Another"),
                arguments(
                        new ConnectionException("x", new InvalidMessageTypeException("null")),
                        Kind.FATAL,
                        ": invalid message type. Use"),
                arguments(
                        new ConnectionException(
                                "x", new CommandException("Error from server: out to lunch")),
                        Kind.FATAL,
                        ": out to lunch. See"),
                arguments(new TimedOutException("x"), Kind.RETRIABLE, "whether it wants TLS"),
                arguments(
                        new DisconnectedException("x", new IOException("reset")),
                        Kind.RETRIABLE,
                        "closed the connection (reset)"),
                arguments(new NullPointerException(), Kind.RETRIABLE, "NullPointerException"));
    }

    @ParameterizedTest
    @MethodSource("loggingOn")
    void whyALogonFails(Throwable cause, Kind kind, String text) {
        AmpsException error = AmpsErrors.loggingOn(PLAIN, "me", "bob", cause);

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error)
                .hasMessageContaining(PLAIN.text())
                .hasMessageContaining("client 'me', user 'bob'")
                .hasMessageContaining(text)
                .hasCause(cause);
        assertThat(error.getMessage()).doesNotContain("null");
    }

    static Stream<Arguments> subscribing() {
        return Stream.of(
                arguments(LIVE, new BadFilterException("null"), Kind.FATAL, "filter '/a = 1'"),
                arguments(REPLAY, new BadRegexTopicException("null"), Kind.FATAL, "regex topic"),
                arguments(
                        REPLAY,
                        new CommandException("Error from server: whatever"),
                        Kind.BOOKMARK_NOT_FOUND,
                        "from bookmark '1|2|', options [bookmark_not_found=fail]: whatever"),
                arguments(
                        LIVE,
                        new CommandException("Error from server: whatever"),
                        Kind.FATAL,
                        "whatever"),
                arguments(REPLAY, new TimedOutException("x"), Kind.RETRIABLE, "setCommandTimeout"),
                arguments(REPLAY, new DisconnectedException("x"), Kind.RETRIABLE, "closed"));
    }

    @ParameterizedTest
    @MethodSource("subscribing")
    void whyASubscriptionIsNotAccepted(
            AmpsSubscribeCommand command, Throwable cause, Kind kind, String text) {
        AmpsException error = AmpsErrors.subscribing(PLAIN, command, cause);

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error)
                .hasMessageContaining(PLAIN.text())
                .hasMessageContaining("topic 'T'")
                .hasMessageContaining(text);
        assertThat(error.getMessage()).doesNotContain("null");
    }

    @Test
    void whyASubscriptionHasEnded() {
        assertThat(AmpsErrors.ended(PLAIN, REPLAY, "txn replay failed").kind())
                .isEqualTo(Kind.BOOKMARK_NOT_FOUND);
        assertThat(AmpsErrors.ended(PLAIN, LIVE, "txn replay failed").kind())
                .isEqualTo(Kind.RETRIABLE);
        assertThat(AmpsErrors.ended(PLAIN, REPLAY, "not entitled").kind()).isEqualTo(Kind.FATAL);
    }

    @Test
    void whyAConnectionIsLost() {
        assertThat(AmpsErrors.lost(PLAIN, new IOException("reset by peer")))
                .hasMessageContaining("reset by peer");
        assertThat(AmpsErrors.lost(PLAIN, null).kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(
                        AmpsErrors.lost(
                                        ENCRYPTED,
                                        new SSLException(
                                                "Received fatal alert: certificate_required"))
                                .kind())
                .isEqualTo(Kind.FATAL);
    }
}
