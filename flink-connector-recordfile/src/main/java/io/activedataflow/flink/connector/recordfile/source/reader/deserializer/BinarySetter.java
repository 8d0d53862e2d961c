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

import javax.annotation.Nullable;

import java.nio.charset.CharacterCodingException;

/** Sets a field of a row to a value. */
@Internal
final class BinarySetter implements ColumnSetter<BinaryRow> {

    @FunctionalInterface
    private interface Writer {
        void write(BinaryRow row, Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException;
    }

    private final int field;
    private final Writer writer;

    private BinarySetter(int field, Writer writer) {
        this.field = field;
        this.writer = writer;
    }

    /**
     * @param converter the one that {@link RowDataConverters} has for the type of the field
     * @return null if values of the type have parts
     */
    @Nullable
    static BinarySetter of(int field, ValueConverter converter) {
        Writer writer = writer(field, converter);
        return writer == null ? null : new BinarySetter(field, writer);
    }

    @Nullable
    private static Writer writer(int field, ValueConverter converter) {
        if (converter instanceof ToStringData text) {
            return (row, kind, data, from, to) -> {
                text.check(data, from, to);
                row.setBytes(field, data, from, to);
            };
        }
        if (converter instanceof IntegralConverter integral) {
            long mask = integral.mask();
            return (row, kind, data, from, to) ->
                    row.setLong(field, integral.toLong(kind, data, from, to) & mask);
        }
        if (converter instanceof DoubleConverter real) {
            return (row, kind, data, from, to) ->
                    row.setLong(field, Double.doubleToRawLongBits(real.toDouble(data, from, to)));
        }
        if (converter instanceof FloatConverter real) {
            return (row, kind, data, from, to) ->
                    row.setLong(
                            field,
                            Integer.toUnsignedLong(
                                    Float.floatToRawIntBits(real.toFloat(data, from, to))));
        }
        if (converter instanceof BooleanConverter) {
            return (row, kind, data, from, to) ->
                    row.setLong(field, BooleanConverter.toBoolean(data, from, to) ? 1 : 0);
        }
        if (converter instanceof Base64Converter base64) {
            return (row, kind, data, from, to) -> {
                byte[] bytes = base64.convert(kind, data, from, to);
                row.setBytes(field, bytes, 0, bytes.length);
            };
        }
        if (converter instanceof ToDecimalData decimal) {
            return decimalWriter(field, decimal);
        }
        return timeWriter(field, converter);
    }

    private static Writer decimalWriter(int field, ToDecimalData decimal) {
        if (decimal.isCompact()) {
            return (row, kind, data, from, to) ->
                    row.setLong(field, decimal.toUnscaledLong(data, from, to));
        }
        return (row, kind, data, from, to) ->
                row.setDecimal(field, decimal.convert(kind, data, from, to).toUnscaledBytes());
    }

    @Nullable
    private static Writer timeWriter(int field, ValueConverter converter) {
        if (converter instanceof TableTimestampConverter timestamp) {
            if (timestamp.isCompact()) {
                return (row, kind, data, from, to) -> {
                    timestamp.read(kind, data, from, to);
                    row.setLong(field, timestamp.millis());
                };
            }
            return (row, kind, data, from, to) -> {
                timestamp.read(kind, data, from, to);
                row.setTimestamp(field, timestamp.millis(), timestamp.nanoOfMilli());
            };
        }
        if (converter instanceof TableTimeConverters.ToDate date) {
            return (row, kind, data, from, to) ->
                    row.setLong(field, Integer.toUnsignedLong(date.toInt(data, from, to)));
        }
        if (converter instanceof TableTimeConverters.ToTime time) {
            return (row, kind, data, from, to) ->
                    row.setLong(field, Integer.toUnsignedLong(time.toInt(data, from, to)));
        }
        return null;
    }

    @Override
    public void set(BinaryRow row, Kind kind, byte[] data, int from, int to)
            throws CharacterCodingException {
        writer.write(row, kind, data, from, to);
    }

    @Override
    public void clear(BinaryRow row) {
        row.setNull(field);
    }

    @Override
    public void skip(BinaryRow row) {
        row.setNull(field);
    }
}
