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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What reading fields in place shares with splitting strings. */
class TagValuePropertiesTest {

    record TagAndValue(String tag, String value) {}

    private static final List<String> COLUMNS = List.of("b", "ab", "ä", "a");

    private final SchemaRun<Map<String, String>> maps;

    TagValuePropertiesTest() throws Exception {
        maps = new SchemaRun<>(AmpsDeserializationSchema.nvfixMap());
    }

    @Provide
    Arbitrary<List<List<TagAndValue>>> bodies() {
        Arbitrary<String> text =
                Arbitraries.strings()
                        .excludeChars('\u0001')
                        .ofMaxLength(6)
                        .filter(StandardCharsets.UTF_8.newEncoder()::canEncode);
        Arbitrary<String> anyTag = text.filter(tag -> !tag.isEmpty() && tag.indexOf('=') < 0);
        Arbitrary<String> tag = Arbitraries.oneOf(Arbitraries.of(COLUMNS), anyTag);
        return Combinators.combine(tag, text)
                .as(TagAndValue::new)
                .list()
                .ofMaxSize(6)
                .list()
                .ofMaxSize(8);
    }

    private static TestMessage written(List<TagAndValue> fields, boolean lastSeparator) {
        StringBuilder body = new StringBuilder();
        for (TagAndValue field : fields) {
            body.append(field.tag()).append('=').append(field.value()).append('\u0001');
        }
        if (!lastSeparator && !fields.isEmpty()) {
            body.setLength(body.length() - 1);
        }
        return messageOf(body.toString());
    }

    private static Map<String, String> lastOfEachTag(List<TagAndValue> fields) {
        Map<String, String> map = new HashMap<>();
        fields.forEach(field -> map.put(field.tag(), field.value()));
        return map;
    }

    @Property(tries = 500)
    void readsWhatWasWrittenWhateverCameBefore(
            @ForAll("bodies") List<List<TagAndValue>> bodies, @ForAll boolean lastSeparator)
            throws IOException {
        for (List<TagAndValue> fields : bodies) {
            assertThat(maps.readOne(written(fields, lastSeparator)))
                    .isEqualTo(lastOfEachTag(fields));
        }
    }

    @Property(tries = 500)
    void picksTheLastFieldOfEachTagWhateverCameBefore(
            @ForAll("bodies") List<List<TagAndValue>> bodies, @ForAll boolean lastSeparator)
            throws IOException {
        NamedValues values =
                new NamedValues(
                        TagValueFormat.NVFIX,
                        COLUMNS.stream()
                                .map(tag -> new NamedValues.Column(tag, "String", Utf8::decode))
                                .toList());
        for (List<TagAndValue> fields : bodies) {
            assertThat(values.read(written(fields, lastSeparator)))
                    .containsExactly(COLUMNS.stream().map(lastOfEachTag(fields)::get).toArray());
        }
    }

    @Provide
    Arbitrary<byte[]> almostBodies() {
        return Arbitraries.of((byte) 'a', (byte) 'b', (byte) '=', (byte) 1, (byte) 0xC3)
                .array(byte[].class)
                .ofMaxSize(12);
    }

    @Property
    void agreesWithSplitting(@ForAll("almostBodies") byte[] body) throws IOException {
        agree(body);
    }

    @Property
    void agreesWithSplittingAnyBytes(@ForAll @Size(max = 12) byte[] body) throws IOException {
        agree(body);
    }

    private void agree(byte[] body) throws IOException {
        Optional<Map<String, String>> expected = split(body);
        if (expected.isPresent()) {
            assertThat(maps.readOne(messageOf(body))).isEqualTo(expected.get());
        } else {
            assertThatThrownBy(() -> maps.read(messageOf(body))).isInstanceOf(IOException.class);
        }
    }

    /** The slow and obvious way; nothing if the body is malformed. */
    private static Optional<Map<String, String>> split(byte[] body) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        Map<String, String> map = new HashMap<>();
        if (text.isEmpty()) {
            return Optional.of(map);
        }
        String fields = text.endsWith("\u0001") ? text.substring(0, text.length() - 1) : text;
        for (String field : fields.split("\u0001", -1)) {
            int equalsSign = field.indexOf('=');
            if (equalsSign < 1) {
                return Optional.empty();
            }
            map.put(field.substring(0, equalsSign), field.substring(equalsSign + 1));
        }
        return Optional.of(map);
    }
}
