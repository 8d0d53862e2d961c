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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

/**
 * Decodes the values of one column, and gives the same object again for a short text that has come
 * before: columns such as a country or a status have few values, and making each anew is most of
 * the cost of reading them. Where values hardly ever come again it stops looking for them.
 */
@Internal
final class RepeatedTexts {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_BYTES = 32;
    private static final int MAX_WORDS = MAX_BYTES / Long.BYTES;
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;

    /** Spreads what differs between values over the highest bits of a product. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** After so many values it is judged whether looking is worth it. */
    private static final int TRIAL = 1 << 12;

    /** The bytes of the text of each slot, the last word filled up with zeros. */
    private final long[] keys = new long[SLOTS * MAX_WORDS];

    private final int[] lengths = new int[SLOTS];
    private final String[] texts = new String[SLOTS];

    private int left = TRIAL;
    private int found;
    private boolean givenUp;

    /**
     * @throws CharacterCodingException if the bytes are not UTF-8
     */
    String decode(byte[] data, int from, int to) throws CharacterCodingException {
        int length = to - from;
        if (givenUp || length == 0 || length > MAX_BYTES || to > data.length - Long.BYTES) {
            // At the very end of the bytes there is no whole word to read.
            return Utf8.decode(data, from, length);
        }
        if (--left == 0) {
            judge();
        }
        int slot = slot(data, from, length);
        if (lengths[slot] == length && isKey(slot, data, from, length)) {
            found++;
            return texts[slot];
        }
        String text = Utf8.decode(data, from, length);
        put(slot, data, from, length, text);
        return text;
    }

    private static int slot(byte[] data, int from, int length) {
        long hash = length;
        for (int at = 0; at < length; at += Long.BYTES) {
            hash = (hash ^ word(data, from, at, length)) * SPREAD;
        }
        return (int) (hash >>> Long.SIZE - SLOT_BITS);
    }

    private boolean isKey(int slot, byte[] data, int from, int length) {
        int key = slot * MAX_WORDS;
        for (int at = 0; at < length; at += Long.BYTES) {
            if (keys[key++] != word(data, from, at, length)) {
                return false;
            }
        }
        return true;
    }

    private void put(int slot, byte[] data, int from, int length, String text) {
        int key = slot * MAX_WORDS;
        for (int at = 0; at < length; at += Long.BYTES) {
            keys[key++] = word(data, from, at, length);
        }
        lengths[slot] = length;
        texts[slot] = text;
    }

    /** Eight bytes of a text, or what is left of it. */
    private static long word(byte[] data, int from, int at, int length) {
        long word = (long) WORD.get(data, from + at);
        int missing = Math.max(0, at + Long.BYTES - length);
        return word << missing * Byte.SIZE >>> missing * Byte.SIZE;
    }

    private void judge() {
        givenUp = found < TRIAL / 2;
        found = 0;
        left = TRIAL;
    }
}
