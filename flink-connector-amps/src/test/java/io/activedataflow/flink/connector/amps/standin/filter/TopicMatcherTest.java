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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which topics a subscription means. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TopicMatcherTest {

    @ParameterizedTest
    @CsvSource({
        "orders, orders, true",
        "orders, orders-2, false",
        "order.n, rollup-orders-northamerica, false",
        "order.n, rollup-order-northamerica, true",
        "^order, orders, true",
        "^order, all-orders, false",
        "^\\Qorder.n\\E$, order.n, true",
        "^\\Qorder.n\\E$, order-n, false",
        "a|b, xbx, true",
        "(?i)ORDERS, orders, true",
        ".*, anything, true",
        "/AMPS/.*, /AMPS/ClientStatus, true",
    })
    void aPatternIsFoundAnywhere(String topic, String published, boolean expected)
            throws FilterSyntaxException {
        assertThat(TopicMatcher.of(topic, false).matches(published)).isEqualTo(expected);
    }

    @Test
    void aNameIsTakenLiterallyWhenAskedTo() throws FilterSyntaxException {
        TopicMatcher literal = TopicMatcher.of("order.n[", true);

        assertThat(literal.isPattern()).isFalse();
        assertThat(literal.matches("order.n[")).isTrue();
        assertThat(literal.matches("order-n[")).isFalse();
    }

    @Test
    void onlySpecialCharactersMakeAPattern() throws FilterSyntaxException {
        assertThat(TopicMatcher.of("a/b-c_d:e f#", false).isPattern()).isFalse();
        for (String topic : new String[] {"a.", "^a", "a$", "a*", "a+", "a?", "a|b", "\\Qa"}) {
            assertThat(TopicMatcher.of(topic, false).isPattern()).isTrue();
        }
        for (String topic : new String[] {"(a)", "[a]", "a{2}"}) {
            assertThat(TopicMatcher.of(topic, false).isPattern()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a(", "a[", "*", "a\\"})
    void whatIsNoTopicIsRefused(String topic) {
        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> TopicMatcher.of(topic, false));
    }
}
