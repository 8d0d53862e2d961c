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

package io.activedataflow.flink.connector.amps.standin.filter;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Filters on FIX and NVFIX; a vertical bar stands for the byte 0x01. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TaggedFieldsTest {

    @ParameterizedTest
    @CsvSource({
        "35=D|55=IBM|, /55 = 'IBM', true",
        "35=D|55=IBM, /55 = 'IBM', true",
        "35=D|55=IBM|, /35 = 'D', true",
        "35=D|55=IBM|, /5 IS NULL, true",
        "35=D|55=IBM|, /555 IS NULL, true",
        "35=D|55=|, /55 IS NULL, true",
        "35=D|55|, /55 IS NULL, true",
        "|||35=D, /35 = 'D', true",
        "38=100|, /38 > 99, true",
        "38=100|, /38 % 8 = 4, true",
        "38=0100|, /38 = 100, true",
        "38=0100|, /38 = '100', false",
        "1=a=b|, /1 = 'a=b', true",
        "1=a|1=b|, /1 = 'a', true",
        "1=a|1=b|, /1 = 'b', false",
        "sym=IBM|id=7|, /id = 7, true",
        "sym=IBM|id=7|, /sym/id IS NULL, true",
        "sym=IBM|id=7|, [/sym] = 'IBM', true",
        "'', /a IS NULL, true",
    })
    void readsFields(String body, String filter, boolean expected) throws FilterSyntaxException {
        byte[] bytes = body.replace('|', '\u0001').getBytes(StandardCharsets.UTF_8);
        for (String type : new String[] {"fix", "nvfix"}) {
            FilterSubject message = new ContentFilterTest.Message(type, bytes, null);
            assertThat(ContentFilterTest.matches(filter, message)).isEqualTo(expected);
        }
    }
}
