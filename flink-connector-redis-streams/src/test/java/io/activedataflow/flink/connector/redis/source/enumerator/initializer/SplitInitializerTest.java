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

package io.activedataflow.flink.connector.redis.source.enumerator.initializer;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.enumerator.subscriber.DiscoveredStream;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition.afterIds;
import static io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition.committed;
import static io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition.earliest;
import static io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition.latest;
import static io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition.never;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class SplitInitializerTest {

    private static final DiscoveredStream THERE = new DiscoveredStream("s-1", 1, false);
    private static final DiscoveredStream SCANNED = new DiscoveredStream("s-1", 1, true);
    private static final DiscoveredStream ABSENT = new DiscoveredStream("s-2", 2, false);

    private final FakeRedisStreamsClient redis =
            FakeRedisStreamsClient.modern().add("s-1", "5-1", "6-0", "9-3");

    private static StreamEntryId id(String text) {
        return StreamEntryId.parse(text);
    }

    private RedisStreamsSplit from(RedisStreamsStartPosition start, DiscoveredStream stream) {
        return new SplitInitializer(start, never(), "g").atStart(redis, stream);
    }

    private StopPoint to(RedisStreamsStopPosition stop, DiscoveredStream stream) {
        return new SplitInitializer(earliest(), stop, null).atStart(redis, stream).stop();
    }

    private static RedisStreamsSplit split(
            DiscoveredStream stream, String bookmark, long read, boolean strict, boolean seen) {
        return new RedisStreamsSplit(
                stream.key(), stream.partition(), id(bookmark), read, strict, seen, null, null);
    }

    @Test
    void earliestIsTheBeginningAndAsksNothing() {
        assertThat(from(earliest(), THERE)).isEqualTo(split(THERE, "0-0", -1, false, false));
        assertThat(from(earliest(), SCANNED)).isEqualTo(split(THERE, "0-0", -1, false, true));
        assertThat(redis.calls()).isEmpty();
    }

    @Test
    void latestIsTheLastEntryEverAddedWithItsOrdinal() {
        assertThat(from(latest(), THERE)).isEqualTo(split(THERE, "9-3", 3, true, true));
    }

    @Test
    void latestHasNoOrdinalBeforeRedis7() {
        FakeRedisStreamsClient old = FakeRedisStreamsClient.beforeSeven().add("s-1", "5-1");

        assertThat(new SplitInitializer(latest(), never(), null).atStart(old, THERE))
                .isEqualTo(split(THERE, "5-1", -1, true, true));
    }

    @Test
    void latestOfAStreamThatIsNotThereIsItsBeginning() {
        assertThat(from(latest(), ABSENT)).isEqualTo(split(ABSENT, "0-0", -1, false, false));
    }

    @Test
    void aTimestampIncludesItsMillisecond() {
        assertThat(from(RedisStreamsStartPosition.timestamp(6), SCANNED))
                .isEqualTo(split(THERE, "5-18446744073709551615", -1, false, true));
        assertThat(from(RedisStreamsStartPosition.timestamp(0), THERE).bookmark())
                .isEqualTo(StreamEntryId.ZERO);
    }

    @Test
    void explicitIdsAreExactPositionsExceptTheBeginning() {
        assertThat(from(afterIds(Map.of("s-1", id("6-0"))), SCANNED))
                .isEqualTo(split(THERE, "6-0", -1, true, false));
        assertThat(from(afterIds(Map.of("s-1", StreamEntryId.ZERO)), SCANNED).strict()).isFalse();
    }

    @Test
    void withoutAnExplicitIdTheFallbackCounts() {
        assertThat(from(afterIds(Map.of("x", id("6-0"))), THERE).bookmark())
                .isEqualTo(StreamEntryId.ZERO);
        assertThat(from(afterIds(Map.of("x", id("6-0")), latest()), THERE).bookmark())
                .isEqualTo(id("9-3"));
    }

    @Test
    void committedIsTheCursorOfTheGroup() {
        redis.commitCursor("s-1", "g", id("6-0"), 2);

        assertThat(from(committed(), THERE)).isEqualTo(split(THERE, "6-0", 2, true, false));
    }

    @Test
    void aCursorAtTheBeginningIsALenientStart() {
        redis.commitCursor("s-1", "g", StreamEntryId.ZERO, 0);

        assertThat(from(committed(), THERE)).isEqualTo(split(THERE, "0-0", -1, false, false));
    }

    @Test
    void withoutACursorTheFallbackCounts() {
        redis.commitCursor("s-1", "another", id("6-0"), 2);

        assertThat(from(committed(latest()), THERE).bookmark()).isEqualTo(id("9-3"));
        assertThat(from(committed(latest()), ABSENT).bookmark()).isEqualTo(StreamEntryId.ZERO);
    }

    @Test
    void withoutACursorOrAFallbackTheJobFails() {
        for (DiscoveredStream stream : new DiscoveredStream[] {THERE, ABSENT}) {
            assertThatThrownBy(() -> from(committed(), stream))
                    .isInstanceOf(RedisStreamsException.class)
                    .hasMessageContaining("group 'g'")
                    .hasMessageContaining("'" + stream.key() + "'")
                    .hasMessageContaining("XGROUP CREATE")
                    .satisfies(
                            e -> assertThat(((RedisStreamsException) e).isRetriable()).isFalse());
        }
    }

    @Test
    void committedWithoutAGroupIsRefused() {
        assertThatThrownBy(() -> new SplitInitializer(committed(), never(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a consumer group");
    }

    @Test
    void stopsBecomeStopPoints() {
        assertThat(to(never(), THERE)).isNull();
        assertThat(to(RedisStreamsStopPosition.latest(), THERE))
                .isEqualTo(new StopPoint(id("9-3"), false));
        assertThat(to(RedisStreamsStopPosition.latest(), ABSENT))
                .isEqualTo(new StopPoint(StreamEntryId.ZERO, false));
        assertThat(to(RedisStreamsStopPosition.timestamp(6), THERE))
                .isEqualTo(new StopPoint(id("5-18446744073709551615"), true));
        assertThat(to(RedisStreamsStopPosition.timestamp(0), THERE))
                .isEqualTo(new StopPoint(StreamEntryId.ZERO, true));
        assertThat(to(RedisStreamsStopPosition.ids(Map.of("s-1", id("7-0"))), THERE))
                .isEqualTo(new StopPoint(id("7-0"), false));
    }

    @Test
    void aStreamWithoutStopIdIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> to(RedisStreamsStopPosition.ids(Map.of("s-1", id("7-0"))), ABSENT))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContaining("no stop ID for the stream 's-2'");
    }

    @Test
    void startAndStopAreOfTheSameMoment() {
        redis.beforeCall(() -> redis.add("s-1", (10 + redis.calls().size()) + "-0"));

        RedisStreamsSplit split =
                new SplitInitializer(latest(), RedisStreamsStopPosition.latest(), null)
                        .atStart(redis, THERE);

        assertThat(split.bookmark()).isEqualTo(split.stop().lastId());
        assertThat(redis.calls()).containsExactly("streamInfo s-1");
    }

    @Test
    void whatAppearsLaterIsReadFromItsBeginning() {
        assertThat(new SplitInitializer(latest(), never(), null).appearedLater(SCANNED))
                .isEqualTo(split(THERE, "0-0", -1, false, true));
        assertThat(redis.calls()).isEmpty();
    }
}
