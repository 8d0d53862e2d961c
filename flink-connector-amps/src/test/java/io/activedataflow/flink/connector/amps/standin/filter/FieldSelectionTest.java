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

package io.activedataflow.flink.connector.amps.standin.filter;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The option {@code select}. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FieldSelectionTest {

    private static String apply(String option, String messageType, String body)
            throws FilterSyntaxException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new String(
                FieldSelection.parse(option).apply(messageType, bytes), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[-/,+/id]; {\"id\":1}",
                "-/,+/id; {\"id\":1}",
                "[+/id,-/]; {\"id\":1}",
                "[-/, +/id, +/none]; {\"id\":1,\"none\":null}",
                "[-/,+/missing]; {}",
                "[-/]; {}",
                "[-/id]; {\"o\":{\"x\":1, \"y\":[2]},\"a\":[{\"p\":1,\"q\":2},3],\"none\":null}",
                "[-/,+/o/x]; {\"o\":{\"x\":1}}",
                "[-/,+/o/z]; {}",
                "[-/,+/o]; {\"o\":{\"x\":1, \"y\":[2]}}",
                "[-/,+/o,-/o/x]; {\"o\":{\"y\":[2]}}",
                "[-/,+/o,-/o/x,-/o/y]; {\"o\":{}}",
                "[-/,+/a/q]; {\"a\":[{\"q\":2}]}",
                "[-/,+/a,-/a/q]; {\"a\":[{\"p\":1},3]}",
                "[-/,+/a/q/r]; {}",
                "[-/,+/id,-/id]; {}",
            })
    void selectsFromJson(String option, String expected) throws FilterSyntaxException {
        String body =
                "{\"id\":1, \"o\": {\"x\":1, \"y\":[2]}, \"a\":[{\"p\":1,\"q\":2},3],"
                        + " \"none\":null}";
        assertThat(apply(option, "json", body)).isEqualTo(expected);
    }

    @Test
    void whatIsSelectedStaysAsItIsWritten() throws FilterSyntaxException {
        assertThat(apply("[-/,+/a b]", "json", " { \"x\":1, \"a\\u0020b\" : 1.50 }"))
                .isEqualTo("{\"a\\u0020b\" :1.50}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{\"id\":1", "[1]", "1", "{\"id\":1}}"})
    void whatIsNoObjectStaysAsItIs(String body) throws FilterSyntaxException {
        assertThat(apply("[-/,+/id]", "json", body)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "'-/,+/55', 55=IBM|",
        "'-/,+/38,+/55', 55=IBM|38=7",
        "-/55, 35=D|x|38=7",
        "'-/', ''",
        "+/55, 35=D|55=IBM|x|38=7",
    })
    void selectsFromTaggedFields(String option, String expected) throws FilterSyntaxException {
        String body = "35=D|55=IBM|x|38=7".replace('|', '\u0001');
        for (String type : new String[] {"fix", "nvfix"}) {
            assertThat(apply(option, type, body)).isEqualTo(expected.replace('|', '\u0001'));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "/id", "[id]", "[+id]", "[+/a//b]", "[+/a,]", "[+/a[0]]"})
    void whatIsNotKnownIsRefused(String option) {
        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> FieldSelection.parse(option));
    }

    @Test
    void onlyKnownMessageTypesHaveParts() throws FilterSyntaxException {
        FieldSelection selection = FieldSelection.parse("[-/,+/id]");

        assertThat(FieldSelection.supports("json")).isTrue();
        assertThat(FieldSelection.supports("binary")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selection.apply("binary", new byte[0]))
                .withMessageContaining("binary");
    }

    @Property
    void randomBytesDoNoHarm(@ForAll byte[] body) throws FilterSyntaxException {
        FieldSelection all = FieldSelection.parse("[+/]");

        assertThat(all.apply("json", body)).isEqualTo(body);
        assertThat(all.apply("nvfix", body)).isEqualTo(body);
        assertThat(FieldSelection.parse("[-/]").apply("nvfix", body)).isEmpty();
    }
}
