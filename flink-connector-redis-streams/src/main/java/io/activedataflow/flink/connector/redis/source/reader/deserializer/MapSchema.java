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
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;

/** All fields of an entry as a map. Of several fields of one name the last counts. */
@Internal
final class MapSchema<V> implements RedisStreamsDeserializationSchema<Map<String, V>> {

    private static final long serialVersionUID = 1L;

    private interface ValueReader<V> extends Serializable {
        V read(RedisStreamsEntry entry, int field) throws IOException;
    }

    private final ValueReader<V> valueReader;
    private final TypeInformation<V> valueType;
    private transient FieldNameCache<String> names;

    private MapSchema(ValueReader<V> valueReader, TypeInformation<V> valueType) {
        this.valueReader = valueReader;
        this.valueType = valueType;
    }

    static MapSchema<String> ofStrings() {
        return new MapSchema<>(MapSchema::valueAsText, Types.STRING);
    }

    static MapSchema<byte[]> ofBytes() {
        return new MapSchema<>(
                RedisStreamsEntry::value, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        names = new FieldNameCache<>(MapSchema::nameAsText);
    }

    @Override
    public void deserialize(RedisStreamsEntry entry, Collector<Map<String, V>> out)
            throws IOException {
        int fields = entry.fieldCount();
        Map<String, V> map = new HashMap<>(fields * 4 / 3 + 1);
        for (int field = 0; field < fields; field++) {
            map.put(names.get(entry, field), valueReader.read(entry, field));
        }
        out.collect(map);
    }

    private static String nameAsText(byte[] name) throws IOException {
        try {
            return Utf8.decode(name, 0, name.length);
        } catch (CharacterCodingException e) {
            throw new IOException("The field name " + Excerpt.of(name) + " is not UTF-8.", e);
        }
    }

    private static String valueAsText(RedisStreamsEntry entry, int field) throws IOException {
        try {
            return Utf8.decode(entry.buffer(), entry.valueOffset(field), entry.valueLength(field));
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "The value of field " + Excerpt.of(entry.name(field)) + " is not UTF-8.", e);
        }
    }

    @Override
    public TypeInformation<Map<String, V>> getProducedType() {
        return Types.MAP(Types.STRING, valueType);
    }

    @Override
    public String toString() {
        return "map of " + valueType;
    }
}
