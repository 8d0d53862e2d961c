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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs converters on text, and the parsers of Java that they must agree with. */
final class Conversion {

    private Conversion() {}

    /** What a converter makes of a text that lies between other digits, or nothing. */
    static Optional<Object> of(ValueConverter converter, Kind kind, String text) {
        Optional<Object> converted = between("1", converter, kind, text);
        // Short ones are read in a word with what stands before them.
        assertThat(between("-1.5e+10", converter, kind, text)).isEqualTo(converted);
        return converted;
    }

    private static Optional<Object> between(
            String neighbour, ValueConverter converter, Kind kind, String text) {
        byte[] data = (neighbour + text + neighbour).getBytes(StandardCharsets.UTF_8);
        int length = neighbour.length();
        try {
            return Optional.of(converter.convert(kind, data, length, data.length - length));
        } catch (ConversionException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Optional<Object> ofText(ValueConverter converter, String text) {
        return of(converter, Kind.TEXT, text);
    }

    static Optional<Object> ofNumber(ValueConverter converter, String text) {
        return of(converter, Kind.NUMBER, text);
    }

    /** What a parser of Java makes of a text, or nothing. */
    static Optional<Object> expected(Function<String, Object> parser, String text) {
        try {
            return Optional.ofNullable(parser.apply(text));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
