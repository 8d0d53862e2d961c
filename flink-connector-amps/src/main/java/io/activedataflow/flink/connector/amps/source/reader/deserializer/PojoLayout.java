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
import org.apache.flink.api.common.functions.InvalidTypesException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a class is made of: Flink's rules say which fields it has and of which types, and each of
 * them must be one that text can be turned into.
 */
@Internal
final class PojoLayout<T> {

    private final TagValueFormat format;
    private final Class<T> type;

    /** By tag; of a record in the order of its components. */
    private final Map<String, PojoField> fields = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException if objects of the class cannot be made from the fields of a
     *     message
     */
    PojoLayout(TagValueFormat format, Class<T> type) {
        this.format = format;
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
        if (format.converterTo(field.getType()) == null) {
            throw new IllegalArgumentException(
                    "Field '"
                            + field.getName()
                            + "' of "
                            + type
                            + " is of type "
                            + field.getGenericType().getTypeName()
                            + ", which the value of a field cannot be converted to. The types"
                            + " there are: "
                            + TextType.SUPPORTED
                            + ". Change the type, declare the field transient, or write a"
                            + " AmpsDeserializationSchema.");
        }
        String tag = format.tagOf(field);
        PojoField other = fields.put(tag, new PojoField(field, withoutKryo(pojoField)));
        if (other != null) {
            throw new IllegalArgumentException(
                    "Fields '"
                            + other.getField().getName()
                            + "' and '"
                            + field.getName()
                            + "' of "
                            + type
                            + " both have the tag '"
                            + tag
                            + "'. Give each field a tag of its own.");
        }
    }

    /** Flink takes some classes that it has serializers for as generic when found in a POJO. */
    private static TypeInformation<?> withoutKryo(PojoField field) {
        return field.getTypeInformation() instanceof GenericTypeInfo
                ? TextType.typeInformationOf(field.getField().getType())
                : field.getTypeInformation();
    }

    TypeInformation<T> typeInformation() {
        return new PojoTypeInfo<>(type, List.copyOf(fields.values()));
    }

    List<NamedValues.Column> columns() {
        return fields.entrySet().stream()
                .map(field -> column(field.getKey(), field.getValue().getField().getType()))
                .toList();
    }

    private NamedValues.Column column(String tag, Class<?> target) {
        return new NamedValues.Column(tag, target.getSimpleName(), format.converterTo(target));
    }

    PojoFactory<T> factory() {
        Field[] targets = fields.values().stream().map(PojoField::getField).toArray(Field[]::new);
        String[] tags = fields.keySet().toArray(String[]::new);
        return type.isRecord()
                ? new PojoFactory.OfRecord<>(type, targets, tags)
                : new PojoFactory.OfBean<>(type, targets, tags);
    }
}
