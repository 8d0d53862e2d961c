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

import java.util.function.LongConsumer;

/**
 * A set of numbers without an object for each: open addressing, at most half full. What is removed
 * leaves no trace, so that a set which is added to and removed from for ever does not grow. Not
 * thread-safe.
 */
@Internal
final class LongSet {

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1 << 30;
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    /** Zero stands for an empty place, and is kept apart. */
    private long[] places;

    private boolean hasZero;
    private int used;
    private int shift;

    LongSet(int expected) {
        int capacity = SMALLEST;
        while (capacity < 2L * expected && capacity < LARGEST) {
            capacity <<= 1;
        }
        allocate(capacity);
    }

    private void allocate(int capacity) {
        places = new long[capacity];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    int size() {
        return used + (hasZero ? 1 : 0);
    }

    boolean contains(long number) {
        return number == 0 ? hasZero : places[find(number)] != 0;
    }

    /** Returns whether it was not there before. */
    boolean add(long number) {
        if (number == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        int place = find(number);
        if (places[place] != 0) {
            return false;
        }
        places[place] = number;
        used++;
        if (used > places.length / 2) {
            grow();
        }
        return true;
    }

    /** Returns whether it was there. */
    boolean remove(long number) {
        if (number == 0) {
            boolean removed = hasZero;
            hasZero = false;
            return removed;
        }
        int place = find(number);
        if (places[place] == 0) {
            return false;
        }
        used--;
        closeGap(place);
        return true;
    }

    /** Moves back whatever would not be found behind an empty place. */
    private void closeGap(int removed) {
        int mask = places.length - 1;
        int gap = removed;
        int next = removed;
        while (true) {
            next = (next + 1) & mask;
            if (places[next] == 0) {
                break;
            }
            int wanted = home(places[next]);
            boolean reachable = ((next - wanted) & mask) < ((next - gap) & mask);
            if (!reachable) {
                places[gap] = places[next];
                gap = next;
            }
        }
        places[gap] = 0;
    }

    /** Where the number is, or the empty place for it. */
    private int find(long number) {
        int mask = places.length - 1;
        int place = home(number);
        while (places[place] != 0 && places[place] != number) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private int home(long number) {
        return (int) ((number * GOLDEN_RATIO) >>> shift);
    }

    private void grow() {
        if (places.length == LARGEST) {
            throw new IllegalStateException("More than " + used + " keys cannot be remembered.");
        }
        long[] old = places;
        allocate(old.length << 1);
        for (long number : old) {
            if (number != 0) {
                places[find(number)] = number;
            }
        }
    }

    void forEach(LongConsumer consumer) {
        if (hasZero) {
            consumer.accept(0);
        }
        for (long number : places) {
            if (number != 0) {
                consumer.accept(number);
            }
        }
    }

    long[] toArray() {
        long[] all = new long[size()];
        int count = 0;
        if (hasZero) {
            all[count++] = 0;
        }
        for (long number : places) {
            if (number != 0) {
                all[count++] = number;
            }
        }
        return all;
    }
}
