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
    private static final int SLOTS = 64;

    /** After so many values it is judged whether looking is worth it. */
    private static final int TRIAL = 1 << 12;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] texts = new String[SLOTS];

    private int left = TRIAL;
    private int found;
    private boolean givenUp;

    /**
     * @throws CharacterCodingException if the bytes are not UTF-8
     */
    String decode(byte[] data, int from, int to) throws CharacterCodingException {
        if (givenUp || to - from > MAX_BYTES) {
            return Utf8.decode(data, from, to - from);
        }
        if (--left == 0) {
            judge();
        }
        int slot = slot(data, from, to);
        byte[] key = keys[slot];
        if (key != null && Arrays.equals(key, 0, key.length, data, from, to)) {
            found++;
            return texts[slot];
        }
        String text = Utf8.decode(data, from, to - from);
        keys[slot] = Arrays.copyOfRange(data, from, to);
        texts[slot] = text;
        return text;
    }

    private static int slot(byte[] data, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + data[i];
        }
        return (hash ^ hash >>> 6 ^ hash >>> 12) & SLOTS - 1;
    }

    private void judge() {
        givenUp = found < TRIAL / 2;
        found = 0;
        left = TRIAL;
    }
}
