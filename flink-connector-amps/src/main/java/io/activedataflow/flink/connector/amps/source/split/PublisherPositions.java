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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The highest sequence of each publisher, for looking up and moving on with every message. A hash
 * table of primitive numbers with open addressing; runs of messages of one publisher do not even
 * look into it. Not thread-safe.
 */
@Internal
final class PublisherPositions {

    private static final int NOT_FOUND = -1;

    private long[] ids = new long[16];
    private long[] sequences = new long[16];
    private long[] times = new long[16];
    private boolean[] used = new boolean[16];
    private int size;
    private int last = NOT_FOUND;

    int size() {
        return size;
    }

    /** Whether a message of this publisher with this or a higher sequence is contained. */
    boolean covers(long publisherId, long sequence) {
        int slot = find(publisherId);
        return slot != NOT_FOUND && Long.compareUnsigned(sequence, sequences[slot]) <= 0;
    }

    /** Takes note of a message. A lower sequence than the one noted changes nothing. */
    void advance(long publisherId, long sequence, long timestampMicros) {
        int slot = find(publisherId);
        if (slot == NOT_FOUND) {
            slot = insert(publisherId);
            sequences[slot] = sequence;
            times[slot] = timestampMicros;
        } else if (Long.compareUnsigned(sequence, sequences[slot]) > 0) {
            sequences[slot] = sequence;
            times[slot] = Math.max(times[slot], timestampMicros);
        }
    }

    void clear() {
        ids = new long[16];
        sequences = new long[16];
        times = new long[16];
        used = new boolean[16];
        size = 0;
        last = NOT_FOUND;
    }

    /** All publishers, the ones with the latest messages first. */
    List<PublisherPosition> toList() {
        List<PublisherPosition> list = new ArrayList<>(size);
        for (int slot = 0; slot < used.length; slot++) {
            if (used[slot]) {
                list.add(new PublisherPosition(ids[slot], sequences[slot], times[slot]));
            }
        }
        list.sort(
                Comparator.comparingLong(PublisherPosition::timestampMicros)
                        .reversed()
                        .thenComparing(PublisherPosition::publisherId, Long::compareUnsigned));
        return list;
    }

    private int find(long publisherId) {
        if (last != NOT_FOUND && ids[last] == publisherId) {
            return last;
        }
        int slot = home(publisherId);
        while (used[slot]) {
            if (ids[slot] == publisherId) {
                last = slot;
                return slot;
            }
            slot = (slot + 1) & (used.length - 1);
        }
        return NOT_FOUND;
    }

    private int insert(long publisherId) {
        if (size * 2 >= used.length) {
            grow();
        }
        int slot = home(publisherId);
        while (used[slot]) {
            slot = (slot + 1) & (used.length - 1);
        }
        ids[slot] = publisherId;
        used[slot] = true;
        size++;
        last = slot;
        return slot;
    }

    private void grow() {
        List<PublisherPosition> all = toList();
        int capacity = used.length * 2;
        ids = new long[capacity];
        sequences = new long[capacity];
        times = new long[capacity];
        used = new boolean[capacity];
        size = 0;
        for (PublisherPosition position : all) {
            advance(position.publisherId(), position.sequence(), position.timestampMicros());
        }
    }

    private int home(long publisherId) {
        long mixed = publisherId * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & (used.length - 1);
    }
}
