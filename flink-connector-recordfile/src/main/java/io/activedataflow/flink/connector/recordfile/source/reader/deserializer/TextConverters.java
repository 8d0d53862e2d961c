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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text, bytes, and the names of constants. */
@Internal
final class TextConverters {

    /** Whatever is a value. */
    static final Set<Kind> VALUES =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Kind.MISSING, Kind.NULL)));

    private TextConverters() {}

    static final class ToText extends ValueConverter {

        private final RepeatedTexts texts = new RepeatedTexts();

        ToText() {
            super(true, VALUES);
        }

        @Override
        String convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            return texts.decode(data, from, to);
        }
    }

    static final class ToBytes extends ValueConverter {

        ToBytes() {
            super(true, VALUES);
        }

        @Override
        byte[] convert(Kind kind, byte[] data, int from, int to) {
            return Arrays.copyOfRange(data, from, to);
        }
    }

    static final class ToEnum extends ValueConverter {

        private final Map<String, Object> constants;
        private final RepeatedTexts texts = new RepeatedTexts();

        ToEnum(Class<?> type) {
            super(false, Set.of(Kind.TEXT));
            constants =
                    Stream.of(type.getEnumConstants())
                            .collect(
                                    Collectors.toMap(
                                            constant -> ((Enum<?>) constant).name(),
                                            constant -> constant,
                                            (first, second) -> first,
                                            HashMap::new));
        }

        @Override
        Object convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            Object constant = constants.get(texts.decode(data, from, to));
            if (constant == null) {
                throw new ConversionException("It is none of " + constants.values() + '.');
            }
            return constant;
        }
    }
}
