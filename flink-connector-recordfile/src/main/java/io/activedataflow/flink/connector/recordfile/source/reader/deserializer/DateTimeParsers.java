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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.function.Function;

/** The parsers of Java, for forms that {@link DateTimeText} does not read. */
@Internal
final class DateTimeParsers {

    private DateTimeParsers() {}

    static LocalDate date(byte[] data, int from, int to) throws CharacterCodingException {
        return parse(LocalDate::parse, Utf8.decode(data, from, to - from), "a date: 2026-03-01");
    }

    static LocalTime time(byte[] data, int from, int to) throws CharacterCodingException {
        return parse(LocalTime::parse, Utf8.decode(data, from, to - from), "a time: 12:00:00");
    }

    static LocalDateTime dateTime(byte[] data, int from, int to) throws CharacterCodingException {
        return parse(
                LocalDateTime::parse,
                withT(data, from, to),
                "a date and time without an offset: 2026-03-01 12:00:00");
    }

    static Instant instant(byte[] data, int from, int to) throws CharacterCodingException {
        return parse(
                DateTimeParsers::instant,
                withT(data, from, to),
                "a date and time with an offset: 2026-03-01T12:00:00Z");
    }

    /** One of the two wants seconds, the other knows neither leap seconds nor 24 o'clock. */
    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.parse(text);
        }
    }

    private static String withT(byte[] data, int from, int to) throws CharacterCodingException {
        return Utf8.decode(data, from, to - from).replace(' ', 'T');
    }

    /** The message of the parser is left out, as it contains the value. */
    private static <T> T parse(Function<String, T> parser, String text, String example) {
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            throw new ConversionException("It is not " + example + '.');
        }
    }
}
