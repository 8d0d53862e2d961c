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

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;

import org.apache.flink.annotation.Internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;

/** Makes objects of a class from the columns of a record. */
@Internal
abstract class PojoFactory<T> {

    private final Constructor<T> constructor;

    private PojoFactory(Class<T> type, Class<?>... parameters) {
        try {
            constructor = type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Flink has taken " + type + " for a POJO.", e);
        }
    }

    /**
     * @param columns those of a record, which have been read
     * @throws MalformedRecordException if one of them does not fit, or the constructor throws an
     *     exception
     */
    abstract T create(NamedColumns columns) throws MalformedRecordException;

    final T construct(Object... arguments) throws MalformedRecordException {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new MalformedRecordException(
                    RecordFileError.DESERIALIZATION,
                    null,
                    "The constructor of "
                            + constructor.getDeclaringClass().getName()
                            + " has thrown an exception: "
                            + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called.", e);
        }
    }

    /** Fields without a column keep what the constructor has given them. */
    static final class OfBean<T> extends PojoFactory<T> {

        private static final Object[] NO_ARGUMENTS = {};

        private final FieldSetter[] fields;

        OfBean(Class<T> type, FieldSetter[] fields) {
            super(type);
            this.fields = fields;
        }

        @Override
        T create(NamedColumns columns) throws MalformedRecordException {
            T object = construct(NO_ARGUMENTS);
            try {
                for (int i = 0; i < fields.length; i++) {
                    columns.set(i, fields[i], object);
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(object.getClass() + " cannot be filled.", e);
            }
            return object;
        }
    }

    /** Components without a column are null. */
    static final class OfRecord<T> extends PojoFactory<T> {

        private final Object[] values;

        OfRecord(Class<T> type, Field[] components) {
            super(type, Stream.of(components).map(Field::getType).toArray(Class<?>[]::new));
            values = new Object[components.length];
        }

        @Override
        T create(NamedColumns columns) throws MalformedRecordException {
            for (int i = 0; i < values.length; i++) {
                values[i] = columns.value(i);
            }
            return construct(values);
        }
    }
}
