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

import org.apache.flink.api.common.typeinfo.BasicTypeInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TextTypeTest {

    private static Object convert(Class<?> type, String text) throws CharacterCodingException {
        byte[] surrounded = utf8("1" + text + "1");
        return TextType.converterTo(type).convert(surrounded, 1, surrounded.length - 2);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(String.class, "grüße", "grüße"),
                Arguments.of(String.class, "", ""),
                Arguments.of(byte[].class, "", new byte[0]),
                Arguments.of(byte[].class, "ab", new byte[] {'a', 'b'}),
                Arguments.of(boolean.class, "true", true),
                Arguments.of(Boolean.class, "FALSE", false),
                Arguments.of(boolean.class, "1", true),
                Arguments.of(Boolean.class, "0", false),
                Arguments.of(byte.class, "-128", (byte) -128),
                Arguments.of(Short.class, "32767", (short) 32767),
                Arguments.of(int.class, "-2147483648", Integer.MIN_VALUE),
                Arguments.of(Integer.class, "+7", 7),
                Arguments.of(long.class, "9223372036854775807", Long.MAX_VALUE),
                Arguments.of(Long.class, "-0007", -7L),
                Arguments.of(float.class, "1.5", 1.5f),
                Arguments.of(double.class, "-1e300", -1e300),
                Arguments.of(Double.class, "NaN", Double.NaN),
                Arguments.of(BigDecimal.class, "12.340", new BigDecimal("12.340")),
                Arguments.of(
                        BigInteger.class,
                        "12345678901234567890",
                        new BigInteger("12345678901234567890")),
                Arguments.of(
                        Instant.class,
                        "2026-03-01T12:00:00.123Z",
                        Instant.parse("2026-03-01T12:00:00.123Z")),
                Arguments.of(LocalDate.class, "2026-03-01", LocalDate.of(2026, 3, 1)),
                Arguments.of(LocalTime.class, "12:30", LocalTime.of(12, 30)),
                Arguments.of(
                        LocalDateTime.class,
                        "2026-03-01T12:30:01",
                        LocalDateTime.of(2026, 3, 1, 12, 30, 1)),
                Arguments.of(DayOfWeek.class, "MONDAY", DayOfWeek.MONDAY));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void convertsText(Class<?> type, String text, Object expected) throws Exception {
        assertThat(convert(type, text)).isEqualTo(expected);
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of(boolean.class, "yes"),
                Arguments.of(boolean.class, ""),
                Arguments.of(boolean.class, "tru"),
                Arguments.of(byte.class, "128"),
                Arguments.of(short.class, "-32769"),
                Arguments.of(int.class, "2147483648"),
                Arguments.of(int.class, ""),
                Arguments.of(int.class, "-"),
                Arguments.of(int.class, " 1"),
                Arguments.of(int.class, "1.0"),
                Arguments.of(long.class, "9223372036854775808"),
                Arguments.of(float.class, "x"),
                Arguments.of(double.class, ""),
                Arguments.of(BigDecimal.class, "1,5"),
                Arguments.of(BigInteger.class, "1.5"),
                Arguments.of(Instant.class, "2026-03-01"),
                Arguments.of(LocalDate.class, "2026-02-30"),
                Arguments.of(LocalTime.class, "25:00"),
                Arguments.of(LocalDateTime.class, "now"),
                Arguments.of(DayOfWeek.class, "Monday"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void refusesTextOfAnotherType(Class<?> type, String text) {
        assertThatThrownBy(() -> convert(type, text)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void knowsNoOtherTypes() {
        for (Class<?> type : List.of(Object.class, List.class, char.class, String[].class)) {
            assertThat(TextType.converterTo(type)).as(type.toString()).isNull();
            assertThat(TextType.typeInformationOf(type)).as(type.toString()).isNull();
        }
        assertThat(TextType.typeInformationOf(int.class)).isEqualTo(BasicTypeInfo.INT_TYPE_INFO);
    }
}
