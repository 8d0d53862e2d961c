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

import org.apache.flink.annotation.Internal;

/**
 * Bookmarks as pairs of primitive numbers, in a hash table with open addressing. Looking up, adding
 * and removing take constant time and make no objects, unless the table has to grow. Not
 * thread-safe.
 */
@Internal
final class LongPairSet {

    private static final int SMALLEST = 16;

    private long[] firsts = new long[SMALLEST];
    private long[] seconds = new long[SMALLEST];
    private boolean[] used = new boolean[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(long first, long second) {
        return used[slotOf(first, second)];
    }

    /** Whether it was not there yet. */
    boolean add(long first, long second) {
        int slot = slotOf(first, second);
        if (used[slot]) {
            return false;
        }
        used[slot] = true;
        firsts[slot] = first;
        seconds[slot] = second;
        if (++size * 2 > used.length) {
            grow();
        }
        return true;
    }

    /** Whether it was there. */
    boolean remove(long first, long second) {
        int free = slotOf(first, second);
        if (!used[free]) {
            return false;
        }
        size--;
        int mask = used.length - 1;
        // Those behind it move up, so that none is cut off from the slot it belongs to.
        for (int next = (free + 1) & mask; used[next]; next = (next + 1) & mask) {
            int home = mix(firsts[next], seconds[next]) & mask;
            if (((next - home) & mask) >= ((next - free) & mask)) {
                firsts[free] = firsts[next];
                seconds[free] = seconds[next];
                free = next;
            }
        }
        used[free] = false;
        return true;
    }

    private void grow() {
        long[] oldFirsts = firsts;
        long[] oldSeconds = seconds;
        boolean[] oldUsed = used;
        firsts = new long[2 * oldUsed.length];
        seconds = new long[2 * oldUsed.length];
        used = new boolean[2 * oldUsed.length];
        for (int i = 0; i < oldUsed.length; i++) {
            if (oldUsed[i]) {
                int slot = slotOf(oldFirsts[i], oldSeconds[i]);
                used[slot] = true;
                firsts[slot] = oldFirsts[i];
                seconds[slot] = oldSeconds[i];
            }
        }
    }

    /** Where the pair is, or the free slot where it belongs. */
    private int slotOf(long first, long second) {
        int mask = used.length - 1;
        int slot = mix(first, second) & mask;
        while (used[slot] && (firsts[slot] != first || seconds[slot] != second)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Spreads sequences that follow one another (the finalizer of MurmurHash3). */
    private static int mix(long first, long second) {
        long mixed = first * 0x9e3779b97f4a7c15L + second;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (mixed ^ (mixed >>> 33));
    }
}
