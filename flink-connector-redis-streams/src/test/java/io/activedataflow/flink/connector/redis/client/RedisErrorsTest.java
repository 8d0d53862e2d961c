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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.client.RedisStreamsException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import javax.net.ssl.SSLHandshakeException;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.NoSuchElementException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisErrorsTest {

    private static final RedisNode NODE = new RedisNode("redis", 6379);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "CLUSTERDOWN The cluster is down",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "MOVED 3999 127.0.0.1:6381",
                "ASK 3999 127.0.0.1:6381",
                "UNBLOCKED client unblocked via CLIENT UNBLOCK",
                "BUSY Redis is busy running a script.",
                "READONLY You can't write against a read only replica.",
                "NOREPLICAS Not enough good replicas to write.",
                "ERR max number of clients reached",
                "ERR max number of clients + cluster connections reached",
            })
    void testRepliesThatPass(String error) {
        RedisStreamsException e = RedisErrors.reply(NODE, "XREAD", "orders", error);
        assertThat(e.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(e).hasMessageContainingAll("redis:6379", "XREAD", "'orders'", error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WRONGTYPE Operation against a key holding the wrong kind of value|pattern",
                "WRONGPASS invalid username-password pair or user is disabled.|credentials provider",
                "NOAUTH Authentication required.|setPassword",
                "NOPERM this user has no permissions to run the 'xread' command|+xread ",
                "DENIED Redis is running in protected mode|protected mode",
                "CROSSSLOT Keys in request don't hash to the same slot|cluster(...)",
                "ERR unknown command 'XREAD'|too old",
                "ERR This instance has cluster support disabled|standalone(...)",
                "ERR DB index is out of range|setDatabase",
                "ERR syntax error|ERR syntax error",
                "EXECABORT Transaction discarded|EXECABORT",
                "SOMETHING new|SOMETHING new",
            })
    void testRepliesThatDoNotPass(String error, String remedy) {
        RedisStreamsException e = RedisErrors.reply(NODE, "XREAD", null, error);
        assertThat(e.kind()).isEqualTo(Kind.FATAL);
        assertThat(e).hasMessageContainingAll("redis:6379", "XREAD", error, remedy);
    }

    @Test
    void testPermissionOfASubcommand() {
        assertThat(RedisErrors.reply(NODE, "XINFO STREAM", "s", "NOPERM no"))
                .hasMessageContaining("+xinfo|stream");
    }

    @Test
    void testFailuresThatPass() {
        assertRetriable(new ConnectException("Connection refused"), "server runs");
        assertRetriable(new SocketTimeoutException("Read timed out"), "setCommandTimeout");
        assertRetriable(new UnknownHostException("redis"), "host name is not known");
        assertRetriable(new EOFException("closed"), "lost (closed)");
        assertRetriable(new SocketException("Connection reset"), "lost (Connection reset)");
        assertRetriable(new NoSuchElementException("Timeout"), "busy for too long");
        SSLHandshakeException cut = new SSLHandshakeException("Remote host terminated");
        cut.initCause(new EOFException("SSL peer shut down incorrectly"));
        assertRetriable(cut, "setTls");
    }

    private static void assertRetriable(Exception cause, String text) {
        RedisStreamsException e =
                RedisErrors.failure(
                        NODE, "XINFO STREAM", "s", new JedisConnectionException("x", cause));
        assertThat(e.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(e).hasMessageContainingAll("redis:6379", "XINFO STREAM", "'s'", text);
        assertThat(e).hasRootCause(cause.getCause() == null ? cause : cause.getCause());
    }

    @Test
    void testFailuresOfTlsThatDoNotPass() {
        assertFatal(new CertificateException("PKIX path building failed"), "setTrustStore");
        assertFatal(
                new CertificateException("No subject alternative DNS name matching redis found."),
                "does not name this host");
        assertFatal(null, "setKeyStore");
    }

    private static void assertFatal(Exception certificate, String remedy) {
        SSLHandshakeException tls =
                new SSLHandshakeException("Received fatal alert: bad_certificate");
        if (certificate != null) {
            tls.initCause(certificate);
        }
        RedisStreamsException e =
                RedisErrors.failure(NODE, "Connecting", null, new JedisException(tls));
        assertThat(e.kind()).isEqualTo(Kind.FATAL);
        assertThat(e).hasMessageContainingAll("redis:6379", remedy);
    }

    @Test
    void testErrorRepliesInsideTheRedisClientsExceptions() {
        assertThat(
                        RedisErrors.failure(
                                        NODE,
                                        "Connecting",
                                        null,
                                        new JedisDataException("WRONGPASS invalid"))
                                .kind())
                .isEqualTo(Kind.FATAL);
        RedisStreamsException classified = RedisErrors.reply(NODE, "AUTH", null, "WRONGPASS no");
        assertThat(
                        RedisErrors.failure(
                                NODE, "XINFO STREAM", "s", new JedisException("pool", classified)))
                .isSameAs(classified);
        assertThat(RedisErrors.failure(NODE, "x", null, new IOException()).kind())
                .isEqualTo(Kind.RETRIABLE);
    }

    @Test
    void testRedirects() {
        assertThat(RedisRedirect.parse("MOVED 3999 127.0.0.1:6381", NODE))
                .contains(new RedisRedirect(false, 3999, new RedisNode("127.0.0.1", 6381)));
        assertThat(RedisRedirect.parse("ASK 1 ::1:7000", NODE))
                .contains(new RedisRedirect(true, 1, new RedisNode("::1", 7000)));
        assertThat(RedisRedirect.parse("ASK 1 [2001:db8::1]:7000", NODE))
                .contains(new RedisRedirect(true, 1, new RedisNode("2001:db8::1", 7000)));
        assertThat(RedisRedirect.parse("MOVED 2 :7001", NODE))
                .contains(new RedisRedirect(false, 2, new RedisNode("redis", 7001)));
        assertThat(RedisRedirect.parse("MOVED 2 ?:7001", NODE))
                .contains(new RedisRedirect(false, 2, new RedisNode("redis", 7001)));
        assertThat(RedisRedirect.parse("MOVED 2", NODE)).isEmpty();
        assertThat(RedisRedirect.parse("MOVED x y:z", NODE)).isEmpty();
        assertThat(RedisRedirect.parse("ERR MOVED", NODE)).isEmpty();
    }

    @Test
    void testAddresses() {
        assertThat(RedisNode.parse("h:1")).isEqualTo(new RedisNode("h", 1));
        assertThat(RedisNode.parse("[::1]:65535")).isEqualTo(new RedisNode("::1", 65535));
        assertThat(new RedisNode("::1", 2)).hasToString("[::1]:2");
        for (String wrong : new String[] {"", "h", "h:", ":1", "h:0", "h:65536", "h:x"}) {
            assertThatThrownBy(() -> RedisNode.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }
}
