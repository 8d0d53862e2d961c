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
import org.apache.flink.table.data.DecimalData;

import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.util.Set;

/** Decimals of a table: of fixed precision and scale, rounded half up. */
@Internal
final class ToDecimalData extends ValueConverter {

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private final int precision;
    private final int scale;
    private final DecimalText text = new DecimalText();

    ToDecimalData(int precision, int scale) {
        super(false, Set.of(Kind.TEXT, Kind.NUMBER));
        this.precision = precision;
        this.scale = scale;
    }

    @Override
    DecimalData convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
        if (text.read(data, from, to) && precision < POWERS.length) {
            int shift = scale + text.exponent();
            // Without rounding, and without leaving the range of long.
            if (shift >= 0 && shift < precision && text.digits() < POWERS[precision - shift]) {
                long unscaled = text.digits() * POWERS[shift];
                return DecimalData.fromUnscaledLong(
                        text.isNegative() ? -unscaled : unscaled, precision, scale);
            }
        }
        return ofBigDecimal(BigNumberConverters.parse(data, from, to));
    }

    private DecimalData ofBigDecimal(BigDecimal value) {
        // Before a number of many digits is made of a few characters.
        long digitsBeforePoint = (long) value.precision() - value.scale();
        if (value.signum() == 0 || digitsBeforePoint < -scale) {
            return DecimalData.zero(precision, scale);
        }
        DecimalData decimal =
                digitsBeforePoint > precision - scale
                        ? null
                        : DecimalData.fromBigDecimal(value, precision, scale);
        if (decimal == null) {
            throw new ConversionException(
                    "It has more than " + (precision - scale) + " digits before the point.");
        }
        return decimal;
    }
}
