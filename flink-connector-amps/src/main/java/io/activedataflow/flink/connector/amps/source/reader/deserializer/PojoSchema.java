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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.util.Objects;

/** The fields of a body by tag as an object of a class: a POJO of Flink, or a record of Java. */
@Internal
final class PojoSchema<T> implements AmpsDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final TagValueFormat format;
    private final Class<T> type;
    private final TypeInformation<T> typeInformation;
    private transient NamedValues values;
    private transient PojoFactory<T> factory;

    PojoSchema(TagValueFormat format, Class<T> type) {
        this.format = format;
        this.type = Objects.requireNonNull(type, "type");
        this.typeInformation = new PojoLayout<>(format, type).typeInformation();
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        PojoLayout<T> layout = new PojoLayout<>(format, type);
        values = new NamedValues(format, layout.columns());
        factory = layout.factory();
    }

    @Override
    public void deserialize(AmpsMessage message, Collector<T> out) throws IOException {
        out.collect(factory.create(values.read(message)));
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return typeInformation;
    }

    @Override
    public String toString() {
        return format + " POJO " + type.getName();
    }
}
