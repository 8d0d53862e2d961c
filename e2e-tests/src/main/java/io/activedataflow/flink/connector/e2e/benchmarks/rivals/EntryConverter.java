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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import redis.clients.jedis.resps.StreamEntryBinary;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes a record of an entry. */
public interface EntryConverter<T> extends Serializable {

    T convert(StreamEntryBinary entry) throws IOException;

    TypeInformation<T> type();

    /** The text of one field. */
    static EntryConverter<String> field(String name) {
        return new FieldConverter(name.getBytes(StandardCharsets.UTF_8), new SimpleStringSchema());
    }

    /** All fields as text. */
    static EntryConverter<Map<String, String>> stringMap() {
        return new MapConverter();
    }

    /** One field, through a schema of Flink's as with the source under test. */
    record FieldConverter(byte[] name, DeserializationSchema<String> schema)
            implements EntryConverter<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String convert(StreamEntryBinary entry) throws IOException {
            byte[] value = entry.getFields().get(name);
            if (value == null) {
                throw new IOException("Entry " + entry.getID() + " has no such field.");
            }
            return schema.deserialize(value);
        }

        @Override
        public TypeInformation<String> type() {
            return Types.STRING;
        }
    }

    /** All fields. */
    record MapConverter() implements EntryConverter<Map<String, String>> {

        private static final long serialVersionUID = 1L;

        @Override
        public Map<String, String> convert(StreamEntryBinary entry) {
            Map<byte[], byte[]> fields = entry.getFields();
            Map<String, String> map = new HashMap<>(fields.size() * 4 / 3 + 1);
            for (Map.Entry<byte[], byte[]> field : fields.entrySet()) {
                map.put(text(field.getKey()), text(field.getValue()));
            }
            return map;
        }

        private static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public TypeInformation<Map<String, String>> type() {
            return Types.MAP(Types.STRING, Types.STRING);
        }
    }
}
