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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import org.apache.flink.annotation.Internal;

/**
 * Files that have been dealt with, by path hash: 40 bytes each, times the slack of a hash table. A
 * million files must not be a million objects.
 *
 * <p>An index that a method returns is good until the next change.
 */
@Internal
final class FileTable {

    /** What is to be kept. */
    interface Filter {
        boolean keeps(int index);
    }

    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int MODIFIED = 2;
    private static final int CONTENT = 3;
    private static final int LISTED = 4;
    private static final int STRIDE = 5;

    private static final int MIN_SLOTS = 8;
    static final int ABSENT = -1;

    /** Of a file that has not been listed since it was restored. */
    static final long NEVER = 0L;

    private long[] values = new long[MIN_SLOTS * STRIDE];
    private int size;

    int size() {
        return size;
    }

    /** One more than the largest index. */
    int slots() {
        return values.length / STRIDE;
    }

    boolean isUsed(int index) {
        // No path that anyone will ever have has a hash of zeros.
        return (values[index * STRIDE + HIGH] | values[index * STRIDE + LOW]) != 0L;
    }

    int find(PathHash hash) {
        int index = probe(values, hash.high(), hash.low());
        return isUsed(index) ? index : ABSENT;
    }

    PathHash hash(int index) {
        return new PathHash(values[index * STRIDE + HIGH], values[index * STRIDE + LOW]);
    }

    long modified(int index) {
        return values[index * STRIDE + MODIFIED];
    }

    long content(int index) {
        return values[index * STRIDE + CONTENT];
    }

    /** When the file was last listed. */
    long listed(int index) {
        return values[index * STRIDE + LISTED];
    }

    void update(int index, long modified, long content, long listed) {
        values[index * STRIDE + MODIFIED] = modified;
        values[index * STRIDE + CONTENT] = content;
        values[index * STRIDE + LISTED] = listed;
    }

    void setListed(int index, long listed) {
        values[index * STRIDE + LISTED] = listed;
    }

    void put(PathHash hash, long modified, long content, long listed) {
        if (4 * (size + 1) > 3 * slots()) {
            rebuild(Math.multiplyExact(slots(), 2), index -> true);
        }
        int index = probe(values, hash.high(), hash.low());
        size += isUsed(index) ? 0 : 1;
        values[index * STRIDE + HIGH] = hash.high();
        values[index * STRIDE + LOW] = hash.low();
        update(index, modified, content, listed);
    }

    /** Forgets what the files contain, but not the files. */
    void forgetContents() {
        for (int i = 0; i < slots(); i++) {
            values[i * STRIDE + CONTENT] = 0L;
        }
    }

    /** Forgets what is not to be kept, and gives back the space. */
    void retain(Filter filter) {
        int kept = 0;
        for (int i = 0; i < slots(); i++) {
            kept += isUsed(i) && filter.keeps(i) ? 1 : 0;
        }
        if (kept < size) {
            int slots = MIN_SLOTS;
            while (2 * kept > slots) {
                slots = Math.multiplyExact(slots, 2);
            }
            rebuild(slots, filter);
        }
    }

    private void rebuild(int newSlots, Filter filter) {
        long[] rebuilt = new long[Math.multiplyExact(newSlots, STRIDE)];
        size = 0;
        for (int i = 0; i < slots(); i++) {
            if (isUsed(i) && filter.keeps(i)) {
                int at = i * STRIDE;
                int to = probe(rebuilt, values[at + HIGH], values[at + LOW]) * STRIDE;
                System.arraycopy(values, at, rebuilt, to, STRIDE);
                size++;
            }
        }
        values = rebuilt;
    }

    /** Where the hash is, or where it belongs. */
    private static int probe(long[] in, long high, long low) {
        int mask = in.length / STRIDE - 1;
        int index = (int) (high ^ high >>> 32) & mask;
        while ((in[index * STRIDE + HIGH] | in[index * STRIDE + LOW]) != 0L
                && (in[index * STRIDE + HIGH] != high || in[index * STRIDE + LOW] != low)) {
            index = index + 1 & mask;
        }
        return index;
    }
}
