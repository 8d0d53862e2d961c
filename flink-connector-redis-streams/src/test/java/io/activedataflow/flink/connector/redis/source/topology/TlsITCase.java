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

package io.activedataflow.flink.connector.redis.source.topology;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsTlsOptions;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSourceBuilder;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;
import io.activedataflow.flink.connector.redis.testutils.TcpProxy;
import io.activedataflow.flink.connector.redis.testutils.TestCertificates;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Reads over TLS, or says why that cannot be. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TlsITCase {

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();
    private static final String KEY = "orders-0";
    private static final Map<String, Long> ALL = Map.of(KEY, 1_000L);
    private static RedisProcess server;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            TopologyJob.flink(InMemoryReporter.createWithRetainedMetrics());

    @BeforeAll
    static void startServer() {
        server = RedisProcess.start(RedisServerBinary.embedded());
        fill(server);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void anOrdinaryServerWithTlsOfItsOwn() throws Exception {
        RedisServerBinary binary = RedisServerBinary.newest();
        assumeThat(binary.supportsTls()).as(binary + " supports TLS").isTrue();
        try (RedisProcess encrypted =
                RedisProcess.builder(binary).tls(CERTIFICATES, true).start()) {
            fill(encrypted);
            reads(
                    encrypted.port(),
                    trusting()
                            .setKeyStore(
                                    CERTIFICATES.clientKeyStore().toString(),
                                    TestCertificates.PASSWORD,
                                    "PKCS12"));
            assertThat(failure(encrypted.port(), trusting()))
                    .contains("127.0.0.1:" + encrypted.port(), "setKeyStore", "setCertificate");
        }
    }

    @Test
    void aTrustedCertificate() throws Exception {
        try (TcpProxy proxy = proxy(CERTIFICATES.serverKeyStore(), false)) {
            reads(proxy.port(), trusting());
            reads(
                    proxy.port(),
                    RedisStreamsTlsOptions.builder()
                            .setCaFile(CERTIFICATES.caCertificatePem().toString()));
        }
    }

    @Test
    void bothSidesShowACertificate() throws Exception {
        try (TcpProxy proxy = proxy(CERTIFICATES.serverKeyStore(), true)) {
            reads(
                    proxy.port(),
                    trusting()
                            .setKeyStore(
                                    CERTIFICATES.clientKeyStore().toString(),
                                    TestCertificates.PASSWORD,
                                    "PKCS12"));
        }
    }

    @Test
    void anUntrustedCertificate() throws Exception {
        try (TcpProxy proxy = proxy(CERTIFICATES.untrustedKeyStore(), false)) {
            assertThat(failure(proxy.port(), trusting()))
                    .contains(
                            "127.0.0.1:" + proxy.port(),
                            "certificate is not trusted",
                            "setTrustStore or setCaFile");
        }
    }

    @Test
    void aCertificateForAnotherHost() throws Exception {
        try (TcpProxy proxy = proxy(CERTIFICATES.wrongHostKeyStore(), false)) {
            assertThat(failure(proxy.port(), trusting()))
                    .contains(
                            "127.0.0.1:" + proxy.port(),
                            "does not name this host",
                            "setVerifyHostname(false)");
            reads(proxy.port(), trusting().setVerifyHostname(false));
        }
    }

    @Test
    void aServerWithoutTls() throws Exception {
        // It waits for the end of what it takes for a command, which only looks slow from here.
        try (TopologyJob job =
                TopologyJob.start(
                        source(server.port(), trusting()).setRetryDeadline(Duration.ofSeconds(1)),
                        1)) {
            assertThat(job.awaitFailure())
                    .contains(
                            "127.0.0.1:" + server.port(),
                            "If the server does not use TLS, remove setTls");
        }
    }

    @Test
    void twoSourcesOfOneJvmTrustDifferently() throws Exception {
        try (TcpProxy ours = proxy(CERTIFICATES.serverKeyStore(), false);
                TcpProxy theirs = proxy(CERTIFICATES.untrustedKeyStore(), false)) {
            try (TopologyJob one = job(ours.port(), trusting());
                    TopologyJob other =
                            job(theirs.port(), trusting(CERTIFICATES.untrustedKeyStore()))) {
                one.awaitExactly(ALL);
                other.awaitExactly(ALL);
            }
            assertThat(failure(theirs.port(), trusting())).contains("is not trusted");
        }
    }

    private static TcpProxy proxy(Path keyStore, boolean demandClientCertificate) {
        return TcpProxy.tls(server, CERTIFICATES.context(keyStore), demandClientCertificate);
    }

    private static RedisStreamsTlsOptions.Builder trusting() {
        return trusting(CERTIFICATES.trustStore());
    }

    private static RedisStreamsTlsOptions.Builder trusting(Path store) {
        return RedisStreamsTlsOptions.builder()
                .setTrustStore(store.toString(), TestCertificates.PASSWORD, "PKCS12");
    }

    private static void reads(int port, RedisStreamsTlsOptions.Builder tls) throws Exception {
        try (TopologyJob job = job(port, tls)) {
            job.awaitExactly(ALL);
        }
    }

    private static String failure(int port, RedisStreamsTlsOptions.Builder tls) throws Exception {
        try (TopologyJob job = job(port, tls)) {
            String reasons = job.awaitFailure();
            assertThat(reasons).doesNotContain(TestCertificates.PASSWORD);
            return reasons;
        }
    }

    private static TopologyJob job(int port, RedisStreamsTlsOptions.Builder tls) throws Exception {
        return TopologyJob.start(source(port, tls), 1);
    }

    private static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(
            int port, RedisStreamsTlsOptions.Builder tls) {
        return TopologyJob.source(
                        RedisStreamsConnectionOptions.standalone("127.0.0.1", port)
                                .setTls(tls.build())
                                .build())
                .setStreams(KEY);
    }

    private static void fill(RedisProcess server) {
        try (RedisCommands redis = server.connect()) {
            redis.fillFields(KEY, ALL.get(KEY), LoadWriter::numbered);
        }
    }
}
