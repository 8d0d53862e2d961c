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

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/**
 * The messages of a queue that the fetcher has handed on and that are not acknowledged yet, in
 * order, and those that checkpoints cover although the queue may deliver them again. Fetcher thread
 * only. Handing on allocates nothing unless there are more such messages than ever before.
 */
@Internal
final class HandedOnLeases {

    private static final int NUMBERS = 3;
    private static final int SMALLEST = 64;

    /**
     * So many are remembered at least, of late; what is forgotten and comes again is a duplicate.
     */
    private static final int LEAST_COVERED = 1 << 19;

    private final LongPairSet open = new LongPairSet();

    /** Those of them that the queue has delivered again. */
    private final LongPairSet cameAgain = new LongPairSet();

    private final int leastCovered;
    private LongPairSet covered = new LongPairSet();

    /** What was covered before those; forgotten all at once. */
    private LongPairSet coveredBefore = new LongPairSet();

    /** Publisher, sequence and end of the lease in turns; a ring. */
    private long[] numbers = new long[NUMBERS * SMALLEST];

    private long handedOn;
    private long acknowledged;
    private long ofThisConnection;

    HandedOnLeases() {
        this(LEAST_COVERED);
    }

    /**
     * @param leastCovered how many covered messages are remembered at least; twice as many at most
     */
    HandedOnLeases(int leastCovered) {
        this.leastCovered = leastCovered;
    }

    long handedOn() {
        return handedOn;
    }

    /** How many were handed on and are not acknowledged. */
    long size() {
        return handedOn - acknowledged;
    }

    /** What was handed on before now was leased by another connection. */
    void connectionOpened() {
        ofThisConnection = handedOn;
    }

    boolean isCovered(long publisherId, long sequence) {
        return !covered.isEmpty() && covered.contains(publisherId, sequence)
                || !coveredBefore.isEmpty() && coveredBefore.contains(publisherId, sequence);
    }

    void cover(BookmarkList bookmarks) {
        for (int i = 0; i < bookmarks.size(); i++) {
            cover(bookmarks.publisherId(i), bookmarks.sequence(i));
        }
    }

    private void cover(long publisherId, long sequence) {
        if (covered.size() == leastCovered) {
            coveredBefore = covered;
            covered = new LongPairSet();
        }
        covered.add(publisherId, sequence);
    }

    /**
     * Hands on a message, unless that was done before: then false.
     *
     * @param leasedUntilMicros the end of its lease, in microseconds since the epoch
     */
    boolean handOn(long publisherId, long sequence, long leasedUntilMicros) {
        if (!open.add(publisherId, sequence)) {
            cameAgain.add(publisherId, sequence);
            return false;
        }
        if (size() == capacity(numbers)) {
            grow();
        }
        int at = place(handedOn++);
        numbers[at] = publisherId;
        numbers[at + 1] = sequence;
        numbers[at + 2] = leasedUntilMicros;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * numbers.length];
        for (long i = acknowledged; i < handedOn; i++) {
            System.arraycopy(numbers, place(i), larger, place(larger, i), NUMBERS);
        }
        numbers = larger;
    }

    private int place(long index) {
        return place(numbers, index);
    }

    /** The capacity is a power of two. */
    private static int place(long[] ring, long index) {
        return NUMBERS * (int) (index & (capacity(ring) - 1));
    }

    private static int capacity(long[] ring) {
        return ring.length / NUMBERS;
    }

    /**
     * So many messages have been acknowledged since the beginning. Those that an earlier connection
     * had leased, or whose lease was over by then, may have gone back to the queue before that, and
     * may come again.
     *
     * @param nowMicros microseconds since the epoch, rather too late than too early
     * @return those that had come again: the queue may have had the acknowledgement, and taken no
     *     notice of it, before it leased them again
     */
    BookmarkList acknowledged(long count, long nowMicros) {
        long[] again = new long[2 * cameAgain.size()];
        int to = 0;
        for (; acknowledged < count; acknowledged++) {
            int at = place(acknowledged);
            long publisherId = numbers[at];
            long sequence = numbers[at + 1];
            open.remove(publisherId, sequence);
            boolean hasComeAgain = again.length > 0 && cameAgain.remove(publisherId, sequence);
            if (hasComeAgain) {
                again[to++] = publisherId;
                again[to++] = sequence;
            }
            if (hasComeAgain || acknowledged < ofThisConnection || numbers[at + 2] <= nowMicros) {
                cover(publisherId, sequence);
            }
        }
        return to == 0 ? BookmarkList.EMPTY : BookmarkList.of(Arrays.copyOf(again, to));
    }

    /** What was handed on behind so many messages since the beginning. */
    BookmarkList behind(long count) {
        long[] some = new long[2 * (int) Math.max(0, handedOn - count)];
        for (int i = 0; i < some.length / 2; i++) {
            int at = place(count + i);
            some[2 * i] = numbers[at];
            some[2 * i + 1] = numbers[at + 1];
        }
        return BookmarkList.of(some);
    }
}
