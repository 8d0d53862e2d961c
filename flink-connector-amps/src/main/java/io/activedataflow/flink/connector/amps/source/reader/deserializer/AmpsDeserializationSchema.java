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

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.Serializable;

/**
 * Turns an AMPS message into any number of elements.
 *
 * <p>All methods but {@link #getProducedType} run on the task thread. What {@link #deserialize}
 * hands to the collector is emitted after it has returned: an exception discards the message's
 * elements together, and the message is then treated as the source's policy for malformed records
 * says. An element must therefore not be changed before {@code deserialize} has returned; it may be
 * re-used for the next message as Flink's rules of object re-use allow.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface AmpsDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once in each reader, before the first message. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Deserializes one message.
     *
     * @param message a view that is valid only during the call
     * @param out takes zero or more elements; null elements are not allowed
     * @throws IOException if the message is malformed; unchecked exceptions mean the same
     */
    void deserialize(AmpsMessage message, Collector<T> out) throws IOException;
}
