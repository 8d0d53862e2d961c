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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Splits, what they are made of, and their mutable counterpart. */
@Timeout(60)
class AmpsSplitTest {

    private static final String SERVER = "tcp://amps1:9007/amps/json";
    private static final AmpsTopic ORDERS = AmpsTopic.literal("orders");
    private static final PublisherPruning PRUNING = new PublisherPruning(10, Duration.ofDays(1));

    private static AmpsSplit split(AmpsTopic topic, AmpsShard shard, ReplayEnd end, long count) {
        return new AmpsSplit(
                topic,
                shard,
                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                "0",
                ReplayPosition.NONE,
                end,
                count,
                "0");
    }

    private static AmpsSplit split(AmpsTopic topic, AmpsShard shard) {
        return split(topic, shard, null, AmpsSplit.UNLIMITED);
    }

    @Test
    void anIdTellsTheTopic() {
        AmpsTopic pattern = AmpsTopic.pattern("^(?:a#1/2|b)$");
        AmpsTopic slashes = AmpsTopic.literal("/orders/new/");
        for (AmpsTopic topic : List.of(ORDERS, pattern, slashes, AmpsTopic.literal("a#b"))) {
            String whole = AmpsSplit.splitId(topic, AmpsShard.WHOLE);
            String shard = AmpsSplit.splitId(topic, new AmpsShard(1, 12, "/id"));

            assertThat(whole).isEqualTo(split(topic, AmpsShard.WHOLE).splitId());
            assertThat(AmpsSplit.topicOf(whole, 1)).isEqualTo(topic);
            assertThat(shard).isEqualTo(whole + "#1/12");
            assertThat(AmpsSplit.topicOf(shard, 12)).isEqualTo(topic);
        }
        assertThat(AmpsSplit.topicOf("orders", 2)).as("an ID of no shard").isEqualTo(ORDERS);
    }

    @Test
    void splitsAreOrderedByTopicThenByNumberOfTheShard() {
        AmpsSplit second = split(ORDERS, new AmpsShard(2, 11, "/id"));
        AmpsSplit tenth = split(ORDERS, new AmpsShard(10, 11, "/id"));
        AmpsSplit other = split(AmpsTopic.literal("a"), AmpsShard.WHOLE);

        assertThat(new TreeSet<>(List.of(tenth, second, other)))
                .containsExactly(other, second, tenth);
    }

    @Test
    void anEndOrANumberOfMessagesBoundsASplit() {
        ReplayEnd end = ReplayEnd.ofLog("1|1|", SERVER);

        assertThat(split(ORDERS, AmpsShard.WHOLE).isBounded()).isFalse();
        assertThat(split(ORDERS, AmpsShard.WHOLE, end, AmpsSplit.UNLIMITED).isBounded()).isTrue();
        assertThat(split(ORDERS, AmpsShard.WHOLE, null, 0).isBounded()).isTrue();
    }

    @Test
    void readingGoesOnAfterTheBookmarkOrAtTheStart() {
        AmpsSplitState state = new AmpsSplitState(split(ORDERS, AmpsShard.WHOLE), PRUNING);
        assertThat(state.toSplit().resumePoint()).isEqualTo("0");

        state.advance(SERVER, 1, 5, 0);

        assertThat(state.toSplit().resumePoint()).isEqualTo("1|5| of " + SERVER);
    }

    @Test
    void partsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new AmpsShard(2, 2, "/id")).hasMessageContaining("shard 2 of 2");
        assertThatThrownBy(() -> new AmpsShard(-1, 2, "/id")).hasMessageContaining("shard -1");
        assertThatThrownBy(() -> new AmpsShard(0, 2, null)).hasMessageContaining("by null");
        assertThatThrownBy(() -> new AmpsShard(0, 1, "/id")).hasMessageContaining("by /id");
        assertThatThrownBy(() -> split(ORDERS, AmpsShard.WHOLE, null, -2))
                .hasMessageContaining("-2");
    }

    @Test
    void theFilterOfAShardIsJoinedToTheUsers() {
        AmpsShard shard = new AmpsShard(1, 4, "/id");

        assertThat(shard.filter("/a = 1 OR /b = 2"))
                .isEqualTo("(/a = 1 OR /b = 2) AND ((ABS(CRC32(/id)) % 4) = 1)");
        assertThat(shard.filter(null)).isEqualTo("(ABS(CRC32(/id)) % 4) = 1");
        assertThat(AmpsShard.WHOLE.filter("/a = 1")).isEqualTo("/a = 1");
        assertThat(AmpsShard.WHOLE.filter(null)).isNull();
    }

    // ---------------------------------------------------------------------- mutable state

    @Test
    void aStateThatNothingHappenedToIsTheSplit() {
        AmpsSplit split = split(ORDERS, AmpsShard.WHOLE, ReplayEnd.ofLog("1|1|", SERVER), 3);

        assertThat(new AmpsSplitState(split, PRUNING).toSplit()).isEqualTo(split);
    }

    @Test
    void emittedMessagesAreCountedDownToZero() {
        AmpsSplitState state = new AmpsSplitState(split(ORDERS, AmpsShard.WHOLE, null, 3), PRUNING);
        state.advance(SERVER, 1, 5, 0);
        state.countEmitted();
        assertThat(state.toSplit().remaining()).isEqualTo(1);
        state.countEmitted();
        state.countEmitted();
        assertThat(state.toSplit().remaining()).isZero();

        AmpsSplitState unlimited = new AmpsSplitState(split(ORDERS, AmpsShard.WHOLE), PRUNING);
        unlimited.advance(SERVER, 1, 5, 0);
        assertThat(unlimited.toSplit().remaining()).isEqualTo(AmpsSplit.UNLIMITED);
    }

    @Test
    void startingOverForgetsWhatWasReadButNotTheRest() {
        AmpsSplitState state = new AmpsSplitState(split(ORDERS, AmpsShard.WHOLE, null, 3), PRUNING);
        state.advance(SERVER, 1, 5, 7);
        state.endAt(new ReplayEnd("1|9|", true, SERVER));
        state.restartAt("20260102T030405.000000Z");

        AmpsSplit split = state.toSplit();
        assertThat(split.start()).isEqualTo("20260102T030405.000000Z");
        assertThat(split.position()).isEqualTo(ReplayPosition.NONE);
        assertThat(split.end().bookmark()).isEqualTo("1|9|");
        assertThat(split.remaining()).isEqualTo(2);
        assertThat(split.appliedOverride()).isEqualTo("0");
    }

    @Test
    void aPositionPastTheLastMessageIsKept() {
        AmpsSplitState state = new AmpsSplitState(split(ORDERS, AmpsShard.WHOLE), PRUNING);
        state.moveTo(SERVER, new AmpsBookmark(9, 9));

        assertThat(state.toSplit().position().idle()).isTrue();
        assertThat(state.toSplit().resumePoint()).isEqualTo("9|9| of " + SERVER);
    }
}
