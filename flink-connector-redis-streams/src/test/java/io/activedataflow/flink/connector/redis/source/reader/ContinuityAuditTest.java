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
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Intact;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Lost;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Reset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** IDs here are n-0 for the n-th entry ever added. */
@Timeout(10)
class ContinuityAuditTest {

    private static final long UNKNOWN = -1;

    private final ContinuityAudit audit = new ContinuityAudit();

    @Test
    void aCompleteReadIsNotSuspicious() {
        audit.arm(info(10, 10, 1, 0), id(3));
        assertThat(read(3, 4, 5, 6, 7, 8, 9, 10, 11)).isEqualTo(3);
        assertThat(audit.isSuspicious()).isFalse();
    }

    @Test
    void nothingIsComparedBeforeTheTargetIsReached() {
        audit.arm(info(10, 10, 1, 0), id(3));
        assertThat(read(3, 7, 8)).isEqualTo(3);
        assertThat(audit.isSuspicious()).isFalse();
    }

    @Test
    void aGapFromTrimmingIsAnExactLoss() {
        audit.arm(info(10, 10, 1, 0), id(3));
        assertThat(read(3, 8, 9, 10)).isEqualTo(3);
        assertThat(audit.isSuspicious()).isTrue();

        assertThat(settle(info(12, 12, 8, 0), 6)).isEqualTo(new Lost(4, true, id(8), 10));
        assertThat(audit.isSuspicious()).isFalse();
    }

    @Test
    void aGapWhereNothingWasTrimmedIsADeletionOnPurpose() {
        audit.arm(info(10, 10, 1, 0), id(3));
        read(3, 4, 5, 6, 8, 9, 10);
        assertThat(settle(info(10, 10, 1, 7), 9)).isEqualTo(new Intact(10));
    }

    @Test
    void aGapFromBeforeARestoreIsStillALossWhereNothingWasEverDeleted() {
        // Restored behind a gap of three: 10-0 was the seventh entry read, not the tenth.
        audit.arm(info(10, 10, 8, 0), id(10));
        audit.onPosition(id(10), 7);
        assertThat(settle(info(10, 10, 8, 0), 7)).isEqualTo(new Lost(3, true, id(8), 10));
    }

    @Test
    void aGapThatMayBeEitherIsABound() {
        audit.arm(info(10, 10, 1, 0), id(3));
        read(3, 9, 10);
        assertThat(settle(info(10, 10, 9, 7), 5)).isEqualTo(new Lost(5, false, id(9), 10));
    }

    @Test
    void moreThanWasEverCountedIsAReset() {
        audit.arm(info(4, 10, 1, 0), id(3));
        read(3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(audit.isSuspicious()).isTrue();
        assertThat(settle(info(4, 10, 1, 0), 10)).isInstanceOf(Reset.class);
    }

    @Test
    void anObservationOlderThanThePositionIsNotATarget() {
        audit.arm(info(10, 10, 1, 0), id(12));
        assertThat(read(12, 13, 14)).isEqualTo(12);
        assertThat(audit.isSuspicious()).isFalse();
    }

    @Test
    void theOrdinalIsLearntAtTheTarget() {
        audit.arm(info(10, 10, 1, 0), id(3));
        assertThat(read(UNKNOWN, 8, 9, 10, 11, 12)).isEqualTo(7);
    }

    @Test
    void aTargetWhoseEntryWasDeletedIsReachedByTheNextOne() {
        audit.arm(info(10, 10, 1, 0), id(3));
        read(3, 4, 5, 6, 7, 8, 9, 11);
        assertThat(audit.isSuspicious()).isTrue();
        assertThat(settle(info(11, 11, 1, 10), 10)).isEqualTo(new Intact(11));
    }

    @Test
    void aPositionAtTheTargetIsComparedWithoutReading() {
        audit.arm(info(10, 10, 1, 0), id(10));
        assertThat(audit.onPosition(id(10), 7)).isEqualTo(7);
        assertThat(audit.isSuspicious()).isTrue();
    }

    @Test
    void anObservationThatReadingHasOvertakenIsNoTarget() {
        audit.arm(info(10, 10, 1, 0), id(12));
        assertThat(read(12, 13, 14)).isEqualTo(12);
        assertThat(read(UNKNOWN, 15, 16)).isEqualTo(UNKNOWN);
        assertThat(audit.isSuspicious()).isFalse();
    }

    @Test
    void serversThatDoNotCountCannotBeAudited() {
        audit.arm(new StreamInfo(10, id(10), id(1), StreamInfo.UNKNOWN, null), id(3));
        read(UNKNOWN, 8, 9, 10);
        assertThat(audit.isSuspicious()).isFalse();
    }

    @Test
    void aGapInAStreamThatIsGoneIsABound() {
        audit.arm(info(10, 10, 1, 0), id(3));
        read(3, 8, 9, 10);
        assertThat(audit.settle(Optional.empty(), 6)).isEqualTo(new Lost(4, false, null, 10));
    }

    private PositionAudit.Verdict settle(StreamInfo info, long entriesRead) {
        return audit.settle(Optional.of(info), entriesRead);
    }

    private long read(long entriesRead, long... entries) {
        EntryBuffer buffer = new EntryBuffer();
        for (long entry : entries) {
            buffer.beginEntry(entry, 0);
        }
        return audit.onEntries(buffer, 0, entries.length, entriesRead);
    }

    private static StreamInfo info(long added, long last, long first, long deleted) {
        return new StreamInfo(added, id(last), id(first), added, id(deleted));
    }

    private static StreamEntryId id(long n) {
        return new StreamEntryId(n, 0);
    }
}
