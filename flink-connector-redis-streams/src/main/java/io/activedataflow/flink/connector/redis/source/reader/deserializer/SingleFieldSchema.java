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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Passes the value of one field to a schema of Flink. */
@Internal
final class SingleFieldSchema<T> implements RedisStreamsDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final byte[] nameBytes;
    private final DeserializationSchema<T> valueSchema;
    private final boolean required;

    SingleFieldSchema(String name, DeserializationSchema<T> valueSchema, boolean required) {
        this.name = Objects.requireNonNull(name, "name");
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.valueSchema = Objects.requireNonNull(valueSchema, "valueSchema");
        this.required = required;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        valueSchema.open(context);
    }

    @Override
    public void deserialize(RedisStreamsEntry entry, Collector<T> out) throws IOException {
        int field = entry.lastIndexOf(nameBytes);
        if (field >= 0) {
            valueSchema.deserialize(entry.value(field), out);
        } else if (required) {
            throw new IOException("The entry has no field '" + name + "'.");
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return valueSchema.getProducedType();
    }

    @Override
    public String toString() {
        return (required ? "field '" : "field if present '") + name + '\'';
    }
}
