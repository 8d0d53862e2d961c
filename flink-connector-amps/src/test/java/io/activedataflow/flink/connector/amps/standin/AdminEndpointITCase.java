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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The administration interface, asked with the HTTP client of the JDK. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AdminEndpointITCase {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final AdminTopics topics = new AdminTopics();

    private record Model(AdminTopics topics, LogRange log) implements AdminModel {

        @Override
        public String name() {
            return "one \"quoted\"";
        }

        @Override
        public String version() {
            return "5.3.5.3";
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-01-02T03:04:05.678901Z");
        }

        @Override
        public List<SowTopic> sowTopics() {
            return topics.sowTopics();
        }

        @Override
        public List<Queue> queues() {
            return topics.queues();
        }

        @Override
        public List<View> views() {
            return topics.views();
        }

        @Override
        public List<SubscriptionView> subscriptions() {
            return List.of(new SubscriptionView("c1", "S", "T", "/a = 'x'", null, "0"));
        }

        @Override
        public List<String> clientNames() {
            return List.of("c1", "tab\there");
        }

        @Override
        public List<Transport> transports() {
            return List.of(new Transport("any-tcp", "tcp", 9007));
        }
    }

    private AdminEndpoint start(SSLContext tls, AdminEndpoint.Credentials credentials) {
        AdminModel.LogRange log =
                new AdminModel.LogRange(Instant.parse("2026-01-01T00:00:00Z"), null);
        return AdminEndpoint.start(new Model(topics, log), 0, tls, credentials);
    }

    private static HttpResponse<String> get(HttpClient client, String uri, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "name; 'one \\\"quoted\\\"'",
                "version; '5.3.5.3'",
                "timestamp; '20260102T030405.678901Z'",
            })
    void answersASingleValue(String resource, String expected) throws Exception {
        try (AdminEndpoint endpoint = start(null, null)) {
            HttpResponse<String> response =
                    get(CLIENT, endpoint.uri() + "/amps/instance/" + resource + ".json");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.body())
                    .isEqualTo(
                            "{\"amps\":{\"instance\":{\""
                                    + resource
                                    + "\":\""
                                    + expected
                                    + "\"}}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sow; []",
                "queues; []",
                "views; []",
                "transaction_log;"
                        + " {\"min_timestamp\":\"20260101T000000.000000Z\",\"max_timestamp\":null}",
                "subscriptions;"
                        + " [{\"client_name\":\"c1\",\"sub_id\":\"S\",\"topic\":\"T\",\"filter\":\"/a ="
                        + " 'x'\",\"options\":null,\"bookmark\":\"0\"}]",
                "clients; [{\"client_name\":\"c1\"},{\"client_name\":\"tab\\u0009here\"}]",
                "transports; [{\"name\":\"any-tcp\",\"type\":\"tcp\",\"port\":9007}]",
            })
    void answersRows(String resource, String expected) throws Exception {
        try (AdminEndpoint endpoint = start(null, null)) {
            assertThat(get(CLIENT, endpoint.uri() + "/amps/instance/" + resource + ".json").body())
                    .isEqualTo("{\"amps\":{\"instance\":{\"" + resource + "\":" + expected + "}}}");
        }
    }

    @Test
    void listsTopicsAsSoonAsTheyAreAdded() throws Exception {
        try (AdminEndpoint endpoint = start(null, null)) {
            topics.addSow("orders", "json", 3);
            topics.addSow("fills", "nvfix", 0);
            topics.addQueue("work");
            topics.addView("totals", "orders", "json");

            assertThat(get(CLIENT, endpoint.uri() + "/amps/instance/sow.json").body())
                    .contains(
                            "[{\"topic\":\"fills\",\"message_type\":\"nvfix\",\"valid_keys\":0,",
                            "{\"topic\":\"orders\",\"message_type\":\"json\",\"valid_keys\":3,");
            assertThat(get(CLIENT, endpoint.uri() + "/amps/instance/queues.json").body())
                    .contains("[{\"topic\":\"work\",");
            assertThat(get(CLIENT, endpoint.uri() + "/amps/instance/views.json").body())
                    .contains("\"topic\":\"totals\"", "\"underlying_topic\":\"orders\"");

            topics.remove("orders");
            topics.remove("work");
            topics.remove("totals");

            assertThat(get(CLIENT, endpoint.uri() + "/amps/instance/sow.json").body())
                    .contains("fills")
                    .doesNotContain("orders");
            assertThat(get(CLIENT, endpoint.uri() + "/amps/instance/queues.json").body())
                    .contains("\"queues\":[]");
            assertThat(get(CLIENT, endpoint.uri() + "/amps/instance/views.json").body())
                    .contains("\"views\":[]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/amps",
                "/amps/instance.json",
                "/amps/instance/.json",
                "/amps/instance/sow",
                "/amps/instance/sow.xml",
                "/amps/instance/nosuch.json",
                "/amps/administrator/sow.json",
            })
    void otherPathsAreNotFound(String path) throws Exception {
        try (AdminEndpoint endpoint = start(null, null)) {
            assertThat(get(CLIENT, endpoint.uri() + path).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void onlyReads() throws Exception {
        try (AdminEndpoint endpoint = start(null, null)) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(endpoint.uri() + "/amps/instance/sow.json"))
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build();
            assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void asksForCredentials() throws Exception {
        AdminEndpoint.Credentials credentials = new AdminEndpoint.Credentials("bob", "sesame");
        assertThat(credentials.toString()).contains("bob").doesNotContain("sesame");
        try (AdminEndpoint endpoint = start(null, credentials)) {
            String uri = endpoint.uri() + "/amps/instance/name.json";

            assertThat(get(CLIENT, uri).statusCode()).isEqualTo(401);
            assertThat(get(CLIENT, uri, "Authorization", basic("bob:wrong")).statusCode())
                    .isEqualTo(401);
            assertThat(get(CLIENT, uri, "Authorization", basic("eve:sesame")).statusCode())
                    .isEqualTo(401);
            assertThat(get(CLIENT, uri, "Authorization", basic("bob:sesame")).statusCode())
                    .isEqualTo(200);
        }
    }

    private static String basic(String credentials) {
        return "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void failsWhenToldTo() throws Exception {
        try (AdminEndpoint endpoint = start(null, null)) {
            String uri = endpoint.uri() + "/amps/instance/name.json";
            endpoint.failWith(503);
            assertThat(get(CLIENT, uri).statusCode()).isEqualTo(503);

            endpoint.failWith(0);
            assertThat(get(CLIENT, uri).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void listensNoMoreOnceItIsClosed() {
        AdminEndpoint endpoint = start(null, null);
        String uri = endpoint.uri() + "/amps/instance/name.json";
        endpoint.close();

        assertThatThrownBy(() -> get(CLIENT, uri)).isInstanceOf(ConnectException.class);
    }

    @Test
    void speaksTls() throws Exception {
        TestCertificates certificates = TestCertificates.shared();
        SSLContext tls = certificates.context(certificates.serverKeyStore());
        try (AdminEndpoint endpoint = start(tls, null)) {
            String uri = endpoint.uri() + "/amps/instance/version.json";
            assertThat(uri).startsWith("https://localhost:");

            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(certificates.clientContext()).build();
            assertThat(get(trusting, uri).body()).contains("5.3.5.3");
            assertThatThrownBy(() -> get(CLIENT, uri)).isInstanceOf(SSLHandshakeException.class);
        }
    }
}
