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
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Numbers since the epoch, or ISO 8601; without an offset it is UTC. */
@Internal
final class IsoOrEpochTime implements TimeReader {

    private static final long serialVersionUID = 1L;

    private static final int NANOS_OF_MILLI = 1_000_000;

    private final TimeUnit unit;
    private transient DateTimeText text;
    private transient IntegralConverter integers;

    IsoOrEpochTime(TimeUnit unit) {
        this.unit = Objects.requireNonNull(unit, "unit");
    }

    @Override
    public void open() {
        text = new DateTimeText();
        integers = IntegralConverter.toLong();
    }

    @Override
    public long read(byte[] data, int from, int to) throws CharacterCodingException {
        if (text.readInstant(data, from, to)
                || text.readDateTime(data, from, to)
                || text.readDate(data, from, to)) {
            return text.epochSecond() * 1000 + text.nano() / NANOS_OF_MILLI;
        }
        return isInteger(data, from, to) ? ofInteger(data, from, to) : ofRareForm(data, from, to);
    }

    private static boolean isInteger(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return i == from
                        && data[i] == '-'
                        && to - from > 1
                        && isInteger(data, from + 1, to);
            }
        }
        return true;
    }

    private long ofInteger(byte[] data, int from, int to) {
        long number = integers.toLong(Kind.TEXT, data, from, to);
        long millis = unit.toMillis(1);
        return millis > 0
                ? Math.multiplyExact(number, millis)
                : Math.floorDiv(number, unit.convert(1, TimeUnit.MILLISECONDS));
    }

    private long ofRareForm(byte[] data, int from, int to) throws CharacterCodingException {
        try {
            return EpochNumbers.millis(data, from, to, unit);
        } catch (ConversionException notANumber) {
            try {
                return DateTimeParsers.instant(data, from, to).toEpochMilli();
            } catch (ConversionException notAnInstant) {
                return DateTimeParsers.dateTime(data, from, to)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            }
        }
    }

    @Override
    public String toString() {
        return "ISO 8601 or " + unit;
    }
}
