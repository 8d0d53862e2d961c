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
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.AvroDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

import java.io.EOFException;
import java.io.IOException;

/**
 * The body as one Avro record in binary encoding, read where it lies. With {@link JsonSchema} among
 * the few that may know a library that need not be there.
 *
 * <p>Flink's own schema of Avro gives the type only: its decoder reads ahead, so that after a body
 * that ends too late it begins the next one with what was left.
 */
@Internal
final class AvroSchema<T> implements AmpsDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final TypeInformation<T> type;
    private final SerializableSupplier<GenericDatumReader<T>> readers;
    private transient GenericDatumReader<T> reader;
    private transient BinaryDecoder decoder;

    private AvroSchema(
            String name,
            TypeInformation<T> type,
            SerializableSupplier<GenericDatumReader<T>> readers) {
        this.name = name;
        this.type = type;
        this.readers = readers;
    }

    static <T extends SpecificRecord> AvroSchema<T> ofSpecific(Class<T> type) {
        return new AvroSchema<>(
                type.getName(),
                AvroDeserializationSchema.forSpecific(type).getProducedType(),
                () -> new SpecificDatumReader<>(type));
    }

    static AvroSchema<GenericRecord> ofGeneric(String text) {
        Schema schema = new Schema.Parser().parse(text);
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException(
                    "The Avro schema is of type "
                            + schema.getType().getName()
                            + ". Give the schema of a record.");
        }
        return new AvroSchema<>(
                schema.getFullName(),
                AvroDeserializationSchema.forGeneric(schema).getProducedType(),
                () -> new GenericDatumReader<>(new Schema.Parser().parse(text)));
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = readers.get();
    }

    @Override
    public void deserialize(AmpsMessage message, Collector<T> out) throws IOException {
        try {
            // Walking over it allocates nothing, whatever lengths the bytes pretend to have.
            decodeFrom(message);
            GenericDatumReader.skip(reader.getSchema(), decoder);
            if (!decoder.isEnd()) {
                throw new IOException("There are more bytes behind its end.");
            }
            decodeFrom(message);
            out.collect(reader.read(null, decoder));
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "The body of "
                            + message.bodyLength()
                            + " bytes is not a record '"
                            + name
                            + "' of Avro. "
                            + (e instanceof EOFException ? "It ends too early." : e.getMessage()),
                    e);
        }
    }

    private void decodeFrom(AmpsMessage message) {
        decoder =
                DecoderFactory.get()
                        .binaryDecoder(
                                message.bodyArray(),
                                message.bodyOffset(),
                                message.bodyLength(),
                                decoder);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public String toString() {
        return "Avro " + name;
    }
}
