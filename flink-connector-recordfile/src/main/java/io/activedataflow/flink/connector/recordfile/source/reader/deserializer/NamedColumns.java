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

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.nio.charset.CharacterCodingException;
import java.util.List;

/**
 * Picks the columns of given names out of records and converts their values. Used by one thread.
 *
 * <p>An exception of a value leaves the record half read; the next record is not affected.
 */
@Internal
final class NamedColumns {

    /**
     * A column to pick.
     *
     * @param name its name
     * @param type the name of the type it is converted to, for messages
     * @param nullable whether it may be null
     */
    record Column(String name, String type, ValueConverter converter, boolean nullable) {}

    private final RecordFileDeserializationSchema.Context context;
    private final Column[] columns;
    private final ValueConverter[] converters;
    private final ColumnReader reader;

    NamedColumns(List<Column> columns, RecordFileDeserializationSchema.Context context) {
        this.context = context;
        this.columns = columns.toArray(Column[]::new);
        this.converters = columns.stream().map(Column::converter).toArray(ValueConverter[]::new);
        this.reader = context.columns(columns.stream().map(Column::name).toList());
    }

    /** Finds the columns of a record; the other methods answer for it afterwards. */
    void read(RecordFileRecord record) throws MalformedRecordException {
        reader.read(record);
    }

    /**
     * The value of a column, or null.
     *
     * @throws MalformedRecordException if it does not fit, or is null and may not be
     */
    @Nullable
    Object value(int column) throws MalformedRecordException {
        Kind kind = reader.kind(column);
        if (kind == Kind.MISSING || kind == Kind.NULL) {
            checkNullable(column, kind);
            return null;
        }
        int from = reader.from(column);
        int to = reader.to(column);
        if (isEmpty(column, kind, from, to)) {
            checkNullable(column, kind);
            return null;
        }
        byte[] data = reader.buffer(column);
        try {
            if (converters[column].takes(kind)) {
                return converters[column].convert(kind, data, from, to);
            }
        } catch (CharacterCodingException | RuntimeException e) {
            failed(column, data, from, to, e);
            return null;
        }
        failed(column, data, from, to, null);
        return null;
    }

    /**
     * Puts the value of a column where it belongs.
     *
     * @throws MalformedRecordException if it does not fit, or is null and may not be
     */
    <T> void set(int column, ColumnSetter<T> setter, T target)
            throws MalformedRecordException, IllegalAccessException {
        Kind kind = reader.kind(column);
        if (kind == Kind.MISSING) {
            checkNullable(column, kind);
            setter.skip(target);
            return;
        }
        if (kind == Kind.NULL) {
            checkNullable(column, kind);
            setter.clear(target);
            return;
        }
        int from = reader.from(column);
        int to = reader.to(column);
        if (isEmpty(column, kind, from, to)) {
            checkNullable(column, kind);
            setter.clear(target);
            return;
        }
        byte[] data = reader.buffer(column);
        try {
            if (converters[column].takes(kind)) {
                setter.set(target, kind, data, from, to);
                return;
            }
        } catch (CharacterCodingException | RuntimeException e) {
            failed(column, data, from, to, e);
            setter.clear(target);
            return;
        }
        failed(column, data, from, to, null);
        setter.clear(target);
    }

    /** Whether a value is the lack of one. */
    private boolean isEmpty(int column, Kind kind, int from, int to) {
        return from == to && kind == Kind.TEXT && !converters[column].isText();
    }

    private void checkNullable(int column, Kind kind) throws MalformedRecordException {
        Column absent = columns[column];
        if (absent.nullable()) {
            return;
        }
        boolean missing = kind == Kind.MISSING;
        throw new MalformedRecordException(
                missing ? RecordFileError.COLUMN_COUNT : RecordFileError.CAST,
                absent.name(),
                (missing ? "The record has no column '" : "There is no value in column '")
                        + absent.name()
                        + "', whose type "
                        + absent.type()
                        + " cannot be null.",
                null);
    }

    /** Returns if the value is to be taken as null. */
    private void failed(int column, byte[] data, int from, int to, @Nullable Exception cause)
            throws MalformedRecordException {
        Column failed = columns[column];
        MalformedRecordException error = error(failed, Excerpt.of(data, from, to - from), cause);
        if (!failed.nullable()) {
            throw error;
        }
        context.fieldFailed(error);
    }

    private static MalformedRecordException error(
            Column column, String value, @Nullable Exception cause) {
        String what = "The value " + value + " of column '" + column.name() + "' is not ";
        if (cause instanceof CharacterCodingException) {
            return new MalformedRecordException(
                    RecordFileError.ENCODING, column.name(), what + "UTF-8.", null);
        }
        // Messages of other exceptions may contain the whole value.
        String why = cause instanceof ConversionException ? ' ' + cause.getMessage() : "";
        return new MalformedRecordException(
                RecordFileError.CAST,
                column.name(),
                what + "of type " + column.type() + '.' + why,
                null);
    }
}
