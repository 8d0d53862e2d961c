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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsConnectionOptionsTest {

    private static final String SERVER = "tcp://amps1:9007/amps/json";

    private static AmpsConnectionOptionsBuilder builder() {
        return AmpsConnectionOptions.servers(SERVER);
    }

    private static AmpsServerUri only(String uri) {
        return AmpsConnectionOptions.servers(uri).build().servers().get(0);
    }

    @Test
    void defaults() throws Exception {
        AmpsConnectionOptions options = builder().build();

        assertThat(options.servers())
                .containsExactly(new AmpsServerUri(SERVER, "amps1", 9007, false, "json"));
        assertThat(options.messageType()).isEqualTo("json");
        assertThat(options.credentialsProvider().get()).isEqualTo(AmpsCredentials.NONE);
        assertThat(options.authenticatorFactory()).isNull();
        assertThat(options.tls()).isNull();
        assertThat(options.clientNamePrefix()).isEqualTo("flink-amps");
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.commandTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.heartbeatInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.endpointsAreStable()).isTrue();
        assertThat(options.serversText()).isEqualTo(SERVER);
    }

    @Test
    void everythingSetSurvivesSerializationAndShowsNoSecret() throws Exception {
        AmpsConnectionOptions options =
                AmpsConnectionOptions.servers(
                                "tcps://flink:secret-1@amps1:9007/amps/nvfix",
                                "tcps://amps2:9007/amps/nvfix")
                        .setAuthenticatorFactory(
                                server ->
                                        AmpsAuthenticator.of(
                                                (user, password) -> "secret-2 for " + server,
                                                (user, challenge) -> "secret-3",
                                                (user, password, reason) -> {}))
                        .setTls(
                                AmpsTlsOptions.builder()
                                        .setTrustStore("/trust", "secret-4", "jks")
                                        .setKeyStore("/key", "secret-5", "PKCS12")
                                        .build())
                        .setClientNamePrefix("my job")
                        .setConnectTimeout(Duration.ofSeconds(1))
                        .setCommandTimeout(Duration.ofSeconds(2))
                        .setHeartbeatInterval(Duration.ofSeconds(3))
                        .setEndpointsAreStable(false)
                        .build();

        assertThat(options.toString())
                .doesNotContain("secret")
                .contains(
                        "tcps://amps1:9007/amps/nvfix, tcps://amps2:9007/amps/nvfix",
                        "user=flink",
                        "with an authenticator",
                        "/trust",
                        "/key",
                        "my job",
                        "PT1S",
                        "PT2S",
                        "PT3S",
                        "endpointsAreStable=false");
        AmpsConnectionOptions copy = InstantiationUtil.clone(options);
        assertThat(copy).hasToString(options.toString());
        assertThat(copy.servers()).isEqualTo(options.servers());
        assertThat(copy.credentialsProvider().get())
                .isEqualTo(new AmpsCredentials("flink", "secret-1"));
        assertThat(copy.tls().trustStore().password()).isEqualTo("secret-4");
        assertThat(copy.authenticatorFactory().create("s1").authenticate("u", "p"))
                .isEqualTo("secret-2 for s1");
    }

    // ------------------------------------------------------------------------ URIs

    @Test
    void aUriKeepsItsParametersAndLosesItsCredentials() throws Exception {
        AmpsConnectionOptions options =
                AmpsConnectionOptions.servers(
                                "TCPS://fl%40nk:se%3Acret%2F@Amps1.Example.COM:1/amps/my-type.v2"
                                        + "?tcp_nodelay=true&bind=10.0.0.1%3A0")
                        .build();

        assertThat(options.servers())
                .containsExactly(
                        new AmpsServerUri(
                                "tcps://amps1.example.com:1/amps/my-type.v2"
                                        + "?tcp_nodelay=true&bind=10.0.0.1%3A0",
                                "amps1.example.com", 1, true, "my-type.v2"));
        assertThat(options.credentialsProvider().get())
                .isEqualTo(new AmpsCredentials("fl@nk", "se:cret/"));
        assertThat(options.tls()).hasToString(AmpsTlsOptions.defaults().toString());
    }

    @Test
    void anIpv6AddressStandsInBrackets() {
        assertThat(only("tcp://[::1]:9007/amps/fix"))
                .isEqualTo(
                        new AmpsServerUri("tcp://[::1]:9007/amps/fix", "::1", 9007, false, "fix"));
    }

    @Test
    void aUserNeedsNoPassword() throws Exception {
        assertThat(
                        AmpsConnectionOptions.servers("tcp://flink@h:1/amps/json")
                                .build()
                                .credentialsProvider()
                                .get())
                .isEqualTo(new AmpsCredentials("flink", null));
        assertThat(builder().setUser("flink").build().credentialsProvider().get())
                .isEqualTo(new AmpsCredentials("flink", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://u:secret@h:1/amps/json | neither tcp nor tcps",
                "u:secret@h:1/amps/json | neither tcp nor tcps",
                "tcp://u:secret@h:1/json | path is '/json'",
                "tcp://u:secret@h:1/fix | older header protocols",
                "tcp://u:secret@h:1/amps | path is '/amps'",
                "tcp://u:secret@h:1/amps/ | path is '/amps/'",
                "tcp://u:secret@h:1/amps/json/x | path is '/amps/json/x'",
                "tcp://u:secret@h:1 | path is ''",
                "tcp://u:secret@h/amps/json | no port",
                "tcp://u:secret@h:0/amps/json | no port",
                "tcp://u:secret@h:65536/amps/json | no port",
                "tcp://u:sec@ret@h:1/amps/json | not encoded",
                "tcp://u:secret@h_h:1/amps/json | such as '_'",
                "tcp://u:secret@h:1/amps/json#x | fragment",
                "tcp://u:sec ret@h:1/amps/json | at index",
                "secret | neither tcp nor tcps",
            })
    void wrongUrisAreRefusedWithoutRepeatingThem(String uri, String why) {
        assertThatThrownBy(() -> AmpsConnectionOptions.servers(SERVER, uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("AMPS URI 2 of the list", why, "tcp://amps1.example.com")
                .satisfies(
                        e -> {
                            for (Throwable t = e; t != null; t = t.getCause()) {
                                assertThat(t.toString()).doesNotContain("sec");
                            }
                        });
    }

    @Test
    void aServerIsNamedOnce() {
        assertThatThrownBy(() -> AmpsConnectionOptions.servers(new String[0]))
                .hasMessageContaining("No server");
        assertThatThrownBy(
                        () ->
                                AmpsConnectionOptions.servers(
                                        SERVER, "tcp://AMPS1:9007/amps/json?tcp_nodelay=true"))
                .hasMessageContainingAll("tcp://amps1:9007/amps/json", "twice");
        assertThat(
                        AmpsConnectionOptions.servers(SERVER, "tcp://amps1:9008/amps/json")
                                .build()
                                .servers())
                .hasSize(2);
    }

    // ------------------------------------------------------------------------ refusals

    @Test
    void allContradictionsAreNamedAtOnce() {
        AmpsConnectionOptionsBuilder contradictory =
                AmpsConnectionOptions.servers(
                                "tcps://u:secret-1@a:1/amps/json", "tcp://u:secret-2@b:1/amps/fix")
                        .setPassword("secret-3")
                        .setCredentialsProvider(
                                AmpsCredentialsProvider.fromEnvironment(null, "SECRET"));

        assertThatThrownBy(contradictory::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "different message types, [json, fix]",
                        "Use tcps for all",
                        "different users or passwords",
                        "both in URIs and by setUser or setPassword",
                        "Besides a credentials provider")
                .hasMessageNotContaining("secret");
    }

    @Test
    void tlsNeedsAnEncryptedTransport() {
        assertThatThrownBy(builder().setTls(AmpsTlsOptions.defaults())::build)
                .hasMessageContainingAll("tcps://", "remove setTls");
    }

    @Test
    void aPasswordNeedsAUser() {
        assertThatThrownBy(builder().setPassword("secret")::build)
                .hasMessageContaining("Add setUser")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(AmpsConnectionOptions.servers("tcp://:secret@h:1/amps/json")::build)
                .hasMessageContaining("Add setUser")
                .hasMessageNotContaining("secret");
    }

    @Test
    void urisMayRepeatTheSameCredentials() throws Exception {
        assertThat(
                        AmpsConnectionOptions.servers(
                                        "tcp://u:p@a:1/amps/json", "tcp://u:p@b:1/amps/json")
                                .build()
                                .credentialsProvider()
                                .get())
                .isEqualTo(new AmpsCredentials("u", "p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\tb", "[a]", "a]", "\u0085"})
    void aClientNameCannotHoldWhatTheServerSeparatesWith(String prefix) {
        assertThatThrownBy(() -> builder().setClientNamePrefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client name prefix is '" + prefix + "'");
    }

    @Test
    void timeOutsHaveLimits() {
        assertThatThrownBy(() -> builder().setConnectTimeout(Duration.ZERO))
                .hasMessageContainingAll("connect timeout", "PT0S");
        assertThatThrownBy(() -> builder().setCommandTimeout(Duration.ofDays(25)))
                .hasMessageContainingAll("command timeout", "PT600H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0.5S", "PT1.001S", "PT24H1S"})
    void heartbeatsComeInWholeSeconds(Duration interval) {
        assertThatThrownBy(() -> builder().setHeartbeatInterval(interval))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("heartbeat interval", "whole seconds");
    }

    @Test
    void heartbeatsCanBeTurnedOff() {
        assertThat(builder().setHeartbeatInterval(Duration.ZERO).build().heartbeatInterval())
                .isZero();
    }
}
