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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsTlsOptions;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.TestCertificates;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Encrypted sources in jobs, and what jobs fail with where that does not come about. */
@Timeout(300)
class TlsITCase {

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();
    private static final String OURS = AmpsException.class.getName() + ": ";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    void twoSourcesOfOneJvmTrustDifferently() throws Exception {
        try (AmpsStandIn ours = server(CERTIFICATES.serverKeyStore()).start();
                AmpsStandIn theirs = server(CERTIFICATES.untrustedKeyStore()).start()) {
            jobs.job(source(ours, trusting())).start();
            jobs.job(source(theirs, trusting(CERTIFICATES.untrustedKeyStore()))).start();
            // Both connect anew while the other one is there, too.
            for (int n = 0; n < 3; n++) {
                publish(ours, "alice", n);
                publish(theirs, "bob", n);
                jobs.ledger().awaitCount("alice", n + 1);
                jobs.ledger().awaitCount("bob", n + 1);
                ours.faults().dropConnections();
                theirs.faults().dropConnections();
            }
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isEqualTo(2);
        }
    }

    @Test
    void aCertificateInAPemFile() throws Exception {
        try (AmpsStandIn server = server(CERTIFICATES.serverKeyStore()).start()) {
            assertReads(
                    server,
                    AmpsTlsOptions.builder().setCaFile(CERTIFICATES.caCertificatePem().toString()));
        }
    }

    @Test
    void bothSidesShowACertificate() throws Exception {
        try (AmpsStandIn server =
                server(CERTIFICATES.serverKeyStore()).demandCertificates(true).start()) {
            assertReads(
                    server,
                    trusting()
                            .setKeyStore(
                                    CERTIFICATES.clientKeyStore().toString(),
                                    TestCertificates.PASSWORD,
                                    "PKCS12"));
            assertThat(failure(server, source(server, trusting())))
                    .contains("wants a client certificate", "setKeyStore");
        }
    }

    @Test
    void anUntrustedCertificate() throws Exception {
        try (AmpsStandIn server = server(CERTIFICATES.untrustedKeyStore()).start()) {
            assertThat(failure(server, source(server, trusting())))
                    .contains("certificate is not trusted", "setTrustStore or setCaFile");
        }
    }

    @Test
    void aCertificateForAnotherHost() throws Exception {
        try (AmpsStandIn server = server(CERTIFICATES.wrongHostKeyStore()).start()) {
            assertThat(failure(server, source(server, trusting())))
                    .contains("does not name this host", "setVerifyHostname(false)");
            assertReads(server, trusting().setVerifyHostname(false));
        }
    }

    @Test
    void aServerWithoutTls() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            String uri = server.uri("json").replace("tcp:", "tcps:");
            assertThat(
                            failure(
                                    uri,
                                    source(
                                            AmpsConnectionOptions.servers(uri)
                                                    .setConnectTimeout(Duration.ofSeconds(1))
                                                    .setTls(trusting().build())
                                                    .build())))
                    .containsAnyOf(
                            "If the port does not use TLS, write tcp in place of tcps",
                            "check whether this port uses TLS (tcps)",
                            "the server does not answer with TLS. Use tcp");
        }
    }

    @Test
    void aServerWithTlsOfWhichTheUriDoesNotKnow() throws Exception {
        try (AmpsStandIn server = server(CERTIFICATES.serverKeyStore()).start()) {
            String uri = server.uri("json").replace("tcps:", "tcp:");
            assertThat(
                            failure(
                                    uri,
                                    source(
                                            AmpsConnectionOptions.servers(uri)
                                                    .setCommandTimeout(Duration.ofSeconds(1))
                                                    .build())))
                    .contains("whether it wants TLS (tcps");
        }
    }

    private static AmpsStandIn.Builder server(Path keyStore) {
        return AmpsStandIn.builder().tls(CERTIFICATES.context(keyStore));
    }

    private static AmpsTlsOptions.Builder trusting() {
        return trusting(CERTIFICATES.trustStore());
    }

    private static AmpsTlsOptions.Builder trusting(Path store) {
        return AmpsTlsOptions.builder()
                .setTrustStore(store.toString(), TestCertificates.PASSWORD, "PKCS12");
    }

    private static void publish(AmpsStandIn server, String key, long number) {
        server.publish(NumberedMessages.TOPIC, NumberedMessages.body(key, number));
    }

    private void assertReads(AmpsStandIn server, AmpsTlsOptions.Builder tls) throws Exception {
        publish(server, "carol", 0);
        jobs.job(source(server, tls)).start();
        jobs.ledger().awaitCount("carol", 1);
    }

    private String failure(AmpsStandIn server, AmpsSourceBuilder<Tuple2<String, Long>> source)
            throws Exception {
        return failure(server.uri("json"), source);
    }

    private String failure(String uri, AmpsSourceBuilder<Tuple2<String, Long>> source)
            throws Exception {
        String reasons =
                TestJobs.awaitFailure(
                        jobs.job(source.setRetryDeadline(Duration.ofMillis(500))).start());
        assertThat(reasons).contains(OURS, uri).doesNotContain(TestCertificates.PASSWORD);
        return reasons;
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> source(
            AmpsStandIn server, AmpsTlsOptions.Builder tls) {
        return source(NumberedMessages.connection(server).setTls(tls.build()).build());
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> source(
            AmpsConnectionOptions connection) {
        return NumberedMessages.source(connection).setTopics(NumberedMessages.TOPIC);
    }
}
