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

package io.activedataflow.flink.connector.redis.source;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisStreamsSelectionTest {

    @ParameterizedTest
    @CsvSource({
        "<topic>-<partition>, orders-3, 3",
        "<topic>-<partition>, orders-0, 0",
        "<topic>-<partition>, orders-2147483647, 2147483647",
        "<topic>-<partition>, orders-2147483648, -1",
        "<topic>-<partition>, orders-03, -1",
        "<topic>-<partition>, orders-+3, -1",
        "<topic>-<partition>, orders-, -1",
        "<topic>-<partition>, orders-3x, -1",
        "<topic>-<partition>, orders--3, -1",
        "<topic>-<partition>, orders-٣, -1",
        "<topic>-<partition>, my-orders-3, -1",
        "<topic>-{<partition>}, orders-{3}, 3",
        "<topic>-{<partition>}, orders-3, -1",
        "<topic>:<partition>, orders:3, 3",
        "{<topic>}-<partition>, {orders}-12, 12",
        "<partition>/<topic>, 12/orders, 12",
    })
    void aTopicTakesKeysThatFitItsTemplate(String template, String key, int partition) {
        RedisStreamsTopic topic = RedisStreamsSelection.topic("orders").withKeyTemplate(template);

        assertThat(topic.partitionOf(key)).isEqualTo(partition);
        assertThat(topic.selects(key)).isEqualTo(partition >= 0);
        if (partition >= 0) {
            assertThat(topic.keyOf(partition)).isEqualTo(key);
        }
    }

    @Test
    void aTopicOfFixedSizeHasThatManyKeys() {
        RedisStreamsTopic topic = RedisStreamsSelection.topic("orders", 3);

        assertThat(topic.fixedKeys()).containsExactly("orders-0", "orders-1", "orders-2");
        assertThat(topic.selects("orders-2")).isTrue();
        assertThat(topic.selects("orders-3")).isFalse();
    }

    @Test
    void theScanPatternOfATopicTakesItsNameLiterally() {
        RedisStreamsTopic topic =
                RedisStreamsSelection.topic("a*[b]\\?").withKeyTemplate("<topic>-{<partition>}");

        assertThat(topic.scanPattern()).isEqualTo("a\\*\\[b\\]\\\\\\?-{[0-9]*}");
        assertThat(new RedisGlob(topic.scanPattern()).matches(topic.keyOf(17))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<topic>", "<partition>", "<topic>-<partition>-<partition>", "x"})
    void aTemplateNeedsBothPlaceholdersOnce(String template) {
        RedisStreamsTopic topic = RedisStreamsSelection.topic("orders");

        assertThatThrownBy(() -> topic.withKeyTemplate(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + template + "'")
                .hasMessageContaining("exactly once");
    }

    @Test
    void keysSelectThemselvesInTheirOrder() {
        RedisStreamsKeys keys = RedisStreamsSelection.keys("b", "a", "b");

        assertThat(keys.keys()).containsExactly("b", "a");
        assertThat(keys.selects("a")).isTrue();
        assertThat(keys.selects("c")).isFalse();
        assertThat(keys.partitionOf("a")).isEqualTo(-1);
    }

    @Test
    void aPatternSelectsWhatItMatches() {
        RedisStreamsPattern pattern = RedisStreamsSelection.pattern("orders-[0-9]");

        assertThat(pattern.selects("orders-3")).isTrue();
        assertThat(pattern.selects("orders-x")).isFalse();
        assertThat(pattern.partitionOf("orders-3")).isEqualTo(-1);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> RedisStreamsSelection.topic("orders", 0))
                .hasMessageContaining("0 partitions");
        assertThatThrownBy(() -> RedisStreamsSelection.topic("")).hasMessageContaining("topic()");
        assertThatThrownBy(() -> RedisStreamsSelection.keys(List.of()))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> RedisStreamsSelection.keys("a", ""))
                .hasMessageContaining("empty text");
        assertThatThrownBy(() -> RedisStreamsSelection.keys("\ud800"))
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> RedisStreamsSelection.pattern(""))
                .hasMessageContaining("pattern()");
    }

    @Test
    void selectionsReadWell() {
        assertThat(RedisStreamsSelection.topic("orders"))
                .hasToString("topic 'orders' (partitions discovered, keys like 'orders-0')");
        assertThat(RedisStreamsSelection.topic("orders", 8).withKeyTemplate("<topic>:<partition>"))
                .hasToString("topic 'orders' (8 partitions, keys like 'orders:0')");
        assertThat(RedisStreamsSelection.pattern("o*")).hasToString("pattern 'o*'");
        assertThat(RedisStreamsSelection.keys("a", "b")).hasToString("keys 'a', 'b'");
        assertThat(RedisStreamsSelection.keys("abcdefghijkl".split("")).toString())
                .endsWith("'j' and 2 more");
    }

    @Test
    void selectionsAreEqualByValueAlsoAfterATrip() throws Exception {
        for (RedisStreamsSelection selection :
                List.of(
                        RedisStreamsSelection.topic("orders", 8),
                        RedisStreamsSelection.keys("a", "b"),
                        RedisStreamsSelection.pattern("o*"))) {
            assertThat((Object) InstantiationUtil.clone(selection))
                    .isEqualTo(selection)
                    .hasSameHashCodeAs(selection);
        }
        assertThat(RedisStreamsSelection.topic("orders", 8))
                .isNotEqualTo(RedisStreamsSelection.topic("orders", 9));
    }
}
