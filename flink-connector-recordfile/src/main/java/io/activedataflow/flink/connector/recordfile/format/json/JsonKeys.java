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

package io.activedataflow.flink.connector.recordfile.format.json;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The names of members that have been seen, each with a number. The first ones are those wanted and
 * stay; others are learned, and forgotten when there are too many.
 */
@Internal
final class JsonKeys {

    static final int UNKNOWN = -1;

    private static final int MAX_LEARNED = 4096;
    private static final int MAX_LEARNED_BYTES = 1 << 20;

    /** By chance, so that nobody can write names that all get the same hash. */
    private final long multiplier = new SplittableRandom().nextLong() | 1L;

    private int wanted;
    private int size;
    private long learnedBytes;
    private byte[][] keys = new byte[16][];
    private String[] names = new String[16];
    private boolean[] plain = new boolean[16];
    private int[] table = emptyTable(64);

    /** Adds a name that is wanted. Comes before all learning. */
    int want(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        int known = find(key, 0, key.length);
        if (known != UNKNOWN) {
            return known;
        }
        wanted = size + 1;
        return add(key, name);
    }

    /** Adds a name that is not known. */
    int learn(byte[] bytes, int from, int to) {
        byte[] key = Arrays.copyOfRange(bytes, from, to);
        learnedBytes += key.length;
        return add(key, new String(key, StandardCharsets.UTF_8));
    }

    boolean hasLearnedEnough() {
        return size - wanted >= MAX_LEARNED || learnedBytes >= MAX_LEARNED_BYTES;
    }

    void forgetLearned() {
        Arrays.fill(keys, wanted, size, null);
        Arrays.fill(names, wanted, size, null);
        size = wanted;
        learnedBytes = 0;
        rebuild(64);
    }

    int find(byte[] bytes, int from, int to) {
        int slot = hash(bytes, from, to) & table.length - 1;
        while (table[slot] != UNKNOWN) {
            byte[] key = keys[table[slot]];
            if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return table[slot];
            }
            slot = slot + 1 & table.length - 1;
        }
        return UNKNOWN;
    }

    int size() {
        return size;
    }

    boolean isWanted(int key) {
        return key < wanted;
    }

    String name(int key) {
        return names[key];
    }

    byte[] bytes(int key) {
        return keys[key];
    }

    /** Whether the name, between quotes, is the only way to write it without escapes. */
    boolean isPlain(int key) {
        return plain[key];
    }

    private int add(byte[] key, String name) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            names = Arrays.copyOf(names, 2 * size);
            plain = Arrays.copyOf(plain, 2 * size);
        }
        keys[size] = key;
        names[size] = name;
        plain[size] = isPlain(key);
        size++;
        if (2 * size > table.length) {
            rebuild(2 * table.length);
        } else {
            enter(size - 1);
        }
        return size - 1;
    }

    private static boolean isPlain(byte[] key) {
        for (byte b : key) {
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                return false;
            }
        }
        return true;
    }

    private void rebuild(int least) {
        int length = least;
        while (length < 2 * size) {
            length *= 2;
        }
        table = emptyTable(length);
        for (int key = 0; key < size; key++) {
            enter(key);
        }
    }

    private void enter(int key) {
        int slot = hash(keys[key], 0, keys[key].length) & table.length - 1;
        while (table[slot] != UNKNOWN) {
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = key;
    }

    private int hash(byte[] bytes, int from, int to) {
        long hash = to - from;
        for (int at = from; at < to; at++) {
            hash = (hash ^ bytes[at]) * multiplier;
        }
        return (int) (hash >>> 32);
    }

    private static int[] emptyTable(int length) {
        int[] table = new int[length];
        Arrays.fill(table, UNKNOWN);
        return table;
    }
}
