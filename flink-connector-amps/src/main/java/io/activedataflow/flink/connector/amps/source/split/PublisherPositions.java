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

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The highest sequence of each publisher, for looking up and moving on with every message. A hash
 * table of primitive numbers with open addressing; runs of messages of one publisher do not even
 * look into it. Looking up and moving on take constant time and make no objects; only a publisher
 * that is new can make the table forget others, grow or shrink. Not thread-safe.
 */
@Internal
final class PublisherPositions {

    private static final int NOT_FOUND = -1;
    private static final int FREE = 0;
    private static final int SMALLEST = 16;

    private final PublisherPruning pruning;

    private long[] ids;
    private long[] sequences;
    private long[] times;

    /** The turn in which a publisher last moved on, or {@link #FREE}. */
    private long[] turns;

    private int size;
    private long turn = FREE;
    private int last = NOT_FOUND;
    private long latestMicros;

    /**
     * @param latestFirst as of {@link #toList}
     * @param latestMicros the latest server time so far, or {@link ReplayPosition#UNKNOWN_TIME}
     */
    PublisherPositions(
            List<PublisherPosition> latestFirst, long latestMicros, PublisherPruning pruning) {
        this.pruning = pruning;
        this.latestMicros = latestMicros;
        allocate(capacityFor(latestFirst.size()));
        for (int i = latestFirst.size() - 1; i >= 0; i--) {
            PublisherPosition publisher = latestFirst.get(i);
            advance(publisher.publisherId(), publisher.sequence(), publisher.timestampMicros());
        }
    }

    int size() {
        return size;
    }

    int capacity() {
        return ids.length;
    }

    /** The latest server time of a message, or {@link ReplayPosition#UNKNOWN_TIME}. */
    long latestMicros() {
        return latestMicros;
    }

    /** Whether a message of this publisher with this or a higher sequence is contained. */
    boolean covers(long publisherId, long sequence) {
        int slot = find(publisherId);
        return slot != NOT_FOUND && Long.compareUnsigned(sequence, sequences[slot]) <= 0;
    }

    /** Takes note of a message. A lower sequence than the one noted does not replace it. */
    void advance(long publisherId, long sequence, long timestampMicros) {
        latestMicros = Math.max(latestMicros, timestampMicros);
        int slot = find(publisherId);
        if (slot == NOT_FOUND) {
            slot = insert(publisherId, sequence, timestampMicros);
        } else if (Long.compareUnsigned(sequence, sequences[slot]) > 0) {
            sequences[slot] = sequence;
            times[slot] = Math.max(times[slot], timestampMicros);
        }
        turns[slot] = ++turn;
        last = slot;
    }

    void clear() {
        allocate(SMALLEST);
        size = 0;
        latestMicros = ReplayPosition.UNKNOWN_TIME;
    }

    /** Forgets the publishers that need not be remembered, and gives back their memory. */
    void prune() {
        if (forgetAllBut(NOT_FOUND)) {
            rebuild();
        }
    }

    /** As {@link #prune}, but remembers this publisher in any case. */
    void pruneAllBut(long publisherId) {
        if (forgetAllBut(find(publisherId))) {
            rebuild();
        }
    }

    /** All publishers, the one whose message came last first. */
    List<PublisherPosition> toList() {
        return IntStream.range(0, turns.length)
                .filter(slot -> turns[slot] != FREE)
                .boxed()
                .sorted(Comparator.comparingLong((Integer slot) -> turns[slot]).reversed())
                .map(slot -> new PublisherPosition(ids[slot], sequences[slot], times[slot]))
                .toList();
    }

    private int find(long publisherId) {
        if (last != NOT_FOUND && ids[last] == publisherId) {
            return last;
        }
        int slot = slotOf(publisherId);
        if (turns[slot] == FREE) {
            return NOT_FOUND;
        }
        last = slot;
        return slot;
    }

    private int insert(long publisherId, long sequence, long timestampMicros) {
        if (size * 2 >= ids.length) {
            forgetAllBut(NOT_FOUND);
            rebuild();
        }
        int slot = slotOf(publisherId);
        ids[slot] = publisherId;
        sequences[slot] = sequence;
        times[slot] = timestampMicros;
        size++;
        return slot;
    }

    /** Gives up places, which breaks the table until it is rebuilt. Returns whether it has. */
    private boolean forgetAllBut(int keptSlot) {
        if (size <= pruning.keepAtLeast()) {
            return false;
        }
        long[] sorted = turns.clone();
        Arrays.sort(sorted);
        long firstOfTheLatest = sorted[sorted.length - pruning.keepAtLeast()];
        long oldest = pruning.oldestKept(latestMicros);
        int before = size;
        for (int slot = 0; slot < turns.length; slot++) {
            boolean keep =
                    slot == keptSlot || turns[slot] >= firstOfTheLatest || times[slot] >= oldest;
            if (turns[slot] != FREE && !keep) {
                turns[slot] = FREE;
                size--;
            }
        }
        return size < before;
    }

    private void rebuild() {
        long[] oldIds = ids;
        long[] oldSequences = sequences;
        long[] oldTimes = times;
        long[] oldTurns = turns;
        allocate(capacityFor(size));
        for (int from = 0; from < oldTurns.length; from++) {
            if (oldTurns[from] != FREE) {
                int to = slotOf(oldIds[from]);
                ids[to] = oldIds[from];
                sequences[to] = oldSequences[from];
                times[to] = oldTimes[from];
                turns[to] = oldTurns[from];
            }
        }
    }

    private void allocate(int capacity) {
        ids = new long[capacity];
        sequences = new long[capacity];
        times = new long[capacity];
        turns = new long[capacity];
        last = NOT_FOUND;
    }

    /** A quarter full at most, so that as many can come again before there is anything to do. */
    private static int capacityFor(int size) {
        return Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, size)) * 8);
    }

    /** Where this publisher is, or the free place where it belongs. */
    private int slotOf(long publisherId) {
        int slot = (int) mix(publisherId) & (ids.length - 1);
        while (turns[slot] != FREE && ids[slot] != publisherId) {
            slot = (slot + 1) & (ids.length - 1);
        }
        return slot;
    }

    /** Spreads IDs that differ in few bits, wherever these are (the finalizer of MurmurHash3). */
    private static long mix(long id) {
        long mixed = (id ^ (id >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
