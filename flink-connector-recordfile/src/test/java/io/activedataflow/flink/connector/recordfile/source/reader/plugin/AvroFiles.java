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

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

import java.io.File;
import java.io.IOException;

/** Avro files for tests, with blocks of chosen sizes. */
public final class AvroFiles {

    public static final Schema SCHEMA =
            SchemaBuilder.record("Reading")
                    .namespace("test")
                    .fields()
                    .requiredLong("id")
                    .optionalString("name")
                    .endRecord();

    private AvroFiles() {}

    public static File write(File file, String codec, int... blocks) throws IOException {
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setCodec(CodecFactory.fromString(codec));
            writer.create(SCHEMA, file);
            long id = 0;
            for (int records : blocks) {
                for (int i = 0; i < records; i++) {
                    GenericRecord reading = new GenericData.Record(SCHEMA);
                    reading.put("id", id);
                    reading.put("name", id % 3 == 0 ? null : "n" + "x".repeat((int) id % 7));
                    writer.append(reading);
                    id++;
                }
                writer.sync();
            }
        }
        return file;
    }
}
