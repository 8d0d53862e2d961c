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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.formats.avro.AvroDeserializationSchema;
import org.apache.flink.util.function.SerializableSupplier;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.reflect.ReflectDatumReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;

/**
 * Avro's object container files, with any codec that Avro finds on the class path. Records are
 * resolved from the schema of the file to the schema that is wanted.
 *
 * <p>A large file can be read by several readers. The position is that of the record's block, as
 * the offset of the synchronization marker before it, and the number of the block's records that
 * have been emitted; after the last record of a block it is the next block's. A file that ends
 * inside a block fails the job: it is not taken for one that ends before.
 *
 * <p>In a {@code RecordFileSource}, files are opened with the retries that it is given, and reads
 * are broken off when it is closed; in Flink's own file source, with the default retries.
 *
 * <p>Needs {@code flink-avro}.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class AvroFileFormat<T> implements BulkFormat<T, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final TypeInformation<T> type;
    private final SerializableSupplier<GenericDatumReader<T>> datumReaders;

    private AvroFileFormat(
            String name,
            TypeInformation<T> type,
            SerializableSupplier<GenericDatumReader<T>> datumReaders) {
        this.name = name;
        this.type = type;
        this.datumReaders = datumReaders;
    }

    /** Records of a class that was generated from a schema. */
    public static <T extends SpecificRecord> AvroFileFormat<T> forSpecificRecord(Class<T> type) {
        return new AvroFileFormat<>(
                type.getName(),
                AvroDeserializationSchema.forSpecific(type).getProducedType(),
                () -> new SpecificDatumReader<>(type));
    }

    /**
     * Records of any class with a constructor without parameters, whose fields are those of the
     * files. Fields that are not of a primitive type may be null in the files.
     */
    public static <T> AvroFileFormat<T> forReflectRecord(Class<T> type) {
        return forReflectRecord(type, TypeInformation.of(type));
    }

    /** The same, for classes whose type Flink does not find out by itself. */
    public static <T> AvroFileFormat<T> forReflectRecord(
            Class<T> type, TypeInformation<T> typeInformation) {
        return new AvroFileFormat<>(
                type.getName(), typeInformation, () -> reflectDatumReader(type));
    }

    /**
     * Generic records.
     *
     * @param schema of the records wanted, which the files' schemas can be resolved to
     * @throws IllegalArgumentException if the schema is not that of a record
     */
    public static AvroFileFormat<GenericRecord> forGenericRecord(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException(
                    "The Avro schema is of type "
                            + schema.getType().getName()
                            + ". Give the schema of a record.");
        }
        String text = schema.toString();
        return new AvroFileFormat<>(
                schema.getFullName(),
                AvroDeserializationSchema.forGeneric(schema).getProducedType(),
                () -> new GenericDatumReader<>(null, new Schema.Parser().parse(text)));
    }

    private static <T> GenericDatumReader<T> reflectDatumReader(Class<T> type) {
        NullableReflectData data = new NullableReflectData(type.getClassLoader());
        return new ReflectDatumReader<>(null, data.getSchema(type), data);
    }

    @Override
    public Reader<T> createReader(Configuration config, FileSourceSplit split) throws IOException {
        return restoreReader(config, split);
    }

    @Override
    public Reader<T> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        CheckpointedPosition position =
                split.getReaderPosition()
                        .orElseGet(() -> new CheckpointedPosition(split.offset(), 0));
        return AvroFileReader.open(datumReaders.get(), split, position);
    }

    @Override
    public boolean isSplittable() {
        return true;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public String toString() {
        return "Avro records " + name;
    }
}
