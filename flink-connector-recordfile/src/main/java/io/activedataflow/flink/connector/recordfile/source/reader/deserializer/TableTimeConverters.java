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
import org.apache.flink.table.data.TimestampData;

import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.Set;

/** Dates and times of tables. */
@Internal
final class TableTimeConverters {

    private static final int[] POWERS = {
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };
    private static final int NANO_DIGITS = 9;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private TableTimeConverters() {}

    /** The fraction of a second, cut off after so many digits. */
    private static int truncated(int nano, int precision) {
        return nano - nano % POWERS[NANO_DIGITS - precision];
    }

    private static TimestampData timestamp(DateTimeText text, int precision) {
        int nano = truncated(text.nano(), precision);
        return TimestampData.fromEpochMillis(
                text.epochSecond() * 1000 + nano / NANOS_OF_MILLI, nano % NANOS_OF_MILLI);
    }

    private static TimestampData timestamp(long millis, int precision) {
        // Digits are cut off towards the past, which is what cutting off the fraction does too.
        int unit = precision < 3 ? POWERS[3 - precision] : 1;
        return TimestampData.fromEpochMillis(Math.floorDiv(millis, unit) * unit);
    }

    /** Days since 1970-01-01. */
    static final class ToDate extends ValueConverter {

        private final DateTimeText text = new DateTimeText();

        ToDate() {
            super(false, Set.of(Kind.TEXT));
        }

        @Override
        Integer convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            return text.readDate(data, from, to)
                    ? (int) text.epochDay()
                    : Math.toIntExact(DateTimeParsers.date(data, from, to).toEpochDay());
        }
    }

    /** Milliseconds since midnight. */
    static final class ToTime extends ValueConverter {

        private final DateTimeText text = new DateTimeText();
        private final int precision;

        ToTime(int precision) {
            super(false, Set.of(Kind.TEXT));
            this.precision = precision;
        }

        @Override
        Integer convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            if (text.readTime(data, from, to)) {
                return millis(text.secondOfDay(), text.nano());
            }
            LocalTime time = DateTimeParsers.time(data, from, to);
            return millis(time.toSecondOfDay(), time.getNano());
        }

        private int millis(int secondOfDay, int nano) {
            return secondOfDay * 1000 + truncated(nano, precision) / NANOS_OF_MILLI;
        }
    }

    /** Without an offset. */
    static final class ToTimestamp extends ValueConverter {

        private final DateTimeText text = new DateTimeText();
        private final int precision;

        ToTimestamp(int precision) {
            super(false, Set.of(Kind.TEXT, Kind.NUMBER));
            this.precision = precision;
        }

        @Override
        TimestampData convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            if (kind == Kind.NUMBER) {
                return timestamp(EpochNumbers.millis(data, from, to), precision);
            }
            if (text.readDateTime(data, from, to)) {
                return timestamp(text, precision);
            }
            LocalDateTime time = DateTimeParsers.dateTime(data, from, to);
            return TimestampData.fromLocalDateTime(
                    time.withNano(truncated(time.getNano(), precision)));
        }
    }

    /** A point in time. */
    static final class ToInstant extends ValueConverter {

        private final DateTimeText text = new DateTimeText();
        private final int precision;

        ToInstant(int precision) {
            super(false, Set.of(Kind.TEXT, Kind.NUMBER));
            this.precision = precision;
        }

        @Override
        TimestampData convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            if (kind == Kind.NUMBER) {
                return timestamp(EpochNumbers.millis(data, from, to), precision);
            }
            if (text.readInstant(data, from, to)) {
                return timestamp(text, precision);
            }
            Instant instant = DateTimeParsers.instant(data, from, to);
            return TimestampData.fromInstant(
                    instant.with(
                            ChronoField.NANO_OF_SECOND, truncated(instant.getNano(), precision)));
        }
    }
}
