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

import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;
import io.activedataflow.flink.connector.recordfile.source.reader.TestSchemaContext;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema on its way through a job: serialized, opened, and its elements through the serializer
 * that Flink makes of its type when generic types are disabled.
 */
final class SchemaRun<T> {

    private final RecordFileDeserializationSchema<T> schema;
    private final TypeSerializer<T> serializer;

    SchemaRun(RecordFileDeserializationSchema<T> original) throws Exception {
        this(original, TestSchemaContext.refusing());
    }

    SchemaRun(RecordFileDeserializationSchema<T> original, TestSchemaContext context)
            throws Exception {
        schema = InstantiationUtil.clone(original);
        schema.open(context);
        SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
        withoutKryo.setGenericTypes(false);
        serializer = schema.getProducedType().createSerializer(withoutKryo);
    }

    /** The elements of a record, each after a round trip through its serializer. */
    List<T> read(RecordFileRecord record) throws IOException {
        List<T> elements = new ArrayList<>();
        for (T element : collect(record)) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(element, out);
            elements.add(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())));
        }
        return elements;
    }

    T readOne(RecordFileRecord record) throws IOException {
        List<T> elements = read(record);
        if (elements.size() != 1) {
            throw new AssertionError("Not one element: " + elements);
        }
        return elements.get(0);
    }

    /** The elements of a record as the schema has made them. */
    List<T> collect(RecordFileRecord record) throws IOException {
        List<T> elements = new ArrayList<>();
        schema.deserialize(record, new ListCollector<>(elements));
        return elements;
    }
}
