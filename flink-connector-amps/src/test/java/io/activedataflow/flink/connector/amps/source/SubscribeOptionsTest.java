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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class SubscribeOptionsTest {

    private static List<String> problems(AmpsSubscriptionKind kind, String... options) {
        List<String> problems = new ArrayList<>();
        SubscribeOptions.addProblems(kind, List.of(options), problems);
        return problems;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fully_durable", "rate=2X", "conflation_key=[/a,/b]", "future_option=1"})
    void anOptionIsTakenAsItIs(String option) {
        assertThat(SubscribeOptions.require(' ' + option + ' ')).isEqualTo(option);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "a,b", "a=1,b=2", "a=", "=1", "a=[x", "a=[[x]]", "a b", "a=\n"})
    void everyOptionIsATextOfItsOwn(String option) {
        assertThatThrownBy(() -> SubscribeOptions.require(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not one option. Give each as a text of its own");
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp, setTimestamps",
        "bookmark_not_found=now, setOnDataLoss",
        "non_regex_topic, setTopics",
        "'select=[-/,+/id]', setFieldSelection",
        "Timestamp, setTimestamps",
        "replace, cannot be changed",
        "pause, Nothing would resume it",
        "resume, never paused",
        "max_backlog=5, AmpsQueueOptions.withMaxBacklog",
        "send_keys, another kind",
        "cancel, another kind",
        "expire, another kind",
        "ack_conflation=1s, another kind",
    })
    void whatTheConnectorDoesItselfIsRefusedWithTheSetter(String option, String remedy) {
        assertThatThrownBy(() -> SubscribeOptions.require(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + option + "' cannot be set with setOptions", remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "conflation=100ms, positions are then lost",
        "conflation=auto, positions are then lost",
        "'conflation_key=[/a,/b]', positions are then lost",
        "live, before they are in the log",
        "grouping=[/k], aggregate in the job",
        "projection=[SUM(/a) AS /b], aggregate in the job",
        "delta, Remove it",
        "top_n=5, setBounded(AmpsStopPosition.afterMessages(n))",
        "skip_n=5, setStartPosition",
        "bookmark, Remove it",
        "oof, AmpsSubscriptionKind.LIVE",
    })
    void whatIsNotExactlyOnceIsAProblemOfAReplay(String option, String remedy) {
        assertThat(problems(AmpsSubscriptionKind.BOOKMARK_REPLAY, option))
                .singleElement()
                .asString()
                .contains("'" + option + "' and a bookmark replay (exactly once)", remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fully_durable",
                "rate=1000",
                "rate_max_gap=10s",
                "no_sowkey",
                "conflation=none"
            })
    void whatIsExactlyOnceIsNone(String option) {
        assertThat(problems(AmpsSubscriptionKind.BOOKMARK_REPLAY, option)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fully_durable", "live", "rate=1000", "rate_max_gap=10s", "top_n=1"})
    void whatNeedsTheLogIsAProblemOfALiveSubscription(String option) {
        assertThat(problems(AmpsSubscriptionKind.LIVE, option))
                .singleElement()
                .asString()
                .contains(
                        "'" + option + "' needs the transaction log",
                        "AmpsSubscriptionKind.BOOKMARK_REPLAY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflation=100ms", "oof", "bookmark", "no_sowkey"})
    void aLiveSubscriptionMayConflate(String option) {
        assertThat(problems(AmpsSubscriptionKind.LIVE, option)).isEmpty();
    }

    @Test
    void anOptionIsGivenOnce() {
        assertThat(problems(AmpsSubscriptionKind.LIVE, "conflation=1s", "conflation=2s", "oof"))
                .containsExactly(
                        "The server option 'conflation' is given more than once. Keep one.");
    }
}
