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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.json.JsonColumns.Value;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import javax.annotation.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Our reader against Jackson, over JSON that is right, nearly right, and wrong. */
class JsonColumnReaderModelTest {

    private static final ObjectMapper JACKSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

    private static final List<String> KEYS =
            List.of("id", "name", "a", "", "naïve", "q\"uote", "back\\", "tab\t", "\uD83D\uDE00");

    /** All columns, and some, of records that one reader gets one after the other. */
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void readsWhatJacksonReads(@ForAll("records") List<byte[]> records) throws Exception {
        JsonColumns all = new JsonColumns(null);
        List<String> wanted = List.of("name", "back\\", "no such name", "id");
        JsonColumns some = new JsonColumns(wanted);
        for (byte[] record : records) {
            JsonNode expected = parse(record);
            Map<String, Value> found = read(all, record);
            Map<String, Value> foundOfSome = read(some, record);
            if (expected == null) {
                assertThat(found).as("accepted %s", shown(record)).isNull();
                assertThat(foundOfSome).as("accepted %s", shown(record)).isNull();
            } else {
                assertThat(found).as("refused %s", shown(record)).isNotNull();
                assertThat(foundOfSome).as("refused %s", shown(record)).isNotNull();
                assertThat(List.copyOf(found.keySet())).isEqualTo(names(expected));
                assertThat(List.copyOf(foundOfSome.keySet())).isEqualTo(wanted);
                check(found, expected);
                check(foundOfSome, expected);
            }
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void check(Map<String, Value> found, JsonNode expected) throws Exception {
        for (Map.Entry<String, Value> column : found.entrySet()) {
            JsonNode node = expected.get(column.getKey());
            Value value = column.getValue();
            assertThat(value.kind()).as(column.getKey()).isEqualTo(kind(node));
            if (value.kind() == Kind.TEXT) {
                assertThat(value.text()).isEqualTo(node.textValue());
            } else if (value.kind() != Kind.MISSING) {
                assertThat(JACKSON.readTree(value.text())).isEqualTo(node);
            }
        }
    }

    private static Kind kind(@Nullable JsonNode node) {
        if (node == null) {
            return Kind.MISSING;
        }
        return switch (node.getNodeType()) {
            case NULL -> Kind.NULL;
            case STRING -> Kind.TEXT;
            case NUMBER -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            default -> Kind.NESTED;
        };
    }

    @Nullable
    private static Map<String, Value> read(JsonColumns columns, byte[] record) {
        try {
            return columns.read(record);
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    /** What Jackson makes of it; it is more tolerant than we are where text is not Unicode. */
    @Nullable
    private static JsonNode parse(byte[] record) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
            JsonNode node = JACKSON.readTree(text);
            return node != null && node.isObject() && isUnicode(node) && !hasHalf(text)
                    ? node
                    : null;
        } catch (CharacterCodingException | JsonProcessingException e) {
            return null;
        }
    }

    private static boolean isUnicode(JsonNode node) {
        if (node.isTextual()) {
            return StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue());
        }
        for (String name : names(node)) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isUnicode(child)) {
                return false;
            }
        }
        return true;
    }

    /** Also in values that Jackson drops because another one has the same name. */
    private static boolean hasHalf(String json) {
        String resolved =
                json.replace("\\\\", "")
                        .replaceAll("(?i)\\\\ud[89ab][0-9a-f]{2}\\\\ud[c-f][0-9a-f]{2}", "");
        return resolved.matches("(?is).*\\\\ud[89a-f].*");
    }

    private static String shown(byte[] record) {
        return new String(record, StandardCharsets.ISO_8859_1);
    }

    @Provide
    Arbitrary<List<byte[]>> records() {
        return Arbitraries.frequencyOf(Tuple.of(2, objects()), Tuple.of(3, mutated()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Arbitrary<byte[]> objects() {
        return members(3).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static Arbitrary<String> members(int depth) {
        return Combinators.combine(strings(), space(), values(depth))
                .as((key, space, value) -> space + key + space + ":" + value)
                .list()
                .ofMaxSize(6)
                .map(members -> "{" + String.join(",", members) + "}");
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> scalars =
                Arbitraries.oneOf(strings(), numbers(), Arbitraries.of("true", "false", "null"));
        Arbitrary<String> values =
                depth == 0
                        ? scalars
                        : Arbitraries.frequencyOf(
                                Tuple.of(4, scalars),
                                Tuple.of(1, Arbitraries.lazy(() -> members(depth - 1))),
                                Tuple.of(
                                        1,
                                        Arbitraries.lazy(() -> values(depth - 1))
                                                .list()
                                                .ofMaxSize(3)
                                                .map(list -> "[" + String.join(",", list) + "]")));
        return Combinators.combine(space(), values, space())
                .as((before, value, after) -> before + value + after);
    }

    private static Arbitrary<String> space() {
        return Arbitraries.of("", "", "", " ", "\t", "\r\n ");
    }

    private static Arbitrary<String> numbers() {
        return Arbitraries.of(
                "0",
                "-0",
                "1",
                "-12",
                "1234567890123456789012",
                "0.5",
                "-3.25",
                "1e3",
                "1E-3",
                "2.5e+10");
    }

    private static Arbitrary<String> strings() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "a",
                        "bc",
                        "long enough for more than a word",
                        "é",
                        "€",
                        "\uD83D\uDE00",
                        "\\n",
                        "\\\"",
                        "\\\\",
                        "\\/",
                        "\\u0041",
                        "\\u20ac",
                        "\\uD83D\\uDE00",
                        "\\u0000");
        Arbitrary<String> made = pieces.list().ofMaxSize(5).map(list -> String.join("", list));
        Arbitrary<String> known = Arbitraries.of(KEYS).map(JsonColumnReaderModelTest::escaped);
        return Arbitraries.oneOf(made, known).map(content -> '"' + content + '"');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
    }

    /** Up to three bytes replaced, removed, or added. */
    private static Arbitrary<byte[]> mutated() {
        Arbitrary<Byte> bytes =
                Arbitraries.of(
                        (byte) '{',
                        (byte) '}',
                        (byte) '[',
                        (byte) ']',
                        (byte) '"',
                        (byte) ',',
                        (byte) ':',
                        (byte) '\\',
                        (byte) 'u',
                        (byte) '0',
                        (byte) '9',
                        (byte) '.',
                        (byte) 'e',
                        (byte) '-',
                        (byte) '+',
                        (byte) 't',
                        (byte) 'n',
                        (byte) ' ',
                        (byte) '\n',
                        (byte) 0,
                        (byte) 0x80,
                        (byte) 0xC3,
                        (byte) 0xED,
                        (byte) 0xA0,
                        (byte) 0xF0,
                        (byte) 0xFF,
                        (byte) 'D',
                        (byte) '8');
        Arbitrary<int[]> places =
                Arbitraries.integers().array(int[].class).ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(objects(), places, bytes, Arbitraries.integers().between(0, 2))
                .as(JsonColumnReaderModelTest::mutate);
    }

    private static byte[] mutate(byte[] json, int[] places, byte with, int how) {
        byte[] mutated = json;
        for (int place : places) {
            int at = Math.floorMod(place, mutated.length + 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(mutated, 0, at);
            if (how != 0) {
                out.write(with);
            }
            int rest = Math.min(mutated.length, how == 2 ? at : at + 1);
            out.write(mutated, rest, mutated.length - rest);
            mutated = out.toByteArray();
        }
        return mutated;
    }
}
