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

import java.util.ArrayList;
import java.util.List;

/** Where a replay ends, which may be in the future. Used by one thread at a time. */
final class ReplayEnd {

    private final boolean open;
    private final long endMicros;
    private final List<Bookmarks.Id> awaited;
    private final boolean inclusive;
    private long lastPosition;

    private ReplayEnd(
            boolean open,
            long lastPosition,
            long endMicros,
            List<Bookmarks.Id> awaited,
            boolean inclusive) {
        this.open = open;
        this.lastPosition = lastPosition;
        this.endMicros = endMicros;
        this.awaited = new ArrayList<>(awaited);
        this.inclusive = inclusive;
    }

    /** It goes on with what is published. */
    static ReplayEnd never() {
        return new ReplayEnd(true, Long.MAX_VALUE, Long.MAX_VALUE, List.of(), true);
    }

    /** Before the first message with this timestamp or a later one. */
    static ReplayEnd before(long micros) {
        return new ReplayEnd(false, Long.MAX_VALUE, micros, List.of(), true);
    }

    /**
     * After a position and after all messages that are still awaited.
     *
     * @param inclusive whether the last of the awaited messages belongs to the range
     */
    static ReplayEnd after(long position, List<Bookmarks.Id> awaited, boolean inclusive) {
        return new ReplayEnd(false, position, Long.MAX_VALUE, awaited, inclusive);
    }

    boolean isOpen() {
        return open;
    }

    /** Looks at the next message of the log and tells whether the range ends before it. */
    boolean isBefore(LogSegment segment, int index) {
        long position = segment.firstPosition() + index;
        long publisher = segment.publisher(index);
        long sequence = segment.sequence(index);
        if (awaited.removeIf(
                id ->
                        id.publisherId() == publisher
                                && Long.compareUnsigned(sequence, id.sequence()) >= 0)) {
            lastPosition = Math.max(lastPosition, inclusive ? position : position - 1);
        }
        return segment.timestamp(index) >= endMicros || hasPassed(position);
    }

    /** Whether the range ends before this position, whatever message comes there. */
    boolean hasPassed(long position) {
        return awaited.isEmpty() && position > lastPosition;
    }

    /** Whether no message that is still to come can be in the range. */
    boolean isOverAt(long nowMicros) {
        return nowMicros >= endMicros;
    }
}
