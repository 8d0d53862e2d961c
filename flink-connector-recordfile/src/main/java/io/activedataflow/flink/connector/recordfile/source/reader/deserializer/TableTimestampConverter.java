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
import java.time.ZoneOffset;
import java.util.Set;

/** Timestamps of tables, with and without an offset. Digits beyond the precision are cut off. */
@Internal
final class TableTimestampConverter extends ValueConverter {

    /** Timestamps of this precision or less are milliseconds, and nothing else. */
    private static final int MILLI_DIGITS = 3;

    private static final int NANOS_OF_MILLI = 1_000_000;

    private final DateTimeText text = new DateTimeText();
    private final int precision;
    private final boolean withOffset;

    private long millis;
    private int nanoOfMilli;

    private TableTimestampConverter(int precision, boolean withOffset) {
        super(false, Set.of(Kind.TEXT, Kind.NUMBER));
        this.precision = precision;
        this.withOffset = withOffset;
    }

    static TableTimestampConverter toTimestamp(int precision) {
        return new TableTimestampConverter(precision, false);
    }

    static TableTimestampConverter toInstant(int precision) {
        return new TableTimestampConverter(precision, true);
    }

    boolean isCompact() {
        return precision <= MILLI_DIGITS;
    }

    /** Reads a value; the other methods answer for it afterwards. */
    void read(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
        if (kind == Kind.NUMBER) {
            long number = EpochNumbers.millis(data, from, to);
            int nano = (int) Math.floorMod(number, 1000L) * NANOS_OF_MILLI;
            set(Math.floorDiv(number, 1000L), nano);
        } else if (withOffset
                ? text.readInstant(data, from, to)
                : text.readDateTime(data, from, to)) {
            set(text.epochSecond(), text.nano());
        } else {
            Instant instant =
                    withOffset
                            ? DateTimeParsers.instant(data, from, to)
                            : DateTimeParsers.dateTime(data, from, to).toInstant(ZoneOffset.UTC);
            set(instant.getEpochSecond(), instant.getNano());
        }
    }

    private void set(long epochSecond, int nano) {
        int kept = TableTimeConverters.truncated(nano, precision);
        millis = epochSecond * 1000 + kept / NANOS_OF_MILLI;
        nanoOfMilli = kept % NANOS_OF_MILLI;
    }

    /** Milliseconds since 1970-01-01T00:00:00. */
    long millis() {
        return millis;
    }

    int nanoOfMilli() {
        return nanoOfMilli;
    }

    @Override
    TimestampData convert(Kind kind, byte[] data, int from, int to)
            throws CharacterCodingException {
        read(kind, data, from, to);
        return TimestampData.fromEpochMillis(millis, nanoOfMilli);
    }
}
