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

import java.util.Set;

/** Truth values. */
@Internal
final class BooleanConverter extends ValueConverter {

    BooleanConverter() {
        super(false, Set.of(Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN));
    }

    @Override
    Boolean convert(Kind kind, byte[] data, int from, int to) {
        return toBoolean(data, from, to);
    }

    static boolean toBoolean(byte[] data, int from, int to) {
        try {
            return TextNumbers.parseBoolean(data, from, to - from);
        } catch (IllegalArgumentException e) {
            throw new ConversionException(e.getMessage());
        }
    }
}
