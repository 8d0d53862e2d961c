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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

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
 * them must be one that a value can be turned into.
 */
@Internal
final class PojoLayout<T> {

    private final Class<T> type;
    private final Map<String, String> columnNames;

    /** By column; of a record in the order of its components. */
    private final Map<String, PojoField> fields = new LinkedHashMap<>();

    /**
     * @param columnNames names of columns by names of fields
     * @throws IllegalArgumentException if objects of the class cannot be made from columns
     */
    PojoLayout(Class<T> type, Map<String, String> columnNames) {
        this.type = type;
        this.columnNames = columnNames;
        PojoTypeInfo<T> extracted = extract(type);
        checkFieldsExist(extracted);
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

    private void checkFieldsExist(PojoTypeInfo<T> extracted) {
        for (String field : columnNames.keySet()) {
            if (extracted.getFieldIndex(field) < 0) {
                throw new IllegalArgumentException(
                        type
                                + " has no field '"
                                + field
                                + "' to read column '"
                                + columnNames.get(field)
                                + "' into. It has "
                                + List.of(extracted.getFieldNames())
                                + '.');
            }
        }
    }

    private void add(PojoField pojoField) {
        Field field = pojoField.getField();
        if (JavaConverters.to(field.getType()) == null) {
            throw new IllegalArgumentException(
                    "Field '"
                            + field.getName()
                            + "' of "
                            + type
                            + " is of type "
                            + field.getGenericType().getTypeName()
                            + ", which the value of a column cannot be converted to. The types"
                            + " there are: "
                            + TextType.SUPPORTED
                            + ". Change the type, declare the field transient, or write a"
                            + " RecordFileDeserializationSchema.");
        }
        String column = columnOf(field);
        PojoField other = fields.put(column, new PojoField(field, withoutKryo(pojoField)));
        if (other != null) {
            throw new IllegalArgumentException(
                    "Fields '"
                            + other.getField().getName()
                            + "' and '"
                            + field.getName()
                            + "' of "
                            + type
                            + " are both read from column '"
                            + column
                            + "'. Give each field a column of its own.");
        }
    }

    private String columnOf(Field field) {
        String given = columnNames.get(field.getName());
        if (given != null) {
            return given;
        }
        RecordFileColumn annotation = field.getAnnotation(RecordFileColumn.class);
        return annotation == null ? field.getName() : annotation.value();
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

    List<NamedColumns.Column> columns() {
        return fields.entrySet().stream()
                .map(field -> column(field.getKey(), field.getValue().getField().getType()))
                .toList();
    }

    private static NamedColumns.Column column(String name, Class<?> target) {
        return new NamedColumns.Column(
                name, target.getSimpleName(), JavaConverters.to(target), !target.isPrimitive());
    }

    /**
     * @param columns those that {@link #columns} has returned
     */
    PojoFactory<T> factory(List<NamedColumns.Column> columns) {
        Field[] targets = fields.values().stream().map(PojoField::getField).toArray(Field[]::new);
        if (type.isRecord()) {
            return new PojoFactory.OfRecord<>(type, targets);
        }
        FieldSetter[] setters = new FieldSetter[targets.length];
        for (int i = 0; i < setters.length; i++) {
            setters[i] = new FieldSetter(targets[i], columns.get(i).converter());
        }
        return new PojoFactory.OfBean<>(type, setters);
    }
}
