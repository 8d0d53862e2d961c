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
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;

import java.util.ArrayList;
import java.util.List;

/** The type information of classes that are read from JSON, without Kryo in any part. */
@Internal
final class JsonTypes {

    private JsonTypes() {}

    /**
     * @throws IllegalArgumentException if there is no serializer but Kryo for some part of the
     *     class
     */
    static <T> TypeInformation<T> typeOf(Class<T> type) {
        TypeInformation<T> information = withoutKryo(TypeInformation.of(type));
        Configuration noKryo = new Configuration();
        noKryo.set(PipelineOptions.GENERIC_TYPES, false);
        SerializerConfig config = new ExecutionConfig().getSerializerConfig();
        config.configure(noKryo, JsonTypes.class.getClassLoader());
        try {
            information.createSerializer(config);
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    type
                            + " has a part that Flink has no serializer for but Kryo: "
                            + e.getMessage()
                            + " Make it a POJO or a public record of types that Flink knows, or"
                            + " choose the type yourself: AmpsDeserializationSchema.value(new"
                            + " JsonDeserializationSchema<>(type)).",
                    e);
        }
        return information;
    }

    /** Flink takes some classes that it has serializers for as generic when found in a POJO. */
    @SuppressWarnings("unchecked")
    private static <T> TypeInformation<T> withoutKryo(TypeInformation<T> type) {
        if (type instanceof GenericTypeInfo) {
            TypeInformation<?> known = TextType.typeInformationOf(type.getTypeClass());
            return known == null ? type : (TypeInformation<T>) known;
        }
        if (type.getClass() != PojoTypeInfo.class) {
            return type;
        }
        PojoTypeInfo<T> pojo = (PojoTypeInfo<T>) type;
        List<PojoField> fields = new ArrayList<>(pojo.getArity());
        for (int i = 0; i < pojo.getArity(); i++) {
            PojoField field = pojo.getPojoFieldAt(i);
            fields.add(new PojoField(field.getField(), withoutKryo(field.getTypeInformation())));
        }
        return new PojoTypeInfo<>(pojo.getTypeClass(), fields);
    }
}
