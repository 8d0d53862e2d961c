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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class HeaderTest {

    private static Header parse(String frame) throws IOException {
        return Header.parse(frame.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bodyBeginsRightBehindTheBrace() throws Exception {
        Header header = parse("{\"c\":\"p\",\"t\":\"a}b\"}{\"id\":1}");

        assertThat(header.get(Field.COMMAND)).isEqualTo("p");
        assertThat(header.get(Field.TOPIC)).isEqualTo("a}b");
        assertThat(new String(header.body().copy(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":1}");
    }

    @Test
    void escapesAreUndone() throws Exception {
        Header header = parse("{\"filter\":\"/a = \\\"b\\\\d\\u00e4\\n\\\" ü\"}");

        assertThat(header.get(Field.FILTER)).isEqualTo("/a = \"b\\dä\n\" ü");
    }

    @Test
    void numbersMayBeQuoted() throws Exception {
        assertThat(parse("{\"s\":18446744073709551615}").number(Field.SEQUENCE)).isEqualTo(-1);
        assertThat(parse("{\"seq\":\"17\"}").number(Field.SEQUENCE)).isEqualTo(17);
        assertThatThrownBy(() -> parse("{\"s\":\"x\"}").number(Field.SEQUENCE))
                .hasMessage("parse error");
    }

    @Test
    void emptyIsAbsentAndUnknownIsSkipped() throws Exception {
        Header header = parse("{ \"filter\" : \"\" , \"new\" : true , \"cid\" : \"7\" }");

        assertThat(header.has(Field.FILTER)).isFalse();
        assertThat(header.get(Field.COMMAND_ID)).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{", "{\"c\"", "{\"c\":\"p\"", "{\"c\":\"p"})
    void whatIsNoHeaderIsAnError(String frame) {
        assertThatThrownBy(() -> parse(frame)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsBuiltCanBeParsed() throws Exception {
        byte[] frame =
                HeaderBuilder.command("p")
                        .add("t", "quo\"te\\")
                        .add("x", null)
                        .addUnsigned("s", -1)
                        .frame(new byte[] {1});

        assertThat(new String(frame, 4, frame.length - 5, StandardCharsets.UTF_8))
                .isEqualTo("{\"c\":\"p\",\"t\":\"quo\\\"te\\\\\",\"s\":18446744073709551615}");
        assertThat(frame[3]).isEqualTo((byte) (frame.length - 4));
    }

    @Test
    void timestampsAreReadAsTheyAreWritten() throws Exception {
        assertThat(Timestamps.text(1_704_164_645_678_901L)).isEqualTo("20240102T030405.678901Z");
        assertThat(Timestamps.parse("20240102T030405.678901Z")).isEqualTo(1_704_164_645_678_901L);
        assertThat(Timestamps.parse("20240102T030405")).isEqualTo(1_704_164_645_000_000L);
        assertThat(Timestamps.parse("20240102T030405.5")).isEqualTo(1_704_164_645_500_000L);
    }

    @Test
    void unsignedNumbersAreWrittenInDecimal() {
        FrameBuffer buffer = new FrameBuffer(1);
        buffer.appendUnsigned(0).append(' ').appendUnsigned(1234567890123L).append(' ');
        buffer.appendUnsigned(Long.MAX_VALUE).append(' ').appendUnsigned(-1);

        assertThat(new String(buffer.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("0 1234567890123 9223372036854775807 18446744073709551615");
    }
}
