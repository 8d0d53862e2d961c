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

import io.activedataflow.flink.connector.amps.AmpsCommand;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;

import java.io.IOException;
import java.util.Objects;

/** Leaves messages about records that are out of focus to a function, all others to a schema. */
@Internal
final class OutOfFocusSchema<T> implements AmpsDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final AmpsDeserializationSchema<T> others;
    private final SerializableFunction<? super AmpsMessage, ? extends T> function;

    OutOfFocusSchema(
            AmpsDeserializationSchema<T> others,
            SerializableFunction<? super AmpsMessage, ? extends T> function) {
        this.others = others;
        this.function = Objects.requireNonNull(function, "function");
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        others.open(context);
    }

    @Override
    public void deserialize(AmpsMessage message, Collector<T> out) throws IOException {
        if (message.command() == AmpsCommand.OOF) {
            out.collect(function.apply(message));
        } else {
            others.deserialize(message, out);
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return others.getProducedType();
    }

    @Override
    public String toString() {
        return others + ", and what is out of focus";
    }
}
