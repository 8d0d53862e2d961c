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

import org.apache.flink.annotation.Internal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The messages of a queue that were emitted and not acknowledged yet, in the order of emission, and
 * which of them the last completed checkpoint covers.
 *
 * <p>Task thread only, but for {@link #emittedCount}. Emitting allocates nothing unless there are
 * more such messages than ever before.
 */
@Internal
public final class LeaseTracker {

    private static final int SMALLEST = 64;

    /** How many messages had been emitted when a checkpoint was taken. */
    private record Mark(long checkpointId, long count) {}

    private final AtomicLong emitted = new AtomicLong();
    private final Deque<Mark> marks = new ArrayDeque<>();

    /** Publisher and sequence in turns; a ring. */
    private long[] numbers = new long[2 * SMALLEST];

    private long emittedHere;
    private long acknowledged;
    private long covered;

    /**
     * Messages of the queue that were leased have been emitted, since the beginning; any thread.
     */
    public long emittedCount() {
        return emitted.get();
    }

    /** A message that was leased has just been emitted. */
    public void emitted(long publisherId, long sequence) {
        if (2 * (emittedHere - acknowledged) == numbers.length) {
            grow();
        }
        int at = place(emittedHere);
        numbers[at] = publisherId;
        numbers[at + 1] = sequence;
        emitted.lazySet(++emittedHere);
    }

    private void grow() {
        long[] larger = new long[2 * numbers.length];
        int capacity = larger.length / 2;
        for (long i = acknowledged; i < emittedHere; i++) {
            int to = 2 * (int) (i & (capacity - 1));
            int from = place(i);
            larger[to] = numbers[from];
            larger[to + 1] = numbers[from + 1];
        }
        numbers = larger;
    }

    private int place(long index) {
        return 2 * (int) (index & (numbers.length / 2 - 1));
    }

    /** A checkpoint is being taken: it covers what has been emitted. */
    public void checkpoint(long checkpointId) {
        marks.addLast(new Mark(checkpointId, emittedHere));
    }

    /** What this checkpoint, which has completed, covers and none did before. */
    public BookmarkList completed(long checkpointId) {
        long from = covered;
        while (!marks.isEmpty() && marks.peekFirst().checkpointId() <= checkpointId) {
            covered = Math.max(covered, marks.removeFirst().count());
        }
        return list(from, covered);
    }

    /**
     * So many messages have been acknowledged, since the beginning: they need not be remembered.
     */
    public void acknowledged(long count) {
        acknowledged = Math.max(acknowledged, count);
    }

    /** What has been emitted and is not known to be acknowledged. */
    public BookmarkList unacknowledged() {
        return list(acknowledged, emittedHere);
    }

    private BookmarkList list(long from, long to) {
        long[] some = new long[2 * (int) (to - from)];
        for (long i = from; i < to; i++) {
            int at = place(i);
            some[2 * (int) (i - from)] = numbers[at];
            some[2 * (int) (i - from) + 1] = numbers[at + 1];
        }
        return BookmarkList.of(some);
    }

    @Override
    public String toString() {
        return emittedHere
                + " emitted, "
                + covered
                + " covered, "
                + acknowledged
                + " acknowledged, marks "
                + Arrays.toString(marks.toArray());
    }
}
