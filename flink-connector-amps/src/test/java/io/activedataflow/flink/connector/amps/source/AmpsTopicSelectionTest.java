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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.util.InstantiationUtil;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(60)
class AmpsTopicSelectionTest {

    private static final AmpsAdminOptions ADMIN = AmpsAdminOptions.urls("http://amps1").build();

    @Test
    void namesAreLiteralAndCountOnce() {
        AmpsTopicSelection selection = AmpsTopicSelection.topics("a.b", "c", "a.b");

        assertThat(selection).hasToString("topics [a.b, c]");
        assertThat(selection.selects(AmpsTopic.literal("a.b"))).isTrue();
        assertThat(selection.selects(AmpsTopic.literal("axb"))).isFalse();
        assertThat(selection.selects(AmpsTopic.pattern("c"))).isFalse();
    }

    @Test
    void aPatternIsAnchoredAsAWhole() {
        AmpsTopicPattern pattern = (AmpsTopicPattern) AmpsTopicSelection.pattern("a|b");

        assertThat(pattern).hasToString("topics matching /a|b/");
        assertThat(pattern.topic()).isEqualTo(AmpsTopic.pattern("^(?:a|b)$"));
        assertThat(pattern.selects(pattern.topic())).isTrue();
        assertThat(pattern.selects(AmpsTopic.literal("a"))).isFalse();
    }

    @Test
    void discoveredTopicsMatchByTheirWholeName() {
        AmpsTopicSelection selection = AmpsTopicSelection.discovered("orders-.*", ADMIN);

        assertThat(selection).hasToString("each topic matching /orders-.*/");
        assertThat(selection.selects(AmpsTopic.literal("orders-eu"))).isTrue();
        assertThat(selection.selects(AmpsTopic.literal("my-orders-eu"))).isFalse();
        assertThat(selection.selects(AmpsTopic.pattern("orders-eu"))).isFalse();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(AmpsTopicSelection::topics, "topics() got no name"),
                refusal(() -> AmpsTopicSelection.topics("a", " "), "topics() got ' '"),
                refusal(() -> AmpsTopicSelection.topics("a\nb"), "no control characters"),
                refusal(() -> AmpsTopicSelection.topics("/^a$/"), "Use pattern()"),
                refusal(() -> AmpsTopicSelection.pattern(null), "pattern() got null"),
                refusal(() -> AmpsTopicSelection.pattern(""), "pattern() got an empty text"),
                refusal(
                        () -> AmpsTopicSelection.pattern("orders[eu"),
                        "pattern() got 'orders[eu', which is not a regular expression: Unclosed"
                                + " character class"),
                refusal(
                        () -> AmpsTopicSelection.discovered("a)", ADMIN),
                        "discovered() got 'a)', which is not a regular expression"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return arguments(call, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeSelectedIsRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aSelectionSurvivesSerialization() throws Exception {
        AmpsTopicSelection names = AmpsTopicSelection.topics("a", "b");
        assertThat(InstantiationUtil.clone(names)).isEqualTo(names);
        assertThat(InstantiationUtil.clone(AmpsTopicSelection.discovered("x", ADMIN)))
                .hasToString("each topic matching /x/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b", "^a", "a$", "a*", "a+", "a?", "a(b", "a)b", "a[b", "a]b", "{a", "a}", "a|b",
                "a\\b"
            })
    void aNameThatLooksLikeAPatternIsMarked(String name) {
        assertThat(AmpsTopic.literal(name).needsLiteralOption()).isTrue();
        assertThat(AmpsTopic.pattern(name).needsLiteralOption()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "/AMPS/ClientStatus", "a-b_c:d e#1"})
    void aPlainNameIsNotMarked(String name) {
        assertThat(AmpsTopic.literal(name).needsLiteralOption()).isFalse();
    }
}
