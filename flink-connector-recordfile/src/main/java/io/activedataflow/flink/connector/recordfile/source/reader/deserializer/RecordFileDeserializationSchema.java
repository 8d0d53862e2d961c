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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns a record of a file into any number of elements.
 *
 * <p>{@link #open} runs on the task thread, and so does {@link #deserialize}, unless {@link
 * #isThreadAgnostic}. What {@link #deserialize} hands to the collector is emitted after it has
 * returned: an exception discards the record's elements together, and the record is then treated as
 * the source's policy for malformed records says. An element must therefore not be changed before
 * {@code deserialize} has returned; it may be re-used for the next record as Flink's rules of
 * object re-use allow.
 *
 * <h2>Ready-made schemas</h2>
 *
 * <p>Those that read columns by name ({@link #map}, {@link #row}, {@link #pojo}, and {@link
 * RecordFileRowDataSchema} for the tables of Flink) agree on this:
 *
 * <ul>
 *   <li>A column that a record does not have, where the format allows for that, and a value that
 *       says that it is none, are null. An empty value of a type that is not text is null too.
 *   <li>Where null is not possible, such as in a primitive, the record is malformed: {@code
 *       COLUMN_COUNT} if it does not have the column, otherwise {@code CAST}. This holds also where
 *       malformed fields are set to null.
 *   <li>A value that does not fit its type is {@code CAST}, one that should be text and is not
 *       UTF-8 is {@code ENCODING}; nothing is replaced, cut or guessed.
 *   <li>Integers are decimal. Floating-point numbers and decimals are what {@link
 *       Double#parseDouble} and {@link java.math.BigDecimal#BigDecimal(String)} take. Booleans are
 *       {@code true} and {@code false} in any case, {@code 1} and {@code 0}.
 *   <li>Dates and times are ISO 8601, with {@code T} or a space between date and time: {@code
 *       2026-03-01}, {@code 12:00:00.5}, {@code 2026-03-01 12:00:00}. Points in time need their
 *       offset: {@code 2026-03-01T12:00:00Z}, {@code 2026-03-01 13:00:00.123+01:00}. A number of
 *       JSON is a timestamp in milliseconds since the epoch, in UTC.
 *   <li>Text takes numbers, booleans, objects and arrays of JSON too, as they are written.
 *   <li>None of their types is serialized by Kryo.
 * </ul>
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface RecordFileDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once in each reader, before the first record. */
    default void open(Context context) throws Exception {}

    /**
     * Deserializes one record.
     *
     * @param record a view that is valid only during the call
     * @param out takes zero or more elements; null elements are not allowed
     * @throws IOException if the record is malformed; unchecked exceptions mean the same
     */
    void deserialize(RecordFileRecord record, Collector<T> out) throws IOException;

    /**
     * Whether {@link #deserialize} may run on the thread that reads the files, ahead of the task,
     * which is faster: the task thread then has nothing to do but to emit. Only for a schema that
     * makes a new element each time, never touches an element again, and uses nothing that belongs
     * to the task thread. All calls come from one thread, the same for all files of a reader. What
     * was made ahead of a failure is made again after it.
     *
     * @return false by default; true for the ready-made schemas, but not for {@link #value}, {@link
     *     #map(SerializableFunction, TypeInformation)} and {@link #withMetadata}, which run code of
     *     others
     */
    default boolean isThreadAgnostic() {
        return false;
    }

    /**
     * Applies a function to each element of this schema, for example to wrap it in the job's own
     * envelope.
     *
     * @param function must not return null; its exceptions make the record a malformed one
     * @param type the type of the results
     */
    default <R> RecordFileDeserializationSchema<R> map(
            SerializableFunction<? super T, ? extends R> function, TypeInformation<R> type) {
        Objects.requireNonNull(function, "function");
        return withMetadata((element, record) -> function.apply(element), type);
    }

    /**
     * Combines each element of this schema with its record: with the path of the file, the parts of
     * that path, the offset, the length, the line, the record number, or the time when the file was
     * modified.
     *
     * @param function must not return null; its exceptions make the record a malformed one
     * @param type the type of the results
     */
    default <R> RecordFileDeserializationSchema<R> withMetadata(
            RecordFunction<? super T, ? extends R> function, TypeInformation<R> type) {
        return new RecordFunctionSchema<>(this, function, type);
    }

    /** The record as text, without its line break or delimiter. */
    static RecordFileDeserializationSchema<String> text() {
        return WholeRecordSchema.ofText();
    }

    /** The record as it is, without its line break or delimiter, in an array of its own. */
    static RecordFileDeserializationSchema<byte[]> bytes() {
        return WholeRecordSchema.ofBytes();
    }

    /**
     * The record as a whole, through any schema of Flink: {@code value(new
     * JsonDeserializationSchema<>(Order.class))}.
     *
     * @param schema may collect any number of elements, or return null for none; its {@code
     *     isEndOfStream} is not asked; gets a copy of the record, which it may keep
     */
    static <T> RecordFileDeserializationSchema<T> value(DeserializationSchema<T> schema) {
        return new ValueSchema<>(schema);
    }

    /**
     * All columns of a record as text, by name. A column that says that it has no value is null in
     * the map, one that the record does not have is not in it. Of several columns of one name the
     * last counts. Unordered and changeable.
     */
    static RecordFileDeserializationSchema<Map<String, String>> map() {
        return new MapSchema();
    }

    /**
     * Columns by name as a row whose fields can be accessed by name and by position. Columns that
     * the type does not name are left out. Types besides numbers, booleans, text, dates and times:
     * {@code byte[]}, which takes the bytes of the value as they are, and enums, by the names of
     * their constants.
     *
     * @param type names and types of the columns, from {@code Types.ROW_NAMED(names, types)}
     * @throws IllegalArgumentException if the type of a column is not among those named above
     */
    static RecordFileDeserializationSchema<Row> row(TypeInformation<Row> type) {
        return new RowSchema(type);
    }

    /**
     * Columns by name as an object: a POJO in the sense of Flink, or a public record. Types are
     * those of {@link #row}, and primitives. A field is read from the column of its name, which
     * must be the same in upper and lower case, or of the name in its {@link RecordFileColumn}.
     *
     * <p>Of a column that the record does not have, a POJO keeps what its constructor has set,
     * unless that is a primitive. The fields of a POJO are set directly, as Flink's own serializer
     * does, not by its setters.
     *
     * @throws IllegalArgumentException if the class is neither, one of its fields is of a type that
     *     a value cannot be converted to, or two of them are read from the same column
     */
    static <T> RecordFileDeserializationSchema<T> pojo(Class<T> type) {
        return pojo(type, Map.of());
    }

    /**
     * As {@link #pojo(Class)}, for classes that cannot be annotated.
     *
     * @param columns the names of columns by the names of fields; fields that are not in it are
     *     read as {@link #pojo(Class)} reads them
     * @throws IllegalArgumentException also if the class has no field of one of these names
     */
    static <T> RecordFileDeserializationSchema<T> pojo(Class<T> type, Map<String, String> columns) {
        return new PojoSchema<>(type, columns);
    }

    /** What a schema is opened with. */
    interface Context extends DeserializationSchema.InitializationContext {

        /**
         * A reader of named columns of the records of this source.
         *
         * @param columns the columns wanted, or null for all columns of each record
         * @throws UnsupportedOperationException if records of this format have no columns
         */
        ColumnReader columns(@Nullable List<String> columns);

        /**
         * To be called for a value that does not fit its column's type. Returns if the value is to
         * be taken as null, which has been counted then.
         *
         * @throws MalformedRecordException the one given, if the record is malformed for that
         */
        void fieldFailed(MalformedRecordException error) throws MalformedRecordException;
    }
}
