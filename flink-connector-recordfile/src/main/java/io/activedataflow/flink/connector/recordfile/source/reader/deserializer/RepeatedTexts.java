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

import io.activedataflow.flink.connector.recordfile.format.ByteWords;

import org.apache.flink.annotation.Internal;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Decodes the values of one column, and gives the same object again for a short text that has come
 * before: columns such as a country or a status have few values, and making each anew is most of
 * the cost of reading them. Where values hardly ever come again it stops looking for them.
 */
@Internal
final class RepeatedTexts {

    private static final int MAX_BYTES = 32;

    /** Texts are looked at in pieces of two words, as nearly all of them have one piece only. */
    private static final int PIECE_BYTES = 2 * Long.BYTES;

    private static final int MAX_WORDS = MAX_BYTES / Long.BYTES;
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;

    /** By number of bytes: a word of which only so many are set. */
    private static final long[] MASKS = {
        0,
        0xFFL,
        0xFFFFL,
        0xFFFFFFL,
        0xFFFFFFFFL,
        0xFFFFFFFFFFL,
        0xFFFFFFFFFFFFL,
        0xFFFFFFFFFFFFFFL,
        -1L
    };

    /** Odd factors that spread what differs between texts over the highest bits of a product. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final long SPREAD_MORE = 0xC2B2AE3D27D4EB4FL;

    /** After so many values it is judged whether looking is worth it. */
    private static final int TRIAL = 1 << 12;

    /** The bytes of the text of each slot, the last word filled up with zeros. */
    private final long[] keys = new long[SLOTS * MAX_WORDS];

    private final int[] lengths = new int[SLOTS];
    private final String[] texts = new String[SLOTS];

    private int left = TRIAL;
    private int found;
    private boolean givenUp;

    RepeatedTexts() {
        Arrays.fill(lengths, -1);
    }

    /**
     * @throws CharacterCodingException if the bytes are not UTF-8
     */
    String decode(byte[] data, int from, int to) throws CharacterCodingException {
        int length = to - from;
        if (givenUp || length > MAX_BYTES || from > data.length - MAX_BYTES) {
            // At the very end of the bytes there are no whole words to read.
            return Utf8.decode(data, from, length);
        }
        if (--left == 0) {
            judge();
        }
        long word0 = word(data, from, 0, length);
        long word1 = word(data, from, Long.BYTES, length);
        long hash = word0 * SPREAD + word1 * SPREAD_MORE;
        long word2 = 0;
        long word3 = 0;
        if (length > PIECE_BYTES) {
            word2 = word(data, from, PIECE_BYTES, length);
            word3 = word(data, from, PIECE_BYTES + Long.BYTES, length);
            hash += (word2 * SPREAD_MORE ^ word3) * SPREAD;
        }
        int slot = (int) (hash >>> Long.SIZE - SLOT_BITS);
        int key = slot * MAX_WORDS;
        long difference = keys[key] ^ word0 | keys[key + 1] ^ word1 | lengths[slot] ^ length;
        if (length > PIECE_BYTES) {
            difference |= keys[key + 2] ^ word2 | keys[key + 3] ^ word3;
        }
        if (difference == 0) {
            found++;
            return texts[slot];
        }
        String text = Utf8.decode(data, from, length);
        keys[key] = word0;
        keys[key + 1] = word1;
        keys[key + 2] = word2;
        keys[key + 3] = word3;
        lengths[slot] = length;
        texts[slot] = text;
        return text;
    }

    /** Eight bytes of a text, zeros behind its end. */
    private static long word(byte[] data, int from, int at, int length) {
        return ByteWords.get(data, from + at)
                & MASKS[Math.max(0, Math.min(length - at, Long.BYTES))];
    }

    private void judge() {
        givenUp = found < TRIAL / 2;
        found = 0;
        left = TRIAL;
    }
}
