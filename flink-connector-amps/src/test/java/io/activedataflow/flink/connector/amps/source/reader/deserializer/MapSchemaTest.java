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

import org.apache.flink.api.common.typeinfo.Types;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MapSchemaTest {

    private SchemaRun<Map<String, String>> nvfix;
    private SchemaRun<Map<String, String>> fix;

    @BeforeEach
    void open() throws Exception {
        nvfix = new SchemaRun<>(AmpsDeserializationSchema.nvfixMap());
        fix = new SchemaRun<>(AmpsDeserializationSchema.fixMap());
    }

    /** With bars in place of the separator. */
    private static TestMessage body(String text) {
        return messageOf(text.replace('|', '\u0001'));
    }

    private static TestMessage latin1(String text) {
        return messageOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void readsAllFields() throws Exception {
        assertThat(nvfix.readOne(body("sym=IBM|größe=1,5|")))
                .isEqualTo(Map.of("sym", "IBM", "größe", "1,5"));
        assertThat(fix.readOne(body("35=D|55=IBM|"))).isEqualTo(Map.of("35", "D", "55", "IBM"));
    }

    @Test
    void doesWithoutTheLastSeparator() throws Exception {
        assertThat(nvfix.readOne(body("a=1|b=2"))).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(fix.readOne(body("1=a"))).isEqualTo(Map.of("1", "a"));
    }

    @Test
    void takesAnEmptyBodyForAnEmptyMap() throws Exception {
        assertThat(nvfix.readOne(body(""))).isEmpty();
        assertThat(fix.readOne(body(""))).isEmpty();
    }

    @Test
    void letsTheLastOfSeveralWin() throws Exception {
        assertThat(nvfix.readOne(body("a=1|b=2|a=3|"))).isEqualTo(Map.of("a", "3", "b", "2"));
    }

    @Test
    void keepsEmptyValuesAndEqualsSignsInValues() throws Exception {
        assertThat(nvfix.readOne(body("a=|b==|c=x=y|d=")))
                .isEqualTo(Map.of("a", "", "b", "=", "c", "x=y", "d", ""));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "a,          \"Field 1 of the body, 'a', has no '='.\"",
                "a=1|b,      \"Field 2 of the body, 'b', has no '='.\"",
                "a=1|b|c=2|, \"Field 2 of the body, 'b', has no '='.\"",
                "a=1||b=2,   \"Field 2 of the body, '', has no '='.\"",
                "a=1||,      \"Field 2 of the body, '', has no '='.\"",
                "|a=1,       \"Field 1 of the body, '', has no '='.\"",
                "|,          \"Field 1 of the body, '', has no '='.\"",
                "=1,         \"Field 1 of the body, '=1', has no tag before the '='.\"",
                "a=1|==,     \"Field 2 of the body, '==', has no tag before the '='.\""
            })
    void refusesWhatIsNoField(String body, String message) {
        assertThatThrownBy(() -> nvfix.read(body(body)))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void refusesTagsOfFixThatAreNoNumbers() {
        assertThatThrownBy(() -> fix.read(body("35=D|sym=IBM")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The tag 'sym' is not a number.")
                .hasMessageContaining("nvfixMap");
        assertThatThrownBy(() -> fix.read(body("-1=D"))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesToReplaceBytesThatAreNotText() {
        assertThatThrownBy(() -> nvfix.read(latin1("n=\u00C3b")))
                .isInstanceOf(IOException.class)
                .hasMessage("The value of field 'n' is not UTF-8.");
        assertThatThrownBy(() -> nvfix.read(latin1("a\u00C3b=v")))
                .isInstanceOf(IOException.class)
                .hasMessage("The tag 'a\uFFFDb' is not UTF-8.");
    }

    @Test
    void goesOnAfterAMalformedMessage() throws Exception {
        for (String malformed : new String[] {"a=0|b=0|c", "=", "b=0|"}) {
            assertThatThrownBy(() -> nvfix.read(latin1(malformed + "\u00C3b")))
                    .isInstanceOf(IOException.class);

            assertThat(nvfix.readOne(body("a=1"))).isEqualTo(Map.of("a", "1"));
        }
    }

    @Test
    void keepsTheReplacementCharacterThatSomebodyWrote() throws Exception {
        assertThat(nvfix.readOne(body("\uFFFD=a\uFFFD"))).isEqualTo(Map.of("\uFFFD", "a\uFFFD"));
    }

    @Test
    void readsThreeHundredFieldsAndFollowsChangesOfTheLayout() throws Exception {
        Map<String, String> expected = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            expected.put("field-" + i, "value-" + i);
            text.append("field-").append(i).append("=value-").append(i).append('|');
        }

        assertThat(nvfix.readOne(body(text.toString()))).isEqualTo(expected);
        assertThat(nvfix.readOne(body("field-1=x"))).isEqualTo(Map.of("field-1", "x"));
        assertThat(nvfix.readOne(body(text.toString()))).isEqualTo(expected);
    }

    @Test
    void makesANewMapOfEachMessage() throws Exception {
        Map<String, String> first = nvfix.collect(body("a=1")).get(0);
        first.put("mine", "changed");

        assertThat(nvfix.collect(body("a=2")).get(0)).isEqualTo(Map.of("a", "2"));
        assertThat(first).isEqualTo(Map.of("a", "1", "mine", "changed"));
    }

    @Test
    void hasTheMapTypeOfFlink() {
        assertThat(AmpsDeserializationSchema.fixMap().getProducedType())
                .isEqualTo(Types.MAP(Types.STRING, Types.STRING));
    }
}
