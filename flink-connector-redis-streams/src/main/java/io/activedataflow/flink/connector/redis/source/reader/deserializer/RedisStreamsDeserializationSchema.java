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

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.Serializable;

/**
 * Turns an entry of a Redis stream into any number of elements.
 *
 * <p>All methods run on the task thread. What {@link #deserialize} hands to the collector is emitted
 * after it has returned: an exception discards the entry's elements together, and the entry is then
 * treated as the source's policy for malformed records says.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface RedisStreamsDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once, before the first entry. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Deserializes one entry.
     *
     * @param entry a view that is valid only during the call
     * @param out takes zero or more elements; null elements are not allowed
     * @throws IOException if the entry is malformed
     */
    void deserialize(RedisStreamsEntry entry, Collector<T> out) throws IOException;
}
