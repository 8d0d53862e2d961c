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
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.EnumTypeInfo;

import javax.annotation.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;

/** The types that the value of a field can be turned into. */
@Internal
enum TextType {
    STRING(Types.STRING, Utf8::decode, String.class),
    BYTES(
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            (data, offset, length) -> Arrays.copyOfRange(data, offset, offset + length),
            byte[].class),
    BOOLEAN(Types.BOOLEAN, TextNumbers::parseBoolean, Boolean.class, boolean.class),
    BYTE(
            Types.BYTE,
            (data, offset, length) ->
                    (byte)
                            TextNumbers.parseLong(
                                    data, offset, length, Byte.MIN_VALUE, Byte.MAX_VALUE),
            Byte.class,
            byte.class),
    SHORT(
            Types.SHORT,
            (data, offset, length) ->
                    (short)
                            TextNumbers.parseLong(
                                    data, offset, length, Short.MIN_VALUE, Short.MAX_VALUE),
            Short.class,
            short.class),
    INT(
            Types.INT,
            (data, offset, length) ->
                    (int)
                            TextNumbers.parseLong(
                                    data, offset, length, Integer.MIN_VALUE, Integer.MAX_VALUE),
            Integer.class,
            int.class),
    LONG(
            Types.LONG,
            (data, offset, length) ->
                    TextNumbers.parseLong(data, offset, length, Long.MIN_VALUE, Long.MAX_VALUE),
            Long.class,
            long.class),
    FLOAT(Types.FLOAT, text(Float::valueOf), Float.class, float.class),
    DOUBLE(Types.DOUBLE, text(Double::valueOf), Double.class, double.class),
    BIG_DECIMAL(Types.BIG_DEC, text(BigDecimal::new), BigDecimal.class),
    BIG_INTEGER(Types.BIG_INT, text(BigInteger::new), BigInteger.class),
    INSTANT(Types.INSTANT, text(Instant::parse), Instant.class),
    LOCAL_DATE(Types.LOCAL_DATE, text(LocalDate::parse), LocalDate.class),
    LOCAL_TIME(Types.LOCAL_TIME, text(LocalTime::parse), LocalTime.class),
    LOCAL_DATE_TIME(Types.LOCAL_DATE_TIME, text(LocalDateTime::parse), LocalDateTime.class);

    static final String SUPPORTED =
            "String, byte[], boolean, byte, short, int, long, float, double (or their boxed forms),"
                    + " BigDecimal, BigInteger, Instant, LocalDate, LocalTime, LocalDateTime, enums";

    private interface TextParser {
        Object parse(String text);
    }

    private final TypeInformation<?> typeInformation;
    private final TextConverter converter;
    private final Class<?>[] classes;

    TextType(TypeInformation<?> typeInformation, TextConverter converter, Class<?>... classes) {
        this.typeInformation = typeInformation;
        this.converter = converter;
        this.classes = classes;
    }

    private static TextConverter text(TextParser parser) {
        return (data, offset, length) -> parser.parse(Utf8.decode(data, offset, length));
    }

    /** The converter into objects of a class, or null if there is none. */
    @Nullable
    static TextConverter converterTo(Class<?> target) {
        if (target.isEnum()) {
            return toEnum(target);
        }
        TextType type = of(target);
        return type == null ? null : type.converter;
    }

    /** The type information of a class that text can be turned into, or null for other classes. */
    @Nullable
    static TypeInformation<?> typeInformationOf(Class<?> target) {
        if (target.isEnum()) {
            return enumTypeInformation(target);
        }
        TextType type = of(target);
        return type == null ? null : type.typeInformation;
    }

    @Nullable
    private static TextType of(Class<?> target) {
        for (TextType type : values()) {
            for (Class<?> candidate : type.classes) {
                if (candidate == target) {
                    return type;
                }
            }
        }
        return null;
    }

    private static TextConverter toEnum(Class<?> target) {
        Object[] constants = target.getEnumConstants();
        return (data, offset, length) -> {
            String name = Utf8.decode(data, offset, length);
            for (Object constant : constants) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("It is none of " + Arrays.toString(constants) + '.');
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TypeInformation<?> enumTypeInformation(Class<?> target) {
        return new EnumTypeInfo(target);
    }
}
