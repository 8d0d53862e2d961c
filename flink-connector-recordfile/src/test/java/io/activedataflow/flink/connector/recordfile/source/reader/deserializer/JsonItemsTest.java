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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Finds in JSON what has been written as JSON. */
class JsonItemsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.just(null),
                () -> Arbitraries.of(true, false),
                () -> Arbitraries.integers().map(i -> (Object) i),
                () -> Arbitraries.bigDecimals().map(d -> (Object) d),
                () -> texts().map(text -> (Object) text),
                () -> arrays().map(list -> (Object) list),
                () -> objects().map(map -> (Object) map));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("a\"\\{}[],:\n\t\u0001/ä世").ofMaxLength(5),
                Arbitraries.of("\uD83D\uDE00", "\uD83D\uDE00x\uD83D\uDE01", ""));
    }

    @Provide
    Arbitrary<List<Object>> arrays() {
        return values().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return Arbitraries.maps(texts(), values()).ofMaxSize(3);
    }

    @Property
    void findsWhatIsInAnArray(@ForAll("arrays") List<Object> array) throws IOException {
        for (String json : writtenInSeveralWays(array)) {
            assertThat(read(json)).as(json).isEqualTo(array);
        }
    }

    @Property
    void findsWhatIsInAnObject(@ForAll("objects") Map<String, Object> object) throws IOException {
        for (String json : writtenInSeveralWays(object)) {
            assertThat(read(json)).as(json).isEqualTo(object);
        }
    }

    private static List<String> writtenInSeveralWays(Object value) throws IOException {
        String compact = MAPPER.writeValueAsString(value);
        StringBuilder escaped = new StringBuilder();
        compact.chars()
                .forEach(c -> escaped.append(c < 128 ? Character.toString(c) : unicodeEscape(c)));
        return List.of(
                compact,
                MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value),
                escaped.toString());
    }

    private static String unicodeEscape(int c) {
        return String.format("\\u%04x", c);
    }

    private static Object read(String json) throws IOException {
        byte[] data = ('[' + json + ']').getBytes(StandardCharsets.UTF_8);
        JsonItems items = new JsonItems(data, 0, data.length);
        assertThat(items.next()).isTrue();
        return value(items);
    }

    private static Object value(JsonItems item) throws IOException {
        String text =
                new String(
                        item.buffer(),
                        item.from(),
                        item.to() - item.from(),
                        StandardCharsets.UTF_8);
        return switch (item.kind()) {
            case NULL -> null;
            case BOOLEAN -> Boolean.valueOf(text);
            case TEXT -> text;
            case NUMBER ->
                    text.matches("-?[0-9]{1,9}") ? (Object) Integer.valueOf(text) : number(text);
            case NESTED -> nested(new JsonItems(item.buffer(), item.from(), item.to()));
            case MISSING -> throw new AssertionError();
        };
    }

    /** As it was generated: an integer, or a decimal. */
    private static Object number(String text) {
        BigDecimal number = new BigDecimal(text);
        return text.contains(".") || number.abs().compareTo(BigDecimal.valueOf(1L << 31)) > 0
                ? number
                : (Object) number.intValueExact();
    }

    private static Object nested(JsonItems items) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        List<Object> array = new ArrayList<>();
        while (items.next()) {
            if (items.isObject()) {
                object.put(items.name(), value(items));
            } else {
                array.add(value(items));
            }
        }
        return items.isObject() ? object : array;
    }

    @Example
    void refusesHalfOfACharacter() {
        for (String half : List.of("\\uD83D", "\\uDE00", "\\uD83Dx", "\\uD83D\\u0041")) {
            byte[] data = ("[\"" + half + "\"]").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> new JsonItems(data, 0, data.length).next())
                    .as(half)
                    .isInstanceOf(ConversionException.class);
        }
    }

    @Property
    void endsWhateverTheText(@ForAll("nonsense") String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        int found = 0;
        try {
            JsonItems items = new JsonItems(data, 0, data.length);
            while (items.next()) {
                found++;
            }
        } catch (RuntimeException e) {
            // As it should.
        }
        assertThat(found).isLessThanOrEqualTo(data.length);
    }

    @Provide
    Arbitrary<String> nonsense() {
        return Arbitraries.strings().withChars("{}[]\"\\,: 1tu").ofMinLength(1).ofMaxLength(12);
    }
}
