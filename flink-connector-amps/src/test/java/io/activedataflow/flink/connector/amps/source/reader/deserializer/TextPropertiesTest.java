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

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the fast ways of reading text share with the slow and obvious ones. */
class TextPropertiesTest {

    private static long parse(String text, long min, long max) {
        byte[] data = utf8("1" + text + "1");
        return TextNumbers.parseLong(data, 1, data.length - 2, min, max);
    }

    @Property
    void readsEveryLong(@ForAll long value) {
        assertThat(parse(Long.toString(value), Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(value);
    }

    @Property
    void agreesWithBigIntegerOnTheRange(
            @ForAll @NumericChars @StringLength(min = 1, max = 22) String digits,
            @ForAll boolean negative) {
        String text = negative ? '-' + digits : digits;
        BigInteger exact = new BigInteger(text);
        if (exact.bitLength() < Long.SIZE) {
            assertThat(parse(text, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(exact.longValue());
        } else {
            assertThatThrownBy(() -> parse(text, Long.MIN_VALUE, Long.MAX_VALUE))
                    .isInstanceOf(NumberFormatException.class);
        }
    }

    @Property
    void refusesWhatIsNoNumber(
            @ForAll @AlphaChars @StringLength(min = 1, max = 3) String letters,
            @ForAll @NumericChars @StringLength(max = 3) String digits) {
        for (String text : List.of(letters, digits + letters, letters + digits, digits + '-')) {
            assertThatThrownBy(() -> parse(text, Long.MIN_VALUE, Long.MAX_VALUE))
                    .isInstanceOf(NumberFormatException.class);
        }
    }

    @Example
    void keepsToTheEdgesOfLong() {
        assertThat(parse("-9223372036854775808", Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(Long.MIN_VALUE);
        for (String text :
                List.of(
                        "9223372036854775808",
                        "-9223372036854775809",
                        "92233720368547758070",
                        "18446744073709551616",
                        "-92233720368547758080")) {
            assertThatThrownBy(() -> parse(text, Long.MIN_VALUE, Long.MAX_VALUE))
                    .isInstanceOf(NumberFormatException.class)
                    .hasMessageStartingWith("It does not lie between");
        }
    }

    @Property
    void decodesUtf8AsTheStrictDecoderDoes(@ForAll @Size(max = 12) byte[] bytes) {
        String expected;
        try {
            expected =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            assertThatThrownBy(() -> Utf8.decode(bytes, 0, bytes.length))
                    .isInstanceOf(CharacterCodingException.class);
            return;
        }
        assertThat(decode(bytes)).isEqualTo(expected);
    }

    @Property
    void decodesAnyText(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String decode(byte[] bytes) {
        try {
            return Utf8.decode(bytes, 0, bytes.length);
        } catch (CharacterCodingException e) {
            throw new AssertionError(e);
        }
    }
}
