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

package io.activedataflow.flink.connector.redis.testutils;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.exceptions.JedisConnectionException;

import javax.net.ssl.SSLContext;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TcpProxyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final TestCertificates CERTIFICATES = TestCertificates.shared();

    private static RedisProcess server;

    @BeforeAll
    static void startServer() {
        server = RedisProcess.start(RedisServerBinary.newest());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void aHealthyProxyForwardsBothWaysAndCounts() {
        try (TcpProxy proxy = TcpProxy.to(server);
                RedisCommands first = connect(proxy);
                RedisCommands second = connect(proxy)) {
            assertThat(first.ping()).isEqualTo("PONG");
            assertThat(second.ping()).isEqualTo("PONG");
            byte[] large = new byte[1 << 20];
            assertThat((byte[]) first.call("ECHO", large)).isEqualTo(large);

            assertThat(proxy.acceptedConnections()).isEqualTo(2);
            assertThat(proxy.openConnections()).isEqualTo(2);
            assertThat(proxy.requestBytes()).isGreaterThan(large.length);
            assertThat(proxy.replyBytes()).isGreaterThan(large.length);
        }
    }

    @Test
    void cuttingEndsPresentConnectionsAndServesNewOnes() {
        try (TcpProxy proxy = TcpProxy.to(server);
                RedisCommands before = connect(proxy)) {
            before.ping();

            assertThat(proxy.cutAll()).isEqualTo(1);

            assertThatThrownBy(before::ping).isInstanceOf(JedisConnectionException.class);
            try (RedisCommands after = connect(proxy)) {
                assertThat(after.ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void refusingLeavesPresentConnectionsAloneAndCanBeEnded() {
        try (TcpProxy proxy = TcpProxy.to(server);
                RedisCommands present = connect(proxy)) {
            present.ping();

            proxy.refuse();

            assertThatThrownBy(() -> connect(proxy)).isInstanceOf(JedisConnectionException.class);
            assertThat(present.ping()).isEqualTo("PONG");

            proxy.accept();

            try (RedisCommands after = connect(proxy)) {
                assertThat(after.ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void aStallHoldsRequestsBackAndLosesNothing() {
        try (TcpProxy proxy = TcpProxy.to(server);
                RedisCommands stalled = connect(proxy);
                RedisCommands direct = server.connect()) {
            stalled.ping();
            proxy.stall();
            CompletableFuture<Long> length =
                    CompletableFuture.supplyAsync(
                            () -> {
                                stalled.xadd("stalled", "1-1", "v", "x");
                                return stalled.xlen("stalled");
                            });
            direct.ping();
            assertThat(direct.xlen("stalled")).isZero();
            assertThat(length).isNotDone();

            proxy.resume();

            assertThat(length.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(1L);
        }
    }

    @Test
    void stalledRepliesMeanThatTheServerHasDoneIt() {
        try (TcpProxy proxy = TcpProxy.to(server);
                RedisCommands stalled = connect(proxy);
                RedisCommands direct = server.connect()) {
            stalled.ping();
            proxy.stallReplies();
            CompletableFuture<String> reply =
                    CompletableFuture.supplyAsync(
                            () -> stalled.xadd("half-stalled", "1-1", "v", "x").toString());

            Await.until("the entry", TIMEOUT, () -> direct.xlen("half-stalled") == 1);
            assertThat(reply).isNotDone();

            proxy.resume();

            assertThat(reply.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("1-1");
        }
    }

    @Test
    void aStalledConnectionCanBeCut() {
        try (TcpProxy proxy = TcpProxy.to(server);
                RedisCommands stalled = connect(proxy)) {
            stalled.ping();
            proxy.stall();
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(stalled::ping);

            assertThat(proxy.cutAll()).isEqualTo(1);

            assertThatThrownBy(() -> reply.orTimeout(60, TimeUnit.SECONDS).join())
                    .hasCauseInstanceOf(JedisConnectionException.class);
        }
    }

    @Test
    void aReplyIsCutExactlyWhereAsked() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(server);
                Socket socket = new Socket(proxy.host(), proxy.port())) {
            proxy.cutAfterReplyBytes(9);
            socket.getOutputStream().write("PING\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("+PONG\r\n+P");
            try (RedisCommands after = connect(proxy)) {
                assertThat(after.ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void throttlingDelaysByAsMuchAsItSays() {
        try (TcpProxy proxy = TcpProxy.to(server);
                RedisCommands slow = connect(proxy)) {
            slow.ping();
            proxy.throttle(1_000_000);
            long start = System.nanoTime();

            slow.call("ECHO", new byte[200_000]);

            // A lower bound is no bet on the machine: 200 kB each way at 1 MB/s, overlapping.
            assertThat(System.nanoTime() - start).isGreaterThan(190_000_000L);
        }
    }

    @Test
    void closingLeavesNoThread() {
        TcpProxy proxy = TcpProxy.to(server);
        String accepting = "proxy-accept-" + proxy.port();
        try (RedisCommands redis = connect(proxy)) {
            redis.ping();
            assertThat(threadNames()).contains(accepting);

            proxy.close();

            assertThat(proxy.openConnections()).isZero();
            assertThat(threadNames()).doesNotContain(accepting);
        }
    }

    @Test
    void tlsInFrontOfAPlainServerIsTrustedWithTheRightCertificate() {
        SSLContext withoutCertificate = CERTIFICATES.clientContextWithoutCertificate();
        try (TcpProxy proxy = tls(CERTIFICATES.serverKeyStore(), false);
                RedisCommands redis = connect(proxy, withoutCertificate)) {
            assertThat(redis.ping()).isEqualTo("PONG");
            byte[] large = new byte[1 << 20];
            assertThat((byte[]) redis.call("ECHO", large)).isEqualTo(large);
            assertThat(proxy.cutAll()).isEqualTo(1);
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
        }
    }

    @Test
    void anUntrustedCertificateIsRefusedByTheClient() {
        try (TcpProxy proxy = tls(CERTIFICATES.untrustedKeyStore(), false)) {
            assertThatThrownBy(() -> ping(proxy, CERTIFICATES.clientContext()))
                    .hasStackTraceContaining("unable to find valid certification path");
            Await.until("the failed handshake", TIMEOUT, () -> proxy.failedHandshakes() == 1);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedByTheClient() {
        try (TcpProxy proxy = tls(CERTIFICATES.wrongHostKeyStore(), false)) {
            assertThatThrownBy(() -> ping(proxy, CERTIFICATES.clientContext()))
                    .hasStackTraceContaining("No subject alternative names matching IP address");
        }
    }

    @Test
    void aClientCertificateCanBeDemanded() {
        try (TcpProxy proxy = tls(CERTIFICATES.serverKeyStore(), true)) {
            assertThat(ping(proxy, CERTIFICATES.clientContext())).isEqualTo("PONG");
            for (SSLContext refused :
                    new SSLContext[] {
                        CERTIFICATES.clientContextWithoutCertificate(),
                        CERTIFICATES.context(CERTIFICATES.untrustedKeyStore())
                    }) {
                int before = proxy.failedHandshakes();
                assertThatThrownBy(() -> ping(proxy, refused))
                        .isInstanceOf(JedisConnectionException.class);
                Await.until("refusal", TIMEOUT, () -> proxy.failedHandshakes() == before + 1);
            }
        }
    }

    private static TcpProxy tls(Path identity, boolean demandClientCertificate) {
        return TcpProxy.tls(server, CERTIFICATES.context(identity), demandClientCertificate);
    }

    private static RedisCommands connect(TcpProxy proxy) {
        return RedisCommands.connect(proxy.host(), proxy.port());
    }

    private static RedisCommands connect(TcpProxy proxy, SSLContext tls) {
        return RedisCommands.connect(proxy.host(), proxy.port(), ClientConfigs.of(null, null, tls));
    }

    /** The handshake takes place with the first command. */
    private static String ping(TcpProxy proxy, SSLContext tls) {
        try (RedisCommands redis = connect(proxy, tls)) {
            return redis.ping();
        }
    }

    private static Iterable<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
