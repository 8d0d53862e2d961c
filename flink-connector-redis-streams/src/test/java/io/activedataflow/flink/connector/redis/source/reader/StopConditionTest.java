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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.source.reader.StreamObservation.Question;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class StopConditionTest {

    @Test
    void withoutAStopThereIsNoEnd() {
        StopCondition never = new StopCondition(null);
        never.observe(observed("9-0", 99));

        assertThat(never.isBounded()).isFalse();
        assertThat(never.needsServerTime()).isFalse();
        assertThat(never.endWithin(entries(1, 2, 3), 0, 3)).isEqualTo(3);
        assertThat(never.isReached(StreamEntryId.MAX)).isFalse();
        assertThat(never.isServerPast()).isFalse();
    }

    @Test
    void cutsASectionAfterTheLastEntryThatBelongsToIt() {
        EntryBuffer buffer = entries(1, 2, 3, 4, 5, 6, 7);
        for (int stop = 0; stop <= 8; stop++) {
            int expected = Math.max(2, Math.min(stop, 7));
            assertThat(at(stop + "-0").endWithin(buffer, 2, 7))
                    .as("stop " + stop)
                    .isEqualTo(expected);
        }
    }

    @Test
    void comparesUnsigned() {
        EntryBuffer buffer = entries(1, -1);

        assertThat(at("5-0").endWithin(buffer, 0, 2)).isEqualTo(1);
        assertThat(at("18446744073709551615-0").endWithin(buffer, 0, 2)).isEqualTo(2);
    }

    @Test
    void isReachedAtTheStopOrOnceAnEntryBeyondItWasSeen() {
        StopCondition stop = at("3-0");
        assertThat(stop.isReached(StreamEntryId.parse("2-9"))).isFalse();
        assertThat(stop.isReached(StreamEntryId.parse("3-0"))).isTrue();
        stop.endWithin(entries(1, 2), 0, 2);
        assertThat(stop.isReached(StreamEntryId.parse("2-0"))).isFalse();
        stop.endWithin(entries(2, 4), 0, 2);
        assertThat(stop.isReached(StreamEntryId.parse("2-0"))).isTrue();
    }

    @Test
    void theServerIsPastAStreamsStopOnceTheStreamIs() {
        StopCondition stop = at("3-0");
        stop.observe(observed(null, 99));
        stop.observe(observed("2-9", 99));
        assertThat(stop.isServerPast()).isFalse();
        stop.observe(observed("3-0", 0));
        assertThat(stop.isServerPast()).isTrue();
        stop.observe(observed("1-0", 0));
        assertThat(stop.isServerPast()).as("stays so").isTrue();
    }

    @Test
    void theServerIsPastATimeOnceItsClockIs() {
        StopCondition stop = new StopCondition(new StopPoint(new StreamEntryId(100, -1), true));
        assertThat(stop.needsServerTime()).isTrue();
        stop.observe(observed("100-7", 100));
        assertThat(stop.isServerPast()).isFalse();
        stop.observe(observed(null, 101));
        assertThat(stop.isServerPast()).isTrue();
    }

    @Test
    void aStreamReadFromItsBeginningAgainHasToGetThereAgain() {
        StopCondition stop = at("3-0");
        stop.observe(observed("3-0", 0));
        stop.endWithin(entries(4), 0, 1);
        stop.rewind();

        assertThat(stop.isReached(StreamEntryId.ZERO)).isFalse();
        assertThat(stop.isServerPast()).isFalse();
    }

    private static StopCondition at(String id) {
        return new StopCondition(new StopPoint(StreamEntryId.parse(id), false));
    }

    private static EntryBuffer entries(long... milliseconds) {
        EntryBuffer buffer = new EntryBuffer();
        for (long each : milliseconds) {
            buffer.beginEntry(each, 0);
        }
        return buffer;
    }

    private static StreamObservation observed(String lastId, long serverTime) {
        return new StreamObservation(
                new Question("a", StreamEntryId.ZERO, false, true, false),
                Optional.ofNullable(lastId)
                        .map(
                                id ->
                                        new StreamInfo(
                                                1,
                                                StreamEntryId.parse(id),
                                                StreamEntryId.parse(id),
                                                1,
                                                StreamEntryId.ZERO)),
                false,
                OptionalLong.of(serverTime),
                new RedisNode("h", 1));
    }
}
