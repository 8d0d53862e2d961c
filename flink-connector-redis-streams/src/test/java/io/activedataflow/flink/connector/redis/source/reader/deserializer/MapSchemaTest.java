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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.entryOf;
import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MapSchemaTest {

    private static final byte[] NOT_UTF8 = {'a', (byte) 0xC3, 'b'};

    private SchemaRun<Map<String, String>> strings;
    private SchemaRun<Map<String, byte[]>> bytes;

    @BeforeEach
    void open() throws Exception {
        strings = new SchemaRun<>(RedisStreamsDeserializationSchema.stringMap());
        bytes = new SchemaRun<>(RedisStreamsDeserializationSchema.bytesMap());
    }

    @Test
    void readsAllFields() throws Exception {
        assertThat(strings.readOne(entryOf("a", "1", "größe", "", "", "leer")))
                .isEqualTo(Map.of("a", "1", "größe", "", "", "leer"));
        assertThat(strings.readOne(entryOf())).isEmpty();
        assertThat(bytes.readOne(entryOf())).isEmpty();
    }

    @Test
    void letsTheLastOfSeveralWin() throws Exception {
        assertThat(strings.readOne(entryOf("a", "1", "b", "2", "a", "3")))
                .isEqualTo(Map.of("a", "3", "b", "2"));
        assertThat(bytes.readOne(entryOf("a", "1", "a", "3")).get("a")).isEqualTo(utf8("3"));
    }

    @Test
    void keepsBytesAsTheyAre() throws Exception {
        Map<String, byte[]> map = bytes.readOne(entryOf(new byte[][] {utf8("n"), NOT_UTF8}));

        assertThat(map).containsOnlyKeys("n");
        assertThat(map.get("n")).isEqualTo(NOT_UTF8);
    }

    @Test
    void readsThreeHundredFieldsAndFollowsChangesOfTheLayout() throws Exception {
        Map<String, String> expected = new HashMap<>();
        String[] fields = new String[600];
        for (int i = 0; i < 300; i++) {
            fields[2 * i] = "field-" + i;
            fields[2 * i + 1] = "value-" + i;
            expected.put(fields[2 * i], fields[2 * i + 1]);
        }

        assertThat(strings.readOne(entryOf(fields))).isEqualTo(expected);
        assertThat(strings.readOne(entryOf("field-1", "x"))).isEqualTo(Map.of("field-1", "x"));
        assertThat(strings.readOne(entryOf(fields))).isEqualTo(expected);
    }

    @Test
    void makesANewMapOfEachEntry() throws Exception {
        Map<String, String> first = strings.collect(entryOf("a", "1")).get(0);
        first.put("mine", "changed");

        assertThat(strings.collect(entryOf("a", "2")).get(0)).isEqualTo(Map.of("a", "2"));
        assertThat(first).isEqualTo(Map.of("a", "1", "mine", "changed"));
    }

    @Test
    void refusesToReplaceBytesThatAreNotText() {
        assertThatThrownBy(() -> strings.read(entryOf(new byte[][] {utf8("n"), NOT_UTF8})))
                .isInstanceOf(IOException.class)
                .hasMessage("The value of field 'n' is not UTF-8.");
        assertThatThrownBy(() -> strings.read(entryOf(new byte[][] {NOT_UTF8, utf8("v")})))
                .isInstanceOf(IOException.class)
                .hasMessage("The field name 'a\uFFFDb' is not UTF-8.");
        assertThatThrownBy(() -> bytes.read(entryOf(new byte[][] {NOT_UTF8, utf8("v")})))
                .isInstanceOf(IOException.class);
    }

    @Test
    void goesOnAfterAMalformedEntry() throws Exception {
        assertThatThrownBy(() -> strings.read(entryOf(new byte[][] {NOT_UTF8, utf8("v")})))
                .isInstanceOf(IOException.class);

        assertThat(strings.readOne(entryOf("a", "1"))).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void keepsTheReplacementCharacterThatSomebodyWrote() throws Exception {
        assertThat(strings.readOne(entryOf("\uFFFD", "a\uFFFD")))
                .isEqualTo(Map.of("\uFFFD", "a\uFFFD"));
    }
}
