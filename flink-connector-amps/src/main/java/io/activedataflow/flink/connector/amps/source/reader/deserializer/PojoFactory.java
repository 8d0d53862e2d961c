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

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;

/** Makes objects of a class from the values of its fields. */
@Internal
abstract class PojoFactory<T> {

    private final Constructor<T> constructor;
    private final String[] tags;
    final Field[] fields;

    /**
     * @param tags what the fields are called in messages
     */
    private PojoFactory(Class<T> type, Field[] fields, String[] tags, Class<?>... parameters) {
        this.fields = fields;
        this.tags = tags;
        try {
            constructor = type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Flink has taken " + type + " for a POJO.", e);
        }
    }

    /**
     * @param values of the fields, null for those that are missing; not kept
     * @throws IOException if a primitive is missing, or the constructor throws an exception
     */
    abstract T create(Object[] values) throws IOException;

    final T construct(Object... arguments) throws IOException {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IOException(
                    "The constructor of "
                            + constructor.getDeclaringClass().getName()
                            + " has thrown an exception: "
                            + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called.", e);
        }
    }

    final void checkPrimitive(int i, Object value) throws IOException {
        Field field = fields[i];
        if (value == null && field.getType().isPrimitive()) {
            throw new IOException(
                    "The message has no field '"
                            + tags[i]
                            + "', and the "
                            + field.getType()
                            + " '"
                            + field.getName()
                            + "' of "
                            + field.getDeclaringClass().getName()
                            + " cannot be null.");
        }
    }

    /** Fields that are missing keep what the constructor has given them. */
    static final class OfBean<T> extends PojoFactory<T> {

        OfBean(Class<T> type, Field[] fields, String[] tags) {
            super(type, fields, tags);
            // As Flink's own serializer of POJOs does.
            for (Field field : fields) {
                field.setAccessible(true);
            }
        }

        @Override
        T create(Object[] values) throws IOException {
            T object = construct();
            try {
                for (int i = 0; i < fields.length; i++) {
                    if (values[i] != null) {
                        fields[i].set(object, values[i]);
                    } else {
                        checkPrimitive(i, null);
                    }
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(object.getClass() + " cannot be filled.", e);
            }
            return object;
        }
    }

    /** Components that are missing are null. */
    static final class OfRecord<T> extends PojoFactory<T> {

        OfRecord(Class<T> type, Field[] fields, String[] tags) {
            super(
                    type,
                    fields,
                    tags,
                    Stream.of(fields).map(Field::getType).toArray(Class<?>[]::new));
        }

        @Override
        T create(Object[] values) throws IOException {
            for (int i = 0; i < fields.length; i++) {
                checkPrimitive(i, values[i]);
            }
            return construct(values);
        }
    }
}
