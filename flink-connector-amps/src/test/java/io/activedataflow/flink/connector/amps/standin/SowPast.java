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

package io.activedataflow.flink.connector.amps.standin;

import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;

import java.util.List;

/**
 * The point in time that a query is about. Which records there were then is known by their time, so
 * that the point is between two times and not between two messages of one time.
 *
 * @param range where a replay goes on; null for now
 * @param micros the point in time, up to which everything belongs to it
 * @param nowMicros when the question was asked
 */
record SowPast(ReplayRange range, long micros, long nowMicros) {

    private static final SowPast NOW = new SowPast(null, Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * What the bookmark of a command means.
     *
     * @throws Rejected if it is no bookmark, or not now and a topic has no history
     */
    static SowPast of(Header header, SubscribeOptions options, Broker broker, List<SowTable> tables)
            throws Rejected {
        if (!header.has(Field.BOOKMARK)) {
            return NOW;
        }
        TransactionLog log = broker.log();
        ReplayRange range =
                new BookmarkResolver(
                                log,
                                options.notFound(),
                                broker.settings().ambiguities().bookmarkNotFoundReason())
                        .resolve(header.get(Field.BOOKMARK));
        if (range.fromNow()) {
            return NOW;
        }
        if (tables.isEmpty()) {
            return new SowPast(range, Long.MIN_VALUE, Long.MIN_VALUE);
        }
        long micros = range.fromMicros();
        if (micros == Long.MIN_VALUE) {
            micros = timeBefore(log, range.firstPosition());
        }
        for (SowTable table : tables) {
            if (table.topic().history() == null) {
                throw new Rejected(Reason.INVALID_BOOKMARK);
            }
        }
        for (SowTable table : tables) {
            micros = micros == Long.MIN_VALUE ? micros : table.roundedDown(micros);
        }
        long behind = micros == Long.MIN_VALUE ? micros : micros + 1;
        return new SowPast(
                new ReplayRange(
                        micros == Long.MIN_VALUE ? log.firstPosition() : log.firstFrom(behind),
                        behind,
                        range.end(),
                        false),
                micros,
                broker.settings().clock().getAsLong());
    }

    private static long timeBefore(TransactionLog log, long position) {
        return position - 1 < log.firstPosition()
                ? Long.MIN_VALUE
                : log.entry(position - 1).timestampMicros();
    }

    boolean isNow() {
        return range == null;
    }

    List<SowRecord> records(SowTable table) {
        return table.recordsAt(micros, nowMicros);
    }

    /** Where a replay goes on; to be asked while nothing is published. */
    ReplayRange range(TransactionLog log) {
        return range != null
                ? range
                : new ReplayRange(log.lastPosition() + 1, Long.MIN_VALUE, ReplayEnd.never(), true);
    }
}
