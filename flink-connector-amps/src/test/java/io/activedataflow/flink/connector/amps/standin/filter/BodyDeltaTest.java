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
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class BodyDeltaTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('\u0001', '|');
    }

    private static String merged(String type, String body, String changes) {
        return text(
                BodyDelta.merge(
                        type,
                        bytes(body.replace('|', '\u0001')),
                        bytes(changes.replace('|', '\u0001'))));
    }

    @Test
    void objectsAreMergedAndEverythingElseIsReplaced() {
        assertThat(merged("json", "{\"a\":{\"x\":1,\"y\":2},\"b\":[1,2]}", "{\"a\":{\"y\":3}}"))
                .isEqualTo("{\"a\":{\"x\":1,\"y\":3},\"b\":[1,2]}");
        assertThat(merged("json", "{\"a\":{\"x\":1}}", "{\"a\":5,\"n\":null}"))
                .isEqualTo("{\"a\":5,\"n\":null}");
        assertThat(merged("json", "{\"a\":[1,2]}", "{\"a\":[3]}")).isEqualTo("{\"a\":[3]}");
        assertThat(merged("json", "{\"a\\\"\":1}", "{\"b\":2}")).isEqualTo("{\"a\\\"\":1,\"b\":2}");
    }

    @Test
    void tagsAreMergedFieldByField() {
        assertThat(merged("nvfix", "id=1|a=2|", "a=3|b=|")).isEqualTo("id=1|a=3|b=|");
    }

    @Test
    void differenceHasKeysAndChanges() throws Exception {
        List<BodyField> keys = List.of(BodyField.parse("/id"));
        BodyDelta.Difference difference =
                BodyDelta.difference(
                        "json",
                        bytes("{\"id\":1,\"a\":{\"x\":1,\"y\":2},\"b\":1,\"gone\":1}"),
                        bytes("{\"id\":1,\"a\":{\"x\":1,\"y\":3},\"b\":1}"),
                        keys);
        assertThat(text(difference.body())).isEqualTo("{\"id\":1,\"a\":{\"y\":3},\"gone\":null}");
        assertThat(difference.isEmpty()).isFalse();
        assertThat(BodyDelta.difference("nvfix", bytes("id=1"), bytes("id=1"), keys).isEmpty())
                .isTrue();
    }

    @Property
    void mergedDifferenceIsTheBody(
            @ForAll @Size(max = 5) Map<@IntRange(min = 0, max = 6) Integer, Integer> before,
            @ForAll @Size(max = 5) Map<@IntRange(min = 0, max = 6) Integer, Integer> more) {
        Map<Integer, Integer> after = new TreeMap<>(before);
        after.putAll(more);
        BodyDelta.Difference difference =
                BodyDelta.difference("json", json(before), json(after), List.of());
        byte[] merged = BodyDelta.merge("json", json(before), difference.body());
        assertThat(JsonMembers.of(merged).keySet()).isEqualTo(JsonMembers.of(json(after)).keySet());
        after.forEach(
                (name, value) ->
                        assertThat(text(JsonMembers.of(merged).get("f" + name)))
                                .isEqualTo(value.toString()));
    }

    private static byte[] json(Map<Integer, Integer> fields) {
        StringBuilder json = new StringBuilder("{");
        fields.forEach(
                (name, value) ->
                        json.append(json.length() > 1 ? "," : "")
                                .append("\"f")
                                .append(name)
                                .append("\":")
                                .append(value));
        return bytes(json.append('}').toString());
    }
}
