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

package io.activedataflow.flink.connector.recordfile.format.json;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.json.JsonColumns.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class JsonColumnReaderTest {

    private final JsonColumns all = new JsonColumns(null);

    @Test
    void tellsTheKindsOfValues() throws Exception {
        Map<String, Value> columns =
                new JsonColumns(List.of("s", "n", "t", "f", "o", "a", "z", "none"))
                        .read(
                                " { \"s\" : \"x\" ,\"n\":-1.5e+3,\"t\":true,\"f\":false,"
                                        + "\"o\":{\"k\": [1, 2]},\"a\":[ ],\"z\":null}\r");

        assertThat(columns)
                .containsExactly(
                        Map.entry("s", new Value(Kind.TEXT, "x")),
                        Map.entry("n", new Value(Kind.NUMBER, "-1.5e+3")),
                        Map.entry("t", new Value(Kind.BOOLEAN, "true")),
                        Map.entry("f", new Value(Kind.BOOLEAN, "false")),
                        Map.entry("o", new Value(Kind.NESTED, "{\"k\": [1, 2]}")),
                        Map.entry("a", new Value(Kind.NESTED, "[ ]")),
                        Map.entry("z", new Value(Kind.NULL, "null")),
                        Map.entry("none", new Value(Kind.MISSING, "")));
    }

    @Test
    void resolvesEscapesInKeysAndValues() throws Exception {
        String json = "{\"\\u0061\\n\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20ac\\uD83D\\uDE00\"}";

        assertThat(all.read(json))
                .containsExactly(
                        Map.entry(
                                "a\n", new Value(Kind.TEXT, "\"\\/\b\f\n\r\t\u20AC\uD83D\uDE00")));
        assertThat(new JsonColumns(List.of("a\n")).read(json).get("a\n").kind())
                .isEqualTo(Kind.TEXT);
    }

    @Test
    void ofEqualNamesTheLastCounts() throws Exception {
        String json = "{\"a\":1,\"b\":\"\\t\",\"\\u0061\":\"x\",\"b\":2}";

        assertThat(all.read(json))
                .containsExactly(
                        Map.entry("a", new Value(Kind.TEXT, "x")),
                        Map.entry("b", new Value(Kind.NUMBER, "2")));
        assertThat(new JsonColumns(List.of("a")).read(json))
                .containsExactly(Map.entry("a", new Value(Kind.TEXT, "x")));
    }

    @Test
    void aColumnMayBeWantedTwice() throws Exception {
        var reader = JsonLinesFraming.create().createColumnReader(List.of("a", "a"));
        reader.read(JsonRecord.of("{\"a\":1}"));

        assertThat(reader.count()).isEqualTo(2);
        assertThat(reader.kind(0)).isEqualTo(Kind.NUMBER);
        assertThat(reader.kind(1)).isEqualTo(Kind.NUMBER);
    }

    @Test
    void nothingIsLeftOfTheRecordBefore() throws Exception {
        JsonColumns wanted = new JsonColumns(List.of("a", "b"));
        wanted.read("{\"a\":1,\"b\":2}");

        assertThat(wanted.read("{\"b\":3}"))
                .containsExactly(
                        Map.entry("a", new Value(Kind.MISSING, "")),
                        Map.entry("b", new Value(Kind.NUMBER, "3")));
        all.read("{\"a\":1,\"b\":2}");
        assertThat(all.read("{\"b\":3}")).containsOnlyKeys("b");
        assertThat(all.read("{}")).isEmpty();
    }

    /** A key that ends with a backslash could be taken for one that goes on behind a quote. */
    @Test
    void expectedKeysAreNotFoundInOtherKeys() throws Exception {
        assertThat(all.read("{\"a\\\\\":1}")).containsOnlyKeys("a\\");
        assertThat(all.read("{\"a\\\":2\":3}")).containsOnlyKeys("a\":2");
        assertThat(all.read("{\"ab\":1}")).containsOnlyKeys("ab");
        assertThat(all.read("{\"a\":1}")).containsOnlyKeys("a");
    }

    @Test
    void namesAreKeptWhileTheyStayTheSame() throws Exception {
        var reader = JsonLinesFraming.create().createColumnReader(null);
        reader.read(JsonRecord.of("{\"name\":1}"));
        String name = reader.name(0);
        reader.read(JsonRecord.of("{\"name\":2}"));

        assertThat(reader.name(0)).isSameAs(name);
    }

    @Test
    void everChangingNamesAreForgotten() throws Exception {
        JsonColumns wanted = new JsonColumns(List.of("a"));
        for (int i = 0; i < 10_000; i++) {
            String json = "{\"k" + i + "\":1,\"a\":" + i + ",\"l" + i + "\":2}";
            assertThat(wanted.read(json))
                    .containsExactly(Map.entry("a", new Value(Kind.NUMBER, String.valueOf(i))));
            assertThat(all.read(json)).containsOnlyKeys("k" + i, "a", "l" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "[]",
                "null",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{\"a\":1]",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":tru}",
                "{\"a\":truee}",
                "{\"a\":nul}",
                "{\"a\":NaN}",
                "{\"a\":'x'}",
                "{\"a\":\"x}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":{]}",
                "{\"a\":{\"b\"}}",
                "{\"a\":{1:2}}",
                "{,}",
                "{\"a\":[1}",
                "{\"a\":{\"b\":1]}",
                "{\"a\":\"x\\"
            })
    void whatIsNotAnObjectIsAnErrorOfStructure(String json) {
        for (JsonColumns columns : List.of(all, new JsonColumns(List.of("b")))) {
            assertThat(errorOf(columns, json.getBytes(StandardCharsets.UTF_8)).error())
                    .isEqualTo(RecordFileError.STRUCTURE);
        }
    }

    @Test
    void whatIsNotUtf8InAStringIsAnErrorOfEncoding() {
        byte[][] malformed = {
            {(byte) 0x80},
            {(byte) 0xC3},
            {(byte) 0xC3, 'x'},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xE2, (byte) 0x82},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
            {(byte) 0xFF}
        };
        for (byte[] each : malformed) {
            byte[] json = "{\"a\":\"____\"}".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(each, 0, json, 6, each.length);
            MalformedRecordException error = errorOf(all, json);
            assertThat(error.error()).isEqualTo(RecordFileError.ENCODING);
            assertThat(error.column()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\uD800",
                "\\uDC00",
                "\\uD800x",
                "\\uD800\\n",
                "\\uD800\\uD800",
                "\\uDC00\\uD800"
            })
    void halfASurrogatePairIsAnErrorOfEncoding(String text) {
        assertThat(errorOf(all, ("{\"a\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8)))
                .extracting(MalformedRecordException::error)
                .isEqualTo(RecordFileError.ENCODING);
        assertThat(errorOf(all, ("{\"a\":[\"" + text + "\"]}").getBytes(StandardCharsets.UTF_8)))
                .extracting(MalformedRecordException::error)
                .isEqualTo(RecordFileError.ENCODING);
    }

    @Test
    void depthIsLimitedAndNeedsNoStack() throws Exception {
        int most = JsonScanner.MAX_DEPTH - 1;
        assertThat(all.read("{\"a\":" + "[".repeat(most) + "]".repeat(most) + "}"))
                .containsOnlyKeys("a");

        String deeper = "{\"a\":" + "[".repeat(most + 1) + "]".repeat(most + 1) + "}";
        assertThat(errorOf(all, deeper.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("1000");
        assertThat(errorOf(all, "{\"a\":[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("1000");
    }

    @Test
    void errorsSayWhere() {
        assertThat(errorOf(all, "{\"a\":1,\"b\":x}".getBytes(StandardCharsets.UTF_8)))
                .hasMessage(
                        "There is something else than a value, 11 bytes after the beginning of the"
                                + " record.")
                .extracting(MalformedRecordException::column)
                .isEqualTo("b");
    }

    private static MalformedRecordException errorOf(JsonColumns columns, byte[] json) {
        return catchThrowableOfType(MalformedRecordException.class, () -> columns.read(json));
    }
}
