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

import io.activedataflow.flink.connector.amps.testutils.TestCertificates;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.TCPSTransport;
import com.crankuptheamps.client.exception.ConnectionRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TlsITCase {

    private final TestCertificates certificates = TestCertificates.shared();

    @Test
    void officialClientConnectsOverTlsAndRefusesAnUntrustedServer() throws Exception {
        SSLContext before = TCPSTransport.getDefaultSSLContext();
        TCPSTransport.setDefaultSSLContext(certificates.clientContext());
        try {
            connects();
            refuses();
        } finally {
            TCPSTransport.setDefaultSSLContext(before);
        }
    }

    private void connects() throws Exception {
        SSLContext trusted = certificates.context(certificates.serverKeyStore());
        try (AmpsStandIn server = AmpsStandIn.builder().tls(trusted).start();
                Client client = new Client("client")) {
            assertThat(server.uri("json")).startsWith("tcps://localhost:");
            client.connect(server.uri("json"));
            client.logon(10_000);
            client.publish("T", "m");
            client.publishFlush(10_000);
            assertThat(server.log().size()).isEqualTo(1);
        }
    }

    private void refuses() throws Exception {
        SSLContext untrusted = certificates.context(certificates.untrustedKeyStore());
        try (AmpsStandIn server = AmpsStandIn.builder().tls(untrusted).start();
                Client client = new Client("client")) {
            assertThatThrownBy(() -> client.connect(server.uri("json")))
                    .isInstanceOf(ConnectionRefusedException.class)
                    .hasCauseInstanceOf(SSLHandshakeException.class);
        }
    }
}
