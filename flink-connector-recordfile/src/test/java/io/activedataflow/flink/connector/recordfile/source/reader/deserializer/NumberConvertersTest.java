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

import org.apache.flink.table.data.DecimalData;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static io.activedataflow.flink.connector.recordfile.source.reader.deserializer.Conversion.expected;
import static io.activedataflow.flink.connector.recordfile.source.reader.deserializer.Conversion.ofNumber;
import static io.activedataflow.flink.connector.recordfile.source.reader.deserializer.Conversion.ofText;
import static org.assertj.core.api.Assertions.assertThat;

/** Numbers are what the parsers of Java make of them, or are refused by both. */
class NumberConvertersTest {

    private static final List<String> ADVERSARIAL =
            List.of(
                    "-",
                    "+",
                    ".",
                    "-.",
                    "e1",
                    ".e1",
                    "1.",
                    ".5",
                    "1.e2",
                    "1e",
                    "1e+",
                    "1e-",
                    "--1",
                    "1-",
                    "1.2.3",
                    "1_000",
                    "1,5",
                    " 1",
                    "1 ",
                    "0x10",
                    "0x1p3",
                    "1d",
                    "1f",
                    "NaN",
                    "-NaN",
                    "Infinity",
                    "-Infinity",
                    "inf",
                    "nan",
                    "-0",
                    "-0.0",
                    "0e0",
                    "0e99999999999",
                    "1e22",
                    "1e23",
                    "9007199254740992",
                    "9007199254740993",
                    "9007199254740993e-1",
                    "16777217",
                    "33554435",
                    "1.00000017881393421514957253748434595763683319091796875001",
                    "2.2250738585072012e-308",
                    "4.9e-324",
                    "2.4703282292062327208e-324",
                    "1.7976931348623157e308",
                    "1.7976931348623159e308",
                    "1e400",
                    "1e-400",
                    "1e9999",
                    "1e99999",
                    "0000000000000000000000000000000000001.5",
                    "1.50000000000000000000000000000000000",
                    "999999999999999999",
                    "9999999999999999999",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "-9223372036854775809",
                    "123456789012345678901234567890",
                    "\u0661",
                    "1\u0661",
                    "\u22121");

    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(22);
        Arbitrary<String> exponent =
                Arbitraries.oneOf(
                        Arbitraries.of("", "e", "E"),
                        Arbitraries.integers().between(-350, 350).map(e -> "e" + e),
                        Arbitraries.integers().between(-25, 25).map(e -> "E" + e));
        return Combinators.combine(
                        Arbitraries.of("", "-", "+"),
                        digits,
                        Arbitraries.of("", "."),
                        digits,
                        exponent)
                .as((sign, before, point, after, exp) -> sign + before + point + after + exp);
    }

    @Provide
    Arbitrary<String> nonsense() {
        return Arbitraries.strings().withChars("0159+-.eExdNa _").ofMinLength(1).ofMaxLength(6);
    }

    @Property(tries = 3_000)
    void realNumbersOfAnyForm(@ForAll("decimals") String text) {
        checkReal(text);
    }

    @Property(tries = 1_000)
    void realNumbersThatJavaHasWritten(@ForAll double number, @ForAll float small) {
        checkReal(Double.toString(number));
        checkReal(Float.toString(small));
        checkReal(Double.toString(Double.longBitsToDouble(Double.doubleToLongBits(number) + 1)));
        checkReal(BigDecimal.valueOf(number).toPlainString());
        checkReal(new BigDecimal(small).toString());
    }

    @Property(tries = 1_000)
    void realNumbersInTheMiddleOfTwo(
            @ForAll @FloatRange(min = -Float.MAX_VALUE / 2, max = Float.MAX_VALUE / 2)
                    float number) {
        BigDecimal middle =
                new BigDecimal(number)
                        .add(new BigDecimal(Math.nextUp(number)))
                        .divide(BigDecimal.valueOf(2));
        checkReal(middle.toString());
        checkReal(middle.toPlainString());
    }

    @Property(tries = 3_000)
    void textThatIsMostlyNoNumber(@ForAll("nonsense") String text) {
        checkReal(text);
        checkIntegers(text);
    }

    @Example
    void textThatOthersHaveStumbledOver() {
        ADVERSARIAL.forEach(NumberConvertersTest::checkReal);
        ADVERSARIAL.forEach(NumberConvertersTest::checkIntegers);
    }

    private static void checkReal(String text) {
        if (text.isEmpty()) {
            return;
        }
        assertThat(ofText(new DoubleConverter(), text))
                .as("double '%s'", text)
                .isEqualTo(expected(Double::valueOf, text));
        assertThat(ofText(new FloatConverter(), text))
                .as("float '%s'", text)
                .isEqualTo(expected(Float::valueOf, text));
        assertThat(ofText(new BigNumberConverters.ToBigDecimal(), text))
                .as("decimal '%s'", text)
                .isEqualTo(expected(BigDecimal::new, text));
    }

    @Property(tries = 1_000)
    void integersOfAnyLength(@ForAll long number, @ForAll BigInteger large, @ForAll int small) {
        checkIntegers(Long.toString(number));
        checkIntegers(large.toString());
        checkIntegers(Integer.toString(small));
        checkIntegers(Byte.toString((byte) small));
        checkIntegers("+" + Math.abs((long) small));
        checkIntegers("000000000000000000000" + Math.abs((long) small));
    }

    @Example
    void integersAtTheEdges() {
        for (long edge :
                new long[] {
                    Byte.MAX_VALUE,
                    Byte.MIN_VALUE,
                    Short.MAX_VALUE,
                    Short.MIN_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MIN_VALUE
                }) {
            for (long number = edge - 1; number <= edge + 1; number++) {
                checkIntegers(Long.toString(number));
            }
        }
    }

    private static void checkIntegers(String text) {
        if (text.isEmpty()) {
            return;
        }
        checkInteger(IntegralConverter.toByte(), Byte::valueOf, text);
        checkInteger(IntegralConverter.toShort(), Short::valueOf, text);
        checkInteger(IntegralConverter.toInt(), Integer::valueOf, text);
        checkInteger(IntegralConverter.toLong(), Long::valueOf, text);
        assertThat(ofText(new BigNumberConverters.ToBigInteger(), text))
                .as("'%s'", text)
                .isEqualTo(expected(BigInteger::new, text));
    }

    private static void checkInteger(
            ValueConverter converter, Function<String, Object> parser, String text) {
        // Java takes the digits of all scripts for integers, which we do not.
        boolean ascii = text.chars().allMatch(c -> c < 128);
        assertThat(ofText(converter, text))
                .as("'%s'", text)
                .isEqualTo(ascii ? expected(parser, text) : Optional.empty());
    }

    @Property(tries = 2_000)
    void numbersOfJsonThatAreIntegers(@ForAll("decimals") String text) {
        assertThat(ofNumber(IntegralConverter.toLong(), text))
                .as(text)
                .isEqualTo(
                        text.isEmpty()
                                ? Optional.empty()
                                : expected(
                                        number -> new BigDecimal(number).longValueExact(), text));
        Optional<Object> small = expected(number -> new BigDecimal(number).intValueExact(), text);
        assertThat(ofNumber(IntegralConverter.toInt(), text)).as(text).isEqualTo(small);
    }

    @Example
    void numbersOfJsonThatAreNot() {
        for (String text : List.of("1e1000000000", "1.5", "1e-1000000000", "1e19", "-1e19")) {
            assertThat(ofNumber(IntegralConverter.toLong(), text)).as(text).isEmpty();
        }
        assertThat(ofNumber(IntegralConverter.toInt(), "3e9")).isEmpty();
        assertThat(ofNumber(IntegralConverter.toInt(), "3.000e2")).contains(300);
        assertThat(ofNumber(new BigNumberConverters.ToBigInteger(), "3.000e2"))
                .contains(BigInteger.valueOf(300));
        assertThat(ofNumber(new BigNumberConverters.ToBigInteger(), "3.5")).isEmpty();
        assertThat(ofText(new BigNumberConverters.ToBigInteger(), "3.000e2")).isEmpty();
    }

    @Property(tries = 3_000)
    void decimalsOfTables(
            @ForAll("decimals") String text,
            @ForAll @IntRange(min = 1, max = 38) int precision,
            @ForAll @IntRange(max = 38) int anyScale) {
        int scale = Math.min(anyScale, precision);
        Optional<Object> expected =
                expected(
                        number ->
                                DecimalData.fromBigDecimal(
                                        new BigDecimal(number), precision, scale),
                        text);
        Optional<Object> actual = ofText(new ToDecimalData(precision, scale), text);

        assertThat(actual).as("%s to (%d, %d)", text, precision, scale).isEqualTo(expected);
        actual.map(DecimalData.class::cast)
                .ifPresent(
                        decimal -> {
                            assertThat(decimal.precision()).isEqualTo(precision);
                            assertThat(decimal.scale()).isEqualTo(scale);
                        });
    }

    @Example
    void decimalsOfTablesThatAreLargerThanTheyLook() {
        ToDecimalData converter = new ToDecimalData(10, 2);
        assertThat(ofText(converter, "1e1000000000")).isEmpty();
        assertThat(ofText(converter, "-1e-1000000000")).contains(DecimalData.zero(10, 2));
        assertThat(ofText(converter, "0e1000000000")).contains(DecimalData.zero(10, 2));
        assertThat(ofText(converter, "99999999.994")).contains(decimal("99999999.99"));
        assertThat(ofText(converter, "99999999.995")).isEmpty();
        assertThat(ofText(converter, "99999999")).contains(decimal("99999999"));
        assertThat(ofText(converter, "100000000")).isEmpty();
        assertThat(ofText(converter, "100000000.00")).isEmpty();
        assertThat(ofText(converter, "1e8")).isEmpty();
        assertThat(ofText(converter, "-1e7")).contains(decimal("-10000000"));
        assertThat(ofText(converter, "0.005")).contains(decimal("0.01"));
        assertThat(ofText(converter, "-0.005")).contains(decimal("-0.01"));
        assertThat(ofText(converter, "0.0049999")).contains(decimal("0.00"));
    }

    private static DecimalData decimal(String text) {
        return DecimalData.fromBigDecimal(new BigDecimal(text), 10, 2);
    }
}
