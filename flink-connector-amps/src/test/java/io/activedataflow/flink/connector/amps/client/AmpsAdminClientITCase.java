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

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.AmpsAdminOptionsBuilder;
import io.activedataflow.flink.connector.amps.AmpsCredentials;
import io.activedataflow.flink.connector.amps.AmpsCredentialsProvider;
import io.activedataflow.flink.connector.amps.AmpsTlsOptions;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.TestCertificates;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import static io.activedataflow.flink.connector.amps.testutils.TestCertificates.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Topics of the administration interface of a stand-in server. */
@Timeout(120)
class AmpsAdminClientITCase {

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();

    private final AmpsStandIn.Builder builder = AmpsStandIn.builder().admin(true);
    private AmpsStandIn server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private AmpsAdminOptionsBuilder start() {
        server = builder.start();
        server.adminTopics().addSow("orders", "json", 3);
        server.adminTopics().addSow("ticks", "nvfix", 3);
        server.adminTopics().addQueue("work");
        server.adminTopics().addView("sums", "orders", "json");
        return AmpsAdminOptions.urls(server.adminUri());
    }

    @Test
    void listsTopicsOfTheStateOfTheWorldAndQueues() {
        AmpsAdminOptions options = start().build();

        assertThat(AmpsAdminClient.topics(options, "json")).isEqualTo(Set.of("orders", "work"));
        assertThat(AmpsAdminClient.topics(options, null))
                .isEqualTo(Set.of("orders", "ticks", "work"));
    }

    @Test
    void nextOfTheListIsAskedIfOneDoesNotAnswer() throws IOException {
        String dead = deadUrl();
        start();

        assertThat(
                        AmpsAdminClient.topics(
                                AmpsAdminOptions.urls(dead, server.adminUri()).build(), "json"))
                .contains("orders");
    }

    @Test
    void noneOfTheListAnswers() throws IOException {
        String first = deadUrl();
        String second = deadUrl();

        AmpsException failure = failure(AmpsAdminOptions.urls(first, second));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure).hasMessageContaining(second);
        assertThat(failure.getSuppressed()).singleElement().asString().contains(first);
    }

    @Test
    void serverThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            AmpsException failure =
                    failure(
                            AmpsAdminOptions.urls("http://127.0.0.1:" + silent.getLocalPort())
                                    .setTimeout(Duration.ofMillis(200)));

            assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        }
    }

    @Test
    void rightCredentialsAreLetIn() {
        builder.adminCredentials("bob", "p\"w:\\");
        AmpsAdminOptionsBuilder options = start();

        assertThat(
                        AmpsAdminClient.topics(
                                options.setCredentialsProvider(credentials("bob", "p\"w:\\"))
                                        .build(),
                                "json"))
                .contains("orders");
    }

    @Test
    void wrongCredentials() {
        builder.adminCredentials("bob", "pw");

        AmpsException failure =
                failure(start().setCredentialsProvider(credentials("bob", "s3cret")));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure)
                .hasMessageContaining(server.adminUri())
                .hasMessageContaining("401")
                .hasMessageContaining("Check the user and the password");
        assertThat(failure.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"503, RETRIABLE", "403, FATAL", "404, FATAL", "302, FATAL", "400, FATAL"})
    void otherAnswers(int status, Kind kind) {
        AmpsAdminOptionsBuilder options = start();
        server.admin().failWith(status);

        AmpsException failure = failure(options);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("status " + status);
    }

    @Test
    void encryptedAndTrusted() {
        AmpsAdminOptionsBuilder options = startEncrypted(CERTIFICATES.serverKeyStore());

        assertThat(AmpsAdminClient.topics(options.setTls(trusting().build()).build(), "json"))
                .contains("orders");
    }

    @Test
    void untrusted() {
        AmpsAdminOptionsBuilder options = startEncrypted(CERTIFICATES.untrustedKeyStore());

        AmpsException failure = failure(options.setTls(trusting().build()));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("certificate is not trusted");
    }

    @Test
    void wrongHost() {
        AmpsAdminOptionsBuilder options = startEncrypted(CERTIFICATES.wrongHostKeyStore());

        AmpsException failure = failure(options.setTls(trusting().build()));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("does not name this host");
        assertThat(
                        AmpsAdminClient.topics(
                                options.setTls(trusting().setVerifyHostname(false).build()).build(),
                                "json"))
                .contains("orders");
    }

    private AmpsAdminOptionsBuilder startEncrypted(Path keyStore) {
        builder.tls(CERTIFICATES.context(keyStore));
        return start();
    }

    private static AmpsTlsOptions.Builder trusting() {
        return AmpsTlsOptions.builder()
                .setTrustStore(CERTIFICATES.trustStore().toString(), PASSWORD, "PKCS12");
    }

    private static AmpsCredentialsProvider credentials(String user, String password) {
        return AmpsCredentialsProvider.fixed(new AmpsCredentials(user, password));
    }

    private static AmpsException failure(AmpsAdminOptionsBuilder options) {
        AmpsAdminOptions built = options.build();
        return catchThrowableOfType(
                AmpsException.class, () -> AmpsAdminClient.topics(built, "json"));
    }

    private static String deadUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
