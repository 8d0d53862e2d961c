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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.StringData;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;

/** Text of a table, which keeps the bytes as they are. */
@Internal
final class ToStringData extends ValueConverter {

    private final int maxCharacters;
    private final StringStore store;

    ToStringData(int maxCharacters, StringStore store) {
        super(true, TextConverters.VALUES);
        this.maxCharacters = maxCharacters;
        this.store = store;
    }

    @Override
    StringData convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
        if (!Utf8Check.isValid(data, from, to)) {
            throw new MalformedInputException(1);
        }
        if (to - from > maxCharacters && characters(data, from, to) > maxCharacters) {
            throw new ConversionException("It is longer than " + maxCharacters + " characters.");
        }
        return store.add(data, from, to);
    }

    private static int characters(byte[] data, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            // All bytes of a character but the first begin with these bits.
            if ((data[i] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
