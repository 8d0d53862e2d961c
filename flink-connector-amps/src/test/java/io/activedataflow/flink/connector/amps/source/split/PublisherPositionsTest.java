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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

@Timeout(60)
class PublisherPositionsTest {

    private static final long NO_TIME = ReplayPosition.UNKNOWN_TIME;
    private static final long SECOND = 1_000_000L;
    private static final long NOON = 1_767_268_800L * SECOND;

    private static PublisherPositions keeping(int atLeast, Duration keepFor) {
        return new PublisherPositions(List.of(), NO_TIME, new PublisherPruning(atLeast, keepFor));
    }

    private static List<Long> ids(PublisherPositions positions) {
        return positions.toList().stream().map(PublisherPosition::publisherId).toList();
    }

    @Test
    void sequencesAreUnsigned() {
        PublisherPositions positions = keeping(10, Duration.ZERO);
        positions.advance(-1L, Long.MAX_VALUE, NO_TIME);
        positions.advance(-1L, Long.MIN_VALUE, NO_TIME);

        assertThat(positions.covers(-1L, Long.MAX_VALUE)).isTrue();
        assertThat(positions.covers(-1L, Long.MIN_VALUE)).isTrue();
        assertThat(positions.covers(-1L, Long.MIN_VALUE + 1)).isFalse();
        assertThat(positions.covers(-1L, -1L)).isFalse();
        assertThat(positions.covers(1L, 0L)).as("another publisher").isFalse();
    }

    @Test
    void publisherZeroSurvivesGrowth() {
        PublisherPositions positions = keeping(100_000, Duration.ZERO);
        for (long id = 40; id >= 0; id--) {
            positions.advance(id, 100 + id, NO_TIME);
        }
        for (long id = 1000; id < 5000; id++) {
            positions.advance(id, 1, NO_TIME);
        }

        assertThat(positions.size()).isEqualTo(4041);
        assertThat(positions.covers(0, 100)).isTrue();
        assertThat(positions.covers(0, 101)).isFalse();
    }

    static Stream<org.junit.jupiter.api.Named<LongUnaryOperator>> distributions() {
        // The last one undoes the multiplication by which tables like this often spread keys.
        long inverse = inverseOf(0x9E3779B97F4A7C15L);
        return Stream.of(
                named("in a row", i -> i),
                named("downwards from the largest", i -> -1 - i),
                named("only in the upper half", i -> i << 32),
                named("only in the highest bits", i -> Long.reverse(i)),
                named("multiples of a large power of two", i -> i << 20),
                named("with the same product", i -> i * inverse));
    }

    private static long inverseOf(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @ParameterizedTest
    @MethodSource("distributions")
    @Timeout(20)
    void publishersAreFoundQuicklyHoweverTheirIdsAreDistributed(LongUnaryOperator idOf) {
        int count = 300_000;
        PublisherPositions positions = keeping(count, Duration.ZERO);
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < count; i++) {
                positions.advance(idOf.applyAsLong(i), round, NO_TIME);
            }
        }

        assertThat(positions.size()).isEqualTo(count);
        assertThat(LongStream.range(0, count).map(idOf))
                .allMatch(id -> positions.covers(id, 2) && !positions.covers(id, 3));
    }

    // ------------------------------------------------------------------------- pruning

    @Test
    void withoutTimesTheLastToComeAreKept() {
        PublisherPositions positions = keeping(2, Duration.ofDays(1));
        LongStream.of(1, 2, 3, 1).forEach(id -> positions.advance(id, 9, NO_TIME));
        positions.prune();

        assertThat(ids(positions)).containsExactly(1L, 3L);
    }

    @Test
    void withTimesTheRecentAreKeptToo() {
        PublisherPositions positions = keeping(1, Duration.ofSeconds(10));
        positions.advance(1, 1, NOON - 11 * SECOND);
        positions.advance(2, 1, NO_TIME);
        positions.advance(3, 1, NOON - 10 * SECOND);
        positions.advance(4, 1, NOON);
        positions.prune();

        assertThat(ids(positions)).containsExactly(4L, 3L);
    }

    @Test
    void ageCountsFromTheLatestTimeKnown() {
        PublisherPositions positions =
                new PublisherPositions(
                        List.of(
                                new PublisherPosition(1, 1, NOON),
                                new PublisherPosition(2, 1, NOON - SECOND)),
                        NOON + 60 * SECOND,
                        new PublisherPruning(1, Duration.ofSeconds(10)));
        positions.prune();

        assertThat(ids(positions)).containsExactly(1L);
    }

    @Test
    void aTimeThatIsLongerThanAllTimeKeepsAllWithATime() {
        PublisherPositions positions = keeping(1, Duration.ofSeconds(Long.MAX_VALUE));
        positions.advance(1, 1, 0);
        positions.advance(2, 1, NO_TIME);
        positions.advance(3, 1, NOON);
        positions.prune();

        assertThat(ids(positions)).containsExactly(3L, 1L);
    }

    @Test
    void onePublisherCanBeSpared() {
        PublisherPositions positions = keeping(1, Duration.ZERO);
        LongStream.of(1, 2, 3).forEach(id -> positions.advance(id, 9, NO_TIME));
        positions.pruneAllBut(1);
        assertThat(ids(positions)).containsExactly(3L, 1L);

        positions.pruneAllBut(77);
        assertThat(ids(positions)).as("a publisher that is not there").containsExactly(3L);
    }

    @Test
    void memoryStaysBoundedWhilePublishersComeAndGo() {
        PublisherPositions positions = keeping(100, Duration.ofDays(1));
        for (long id = 0; id < 200_000; id++) {
            positions.advance(id, 1, NO_TIME);
            assertThat(positions.capacity()).isLessThanOrEqualTo(1024);
        }

        assertThat(positions.size()).isLessThanOrEqualTo(512);
        assertThat(ids(positions)).startsWith(199_999L, 199_998L).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void memoryIsGivenBackWhenAWaveOfPublishersIsOver() {
        PublisherPositions positions = keeping(10, Duration.ofSeconds(1));
        for (long id = 0; id < 50_000; id++) {
            positions.advance(id, 1, NOON);
        }
        assertThat(positions.size()).isEqualTo(50_000);

        positions.advance(-1, 1, NOON + 60 * SECOND);
        positions.prune();

        assertThat(positions.size()).isEqualTo(10);
        assertThat(positions.capacity()).isLessThanOrEqualTo(64);
        assertThat(positions.covers(49_999, 1)).isTrue();
        assertThat(positions.covers(0, 1)).isFalse();
    }

    @Test
    void nothingIsLeftAfterClear() {
        PublisherPositions positions = keeping(10, Duration.ZERO);
        positions.advance(5, 5, NOON);
        positions.clear();

        assertThat(positions.size()).isZero();
        assertThat(positions.covers(5, 1)).isFalse();
        assertThat(positions.latestMicros()).isEqualTo(NO_TIME);
        assertThat(positions.toList()).isEmpty();
    }

    @Test
    void rulesThatKeepNothingAreRefused() {
        assertThatThrownBy(() -> new PublisherPruning(0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new PublisherPruning(1, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not negative");
    }
}
