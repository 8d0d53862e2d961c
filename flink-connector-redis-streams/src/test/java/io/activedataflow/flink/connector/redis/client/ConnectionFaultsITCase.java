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

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.redis.RedisStreamsTlsOptions;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;
import io.activedataflow.flink.connector.redis.testutils.TcpProxy;
import io.activedataflow.flink.connector.redis.testutils.TestCertificates;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(120)
class ConnectionFaultsITCase {

    private static RedisProcess redis;

    @BeforeAll
    static void startServer() {
        redis = RedisProcess.start(RedisServerBinary.embedded());
        try (RedisCommands commands = RedisCommands.connect(redis.host(), redis.port())) {
            for (int i = 1; i <= 100; i++) {
                commands.xadd("s", "1-" + i, "f", "x".repeat(10_000));
            }
        }
    }

    @AfterAll
    static void stopServer() {
        redis.close();
    }

    @Test
    void testTrustedByStoreAndByPem() {
        TestCertificates certificates = TestCertificates.shared();
        try (TcpProxy proxy = tls(certificates.serverKeyStore(), false)) {
            assertReads(proxy, trusting(certificates).build());
            assertReads(
                    proxy,
                    RedisStreamsTlsOptions.builder()
                            .setCaFile(certificates.caCertificatePem().toString())
                            .build());
        }
    }

    @Test
    void testRepliesThatTrickleThroughTlsAreResumed() {
        TestCertificates certificates = TestCertificates.shared();
        try (TcpProxy proxy = tls(certificates.serverKeyStore(), false)) {
            proxy.throttle(1_000_000);
            try (JedisStreamsClient client = client(proxy, trusting(certificates).build());
                    StreamReadConnection connection =
                            client.connect(client.locate("s", false), false)) {
                EntryBuffer buffer = new EntryBuffer();
                connection.send(RespReplies.positions("s"), 100, -1, false);
                int nothingYet = 0;
                StreamReadConnection.Reply reply = null;
                while (reply == null) {
                    reply = connection.poll(buffer, 1);
                    nothingYet++;
                }
                assertThat(nothingYet).isGreaterThan(10);
                assertThat(reply.entries()).isEqualTo(100);
                assertThat(buffer.idSequence(99)).isEqualTo(100);
                assertThat(buffer.valueLength(99, 0)).isEqualTo(10_000);
            }
        }
    }

    @Test
    void testClientCertificates() {
        TestCertificates certificates = TestCertificates.shared();
        try (TcpProxy proxy = tls(certificates.serverKeyStore(), true)) {
            assertReads(
                    proxy,
                    trusting(certificates)
                            .setKeyStore(
                                    certificates.clientKeyStore().toString(),
                                    TestCertificates.PASSWORD,
                                    "PKCS12")
                            .build());
            assertReads(
                    proxy,
                    trusting(certificates)
                            .setCertificate(
                                    certificates.serverCertificatePem().toString(),
                                    certificates.serverKeyPem().toString())
                            .build());
            try (JedisStreamsClient client = client(proxy, trusting(certificates).build())) {
                // With TLS 1.3 the server refuses after the handshake, and what it says may be lost
                // when it closes; the next attempt hears it.
                assertFatal(() -> retrying(() -> client.streamInfo("s")), "setKeyStore");
            }
        }
    }

    @Test
    void testCertificatesThatWillNotDo() {
        TestCertificates certificates = TestCertificates.shared();
        try (TcpProxy proxy = tls(certificates.untrustedKeyStore(), false);
                JedisStreamsClient client = client(proxy, trusting(certificates).build())) {
            assertFatal(() -> client.streamInfo("s"), "setTrustStore");
            assertFatal(() -> client.connect(client.locate("s", false), false), "setTrustStore");
        }
        try (TcpProxy proxy = tls(certificates.wrongHostKeyStore(), false)) {
            try (JedisStreamsClient client = client(proxy, trusting(certificates).build())) {
                assertFatal(() -> client.streamInfo("s"), "does not name this host");
            }
            assertReads(proxy, trusting(certificates).setVerifyHostname(false).build());
        }
    }

    @Test
    void testTlsWhereThereIsNone() {
        try (TcpProxy proxy = TcpProxy.to(redis);
                JedisStreamsClient client =
                        new JedisStreamsClient(
                                options(proxy)
                                        .setTls(RedisStreamsTlsOptions.defaults())
                                        .setCommandTimeout(Duration.ofMillis(50))
                                        .build())) {
            // Redis waits for the end of what it takes for a command.
            assertThatThrownBy(() -> client.streamInfo("s")).hasMessageContaining("remove setTls");
        }
    }

    @Test
    void testTrustStoreThatIsMissing() {
        try (TcpProxy proxy = TcpProxy.to(redis);
                JedisStreamsClient client =
                        client(
                                proxy,
                                RedisStreamsTlsOptions.builder()
                                        .setTrustStore("/no/such/file", "top-secret", "PKCS12")
                                        .build())) {
            assertFatal(() -> client.streamInfo("s"), "/no/such/file");
        }
    }

    @Test
    void testServerThatIsAbsent() {
        TcpProxy gone = TcpProxy.to(redis);
        gone.close();
        try (JedisStreamsClient client = new JedisStreamsClient(options(gone).build())) {
            RedisStreamsException e =
                    catchThrowableOfType(RedisStreamsException.class, () -> client.streamInfo("s"));
            assertThat(e.isRetriable()).isTrue();
            assertThat(e).hasMessageContaining("nothing accepts connections there");
        }
    }

    @Test
    void testServerThatStalls() {
        try (TcpProxy proxy = TcpProxy.to(redis);
                JedisStreamsClient client =
                        new JedisStreamsClient(
                                options(proxy).setCommandTimeout(Duration.ofMillis(50)).build())) {
            proxy.stallReplies();
            RedisStreamsException e =
                    catchThrowableOfType(RedisStreamsException.class, () -> client.streamInfo("s"));
            assertThat(e.isRetriable()).isTrue();
            assertThat(e).hasMessageContaining("no answer in time");
            proxy.resume();
            assertThat(client.streamInfo("s")).isPresent();
        }
    }

    @Test
    void testConnectionCutWithinAReply() {
        try (TcpProxy proxy = TcpProxy.to(redis);
                JedisStreamsClient client = new JedisStreamsClient(options(proxy).build());
                StreamReadConnection connection =
                        client.connect(client.locate("s", false), false)) {
            EntryBuffer buffer = new EntryBuffer();
            connection.send(RespReplies.positions("s"), 2, -1, false);
            assertThat(connection.poll(buffer, 60_000).entries()).isEqualTo(2);
            proxy.cutAfterReplyBytes(500_000);
            connection.send(RespReplies.positions("s"), 100, -1, false);
            RedisStreamsException e =
                    catchThrowableOfType(
                            RedisStreamsException.class,
                            () -> {
                                while (connection.poll(buffer, 1000) == null) {
                                    Thread.onSpinWait();
                                }
                            });
            assertThat(e.isRetriable()).isTrue();
            assertThat(buffer.entryCount()).isEqualTo(2);
            assertThat(buffer.sectionCount()).isOne();
            assertThat(buffer.filled()).isEqualTo(buffer.decoded());
        }
    }

    @Test
    void testClosingEndsCallsUnderWayAndLeavesNoThread() throws Exception {
        List<Consumer<JedisStreamsClient>> calls =
                List.of(
                        client -> client.streamInfo("s"),
                        client -> client.scanStreams("*"),
                        client -> client.connect(client.locate("s", false), false));
        for (Consumer<JedisStreamsClient> call : calls) {
            try (TcpProxy proxy = TcpProxy.to(redis)) {
                proxy.stallReplies();
                JedisStreamsClient client =
                        new JedisStreamsClient(
                                options(proxy)
                                        .setCommandTimeout(Duration.ofHours(1))
                                        .setConnectTimeout(Duration.ofHours(1))
                                        .build());
                List<CompletableFuture<Void>> futures = new ArrayList<>();
                // More than the pool has connections: some wait for one.
                for (int i = 0; i < 6; i++) {
                    CompletableFuture<Void> future = new CompletableFuture<>();
                    Thread thread =
                            new Thread(
                                    () -> {
                                        try {
                                            call.accept(client);
                                            future.complete(null);
                                        } catch (Throwable t) {
                                            future.completeExceptionally(t);
                                        }
                                    });
                    thread.start();
                    futures.add(future);
                }
                while (proxy.requestBytes() == 0) {
                    Thread.onSpinWait();
                }
                client.close();
                client.close();
                for (CompletableFuture<Void> future : futures) {
                    assertThatThrownBy(future::get)
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOf(RedisStreamsException.class);
                }
                assertThatThrownBy(() -> client.streamInfo("s")).hasMessageContaining("closed");
                assertThatThrownBy(() -> client.locate("s", false)).hasMessageContaining("closed");
                assertThatThrownBy(() -> client.connect(new RedisNode("127.0.0.1", 1), false))
                        .hasMessageContaining("closed");
            }
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("evict") || name.contains("jedis"));
    }

    private static void assertReads(TcpProxy proxy, RedisStreamsTlsOptions tls) {
        try (JedisStreamsClient client = client(proxy, tls);
                StreamReadConnection connection =
                        client.connect(client.locate("s", false), false)) {
            assertThat(client.streamInfo("s")).isPresent();
            connection.send(RespReplies.positions("s"), 3, -1, false);
            assertThat(connection.poll(new EntryBuffer(), 60_000).entries()).isEqualTo(3);
        }
    }

    /** Tries again for as long as trying again may help; the time-out of the test ends it. */
    private static void retrying(Runnable call) {
        while (true) {
            try {
                call.run();
                return;
            } catch (RedisStreamsException e) {
                if (!e.isRetriable()) {
                    throw e;
                }
            }
        }
    }

    private static void assertFatal(ThrowingCallable call, String remedy) {
        RedisStreamsException e = catchThrowableOfType(RedisStreamsException.class, call);
        assertThat(e).hasMessageContaining(remedy);
        assertThat(e.isRetriable()).isFalse();
        assertThat(e.toString()).doesNotContain("top-secret");
    }

    private static TcpProxy tls(Path keyStore, boolean demandClientCertificate) {
        return TcpProxy.tls(
                redis, TestCertificates.shared().context(keyStore), demandClientCertificate);
    }

    private static RedisStreamsTlsOptions.Builder trusting(TestCertificates certificates) {
        return RedisStreamsTlsOptions.builder()
                .setTrustStore(
                        certificates.trustStore().toString(), TestCertificates.PASSWORD, "PKCS12");
    }

    private static JedisStreamsClient client(TcpProxy proxy, RedisStreamsTlsOptions tls) {
        return new JedisStreamsClient(options(proxy).setTls(tls).build());
    }

    private static RedisStreamsConnectionOptionsBuilder options(TcpProxy proxy) {
        return RedisStreamsConnectionOptions.standalone(proxy.host(), proxy.port());
    }
}
