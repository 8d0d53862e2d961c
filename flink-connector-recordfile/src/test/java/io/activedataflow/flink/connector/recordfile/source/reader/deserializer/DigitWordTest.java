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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class DigitWordTest {

    @Test
    void eachDigitCountsByItsPlace() {
        assertThat(value("12345678", 8)).isEqualTo(12345678);
        assertThat(value("99999999", 8)).isEqualTo(99999999);
        assertThat(value("00000000", 8)).isZero();
        assertThat(value("9.,-2026", 4)).isEqualTo(2026);
        assertThat(value("12345678", 1)).isEqualTo(8);
    }

    @Test
    void onlyDigitsAreDigits() {
        for (int place = 0; place < DigitWord.DIGITS; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] data = new byte[DigitWord.DIGITS];
                Arrays.fill(data, (byte) '9');
                data[place] = (byte) value;
                assertThat(DigitWord.areDigits(DigitWord.before(data, data.length)))
                        .as("%d at %d", value, place)
                        .isEqualTo(value >= '0' && value <= '9');
            }
        }
    }

    @Test
    void pointsAreFound() {
        long found = DigitWord.points(word(".2.\u00AE/-."));
        assertThat(found).isEqualTo(0x8000_0000_0080_0080L);
    }

    private static long value(String text, int count) {
        long digits = DigitWord.keep(word(text), count);
        assertThat(DigitWord.areDigits(digits)).isTrue();
        return DigitWord.value(digits);
    }

    private static long word(String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return DigitWord.before(data, data.length);
    }
}
