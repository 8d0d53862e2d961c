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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.util.Set;

/** Numbers of any size. */
@Internal
final class BigNumberConverters {

    private BigNumberConverters() {}

    /** Decimals with the scale that they are written with. */
    static final class ToBigDecimal extends ValueConverter {

        private final DecimalText text = new DecimalText();

        ToBigDecimal() {
            super(false, Set.of(Kind.TEXT, Kind.NUMBER));
        }

        @Override
        BigDecimal convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            if (text.read(data, from, to)) {
                return BigDecimal.valueOf(
                        text.isNegative() ? -text.digits() : text.digits(), -text.exponent());
            }
            return parse(data, from, to);
        }
    }

    static BigDecimal parse(byte[] data, int from, int to) throws CharacterCodingException {
        try {
            return new BigDecimal(Utf8.decode(data, from, to - from));
        } catch (NumberFormatException e) {
            throw new ConversionException("It is not a decimal number.");
        }
    }

    /** Integers of any size. */
    static final class ToBigInteger extends ValueConverter {

        private final DecimalText text = new DecimalText();

        ToBigInteger() {
            super(false, Set.of(Kind.TEXT, Kind.NUMBER));
        }

        @Override
        BigInteger convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            try {
                return new BigInteger(Utf8.decode(data, from, to - from));
            } catch (NumberFormatException e) {
                if (kind == Kind.NUMBER && text.read(data, from, to)) {
                    return ofJson();
                }
                throw new ConversionException("It is not a decimal integer.");
            }
        }

        /** A number with a fraction or an exponent may be an integer still. */
        private BigInteger ofJson() {
            BigDecimal value =
                    BigDecimal.valueOf(
                            text.isNegative() ? -text.digits() : text.digits(), -text.exponent());
            try {
                return value.toBigIntegerExact();
            } catch (ArithmeticException e) {
                throw new ConversionException("It is not an integer.");
            }
        }
    }
}
