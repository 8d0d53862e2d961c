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

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LeaseTrackerTest {

    private final LeaseTracker tracker = new LeaseTracker();

    @Test
    void aCheckpointCoversWhatWasEmittedBeforeIt() {
        emit(1, 3);
        tracker.checkpoint(10);
        emit(3, 4);

        assertThat(tracker.completed(10)).isEqualTo(sequences(1, 3));
        assertThat(tracker.unacknowledged()).isEqualTo(sequences(1, 4));
        assertThat(tracker.emittedCount()).isEqualTo(3);
    }

    @Test
    void whatOneHasCoveredTheNextDoesNotName() {
        emit(1, 3);
        tracker.checkpoint(10);
        emit(3, 6);
        tracker.checkpoint(11);
        tracker.completed(10);

        assertThat(tracker.completed(11)).isEqualTo(sequences(3, 6));
        assertThat(tracker.completed(11)).isEqualTo(BookmarkList.EMPTY);
    }

    @Test
    void aLaterCheckpointCoversForOneThatHasFailed() {
        emit(1, 3);
        tracker.checkpoint(10);
        emit(3, 6);
        tracker.checkpoint(11);

        assertThat(tracker.completed(11)).isEqualTo(sequences(1, 6));
        assertThat(tracker.completed(10)).isEqualTo(BookmarkList.EMPTY);
    }

    @Test
    void anEarlierOneDoesNotCoverForALaterOne() {
        tracker.checkpoint(10);
        emit(1, 3);
        tracker.checkpoint(11);

        assertThat(tracker.completed(10)).isEqualTo(BookmarkList.EMPTY);
        assertThat(tracker.completed(9)).isEqualTo(BookmarkList.EMPTY);
    }

    @Test
    void whatIsAcknowledgedIsForgotten() {
        emit(1, 6);
        tracker.checkpoint(10);
        tracker.completed(10);
        tracker.acknowledged(3);

        assertThat(tracker.unacknowledged()).isEqualTo(sequences(4, 6));
    }

    @Test
    void roomIsUsedAgainAndGrowsInOrder() {
        long emitted = 1;
        long acknowledged = 0;
        for (int round = 1; round < 200; round++) {
            emit(emitted, emitted + round);
            emitted += round;
            tracker.checkpoint(round);
            assertThat(tracker.unacknowledged()).isEqualTo(sequences(acknowledged + 1, emitted));
            acknowledged += tracker.completed(round).size() / 2;
            tracker.acknowledged(acknowledged);
            assertThat(tracker.unacknowledged()).isEqualTo(sequences(acknowledged + 1, emitted));
        }
    }

    private void emit(long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            tracker.emitted(5, sequence);
        }
    }

    private static BookmarkList sequences(long from, long to) {
        long[] numbers = new long[2 * (int) (to - from)];
        for (int i = 0; i < numbers.length / 2; i++) {
            numbers[2 * i] = 5;
            numbers[2 * i + 1] = from + i;
        }
        return BookmarkList.of(numbers);
    }
}
