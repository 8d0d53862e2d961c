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
import org.apache.flink.api.common.functions.InvalidTypesException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * What a class is made of: Flink's rules say which fields it has and of which types, and each of
 * them must be one that text can be turned into.
 */
@Internal
final class PojoLayout<T> {

    private final Class<T> type;

    /** Of a record in the order of its components. */
    private final List<PojoField> fields = new ArrayList<>();

    /**
     * @throws IllegalArgumentException if objects of the class cannot be made from the fields of an
     *     entry
     */
    PojoLayout(Class<T> type) {
        this.type = type;
        PojoTypeInfo<T> extracted = extract(type);
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                add(extracted.getPojoFieldAt(extracted.getFieldIndex(component.getName())));
            }
        } else {
            for (int i = 0; i < extracted.getArity(); i++) {
                add(extracted.getPojoFieldAt(i));
            }
        }
    }

    private static <T> PojoTypeInfo<T> extract(Class<T> type) {
        InvalidTypesException refusal = null;
        try {
            TypeInformation<T> extracted = TypeInformation.of(type);
            if (extracted instanceof PojoTypeInfo<T> pojo
                    && !Modifier.isAbstract(type.getModifiers())) {
                return pojo;
            }
        } catch (InvalidTypesException e) {
            refusal = e;
        }
        throw new IllegalArgumentException(
                type
                        + " is neither a POJO in the sense of Flink nor a public record. A POJO is"
                        + " public, not abstract, static if nested, has a public constructor"
                        + " without arguments, and each of its fields is public or has a getter and"
                        + " a setter.",
                refusal);
    }

    private void add(PojoField pojoField) {
        Field field = pojoField.getField();
        if (TextType.converterTo(field.getType()) == null) {
            throw new IllegalArgumentException(
                    "Field '"
                            + field.getName()
                            + "' of "
                            + type
                            + " is of type "
                            + field.getGenericType().getTypeName()
                            + ", which the value of a Redis field cannot be converted to. The types"
                            + " there are: "
                            + TextType.SUPPORTED
                            + ". Change the type, declare the field transient, or write a"
                            + " RedisStreamsDeserializationSchema.");
        }
        fields.add(new PojoField(field, withoutKryo(pojoField)));
    }

    /** Flink takes some classes that it has serializers for as generic when found in a POJO. */
    private static TypeInformation<?> withoutKryo(PojoField field) {
        return field.getTypeInformation() instanceof GenericTypeInfo
                ? TextType.typeInformationOf(field.getField().getType())
                : field.getTypeInformation();
    }

    TypeInformation<T> typeInformation() {
        return new PojoTypeInfo<>(type, fields);
    }

    List<NamedValues.Column> columns() {
        return fields.stream()
                .map(PojoField::getField)
                .map(
                        field ->
                                new NamedValues.Column(
                                        field.getName(),
                                        field.getType().getSimpleName(),
                                        TextType.converterTo(field.getType())))
                .toList();
    }

    PojoFactory<T> factory() {
        Field[] targets = fields.stream().map(PojoField::getField).toArray(Field[]::new);
        return type.isRecord()
                ? new PojoFactory.OfRecord<>(type, targets)
                : new PojoFactory.OfBean<>(type, targets);
    }
}
