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

package io.activedataflow.flink.connector.amps.source.split;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SowKeySetTest {

    private static final String TOPIC = "orders";

    private static boolean add(SowKeySet keys, String topic, String key) {
        byte[] bytes = ("##" + key + "#").getBytes(StandardCharsets.UTF_8);
        return keys.add(topic, bytes, 2, bytes.length - 3);
    }

    private static boolean remove(SowKeySet keys, String topic, String key) {
        byte[] bytes = ("#" + key).getBytes(StandardCharsets.UTF_8);
        return keys.remove(topic, bytes, 1, bytes.length - 1);
    }

    private static boolean contains(SowKeySet keys, String topic, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return keys.contains(topic, bytes, 0, bytes.length);
    }

    private static Set<String> contents(SowKeySet keys) {
        Set<String> contents = new HashSet<>();
        keys.forEachMissingIn(
                new SowKeySet(),
                (topic, key) -> assertThat(contents.add(topic + ' ' + key)).isTrue());
        return contents;
    }

    @Provide
    Arbitrary<List<String>> someKeys() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 40).map(String::valueOf),
                        Arbitraries.longs().map(Long::toUnsignedString),
                        Arbitraries.of("00", "", "01", "+1", "18446744073709551616", "a=", "ä"))
                .list()
                .ofMaxSize(400);
    }

    @Property(tries = 300)
    void isASet(@ForAll("someKeys") List<String> keys, @ForAll long seed) {
        Random random = new Random(seed);
        SowKeySet set = new SowKeySet();
        Set<String> model = new HashSet<>();
        for (String key : keys) {
            String topic = random.nextInt(10) == 0 ? "trades" : TOPIC;
            String qualified = topic + ' ' + key;
            if (random.nextInt(3) == 0) {
                assertThat(remove(set, topic, key)).isEqualTo(model.remove(qualified));
            } else {
                assertThat(add(set, topic, key)).isEqualTo(model.add(qualified));
            }
            assertThat(contains(set, topic, key)).isEqualTo(model.contains(qualified));
            assertThat(set.size()).isEqualTo(model.size());
        }
        assertThat(contents(set)).isEqualTo(model);
        SowKeys copy = set.toKeys();
        assertThat(copy.size()).isEqualTo(model.size());
        SowKeySet restored = new SowKeySet(copy);
        assertThat(restored.size()).isEqualTo(model.size());
        assertThat(contents(restored)).isEqualTo(model);
        assertThat(restored.toKeys()).isEqualTo(copy).hasSameHashCodeAs(copy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "18446744073709551615",
                "10000000000000000000",
                "9223372036854775808"
            })
    void unsignedNumbersAreKeptAsNumbers(String key) {
        SowKeySet set = new SowKeySet();
        add(set, TOPIC, key);

        assertThat(set.toKeys().byTopic().get(TOPIC).numbers())
                .containsExactly(Long.parseUnsignedLong(key));
        assertThat(contents(set)).containsExactly("orders " + key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "07", "18446744073709551616", "99999999999999999999", "-1", "1a"})
    void everythingElseIsKeptAsText(String key) {
        SowKeySet set = new SowKeySet();
        add(set, TOPIC, key);

        assertThat(set.toKeys().byTopic().get(TOPIC).texts()).containsExactly(key);
    }

    @Test
    void twoHundredThousandKeysComeAndGo() {
        SowKeySet set = new SowKeySet();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200_000; i++) {
                assertThat(add(set, TOPIC, Integer.toString(i))).isTrue();
            }
            assertThat(set.size()).isEqualTo(200_000);
            for (int i = 0; i < 200_000; i++) {
                assertThat(remove(set, TOPIC, Integer.toString(i))).isTrue();
            }
            assertThat(set.size()).isZero();
        }
    }

    @Test
    void aCopyDoesNotChange() {
        SowKeySet set = new SowKeySet();
        add(set, TOPIC, "1");
        SowKeys copy = set.toKeys();
        add(set, TOPIC, "2");

        assertThat(copy.size()).isEqualTo(1);
        assertThat(copy).isNotEqualTo(set.toKeys());
    }

    @Test
    void tellsWhatIsMissingInAnother() {
        SowKeySet set = new SowKeySet();
        add(set, TOPIC, "1");
        add(set, TOPIC, "2");
        add(set, TOPIC, "x");
        add(set, "trades", "1");
        SowKeySet other = new SowKeySet();
        add(other, TOPIC, "2");
        Set<String> missing = new HashSet<>();
        set.forEachMissingIn(other, (topic, key) -> missing.add(topic + ' ' + key));

        assertThat(missing).containsExactlyInAnyOrder("orders 1", "orders x", "trades 1");
    }

    @Test
    void clearedItIsEmpty() {
        SowKeySet set = new SowKeySet();
        add(set, TOPIC, "1");
        set.clear();

        assertThat(set.size()).isZero();
        assertThat(add(set, TOPIC, "1")).isTrue();
    }
}
