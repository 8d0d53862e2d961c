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

/** Floating-point numbers of 32 bits, the same that {@link Float#parseFloat} makes. */
@Internal
final class FloatConverter extends ValueConverter {

    /** Up to this number every integer is a float. */
    private static final long MAX_EXACT = 1L << 24;

    /** The powers of ten that are floats. */
    private static final float[] POWERS = {
        1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f
    };

    private final DecimalText text = new DecimalText();

    FloatConverter() {
        super(false, Set.of(Kind.TEXT, Kind.NUMBER));
    }

    @Override
    Float convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
        return toFloat(data, from, to);
    }

    float toFloat(byte[] data, int from, int to) throws CharacterCodingException {
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
            return Float.parseFloat(Utf8.decode(data, from, to - from));
        } catch (NumberFormatException e) {
            throw new ConversionException("It is not a number.");
        }
    }

    private float signed(float value) {
        return text.isNegative() ? -value : value;
    }
}
