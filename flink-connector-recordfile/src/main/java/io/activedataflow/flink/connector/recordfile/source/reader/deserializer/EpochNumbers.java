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
import java.math.RoundingMode;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.TimeUnit;

/** Points in time that are written as numbers. */
@Internal
final class EpochNumbers {

    private static final IntegralConverter INTEGERS = IntegralConverter.toLong();

    /** Of milliseconds that fit into a long, even if they are written in nanoseconds. */
    private static final int MAX_DIGITS_BEFORE_POINT = 26;

    private EpochNumbers() {}

    /** A whole number of milliseconds since the epoch. */
    static long millis(byte[] data, int from, int to) {
        return INTEGERS.toLong(Kind.NUMBER, data, from, to);
    }

    /** Milliseconds from a number of any unit, with or without a fraction, rounded down. */
    static long millis(byte[] data, int from, int to, TimeUnit unit)
            throws CharacterCodingException {
        BigDecimal number = BigNumberConverters.parse(data, from, to);
        if (number.signum() == 0) {
            return 0;
        }
        // Before a number of many digits is made of a few characters.
        if ((long) number.precision() - number.scale() > MAX_DIGITS_BEFORE_POINT) {
            throw tooLarge();
        }
        if ((long) number.scale() - number.precision() > MAX_DIGITS_BEFORE_POINT) {
            return number.signum() < 0 ? -1 : 0;
        }
        BigDecimal millis = number.multiply(BigDecimal.valueOf(unit.toNanos(1))).movePointLeft(6);
        try {
            return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
        } catch (ArithmeticException e) {
            throw tooLarge();
        }
    }

    private static ConversionException tooLarge() {
        return new ConversionException("It is too large for a point in time.");
    }
}
