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

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.util.InstantiationUtil;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(60)
class AmpsPositionsTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<AmpsBookmark> BOOKMARKS =
            List.of(new AmpsBookmark(1, 2), new AmpsBookmark(3, 4));

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments(AmpsStartPosition.earliest(), "earliest"),
                arguments(AmpsStartPosition.latest(), "latest"),
                arguments(AmpsStartPosition.timestamp(NEW_YEAR), "timestamp 2026-01-01T00:00:00Z"),
                arguments(AmpsStartPosition.after(BOOKMARKS), "after 1|2|,3|4|"),
                arguments(AmpsStopPosition.never(), "never"),
                arguments(AmpsStopPosition.latestAtStart(), "latest at start"),
                arguments(AmpsStopPosition.timestamp(NEW_YEAR), "timestamp 2026-01-01T00:00:00Z"),
                arguments(AmpsStopPosition.at(BOOKMARKS), "at 1|2|,3|4|"),
                arguments(AmpsStopPosition.afterMessages(5), "after 5 messages per split"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aPositionHasATextAndSurvivesSerialization(Serializable position, String text)
            throws Exception {
        assertThat(position).hasToString(text);
        assertThat(InstantiationUtil.<Serializable>clone(position)).isEqualTo(position);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        () -> AmpsStartPosition.timestamp(NEW_YEAR.minusSeconds(2_000_000_000L)),
                        "1962"),
                refusal(() -> AmpsStopPosition.timestamp(Instant.MAX), "1970 to 9999"),
                refusal(() -> AmpsStartPosition.after(List.of()), "after() got no bookmark"),
                refusal(() -> AmpsStopPosition.at(List.of()), "at() got no bookmark"),
                refusal(
                        () -> AmpsStartPosition.after(new AmpsBookmark(0, 1)),
                        "after() got 0|1|, which is no bookmark of a message"),
                refusal(() -> AmpsStopPosition.afterMessages(0), "afterMessages() got 0"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return arguments(call, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aPositionHasToExist(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everythingButNeverIsBounded() {
        assertThat(AmpsStopPosition.never().isBounded()).isFalse();
        assertThat(AmpsStopPosition.latestAtStart().isBounded()).isTrue();
        assertThat(AmpsStopPosition.at(new AmpsBookmark(1, 2)).isBounded()).isTrue();
    }
}
