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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;

/** Dates and times as objects of {@code java.time}. */
@Internal
final class DateTimeConverters {

    private DateTimeConverters() {}

    static final class ToLocalDate extends ValueConverter {

        private final DateTimeText text = new DateTimeText();

        ToLocalDate() {
            super(false, Set.of(Kind.TEXT));
        }

        @Override
        LocalDate convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            return text.readDate(data, from, to)
                    ? LocalDate.ofEpochDay(text.epochDay())
                    : DateTimeParsers.date(data, from, to);
        }
    }

    static final class ToLocalTime extends ValueConverter {

        private final DateTimeText text = new DateTimeText();

        ToLocalTime() {
            super(false, Set.of(Kind.TEXT));
        }

        @Override
        LocalTime convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            return text.readTime(data, from, to)
                    ? LocalTime.ofSecondOfDay(text.secondOfDay()).withNano(text.nano())
                    : DateTimeParsers.time(data, from, to);
        }
    }

    static final class ToLocalDateTime extends ValueConverter {

        private final DateTimeText text = new DateTimeText();

        ToLocalDateTime() {
            super(false, Set.of(Kind.TEXT, Kind.NUMBER));
        }

        @Override
        LocalDateTime convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            if (kind == Kind.NUMBER) {
                return LocalDateTime.ofInstant(
                        Instant.ofEpochMilli(EpochNumbers.millis(data, from, to)), ZoneOffset.UTC);
            }
            return text.readDateTime(data, from, to)
                    ? LocalDateTime.ofEpochSecond(text.epochSecond(), text.nano(), ZoneOffset.UTC)
                    : DateTimeParsers.dateTime(data, from, to);
        }
    }

    static final class ToInstant extends ValueConverter {

        private final DateTimeText text = new DateTimeText();

        ToInstant() {
            super(false, Set.of(Kind.TEXT, Kind.NUMBER));
        }

        @Override
        Instant convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            if (kind == Kind.NUMBER) {
                return Instant.ofEpochMilli(EpochNumbers.millis(data, from, to));
            }
            return text.readInstant(data, from, to)
                    ? Instant.ofEpochSecond(text.epochSecond(), text.nano())
                    : DateTimeParsers.instant(data, from, to);
        }
    }
}
