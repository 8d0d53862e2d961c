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

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilterTest.Message;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The JSON reader as a filter sees it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class JsonFieldsTest {

    private static Object find(String body, String... names) {
        return JsonFields.find(
                body.getBytes(StandardCharsets.UTF_8), FieldPath.ofNames(names).steps());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1, \"b\"}",
                "{\"a\":1, \"b\":}",
                "{\"a\":1, b:2}",
                "{\"a\":1, \"b\":[1,]}",
                "{\"a\":1, \"b\":[1 2]}",
                "{\"a\":1, \"b\":[1}",
                "{\"a\":1, \"b\":01}",
                "{\"a\":1, \"b\":1.}",
                "{\"a\":1, \"b\":.5}",
                "{\"a\":1, \"b\":+1}",
                "{\"a\":1, \"b\":-}",
                "{\"a\":1, \"b\":1e}",
                "{\"a\":1, \"b\":NaN}",
                "{\"a\":1, \"b\":tru}",
                "{\"a\":1, \"b\":nul}",
                "{\"a\":1, \"b\":\"open}",
                "{\"a\":1, \"b\":\"\\x\"}",
                "{\"a\":1, \"b\":\"\\u12\"}",
                "{\"a\":1, \"b\":\"\\u12g4\"}",
                "{\"a\":1, \"b\":\"\\",
                "{\"a\":1, \"b\":\"\t\"}",
                "{'a':1}",
                "[{\"a\":1}",
                "a",
            })
    void aMalformedBodyHasNoFields(String body) {
        assertThat(find(body, "a")).isNull();
    }

    @Test
    void aBodyNestedTooDeepHasNoFieldsAndDoesNoHarm() {
        String arrays = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(find("{\"a\":1,\"b\":" + arrays + "}", "a")).isNull();
        assertThat(find("{\"b\":" + arrays + ",\"a\":1}", "a")).isNull();
        assertThat(find("{\"a\":" + arrays + "}", "a")).isNull();
    }

    @Test
    void spacesAreAllowedWhereJsonAllowsThem() {
        assertThat(find(" \t\r\n{ \"a\" : { \"b\" : [ 1 , 2 ] } } \n", "a", "b"))
                .isEqualTo(Arrays.asList(1L, 2L));
        assertThat(find("{ } ", "a")).isNull();
    }

    @Test
    void namesAndTextsMayHaveEscapes() {
        assertThat(find("{\"\\u0061\\/\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20aC\"}", "a/"))
                .isEqualTo("\"\\/\b\f\n\r\t\u20ac");
    }

    @Test
    void numbersKeepTheirKind() {
        assertThat(find("{\"a\":-9223372036854775808}", "a")).isEqualTo(Long.MIN_VALUE);
        assertThat(find("{\"a\":9223372036854775808}", "a")).isEqualTo(9.223372036854775808E18);
        assertThat(find("{\"a\":1.0}", "a")).isEqualTo(1.0);
        assertThat(find("{\"a\":1E2}", "a")).isEqualTo(100.0);
        assertThat(find("{\"a\":-0}", "a")).isEqualTo(0L);
    }

    @Test
    void theFirstOfTwoMembersOfOneNameCounts() {
        assertThat(find("{\"a\":1,\"a\":2}", "a")).isEqualTo(1L);
    }

    @Test
    void arraysOnTheWayAreWalkedThrough() {
        assertThat(find("[{\"a\":[{\"b\":1},{\"b\":[2,[3]]}]},{\"a\":{\"b\":4}},5]", "a", "b"))
                .isEqualTo(Arrays.asList(1L, 2L, 3L, 4L));
    }

    @Property
    void anyIntegerIsRead(@ForAll long number) {
        assertThat(find("{\"x\":[],\"a\":" + number + "}", "a")).isEqualTo(number);
    }

    @Property
    void anyFractionIsRead(@ForAll double number) {
        assertThat(find("{\"a\":" + number + "}", "a")).isEqualTo(number);
    }

    @Property
    void anyTextIsReadAsItWasWritten(@ForAll @NotEmpty String text) {
        // What cannot be encoded at all becomes a question mark, here and in any publisher.
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        String expected = new String(encoded, StandardCharsets.UTF_8);
        StringBuilder body = new StringBuilder("{\"a\":\"");
        for (char c : expected.toCharArray()) {
            if (c < ' ') {
                body.append(String.format("\\u%04x", (int) c));
            } else if (c == '"' || c == '\\') {
                body.append('\\').append(c);
            } else {
                body.append(c);
            }
        }
        assertThat(find(body + "\"}", "a")).isEqualTo(expected);
    }

    @Property
    void randomBytesDoNoHarm(@ForAll byte[] body) throws FilterSyntaxException {
        FilterSubject message = new Message("json", body, null);
        assertThat(ContentFilterTest.matches("/a/b[0] IS NULL AND /a IS NULL", message)).isTrue();
    }

    @Property
    void aBodyCutOffHasNoFields(@ForAll @LongRange(min = 0, max = 42) long length) {
        String body = "{\"a\":1,\"b\":[true,null,{\"c\":\"\\u0041\"}] }";
        String part = body.substring(0, (int) Math.min(length, body.length() - 1));
        assertThat(find(part, "a")).isNull();
        assertThat(find(body, "a")).isEqualTo(1L);
    }
}
