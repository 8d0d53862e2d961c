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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class ReplayTrackerTest {

    private static final String ONE = "tcp://amps1:9007/amps/json";
    private static final String TWO = "tcp://amps2:9007/amps/json";
    private static final long NO_TIME = ReplayPosition.UNKNOWN_TIME;
    private static final PublisherPruning PRUNING = new PublisherPruning(2, Duration.ofDays(1));

    private final ReplayTracker tracker = new ReplayTracker(ReplayPosition.NONE, PRUNING);

    @Test
    void nothingHasPassedAtFirst() {
        assertThat(tracker.toPosition()).isEqualTo(ReplayPosition.NONE);
        assertThat(tracker.hasPassed(1, 0)).isFalse();
    }

    @Test
    void messagesMoveThePosition() {
        tracker.advance(ONE, 7, 1, 100);
        tracker.advance(TWO, -1, Long.MIN_VALUE, 90);

        assertThat(tracker.toPosition())
                .isEqualTo(
                        new ReplayPosition(
                                TWO,
                                new AmpsBookmark(-1, Long.MIN_VALUE),
                                false,
                                100,
                                List.of(
                                        new PublisherPosition(-1, Long.MIN_VALUE, 90),
                                        new PublisherPosition(7, 1, 100))));
        assertThat(tracker.hasPassed(-1, Long.MAX_VALUE)).isTrue();
        assertThat(tracker.hasPassed(-1, -1)).isFalse();
        assertThat(tracker.hasPassed(7, 1)).isTrue();
        assertThat(tracker.hasPassed(7, 2)).isFalse();
    }

    @Test
    void aPositionPastTheLastMessageMovesTheBookmarkOnly() {
        tracker.advance(ONE, 7, 1, 100);
        tracker.moveTo(ONE, new AmpsBookmark(8, 50));

        ReplayPosition position = tracker.toPosition();
        assertThat(position.bookmark()).isEqualTo(new AmpsBookmark(8, 50));
        assertThat(position.idle()).isTrue();
        assertThat(position.publishers()).containsExactly(new PublisherPosition(7, 1, 100));
        assertThat(tracker.hasPassed(8, 50)).as("no message of it has been seen").isFalse();

        tracker.advance(ONE, 7, 2, 101);
        assertThat(tracker.toPosition().idle()).isFalse();
    }

    @Test
    void aPositionThatIsTheLastMessageItselfIsNotPastIt() {
        tracker.advance(ONE, 7, 1, 100);
        tracker.moveTo(ONE, new AmpsBookmark(7, 1));
        assertThat(tracker.toPosition().idle()).isFalse();

        tracker.moveTo(ONE, new AmpsBookmark(8, 50));
        tracker.moveTo(ONE, new AmpsBookmark(8, 50));
        assertThat(tracker.toPosition().idle()).isTrue();
    }

    @Test
    void aPositionCanBeTakenUpAgain() {
        tracker.advance(ONE, 7, 1, 100);
        tracker.advance(ONE, 8, 1, NO_TIME);
        tracker.moveTo(ONE, new AmpsBookmark(9, 9));
        ReplayPosition position = tracker.toPosition();

        assertThat(new ReplayTracker(position, PRUNING).toPosition()).isEqualTo(position);
    }

    @Test
    void thePublisherOfTheBookmarkIsNeverForgotten() {
        for (long publisher = 1; publisher <= 5; publisher++) {
            tracker.advance(ONE, publisher, 10, NO_TIME);
        }
        tracker.moveTo(ONE, new AmpsBookmark(1, 20));

        assertThat(tracker.toPosition().publishers())
                .extracting(PublisherPosition::publisherId)
                .containsExactly(5L, 4L, 1L);
        assertThat(tracker.hasPassed(1, 10)).isTrue();
        assertThat(tracker.hasPassed(2, 10)).as("forgotten at the snapshot").isFalse();
    }

    @Test
    void theLastMessageIsNeverForgotten() {
        for (long publisher = 0; publisher < 10_000; publisher++) {
            tracker.advance(ONE, publisher, 10, NO_TIME);
            assertThat(tracker.hasPassed(publisher, 10)).isTrue();
        }

        assertThat(tracker.toPosition().publishers())
                .extracting(PublisherPosition::publisherId)
                .containsExactly(9_999L, 9_998L);
    }

    @Test
    void afterClearingNothingCountsAsDuplicate() {
        tracker.advance(ONE, 7, 1, 100);
        tracker.clear();

        assertThat(tracker.hasPassed(7, 1)).isFalse();
        assertThat(tracker.toPosition()).isEqualTo(ReplayPosition.NONE);
    }

    @Test
    void aBookmarkWithoutItsServerIsRefused() {
        assertThatThrownBy(
                        () ->
                                new ReplayPosition(
                                        null, new AmpsBookmark(1, 1), false, NO_TIME, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belong together");
    }

    @Test
    void messagesOfKnownPublishersCostNoObject() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported());
        int messages = 100_000;
        ReplayTracker busy =
                new ReplayTracker(
                        ReplayPosition.NONE, new PublisherPruning(100, Duration.ofDays(1)));
        pass(busy, messages, 0);

        long before = threads.getCurrentThreadAllocatedBytes();
        int duplicates = pass(busy, messages, messages);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(duplicates).isZero();
        // An object a message would be 16 times this bound.
        assertThat(allocated).isLessThan(messages);
    }

    private static int pass(ReplayTracker tracker, int messages, long firstSequence) {
        int duplicates = 0;
        for (int i = 0; i < messages; i++) {
            long publisher = i % 50 * 0x123456789L;
            long sequence = firstSequence + i;
            if (tracker.hasPassed(publisher, sequence + 1)) {
                duplicates++;
            } else {
                tracker.advance(ONE, publisher, sequence + 1, sequence);
            }
        }
        return duplicates;
    }
}
