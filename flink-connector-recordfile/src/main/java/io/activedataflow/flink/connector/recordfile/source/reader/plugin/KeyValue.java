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
import org.apache.flink.api.common.typeinfo.Types;

import javax.annotation.Nullable;

import java.util.Map;

/**
 * A record that has a key besides its value. Either may be null.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
@PublicEvolving
public record KeyValue<K, V>(@Nullable K key, @Nullable V value) {

    /**
     * The type of such records, for Flink.
     *
     * @param keyType of the keys
     * @param valueType of the values
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static <K, V> TypeInformation<KeyValue<K, V>> type(
            TypeInformation<K> keyType, TypeInformation<V> valueType) {
        return Types.POJO((Class) KeyValue.class, Map.of("key", keyType, "value", valueType));
    }
}
