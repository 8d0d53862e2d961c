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

import java.nio.charset.CharacterCodingException;
import java.util.Set;

/**
 * Turns the bytes of a value into an object of one type. Made for one column of one schema, and
 * used by one thread: that of the worker, or that of the task, as {@link
 * RecordFileDeserializationSchema#isThreadAgnostic} says.
 */
@Internal
abstract class ValueConverter {

    private final boolean text;
    private final int kinds;

    /**
     * @param text whether values are text or bytes, so that an empty one is a value
     * @param kinds the kinds that can be converted
     */
    ValueConverter(boolean text, Set<Kind> kinds) {
        this.text = text;
        int bits = 0;
        for (Kind kind : kinds) {
            bits |= 1 << kind.ordinal();
        }
        this.kinds = bits;
    }

    /** Whether an empty value is a value and not the lack of one. */
    final boolean isText() {
        return text;
    }

    /** Whether a value of this kind can be converted at all. */
    final boolean takes(Kind kind) {
        return (kinds & 1 << kind.ordinal()) != 0;
    }

    /**
     * @param kind one that the converter takes
     * @return never null
     * @throws CharacterCodingException if the bytes should be text and are not UTF-8
     * @throws ConversionException if the text does not denote an object of the type
     */
    abstract Object convert(Kind kind, byte[] data, int from, int to)
            throws CharacterCodingException;
}
