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

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema on its way through a job: serialized, opened, and its elements through the serializer
 * that Flink makes of its type when generic types are disabled.
 */
final class SchemaRun<T> {

    static final class Context implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(SchemaRun.class.getClassLoader());
        }
    }

    private final AmpsDeserializationSchema<T> schema;
    private final TypeSerializer<T> serializer;

    SchemaRun(AmpsDeserializationSchema<T> original) throws Exception {
        schema = InstantiationUtil.clone(original);
        schema.open(new Context());
        TypeInformation<T> type = schema.getProducedType();
        SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
        withoutKryo.setGenericTypes(false);
        serializer = type.createSerializer(withoutKryo);
    }

    /** The elements of a message, each after a round trip through its serializer. */
    List<T> read(AmpsMessage message) throws IOException {
        List<T> elements = new ArrayList<>();
        for (T element : collect(message)) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(element, out);
            elements.add(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())));
        }
        return elements;
    }

    T readOne(AmpsMessage message) throws IOException {
        List<T> elements = read(message);
        if (elements.size() != 1) {
            throw new AssertionError("Not one element: " + elements);
        }
        return elements.get(0);
    }

    /** The elements of a message as the schema has made them. */
    List<T> collect(AmpsMessage message) throws IOException {
        List<T> elements = new ArrayList<>();
        schema.deserialize(message, new ListCollector<>(elements));
        return elements;
    }
}
