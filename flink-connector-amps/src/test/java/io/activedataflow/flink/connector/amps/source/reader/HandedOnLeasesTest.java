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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.source.split.BookmarkList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HandedOnLeasesTest {

    private static final long NOW = 1_000;

    private final HandedOnLeases leases = new HandedOnLeases();

    @Test
    void whatIsUnderWayIsNotHandedOnAgain() {
        assertThat(handOn(1)).isTrue();
        assertThat(handOn(1)).isFalse();
        assertThat(leases.handedOn()).isEqualTo(1);
        assertThat(leases.size()).isEqualTo(1);
    }

    @Test
    void whatIsAcknowledgedIsForgotten() {
        handOn(1);
        handOn(2);
        leases.acknowledged(1, NOW);

        assertThat(leases.size()).isEqualTo(1);
        assertThat(leases.isCovered(5, 1)).isFalse();
        assertThat(handOn(1)).isTrue();
        assertThat(handOn(2)).isFalse();
    }

    /** Its lease ended with the connection, so that it may have gone back to the queue. */
    @Test
    void whatAnEarlierConnectionHadLeasedIsRemembered() {
        handOn(1);
        leases.connectionOpened();
        handOn(2);
        leases.acknowledged(2, NOW);

        assertThat(leases.isCovered(5, 1)).isTrue();
        assertThat(leases.isCovered(5, 2)).isFalse();
    }

    @Test
    void whatWasLeasedForTooShortIsRemembered() {
        leases.handOn(5, 1, NOW);
        leases.handOn(5, 2, NOW + 1);
        leases.acknowledged(2, NOW);

        assertThat(leases.isCovered(5, 1)).isTrue();
        assertThat(leases.isCovered(5, 2)).isFalse();
    }

    /** The queue may have leased it after it had the acknowledgement, and before the answer. */
    @Test
    void whatCameAgainIsRememberedAndToldWhenItIsAcknowledged() {
        handOn(1);
        handOn(2);
        handOn(3);
        assertThat(handOn(3)).isFalse();
        assertThat(handOn(2)).isFalse();

        assertThat(leases.acknowledged(1, NOW)).isEqualTo(BookmarkList.EMPTY);
        assertThat(leases.acknowledged(2, NOW)).isEqualTo(BookmarkList.of(5, 2));
        assertThat(leases.acknowledged(3, NOW)).isEqualTo(BookmarkList.of(5, 3));
        assertThat(leases.isCovered(5, 1)).isFalse();
        assertThat(leases.isCovered(5, 2)).isTrue();
        assertThat(leases.isCovered(5, 3)).isTrue();
    }

    @Test
    void whatACheckpointCoversIsRemembered() {
        leases.cover(BookmarkList.of(5, 1, 6, 2));

        assertThat(leases.isCovered(5, 1)).isTrue();
        assertThat(leases.isCovered(6, 2)).isTrue();
        assertThat(leases.isCovered(5, 2)).isFalse();
    }

    /** However long a job runs, what has come last is what may come again. */
    @Test
    void theLatestAreRemembered() {
        HandedOnLeases few = new HandedOnLeases(3);
        for (int sequence = 1; sequence <= 10; sequence++) {
            few.cover(BookmarkList.of(5, sequence));
        }

        assertThat(few.isCovered(5, 10)).isTrue();
        assertThat(few.isCovered(5, 7)).isTrue();
        assertThat(few.isCovered(5, 6)).isFalse();
        assertThat(few.isCovered(5, 1)).isFalse();
    }

    @Test
    void tellsWhatWasNotEmitted() {
        for (int sequence = 1; sequence <= 200; sequence++) {
            handOn(sequence);
            leases.acknowledged(sequence / 2, NOW);
        }

        assertThat(leases.behind(198)).isEqualTo(BookmarkList.of(5, 199, 5, 200));
        assertThat(leases.behind(200)).isEqualTo(BookmarkList.EMPTY);
        assertThat(leases.size()).isEqualTo(100);
    }

    private boolean handOn(long sequence) {
        return leases.handOn(5, sequence, Long.MAX_VALUE);
    }
}
