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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * The values that FIX writes in a way of its own: Boolean as {@code Y} and {@code N}, UTCTimestamp
 * as {@code 20260301-12:00:00.123}, LocalMktDate as {@code 20260301}, UTCTimeOnly as {@code
 * 12:00:00.123}, the fraction of the second being optional.
 */
@Internal
final class FixText {

    private static final DateTimeFormatter DATE =
            formatter(
                    new DateTimeFormatterBuilder()
                            .appendValue(ChronoField.YEAR, 4)
                            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                            .appendValue(ChronoField.DAY_OF_MONTH, 2));

    private static final DateTimeFormatter TIME =
            formatter(
                    new DateTimeFormatterBuilder()
                            .appendValue(ChronoField.HOUR_OF_DAY, 2)
                            .appendLiteral(':')
                            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                            .appendLiteral(':')
                            .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
                            .optionalStart()
                            .appendLiteral('.')
                            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false));

    private static final DateTimeFormatter DATE_TIME =
            formatter(new DateTimeFormatterBuilder().append(DATE).appendLiteral('-').append(TIME));

    private FixText() {}

    private static DateTimeFormatter formatter(DateTimeFormatterBuilder builder) {
        return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /** The converter into objects of a class, or null if FIX has no way of its own to write it. */
    @Nullable
    static TextConverter converterTo(Class<?> target) {
        if (target == boolean.class || target == Boolean.class) {
            return FixText::parseBoolean;
        }
        if (target == Instant.class) {
            return (data, offset, length) ->
                    LocalDateTime.parse(Utf8.decode(data, offset, length), DATE_TIME)
                            .toInstant(ZoneOffset.UTC);
        }
        if (target == LocalDateTime.class) {
            return (data, offset, length) ->
                    LocalDateTime.parse(Utf8.decode(data, offset, length), DATE_TIME);
        }
        if (target == LocalDate.class) {
            return (data, offset, length) ->
                    LocalDate.parse(Utf8.decode(data, offset, length), DATE);
        }
        if (target == LocalTime.class) {
            return (data, offset, length) ->
                    LocalTime.parse(Utf8.decode(data, offset, length), TIME);
        }
        return null;
    }

    private static boolean parseBoolean(byte[] data, int offset, int length) {
        if (length != 1 || data[offset] != 'Y' && data[offset] != 'N') {
            throw new IllegalArgumentException("It is neither Y nor N.");
        }
        return data[offset] == 'Y';
    }
}
