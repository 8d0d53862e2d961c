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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Turns an entry of a Redis stream into any number of elements.
 *
 * <p>All methods but {@link #getProducedType} run on the task thread. What {@link #deserialize}
 * hands to the collector is emitted after it has returned: an exception discards the entry's
 * elements together, and the entry is then treated as the source's policy for malformed records
 * says. An element must therefore not be changed before {@code deserialize} has returned; it may be
 * re-used for the next entry as Flink's rules of object re-use allow.
 *
 * <p>The ready-made schemas agree on this: names are matched as UTF-8; of several fields of one
 * name the <em>last</em> counts, as in the maps that Redis clients make of entries; bytes that are
 * not UTF-8 where text is wanted make an entry malformed and are never replaced; none of their
 * types is serialized by Kryo.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface RedisStreamsDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once in each reader, before the first entry. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Deserializes one entry.
     *
     * @param entry a view that is valid only during the call
     * @param out takes zero or more elements; null elements are not allowed
     * @throws IOException if the entry is malformed; unchecked exceptions mean the same
     */
    void deserialize(RedisStreamsEntry entry, Collector<T> out) throws IOException;

    /**
     * Applies a function to each element of this schema, for example to wrap it in the job's own
     * envelope.
     *
     * @param function must not return null; its exceptions make the entry a malformed one
     * @param type the type of the results
     */
    default <R> RedisStreamsDeserializationSchema<R> map(
            SerializableFunction<? super T, ? extends R> function, TypeInformation<R> type) {
        Objects.requireNonNull(function, "function");
        return withMetadata((element, entry) -> function.apply(element), type);
    }

    /**
     * Combines each element of this schema with its entry: with the stream's key, the partition,
     * the entry ID, the timestamp, or further fields.
     *
     * @param function must not return null; its exceptions make the entry a malformed one
     * @param type the type of the results
     */
    default <R> RedisStreamsDeserializationSchema<R> withMetadata(
            EntryFunction<? super T, ? extends R> function, TypeInformation<R> type) {
        return new EntryFunctionSchema<>(this, function, type);
    }

    /**
     * The value of one field, through any schema of Flink: {@code field("payload", new
     * SimpleStringSchema())}. An entry without the field is malformed.
     *
     * @param valueSchema may collect any number of elements, or return null for none; its {@code
     *     isEndOfStream} is not asked
     */
    static <T> RedisStreamsDeserializationSchema<T> field(
            String name, DeserializationSchema<T> valueSchema) {
        return new SingleFieldSchema<>(name, valueSchema, true);
    }

    /** As {@link #field}, but an entry without the field yields no element. */
    static <T> RedisStreamsDeserializationSchema<T> fieldIfPresent(
            String name, DeserializationSchema<T> valueSchema) {
        return new SingleFieldSchema<>(name, valueSchema, false);
    }

    /**
     * All fields, as text. The map may be changed; it does not keep the order of the fields, as
     * Flink's serializer of maps would not either.
     */
    static RedisStreamsDeserializationSchema<Map<String, String>> stringMap() {
        return MapSchema.ofStrings();
    }

    /** All fields, the names as text, the values as they are. Unordered and changeable. */
    static RedisStreamsDeserializationSchema<Map<String, byte[]>> bytesMap() {
        return MapSchema.ofBytes();
    }

    /**
     * Fields by name as a row whose columns can be accessed by name and by position.
     *
     * <p>Values are the text of the column's type: decimal integers; floating-point numbers as
     * {@link Double#valueOf(String)} takes them; {@code true}, {@code false}, {@code 1}, {@code 0};
     * dates and times in ISO 8601, such as {@code 2026-03-01T12:00:00Z}; names of enum constants. A
     * {@code byte[]} takes the value as it is. Columns without a field in the entry are null,
     * fields without a column are left out, and a value that does not fit its type, the empty one
     * included where that is not text, makes the entry malformed.
     *
     * @param type names and types of the columns, from {@code Types.ROW_NAMED(names, types)}
     * @throws IllegalArgumentException if the type of a column is not among those named above
     */
    static RedisStreamsDeserializationSchema<Row> row(TypeInformation<Row> type) {
        return new RowSchema(type);
    }

    /**
     * Fields by name as an object: a POJO in the sense of Flink, or a public record. Values are
     * converted as in {@link #row}.
     *
     * <p>Of a field that the entry does not have, a POJO keeps what its constructor has set, a
     * record gets null; without a field for a primitive the entry is malformed. The fields of a
     * POJO are set directly, as Flink's own serializer does, not by its setters.
     *
     * @throws IllegalArgumentException if the class is neither, or one of its fields is of a type
     *     that text cannot be converted to
     */
    static <T> RedisStreamsDeserializationSchema<T> pojo(Class<T> type) {
        return new PojoSchema<>(type);
    }
}
