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

package io.activedataflow.flink.connector.amps.source.enumerator.initializer;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.LogSnapshot;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SplitInitializerTest {

    private static final String SERVER = "tcp://amps1:9007/amps/json";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final String WIRE_TIME = "20260102T030405.678901Z";
    private static final AmpsBookmark END = new AmpsBookmark(-1L, Long.MIN_VALUE);

    private static final LogSnapshot LOG = new LogSnapshot(SERVER, true, END, TIME);
    private static final LogSnapshot EMPTY = new LogSnapshot(SERVER, true, null, TIME);
    private static final LogSnapshot SILENT = new LogSnapshot(SERVER, false, null, TIME);

    private static SplitInitializer replay(AmpsStartPosition start, AmpsStopPosition stop) {
        return new SplitInitializer(AmpsSubscriptionKind.BOOKMARK_REPLAY, start, stop);
    }

    private static AmpsSplit split(
            AmpsStartPosition start, AmpsStopPosition stop, LogSnapshot log) {
        SplitInitializer initializer = replay(start, stop);
        assertThat(initializer.needsLog()).isEqualTo(log != null);
        return initializer.atStart(AmpsTopic.literal("orders"), AmpsShard.WHOLE, log);
    }

    private static String start(AmpsStartPosition start, LogSnapshot log) {
        AmpsSplit split = split(start, AmpsStopPosition.never(), log);
        assertThat(split.position().isNone()).isTrue();
        assertThat(split.isBounded()).isFalse();
        return split.start();
    }

    private static ReplayEnd end(AmpsStopPosition stop, LogSnapshot log) {
        AmpsSplit split = split(AmpsStartPosition.earliest(), stop, log);
        assertThat(split.isBounded()).isTrue();
        return split.end();
    }

    @Test
    void startsThatTheUserNamedGoOverTheWireAsTheyAre() {
        assertThat(start(AmpsStartPosition.earliest(), null)).isEqualTo("0");
        assertThat(start(AmpsStartPosition.timestamp(TIME), null)).isEqualTo(WIRE_TIME);
        assertThat(start(AmpsStartPosition.after(END), null))
                .isEqualTo("18446744073709551615|9223372036854775808|");
        assertThat(start(AmpsStartPosition.after(List.of(END, new AmpsBookmark(1, 2))), null))
                .isEqualTo("18446744073709551615|9223372036854775808|,1|2|");
    }

    @Test
    void latestIsTheEndOfTheLog() {
        assertThat(start(AmpsStartPosition.latest(), LOG)).isEqualTo(END.toString());
    }

    @Test
    void latestOfAnEmptyLogIsItsBeginning() {
        assertThat(start(AmpsStartPosition.latest(), EMPTY)).isEqualTo("0");
    }

    @Test
    void latestIsTheTimeWhereTheServerDoesNotTell() {
        assertThat(start(AmpsStartPosition.latest(), SILENT)).isEqualTo(WIRE_TIME);
    }

    @Test
    void theEndOfTheLogBelongsToItsServer() {
        assertThat(end(AmpsStopPosition.latestAtStart(), LOG))
                .isEqualTo(new ReplayEnd(END.toString(), true, SERVER));
    }

    @Test
    void inAnEmptyLogThereIsNothingToRead() {
        assertThat(end(AmpsStopPosition.latestAtStart(), EMPTY).isBeforeEverything()).isTrue();
    }

    @Test
    void theEndIsATimeWhereTheServerDoesNotTell() {
        assertThat(end(AmpsStopPosition.latestAtStart(), SILENT))
                .isEqualTo(new ReplayEnd(WIRE_TIME, false, null));
    }

    @Test
    void aTimeIsExclusiveAndHoldsOnEveryServer() {
        assertThat(end(AmpsStopPosition.timestamp(TIME), null))
                .isEqualTo(new ReplayEnd(WIRE_TIME, false, null));
    }

    @Test
    void aTimeThatCannotBeWrittenIsRoundedUp() {
        // A message of microsecond 678901 lies before 678901.5 microseconds.
        assertThat(end(AmpsStopPosition.timestamp(TIME.plusNanos(500)), null).bookmark())
                .isEqualTo("20260102T030405.678902Z");
    }

    @Test
    void bookmarksAreInclusiveAndHoldOnEveryServer() {
        List<AmpsBookmark> ends = List.of(new AmpsBookmark(1, 2), new AmpsBookmark(3, 4));

        assertThat(end(AmpsStopPosition.at(ends), null))
                .isEqualTo(new ReplayEnd("1|2|,3|4|", true, null));
    }

    @Test
    void aNumberOfMessagesIsCountedDown() {
        AmpsSplit split =
                split(AmpsStartPosition.earliest(), AmpsStopPosition.afterMessages(7), null);

        assertThat(split.remaining()).isEqualTo(7);
        assertThat(split.end()).isNull();
        assertThat(split.isBounded()).isTrue();
    }

    @Test
    void liveSubscriptionsNeedNoLog() {
        SplitInitializer live =
                new SplitInitializer(
                        AmpsSubscriptionKind.LIVE,
                        AmpsStartPosition.latest(),
                        AmpsStopPosition.afterMessages(3));

        assertThat(live.needsLog()).isFalse();
        AmpsSplit split = live.atStart(AmpsTopic.literal("orders"), AmpsShard.WHOLE, null);
        assertThat(split.kind()).isEqualTo(AmpsSubscriptionKind.LIVE);
        assertThat(split.position().isNone()).isTrue();
        assertThat(split.end()).isNull();
        assertThat(split.remaining()).isEqualTo(3);
    }

    @Test
    void whatAppearsLaterIsReadFromTheBeginning() {
        AmpsShard shard = new AmpsShard(1, 2, "/id");
        AmpsSplit split =
                replay(AmpsStartPosition.latest(), AmpsStopPosition.never())
                        .appearedLater(AmpsTopic.literal("orders"), shard);

        assertThat(split.start()).isEqualTo("0");
        assertThat(split.shard()).isEqualTo(shard);
        assertThat(split.isBounded()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SOW", "SOW_AND_SUBSCRIBE"})
    void queriesAreOfTheStateOfTheWorldAsItIsUnlessAPointInThePastIsNamed(
            AmpsSubscriptionKind kind) {
        SplitInitializer asItIs = new SplitInitializer(kind, null, AmpsStopPosition.never());
        SplitInitializer asItWas =
                new SplitInitializer(
                        kind, AmpsStartPosition.timestamp(TIME), AmpsStopPosition.never());
        AmpsTopic topic = AmpsTopic.literal("orders");

        assertThat(asItIs.needsLog()).isFalse();
        assertThat(asItIs.atStart(topic, AmpsShard.WHOLE, null).start()).isEmpty();
        assertThat(asItWas.atStart(topic, AmpsShard.WHOLE, null).start()).isEqualTo(WIRE_TIME);
        assertThat(asItWas.appearedLater(topic, AmpsShard.WHOLE).start()).isEmpty();
        assertThat(asItIs.atStart(topic, AmpsShard.WHOLE, null).kindState())
                .isEqualTo(KindState.Snapshot.BEGINNING);
    }
}
