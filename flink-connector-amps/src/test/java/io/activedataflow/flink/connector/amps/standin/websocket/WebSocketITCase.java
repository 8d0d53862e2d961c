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

package io.activedataflow.flink.connector.amps.standin.websocket;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.TestCertificates;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server over WebSocket, with the client of the JDK and the frames of the JavaScript client.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketITCase {

    private AmpsStandIn server = AmpsStandIn.builder().websocket(true).start();

    @AfterEach
    void stop() {
        server.close();
    }

    /** One connection; what the server sends is in {@link #received}, its last word too. */
    private static final class Connection implements WebSocket.Listener {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        static Connection open(HttpClient client, String uri) {
            Connection connection = new Connection();
            connection.socket =
                    client.newWebSocketBuilder().buildAsync(URI.create(uri), connection).join();
            connection.socket.sendText("text", true).join();
            return connection;
        }

        void send(String... parts) {
            ByteBuffer count =
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(parts.length);
            socket.sendBinary(count.flip(), true).join();
            for (String one : parts) {
                int half = one.length() / 2;
                socket.sendText(one.substring(0, half), false).join();
                socket.sendText(one.substring(half), true).join();
            }
        }

        void logOn(String name) throws InterruptedException {
            send(
                    "{\"c\":\"logon\",\"cid\":\"1\",\"a\":\"processed\",\"client_name\":\""
                            + name
                            + "\",\"version\":\"5.3.4\"}");
            assertThat(next())
                    .startsWith("{\"c\":\"ack\",\"cid\":\"1\",\"a\":\"processed\"")
                    .contains("\"status\":\"success\"", "\"client_name\":\"" + name + "\"");
        }

        String next() throws InterruptedException {
            return received.poll(20, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                received.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            received.add("closed " + status);
            return null;
        }
    }

    @Test
    void publishesAndReplays() throws InterruptedException {
        server.publish("T", "{\"id\":1}");
        Connection connection =
                Connection.open(HttpClient.newHttpClient(), server.webSocketUri("json"));
        connection.logOn("ws");
        connection.send("{\"c\":\"publish\",\"t\":\"T\"}", "{\"id\":2,\"text\":\"\u20ac\"}");
        connection.send(
                "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"2\",\"sub_id\":\"2\",\"bm\":\"0\","
                        + "\"a\":\"processed,completed\",\"filter\":\"\"}");

        assertThat(connection.next()).contains("\"a\":\"processed\"", "\"sub_id\":\"2\"");
        assertThat(connection.next()).contains("\"c\":\"p\"", "\"bm\":\"");
        assertThat(connection.next()).isEqualTo("{\"id\":1}");
        assertThat(connection.next()).contains("\"c\":\"p\"", "\"bm\":\"");
        assertThat(connection.next()).isEqualTo("{\"id\":2,\"text\":\"\u20ac\"}");
        assertThat(connection.next()).contains("\"a\":\"completed\"");
        assertThat(server.clientNames()).containsExactly("ws");

        connection.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(connection.next()).isEqualTo("closed " + WebSocket.NORMAL_CLOSURE);
        awaitTheEnd();
    }

    @Test
    void isRefusedWithAMessageTypeThatTheServerDoesNotHave() throws InterruptedException {
        Connection connection =
                Connection.open(HttpClient.newHttpClient(), server.webSocketUri("nosuch"));
        connection.send(
                "{\"c\":\"logon\",\"cid\":\"1\",\"a\":\"processed\",\"client_name\":\"ws\"}");

        assertThat(connection.next()).contains("\"reason\":\"invalid message type\"");
        awaitTheEnd();
    }

    @Test
    void isCutWhenItDoesNotKeepToTheMode() throws InterruptedException {
        Connection connection =
                Connection.open(HttpClient.newHttpClient(), server.webSocketUri("json"));
        connection
                .socket
                .sendBinary(
                        ByteBuffer.wrap("{\"c\":\"logon\"}".getBytes(StandardCharsets.UTF_8)), true)
                .join();

        awaitTheEnd();
    }

    @Test
    void speaksTls() throws InterruptedException {
        TestCertificates certificates = TestCertificates.shared();
        server.close();
        server =
                AmpsStandIn.builder()
                        .websocket(true)
                        .tls(certificates.context(certificates.serverKeyStore()))
                        .start();
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificates.clientContext()).build();

        Connection connection = Connection.open(client, server.webSocketUri("json"));
        assertThat(server.webSocketUri("json")).startsWith("wss://localhost:");
        connection.logOn("ws");
    }

    /** Asks the server: the client of the JDK does not always tell of an end without a word. */
    private void awaitTheEnd() {
        Await.until(
                "the end of the connection",
                Duration.ofSeconds(20),
                () -> server.connectionCount() == 0);
    }
}
