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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.AmpsTlsOptions;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.TestCertificates;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.activedataflow.flink.connector.amps.testutils.TestCertificates.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

/** Encrypted connections of one JVM, each with its own idea of whom to trust. */
@Timeout(120)
class TlsITCase {

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();

    private final TestConnections connections = new TestConnections();
    private final List<AutoCloseable> resources = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        connections.close();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    @Test
    void trustedByStore() {
        AmpsStandIn server = server(CERTIFICATES.serverKeyStore());
        server.publish("T", "one");
        RecordingHandler handler = new RecordingHandler();

        AmpsConnection connection =
                connections.open(options(server, trusting(CERTIFICATES.trustStore())));
        connection.subscribe(TestConnections.replay("T"), handler);

        handler.awaitMessages(1);
        assertThat(handler.bodies()).containsExactly("one");
    }

    @Test
    void trustedByPem() {
        AmpsStandIn server = server(CERTIFICATES.serverKeyStore());

        connections.open(
                options(
                        server,
                        AmpsTlsOptions.builder()
                                .setCaFile(CERTIFICATES.caCertificatePem().toString())));

        assertThat(server.clientNames()).hasSize(1);
    }

    @Test
    void trustedByJks(@TempDir Path directory) throws Exception {
        AmpsStandIn server = server(CERTIFICATES.serverKeyStore());

        connections.open(
                options(
                        server,
                        AmpsTlsOptions.builder()
                                .setTrustStore(
                                        jks(directory, CERTIFICATES.trustStore()).toString(),
                                        PASSWORD,
                                        "JKS")));

        assertThat(server.clientNames()).hasSize(1);
    }

    @Test
    void untrusted() {
        AmpsStandIn server = server(CERTIFICATES.untrustedKeyStore());

        AmpsException failure =
                connections.failureToOpen(options(server, trusting(CERTIFICATES.trustStore())));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining(server.uri("json"))
                .hasMessageContaining("the server's certificate is not trusted")
                .hasMessageContaining("setTrustStore");
    }

    @Test
    void nothingIsTrustedBesidesTheAuthoritiesOfTheJvmUnlessTold() {
        AmpsStandIn server = server(CERTIFICATES.serverKeyStore());

        AmpsException failure =
                connections.failureToOpen(TestConnections.options(server.uri("json")));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
    }

    @Test
    void wrongHost() {
        AmpsStandIn server = server(CERTIFICATES.wrongHostKeyStore());

        AmpsException failure =
                connections.failureToOpen(options(server, trusting(CERTIFICATES.trustStore())));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining("does not name this host")
                .hasMessageContaining("localhost")
                .hasMessageContaining("setVerifyHostname(false)");
    }

    @Test
    void wrongHostIsNotMindedIfTold() {
        AmpsStandIn server = server(CERTIFICATES.wrongHostKeyStore());

        connections.open(
                options(server, trusting(CERTIFICATES.trustStore()).setVerifyHostname(false)));

        assertThat(server.clientNames()).hasSize(1);
    }

    @Test
    void twoTrustStoresInOneJvm() {
        AmpsStandIn first = server(CERTIFICATES.serverKeyStore());
        AmpsStandIn second = server(CERTIFICATES.untrustedKeyStore());
        AmpsTlsOptions.Builder trustsFirst = trusting(CERTIFICATES.trustStore());
        AmpsTlsOptions.Builder trustsSecond = trusting(CERTIFICATES.untrustedKeyStore());

        connections.open(options(first, trustsFirst));
        connections.open(options(second, trustsSecond));
        AmpsException firstDistrusted = connections.failureToOpen(options(first, trustsSecond));
        AmpsException secondDistrusted = connections.failureToOpen(options(second, trustsFirst));
        connections.open(options(first, trustsFirst));

        assertThat(first.connectionCount()).isGreaterThanOrEqualTo(2);
        assertThat(second.clientNames()).hasSize(1);
        assertThat(firstDistrusted.kind()).isEqualTo(Kind.FATAL);
        assertThat(secondDistrusted.kind()).isEqualTo(Kind.FATAL);
    }

    @Test
    void plainServer() {
        AmpsStandIn server = AmpsStandIn.builder().start();
        resources.add(server);

        AmpsException failure =
                connections.failureToOpen(
                        TestConnections.options(server.uri("json").replace("tcp://", "tcps://"))
                                .setConnectTimeout(Duration.ofSeconds(2)));

        assertThat(failure).hasMessageContaining("TLS");
    }

    @Test
    void plainServerThatWaits() throws Exception {
        ScriptedServer server = new ScriptedServer(ScriptedServer.Peer::freeze);
        resources.add(server);

        AmpsException failure =
                connections.failureToOpen(
                        TestConnections.options(server.uri().replace("tcp://", "tcps://"))
                                .setConnectTimeout(Duration.ofMillis(300)));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure).hasMessageContaining("If the port does not use TLS, write tcp");
    }

    @Test
    void plainClient() {
        AmpsStandIn server = server(CERTIFICATES.serverKeyStore());

        AmpsException failure =
                connections.failureToOpen(
                        TestConnections.options("tcp://localhost:" + server.port() + "/amps/json")
                                .setCommandTimeout(Duration.ofSeconds(2)));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure).hasMessageContaining("whether it wants TLS");
    }

    @Test
    void clientCertificateIsPresented() throws Exception {
        HandshakeServer server = new HandshakeServer(CERTIFICATES);
        resources.add(server);

        AmpsException withStore =
                failureAfterHandshake(
                        server,
                        trusting(CERTIFICATES.trustStore())
                                .setKeyStore(
                                        CERTIFICATES.clientKeyStore().toString(),
                                        PASSWORD,
                                        "PKCS12"));
        AmpsException withPem =
                failureAfterHandshake(
                        server,
                        trusting(CERTIFICATES.trustStore())
                                .setCertificate(
                                        CERTIFICATES.serverCertificatePem().toString(),
                                        CERTIFICATES.serverKeyPem().toString()));

        assertThat(withStore.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(withPem.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(server.subjects()).containsExactly("CN=test client", "CN=localhost");
    }

    @Test
    void clientCertificateIsWanted() throws Exception {
        HandshakeServer server = new HandshakeServer(CERTIFICATES);
        resources.add(server);
        List<AmpsException> failures = new ArrayList<>();

        // Whether the alert is read before the end of the connection is noticed is up to chance.
        Await.until(
                "an attempt that reads the alert",
                Duration.ofSeconds(60),
                () -> {
                    failures.add(
                            failureAfterHandshake(server, trusting(CERTIFICATES.trustStore())));
                    return failures.get(failures.size() - 1).kind() == Kind.FATAL;
                });

        assertThat(failures)
                .allSatisfy(
                        failure ->
                                assertThat(failure)
                                        .hasMessageContaining("wants a client certificate")
                                        .hasMessageContaining("setKeyStore"));
        assertThat(server.subjects()).isEmpty();
    }

    @Test
    void parametersOfTheUriHaveTheirEffect() {
        AmpsStandIn server = server(CERTIFICATES.wrongHostKeyStore());
        String uri = server.uri("json") + "?http_preflight=true&tcp_nodelay=true&sni=";
        AmpsTlsOptions tls = trusting(CERTIFICATES.trustStore()).build();

        connections.open(TestConnections.options(uri + "elsewhere.invalid").setTls(tls));
        AmpsException failure =
                connections.failureToOpen(TestConnections.options(uri + "localhost").setTls(tls));

        assertThat(server.clientNames()).hasSize(1);
        assertThat(failure).hasMessageContaining("does not name this host");
    }

    @Test
    void fileThatIsNotThere() {
        AmpsStandIn server = server(CERTIFICATES.serverKeyStore());

        AmpsException failure =
                connections.failureToOpen(options(server, trusting(Path.of("no-such-file.p12"))));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining("no-such-file.p12")
                .hasMessageContaining("Check that the files exist");
    }

    private AmpsException failureAfterHandshake(
            HandshakeServer server, AmpsTlsOptions.Builder tls) {
        return connections.failureToOpen(
                TestConnections.options("tcps://localhost:" + server.port() + "/amps/json")
                        .setTls(tls.build()));
    }

    private AmpsStandIn server(Path keyStore) {
        AmpsStandIn server = AmpsStandIn.builder().tls(CERTIFICATES.context(keyStore)).start();
        resources.add(server);
        return server;
    }

    private static AmpsConnectionOptionsBuilder options(
            AmpsStandIn server, AmpsTlsOptions.Builder tls) {
        return TestConnections.options(server.uri("json")).setTls(tls.build());
    }

    private static AmpsTlsOptions.Builder trusting(Path store) {
        return AmpsTlsOptions.builder().setTrustStore(store.toString(), PASSWORD, "PKCS12");
    }

    private static Path jks(Path directory, Path pkcs12)
            throws IOException, GeneralSecurityException {
        KeyStore from = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pkcs12)) {
            from.load(in, PASSWORD.toCharArray());
        }
        KeyStore to = KeyStore.getInstance("JKS");
        to.load(null, null);
        for (String alias : Collections.list(from.aliases())) {
            to.setCertificateEntry(alias, from.getCertificate(alias));
        }
        Path file = directory.resolve("trust.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            to.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Wants a certificate of each client, remembers whose it is, and hangs up. */
    private static final class HandshakeServer implements AutoCloseable {

        private final SSLServerSocket listener;
        private final List<String> subjects = new CopyOnWriteArrayList<>();

        HandshakeServer(TestCertificates certificates) throws IOException {
            SSLContext context = certificates.context(certificates.serverKeyStore());
            SSLServerSocketFactory factory = context.getServerSocketFactory();
            listener =
                    (SSLServerSocket)
                            factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener.setNeedClientAuth(true);
            Thread thread = new Thread(this::serve, "handshake-server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        List<String> subjects() {
            return subjects;
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                    subjects.add(socket.getSession().getPeerPrincipal().getName());
                } catch (IOException e) {
                    // A client without a certificate, or close().
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
