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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the frames of a server are cut into WebSocket messages. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FrameOutputTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final FrameOutput output = new FrameOutput(new MessageWriter(sent));

    private static byte[] frame(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
    }

    /** The texts of all messages that were sent, each shorter than 126 bytes. */
    private List<String> messages() {
        List<String> messages = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(sent.toByteArray());
        while (bytes.hasRemaining()) {
            assertThat(bytes.get()).isEqualTo((byte) 0x81);
            byte[] payload = new byte[bytes.get()];
            bytes.get(payload);
            messages.add(new String(payload, StandardCharsets.UTF_8));
        }
        return messages;
    }

    @Test
    void sendsHeaderAndBodyApart() throws IOException {
        output.write(frame("{\"c\":\"p\",\"t\":\"T{}\\\"}\",\"sids\":\"S\"}{\"id\":1}"));
        output.write(frame("{\"t\":\"T\",\"c\":\"oof\"}x"));

        assertThat(messages())
                .containsExactly(
                        "{\"c\":\"p\",\"t\":\"T{}\\\"}\",\"sids\":\"S\"}",
                        "{\"id\":1}",
                        "{\"t\":\"T\",\"c\":\"oof\"}",
                        "x");
    }

    @Test
    void sendsABodyThatIsEmptyButNoneWhereThereIsNone() throws IOException {
        output.write(frame("{\"c\":\"publish\"}"));
        output.write(frame("{\"c\":\"ack\",\"a\":\"processed\"}"));
        output.write(frame("{\"c\":\"heartbeat\"}"));

        assertThat(messages())
                .containsExactly(
                        "{\"c\":\"publish\"}",
                        "",
                        "{\"c\":\"ack\",\"a\":\"processed\"}",
                        "{\"c\":\"heartbeat\"}");
    }

    @Test
    void sendsEachRecordOfAnAnswerApart() throws IOException {
        output.write(
                frame(
                        "{\"c\":\"sow\",\"query_id\":\"Q\"}{\"k\":\"1\",\"l\":8}{\"id\":1}"
                                + "{\"l\":0,\"k\":\"2\"}{\"l\":\"9\"}{\"id\":22}"));

        assertThat(messages())
                .containsExactly(
                        "{\"c\":\"sow\",\"query_id\":\"Q\"}",
                        "{\"k\":\"1\",\"l\":8}",
                        "{\"id\":1}",
                        "{\"l\":0,\"k\":\"2\"}",
                        "",
                        "{\"l\":\"9\"}",
                        "{\"id\":22}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000})
    void doesNotMindHowTheFramesArrive(int chunk) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 5; i++) {
            all.writeBytes(frame("{\"c\":\"p\"}" + i));
        }
        byte[] bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; at += chunk) {
            output.write(bytes, at, Math.min(chunk, bytes.length - at));
        }

        assertThat(messages())
                .containsExactly(
                        "{\"c\":\"p\"}",
                        "0",
                        "{\"c\":\"p\"}",
                        "1",
                        "{\"c\":\"p\"}",
                        "2",
                        "{\"c\":\"p\"}",
                        "3",
                        "{\"c\":\"p\"}",
                        "4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{\"c\":\"p\"", "{\"c\":\"p}"})
    void refusesAFrameWithoutHeader(String content) {
        assertThatThrownBy(() -> output.write(frame(content))).isInstanceOf(IOException.class);
    }
}
