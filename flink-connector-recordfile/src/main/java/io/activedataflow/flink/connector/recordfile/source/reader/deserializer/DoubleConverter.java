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

import java.nio.charset.CharacterCodingException;
import java.util.Set;

/** Floating-point numbers of 64 bits, the same that {@link Double#parseDouble} makes. */
@Internal
final class DoubleConverter extends ValueConverter {

    /** Up to this number every integer is a double. */
    private static final long MAX_EXACT = 1L << 53;

    /** The powers of ten that are doubles. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private final DecimalText text = new DecimalText();

    DoubleConverter() {
        super(false, Set.of(Kind.TEXT, Kind.NUMBER));
    }

    @Override
    Double convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
        return toDouble(data, from, to);
    }

    double toDouble(byte[] data, int from, int to) throws CharacterCodingException {
        if (text.read(data, from, to) && text.digits() <= MAX_EXACT) {
            int exponent = text.exponent();
            // One operation on two exact numbers is rounded once, hence correctly.
            if (exponent <= 0 && exponent > -POWERS.length) {
                return signed(text.digits() / POWERS[-exponent]);
            }
            if (exponent > 0 && exponent < POWERS.length) {
                return signed(text.digits() * POWERS[exponent]);
            }
        }
        try {
            return Double.parseDouble(Utf8.decode(data, from, to - from));
        } catch (NumberFormatException e) {
            throw new ConversionException("It is not a number.");
        }
    }

    private double signed(double value) {
        return text.isNegative() ? -value : value;
    }
}
