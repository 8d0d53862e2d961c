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
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Intact;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Lost;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Position;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Reset;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Verdict;
import io.activedataflow.flink.connector.redis.source.reader.StreamObservation.Question;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

/** IDs here are n-0 for the n-th entry ever added, so that ordinals can be read off. */
@Timeout(10)
class PositionAuditTest {

    private static final long UNKNOWN = -1;

    @Nested
    class CountingServer {

        @Test
        void nothingIsMissingWhileTheBookmarkIsStillThere() {
            assertThat(judge(emitted(5, 5), info(10, 10, 1, 10, 0))).isEqualTo(new Intact(5));
        }

        @Test
        void trimmedUpToTheBookmarkIsNoLoss() {
            assertThat(judge(emitted(5, 5), info(5, 10, 6, 10, 0))).isEqualTo(new Intact(5));
        }

        @Test
        void trimmedPastTheBookmarkIsAnExactLoss() {
            assertThat(judge(emitted(5, 5), info(2, 10, 9, 10, 0)))
                    .isEqualTo(new Lost(3, true, id(9), 8));
        }

        @Test
        void holesInWhatWasTrimmedCountAsLost() {
            // 5 added, 2 read, 1 deleted, then trimmed to the last one.
            assertThat(judge(emitted(2, 2), info(1, 5, 5, 5, 4)))
                    .isEqualTo(new Lost(2, true, id(5), 4));
        }

        @Test
        void anEmptiedStreamHasLostWhatWasNotRead() {
            assertThat(judge(emitted(5, 5), info(0, 10, 0, 10, 0)))
                    .isEqualTo(new Lost(5, true, null, 10));
            assertThat(judge(emitted(10, 10), info(0, 10, 0, 10, 0))).isEqualTo(new Intact(10));
        }

        @Test
        void withoutAnOrdinalTheLossIsABound() {
            assertThat(judge(emitted(5, UNKNOWN), info(2, 10, 9, 10, 0)))
                    .isEqualTo(new Lost(8, false, id(9), 8));
        }

        @Test
        void withoutAnOrdinalNothingIsLostFromAStreamThatNeverLostAnything() {
            assertThat(judge(emitted(5, UNKNOWN), info(4, 10, 7, 4, 0))).isEqualTo(new Intact(0));
        }

        @Test
        void theOrdinalIsLearntOnceCaughtUp() {
            assertThat(judge(emitted(10, UNKNOWN), info(3, 10, 8, 10, 0)))
                    .isEqualTo(new Intact(10));
        }

        @Test
        void aLenientStartTakesWhatIsThereAndLearnsItsOrdinal() {
            Position earliest = new Position(StreamEntryId.ZERO, UNKNOWN, false, false);
            assertThat(judge(earliest, info(2, 10, 9, 10, 0))).isEqualTo(new Intact(8));
        }

        @Test
        void aStreamWrittenAnewWithLowerIdsIsAReset() {
            assertThat(judge(emitted(50, 50), info(3, 3, 1, 3, 0))).isInstanceOf(Reset.class);
        }

        @Test
        void aStreamWrittenAnewWithHigherIdsIsAReset() {
            assertThat(judge(emitted(50, 50), info(60, 160, 101, 60, 0))).isInstanceOf(Reset.class);
            assertThat(judge(emitted(50, 50), info(10, 160, 151, 10, 0))).isInstanceOf(Reset.class);
        }

        @Test
        void aPromotedReplicaThatMissedTheBookmarkIsAReset() {
            assertThat(judge(emitted(10, 10), info(12, 14, 1, 12, 0), true))
                    .isInstanceOf(Reset.class);
        }

        @Test
        void aBookmarkThatWasDeletedOnPurposeIsNoReset() {
            assertThat(judge(emitted(10, 10), info(13, 14, 1, 14, 10), true))
                    .isEqualTo(new Intact(10));
        }

        @Test
        void aStartThatWasNeverAnEntryNeedNotExist() {
            Position explicit = new Position(id(10), UNKNOWN, true, false);
            assertThat(judge(explicit, info(13, 14, 1, 14, 0), true))
                    .isEqualTo(new Intact(UNKNOWN));
        }

        @Test
        void aPositionThatMovedOnAfterTheObservationIsNotAheadOfTheStream() {
            Question asked = new Question("s", id(10), true, true, false, false, false);
            StreamObservation observed = observation(asked, info(10, 10, 1, 10, 0), false);
            assertThat(PositionAudit.judge(emitted(12, 12), observed)).isEqualTo(new Intact(12));
        }
    }

    @Test
    void aStartAheadOfTheStreamIsNotAResetOnceReadingHasBegun() {
        Question asked = new Question("s", id(20), false, true, true, false, false);
        StreamObservation observed = observation(asked, info(10, 10, 1, 10, 0), false);
        assertThat(PositionAudit.judge(emitted(21, UNKNOWN), observed))
                .isEqualTo(new Intact(UNKNOWN));
    }

    @Nested
    class ServerThatDoesNotCount {

        @Test
        void trimmedPastTheBookmarkMayBeALoss() {
            assertThat(judge(emitted(5, UNKNOWN), info(2, 10, 9, UNKNOWN, UNKNOWN)))
                    .isEqualTo(new Lost(Lost.UNKNOWN_COUNT, false, id(9), UNKNOWN));
        }

        @Test
        void nothingIsMissingWhileOlderEntriesAreThere() {
            assertThat(judge(emitted(5, UNKNOWN), info(8, 10, 3, UNKNOWN, UNKNOWN)))
                    .isEqualTo(new Intact(UNKNOWN));
        }

        @Test
        void lowerIdsAreAReset() {
            assertThat(judge(emitted(50, UNKNOWN), info(3, 3, 1, UNKNOWN, UNKNOWN)))
                    .isInstanceOf(Reset.class);
        }
    }

    @Test
    void aStreamThatWasSeenAndIsGoneIsAReset() {
        assertThat(PositionAudit.judge(emitted(5, 5), missing(true))).isInstanceOf(Reset.class);
    }

    /** It appeared and was read while the answer was on its way. */
    @Test
    void aStreamThatWasNotThereYetIsNotGone() {
        assertThat(PositionAudit.judge(emitted(5, 5), missing(false))).isEqualTo(new Intact(5));
    }

    @Test
    void aStreamThatWasNeverSeenIsEmpty() {
        Position never = new Position(StreamEntryId.ZERO, UNKNOWN, false, false);
        assertThat(PositionAudit.judge(never, missing(false))).isEqualTo(new Intact(UNKNOWN));
    }

    @Test
    void lossesAreDescribedAsWhatTheyAre() {
        assertThat(new Lost(1, true, null, 0).describe()).isEqualTo("1 entry was lost");
        assertThat(new Lost(7, false, null, 0).describe()).isEqualTo("at most 7 entries were lost");
        assertThat(new Lost(Lost.UNKNOWN_COUNT, false, null, 0).describe())
                .startsWith("entries may be lost");
    }

    private static Verdict judge(Position position, StreamInfo info) {
        return judge(position, info, false);
    }

    private static Verdict judge(Position position, StreamInfo info, boolean bookmarkMissing) {
        Question asked =
                new Question(
                        "s",
                        position.id(),
                        position.strict(),
                        position.isEntry(),
                        true,
                        false,
                        false);
        return PositionAudit.judge(position, observation(asked, info, bookmarkMissing));
    }

    private static StreamObservation observation(
            Question asked, StreamInfo info, boolean bookmarkMissing) {
        return new StreamObservation(
                asked,
                Optional.of(info),
                bookmarkMissing,
                OptionalLong.empty(),
                new RedisNode("localhost", 6379));
    }

    private static StreamObservation missing(boolean seen) {
        return new StreamObservation(
                new Question("s", StreamEntryId.ZERO, seen, seen, true, false, false),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                new RedisNode("localhost", 6379));
    }

    private static Position emitted(long lastEntry, long entriesRead) {
        return new Position(id(lastEntry), entriesRead, true, true);
    }

    private static StreamInfo info(long length, long last, long first, long added, long deleted) {
        return new StreamInfo(
                length,
                id(last),
                first == 0 ? null : id(first),
                added,
                deleted == UNKNOWN ? null : id(deleted));
    }

    private static StreamEntryId id(long n) {
        return new StreamEntryId(n, 0);
    }
}
