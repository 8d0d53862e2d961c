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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** WebSocket frames, byte by byte; examples of RFC 6455 where it has one. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MessageReaderTest {

    /** "Hello", masked, as in section 5.7. */
    private static final String HELLO = "818537fa213d7f9f4d5158";

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    private MessageReader reader(String hex) {
        return reader(HexFormat.of().parseHex(hex));
    }

    private MessageReader reader(byte[] bytes) {
        return new MessageReader(new ByteArrayInputStream(bytes), new MessageWriter(answers));
    }

    private static String text(MessageReader.Message message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    @Test
    void readsAMaskedMessage() throws IOException {
        MessageReader reader = reader(HELLO + "82" + HELLO.substring(2));

        MessageReader.Message text = reader.next();
        assertThat(text.kind()).isEqualTo(Opcode.TEXT);
        assertThat(text(text)).isEqualTo("Hello");
        assertThat(reader.next().kind()).isEqualTo(Opcode.BINARY);
        assertThat(reader.next()).isNull();
    }

    @Test
    void putsPartsTogetherAndAnswersAPingBetweenThem() throws IOException {
        String zeroMask = "00000000";
        MessageReader reader =
                reader(
                        "0183"
                                + zeroMask
                                + "48656c"
                                + ("8981" + zeroMask + "07")
                                + ("8A81" + zeroMask + "08")
                                + ("0081" + zeroMask + "6c")
                                + ("8081" + zeroMask + "6f"));

        assertThat(text(reader.next())).isEqualTo("Hello");
        assertThat(answers.toByteArray()).isEqualTo(HexFormat.of().parseHex("8a0107"));
    }

    @Test
    void answersTheEndAndThenSaysNothingMore() throws IOException {
        MessageWriter writer = new MessageWriter(answers);
        MessageReader reader =
                new MessageReader(
                        new ByteArrayInputStream(
                                HexFormat.of().parseHex("8882" + "00000000" + "03e8")),
                        writer);

        assertThat(reader.next()).isNull();
        writer.write(Opcode.TEXT, new byte[] {'x'}, 0, 1);
        assertThat(answers.toByteArray()).isEqualTo(HexFormat.of().parseHex("880203e8"));
    }

    @ParameterizedTest
    @CsvSource({"0, 00", "125, 7d", "126, 7e007e", "65535, 7effff", "65536, 7f0000000000010000"})
    void writesEachLengthInItsForm(int length, String expected) throws IOException {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 7);
        new MessageWriter(answers).write(Opcode.BINARY, payload, 0, length);

        byte[] written = answers.toByteArray();
        byte[] head = HexFormat.of().parseHex("82" + expected);
        assertThat(Arrays.copyOf(written, head.length)).isEqualTo(head);
        assertThat(Arrays.copyOfRange(written, head.length, written.length)).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65535, 65536, 100_000})
    void readsEachLength(int length) throws IOException {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 7);
        new MessageWriter(answers).write(Opcode.BINARY, payload, 0, length);
        byte[] unmasked = answers.toByteArray();
        int head = unmasked.length - length;
        ByteArrayOutputStream masked = new ByteArrayOutputStream();
        masked.write(unmasked[0]);
        masked.write(unmasked[1] | 0x80);
        masked.write(unmasked, 2, head - 2);
        masked.writeBytes(new byte[4]);
        masked.write(unmasked, head, length);

        assertThat(reader(masked.toByteArray()).next().payload()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Not masked, a reserved bit, an unknown opcode.
                "810548656c6c6f",
                "c18537fa213d7f9f4d5158",
                "838537fa213d7f9f4d5158",
                // A continuation of nothing, a message within a message.
                "808537fa213d7f9f4d5158",
                "018537fa213d7f9f4d5158818537fa213d7f9f4d5158",
                // Cut off, too long, of a negative length.
                "8185",
                "81",
                "818537fa213d7f",
                "82ff000000000d000000" + "00000000",
                "82ffffffffffffffffff" + "00000000",
            })
    void refusesWhatIsNoMessage(String hex) {
        assertThatThrownBy(() -> reader(hex).next()).isInstanceOf(IOException.class);
    }
}
