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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;

import org.apache.flink.annotation.Internal;

import java.lang.reflect.Field;
import java.nio.charset.CharacterCodingException;

/** Sets a field of an object to a value; primitive ones without an object in between. */
@Internal
final class FieldSetter {

    @FunctionalInterface
    private interface Writer {
        void write(Object target, Kind kind, byte[] data, int from, int to)
                throws IllegalAccessException, CharacterCodingException;
    }

    private final Field field;
    private final Writer writer;

    /**
     * @param converter the one that {@link JavaConverters} has for the type of the field
     */
    FieldSetter(Field field, ValueConverter converter) {
        // As Flink's own serializer of POJOs does.
        field.setAccessible(true);
        this.field = field;
        this.writer = writer(field, converter);
    }

    private static Writer writer(Field field, ValueConverter converter) {
        if (!field.getType().isPrimitive()) {
            return (target, kind, data, from, to) ->
                    field.set(target, converter.convert(kind, data, from, to));
        }
        if (converter instanceof IntegralConverter integral) {
            return integralWriter(field, integral);
        }
        if (converter instanceof DoubleConverter real) {
            return (target, kind, data, from, to) ->
                    field.setDouble(target, real.toDouble(data, from, to));
        }
        if (converter instanceof FloatConverter real) {
            return (target, kind, data, from, to) ->
                    field.setFloat(target, real.toFloat(data, from, to));
        }
        return (target, kind, data, from, to) ->
                field.setBoolean(target, BooleanConverter.toBoolean(data, from, to));
    }

    private static Writer integralWriter(Field field, IntegralConverter integral) {
        Class<?> type = field.getType();
        if (type == long.class) {
            return (target, kind, data, from, to) ->
                    field.setLong(target, integral.toLong(kind, data, from, to));
        }
        if (type == int.class) {
            return (target, kind, data, from, to) ->
                    field.setInt(target, (int) integral.toLong(kind, data, from, to));
        }
        if (type == short.class) {
            return (target, kind, data, from, to) ->
                    field.setShort(target, (short) integral.toLong(kind, data, from, to));
        }
        return (target, kind, data, from, to) ->
                field.setByte(target, (byte) integral.toLong(kind, data, from, to));
    }

    void set(Object target, Kind kind, byte[] data, int from, int to)
            throws IllegalAccessException, CharacterCodingException {
        writer.write(target, kind, data, from, to);
    }

    /** Sets the field, which is not a primitive one, to null. */
    void clear(Object target) throws IllegalAccessException {
        field.set(target, null);
    }
}
