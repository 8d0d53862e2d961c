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

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** Where the messages of one publisher are in the log; guarded by the lock of the log. */
final class PublisherIndex {

    private boolean any;
    private long highest;
    private long[] positions = new long[8];
    private int count;

    /** Whether the sequence is above all seen so far; then it is the highest from now on. */
    boolean advance(long sequence) {
        if (any && Long.compareUnsigned(sequence, highest) <= 0) {
            return false;
        }
        any = true;
        highest = sequence;
        return true;
    }

    void add(long position) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
        }
        positions[count++] = position;
    }

    long highest() {
        return highest;
    }

    /**
     * The first retained position whose sequence is at least the given one.
     *
     * @param sequenceAt the sequence at a retained position
     * @return 0 if there is none
     */
    long ceiling(long sequence, long firstRetained, LongUnaryOperator sequenceAt) {
        int low = Arrays.binarySearch(positions, 0, count, firstRetained);
        low = low < 0 ? -low - 1 : low;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long found = sequenceAt.applyAsLong(positions[middle]);
            if (Long.compareUnsigned(found, sequence) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < count ? positions[low] : 0;
    }
}
