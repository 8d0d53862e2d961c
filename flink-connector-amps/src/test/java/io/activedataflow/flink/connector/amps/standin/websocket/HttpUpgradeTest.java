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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The opening handshake, with the key of the example in RFC 6455. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HttpUpgradeTest {

    private static final String REQUEST =
            "GET /amps/json HTTP/1.1\r\nHost: 127.0.0.1\r\nupgrade: WebSocket\r\n"
                    + "Connection: Upgrade\r\nAuthorization: Basic Ym9iOnNlc2FtZQ==\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n";

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    private String accept(String request) throws IOException {
        return HttpUpgrade.accept(
                new ByteArrayInputStream(request.getBytes(StandardCharsets.US_ASCII)), answer);
    }

    @Test
    void acceptsARequest() throws IOException {
        assertThat(accept(REQUEST)).isEqualTo("/amps/json");
        assertThat(answer.toString(StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 101 ")
                .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrade: ", "Sec-WebSocket-Key: ", "Sec-WebSocket-Version: 1"})
    void refusesOtherRequests(String header) {
        assertThatThrownBy(() -> accept(REQUEST.replace(header, "X-Other: ")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("GET /amps/json");
        assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "GET /", "POST / HTTP/1.1\r\n\r\n"})
    void refusesWhatIsNoRequest(String request) {
        assertThatThrownBy(() -> accept(request)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesARequestWithoutEnd() {
        assertThatThrownBy(() -> accept("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }
}
