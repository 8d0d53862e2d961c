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

import javax.annotation.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.function.Supplier;

/** Which converter makes objects of which class: of those that {@link TextType} names. */
@Internal
final class JavaConverters {

    private static final Map<Class<?>, Supplier<ValueConverter>> CONVERTERS =
            Map.ofEntries(
                    Map.entry(String.class, TextConverters.ToText::new),
                    Map.entry(byte[].class, TextConverters.ToBytes::new),
                    Map.entry(boolean.class, BooleanConverter::new),
                    Map.entry(Boolean.class, BooleanConverter::new),
                    Map.entry(byte.class, IntegralConverter::toByte),
                    Map.entry(Byte.class, IntegralConverter::toByte),
                    Map.entry(short.class, IntegralConverter::toShort),
                    Map.entry(Short.class, IntegralConverter::toShort),
                    Map.entry(int.class, IntegralConverter::toInt),
                    Map.entry(Integer.class, IntegralConverter::toInt),
                    Map.entry(long.class, IntegralConverter::toLong),
                    Map.entry(Long.class, IntegralConverter::toLong),
                    Map.entry(float.class, FloatConverter::new),
                    Map.entry(Float.class, FloatConverter::new),
                    Map.entry(double.class, DoubleConverter::new),
                    Map.entry(Double.class, DoubleConverter::new),
                    Map.entry(BigDecimal.class, BigNumberConverters.ToBigDecimal::new),
                    Map.entry(BigInteger.class, BigNumberConverters.ToBigInteger::new),
                    Map.entry(Instant.class, DateTimeConverters.ToInstant::new),
                    Map.entry(LocalDate.class, DateTimeConverters.ToLocalDate::new),
                    Map.entry(LocalTime.class, DateTimeConverters.ToLocalTime::new),
                    Map.entry(LocalDateTime.class, DateTimeConverters.ToLocalDateTime::new));

    private JavaConverters() {}

    /** A converter into objects of a class, or null if there is none. */
    @Nullable
    static ValueConverter to(Class<?> target) {
        if (target.isEnum()) {
            return new TextConverters.ToEnum(target);
        }
        Supplier<ValueConverter> converter = CONVERTERS.get(target);
        return converter == null ? null : converter.get();
    }
}
