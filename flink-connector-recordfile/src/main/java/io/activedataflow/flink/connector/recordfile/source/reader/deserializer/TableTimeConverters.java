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
import java.time.LocalTime;
import java.util.Set;

/** Dates and times of day of tables. */
@Internal
final class TableTimeConverters {

    private static final int[] POWERS = {
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };
    private static final int NANO_DIGITS = 9;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private TableTimeConverters() {}

    /** The fraction of a second, cut off after so many digits. */
    static int truncated(int nano, int precision) {
        return nano - nano % POWERS[NANO_DIGITS - precision];
    }

    /** Days since 1970-01-01. */
    static final class ToDate extends ValueConverter {

        private final DateTimeText text = new DateTimeText();

        ToDate() {
            super(false, Set.of(Kind.TEXT));
        }

        @Override
        Integer convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            return toInt(data, from, to);
        }

        int toInt(byte[] data, int from, int to) throws CharacterCodingException {
            // The years of Java's dates are such that the days always fit.
            return (int)
                    (text.readDate(data, from, to)
                            ? text.epochDay()
                            : DateTimeParsers.date(data, from, to).toEpochDay());
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
            return toInt(data, from, to);
        }

        int toInt(byte[] data, int from, int to) throws CharacterCodingException {
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
}
