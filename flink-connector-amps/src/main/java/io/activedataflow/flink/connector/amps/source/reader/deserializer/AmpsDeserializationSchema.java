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

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;

import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Turns an AMPS message into any number of elements.
 *
 * <p>All methods but {@link #getProducedType} run on the task thread. What {@link #deserialize}
 * hands to the collector is emitted after it has returned: an exception discards the message's
 * elements together, and the message is then treated as the source's policy for malformed records
 * says. An element must therefore not be changed before {@code deserialize} has returned; it may be
 * re-used for the next message as Flink's rules of object re-use allow.
 *
 * <p>The ready-made schemas agree on this: of several fields of one tag the <em>last</em> counts;
 * bytes that are not UTF-8 where text is wanted make a message malformed and are never replaced;
 * none of their types is serialized by Kryo.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface AmpsDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once in each reader, before the first message. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Deserializes one message.
     *
     * @param message a view that is valid only during the call
     * @param out takes zero or more elements; null elements are not allowed
     * @throws IOException if the message is malformed; unchecked exceptions mean the same
     */
    void deserialize(AmpsMessage message, Collector<T> out) throws IOException;

    /**
     * Applies a function to each element of this schema, for example to wrap it in the job's own
     * envelope.
     *
     * @param function must not return null; its exceptions make the message a malformed one
     * @param type the type of the results
     */
    default <R> AmpsDeserializationSchema<R> map(
            SerializableFunction<? super T, ? extends R> function, TypeInformation<R> type) {
        Objects.requireNonNull(function, "function");
        return withMetadata((element, message) -> function.apply(element), type);
    }

    /**
     * Combines each element of this schema with its message: with the topic, the command, the
     * bookmark, the server's timestamp, the correlation ID, the SOW key, or the publisher's user.
     *
     * @param function must not return null; its exceptions make the message a malformed one
     * @param type the type of the results
     */
    default <R> AmpsDeserializationSchema<R> withMetadata(
            MessageFunction<? super T, ? extends R> function, TypeInformation<R> type) {
        return new MessageFunctionSchema<>(this, function, type);
    }

    /**
     * Takes messages about records that are out of focus, of command {@link
     * io.activedataflow.flink.connector.amps.AmpsCommand#OOF}, apart: their body is the record as
     * it was before, or as it is now, or, where the reason is {@link
     * io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason#MISSING}, empty, which is no JSON
     * for example.
     *
     * @param function makes the element of such a message, which is a view that is valid only
     *     during the call; must not return null; its exceptions make the message a malformed one
     */
    default AmpsDeserializationSchema<T> withOutOfFocus(
            SerializableFunction<? super AmpsMessage, ? extends T> function) {
        return new OutOfFocusSchema<>(this, function);
    }

    /**
     * The body, through any schema of Flink: {@code value(new SimpleStringSchema())}.
     *
     * @param schema may collect any number of elements, or return null for none; its {@code
     *     isEndOfStream} is not asked; gets a copy of the body, which it may keep
     */
    static <T> AmpsDeserializationSchema<T> value(DeserializationSchema<T> schema) {
        return new ValueSchema<>(schema);
    }

    /** The body as UTF-8 text. */
    static AmpsDeserializationSchema<String> string() {
        return BodySchema.ofText();
    }

    /** The body as it is, in an array of its own. */
    static AmpsDeserializationSchema<byte[]> bytes() {
        return BodySchema.ofBytes();
    }

    /**
     * The body as JSON text of an object, by the {@code JsonDeserializationSchema} of Flink. Needs
     * {@code flink-json} on the class path.
     *
     * <p>A property that the class has no place for makes the message malformed, unless the class
     * is annotated with {@code @JsonIgnoreProperties(ignoreUnknown = true)} of Flink's shaded
     * Jackson. The body {@code null} yields no element.
     *
     * @param type a POJO in the sense of Flink, a public record, or any other class that Flink has
     *     a serializer of its own for
     * @throws IllegalArgumentException if some part of the class would be left to Kryo
     * @throws IllegalStateException if {@code flink-json} is missing
     */
    static <T> AmpsDeserializationSchema<T> json(Class<T> type) {
        TypeInformation<T> information = JsonTypes.typeOf(type);
        return OptionalDependency.using(
                "flink-json", () -> JsonSchema.of(information), "org/apache/flink/formats/json/");
    }

    /**
     * The body as a record of a class that Avro has generated, in binary encoding, without a header
     * and written with the schema of the class. Needs {@code flink-avro} on the class path.
     *
     * <p>To be preferred to {@code value(AvroDeserializationSchema.forSpecific(...))}, whose
     * decoder reads ahead: a body with bytes behind the end of its record spoils the messages that
     * follow. Here it is a malformed message, and nothing else.
     *
     * @throws IllegalStateException if {@code flink-avro} is missing
     */
    static <T extends SpecificRecord> AmpsDeserializationSchema<T> avro(Class<T> type) {
        return OptionalDependency.using(
                "flink-avro",
                () -> AvroSchema.ofSpecific(type),
                "org/apache/avro/",
                "org/apache/flink/formats/avro/");
    }

    /**
     * As {@link #avro}, as a generic record.
     *
     * @param schema the schema of the writer in JSON: {@code schema.toString()}
     * @throws RuntimeException if it is not the schema of a record
     * @throws IllegalStateException if {@code flink-avro} is missing
     */
    // Text, because the type in the signature would make this interface unusable without Avro.
    static AmpsDeserializationSchema<GenericRecord> avroGeneric(String schema) {
        return OptionalDependency.using(
                "flink-avro",
                () -> AvroSchema.ofGeneric(schema),
                "org/apache/avro/",
                "org/apache/flink/formats/avro/");
    }

    /**
     * The fields of an NVFIX body, {@code name=value} separated by the byte 1, as text. The last
     * separator may be missing, an empty body is an empty map, and a field without {@code =} or
     * without a name makes the message malformed. The map may be changed; it is unordered.
     */
    static AmpsDeserializationSchema<Map<String, String>> nvfixMap() {
        return new MapSchema(TagValueFormat.NVFIX);
    }

    /**
     * The fields of a FIX body by tag, such as {@code "55"}; otherwise as {@link #nvfixMap}. A tag
     * that is not a number makes the message malformed. Values that contain the separator, as
     * fields of FIX's type {@code data} may, are not supported.
     */
    static AmpsDeserializationSchema<Map<String, String>> fixMap() {
        return new MapSchema(TagValueFormat.FIX);
    }

    /**
     * The fields of an NVFIX body as an object: a POJO in the sense of Flink, or a public record.
     * Fields of the class are matched by their names, or by the tag in {@link AmpsField}.
     *
     * <p>Values are the text of the field's type: decimal integers; floating-point numbers as
     * {@link Double#valueOf(String)} takes them; {@code true}, {@code false}, {@code 1}, {@code 0};
     * dates and times in ISO 8601, such as {@code 2026-03-01T12:00:00Z}; names of enum constants. A
     * {@code byte[]} takes the value as it is. Tags that the class has no field for are left out,
     * and a value that does not fit its type, the empty one included where that is not text, makes
     * the message malformed.
     *
     * <p>Of a tag that the message does not have, a POJO keeps what its constructor has set, a
     * record gets null; without a tag for a primitive the message is malformed. The fields of a
     * POJO are set directly, as Flink's own serializer does, not by its setters.
     *
     * @throws IllegalArgumentException if the class is neither, one of its fields is of a type that
     *     text cannot be converted to, or two of them have the same tag
     */
    static <T> AmpsDeserializationSchema<T> nvfix(Class<T> type) {
        return new PojoSchema<>(TagValueFormat.NVFIX, type);
    }

    /**
     * As {@link #nvfix}, from a FIX body. Every field of the class needs its tag, a number, in
     * {@link AmpsField}.
     *
     * <p>These types are read as FIX writes them: booleans {@code Y} and {@code N}; {@code Instant}
     * and {@code LocalDateTime} {@code 20260301-12:00:00.123}; {@code LocalDate} {@code 20260301};
     * {@code LocalTime} {@code 12:00:00.123}; the fraction, of up to nine digits, may be missing.
     */
    static <T> AmpsDeserializationSchema<T> fix(Class<T> type) {
        return new PojoSchema<>(TagValueFormat.FIX, type);
    }
}
