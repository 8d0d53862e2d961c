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

package io.activedataflow.flink.connector.redis;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class StreamEntryIdTest {

    @Property
    void whatIsWrittenIsReadBack(@ForAll long milliseconds, @ForAll long sequence) {
        StreamEntryId id = new StreamEntryId(milliseconds, sequence);

        assertThat(StreamEntryId.parse(id.toString())).isEqualTo(id);
        assertThat(id.toString()).doesNotContain("--").doesNotStartWith("-");
    }

    @Property
    void theOrderIsThatOfUnsignedNumbers(
            @ForAll long ms1, @ForAll long seq1, @ForAll long ms2, @ForAll long seq2) {
        StreamEntryId one = new StreamEntryId(ms1, seq1);
        StreamEntryId two = new StreamEntryId(ms2, seq2);
        int expected = number(one).compareTo(number(two));

        assertThat(Integer.signum(one.compareTo(two))).isEqualTo(expected);
        assertThat(one.isAfter(two)).isEqualTo(expected > 0);
    }

    @Property
    void thePredecessorIsTheNextSmallerNumber(@ForAll long milliseconds, @ForAll long sequence) {
        StreamEntryId id = new StreamEntryId(milliseconds, sequence);
        Assume.that(!id.equals(StreamEntryId.ZERO));

        assertThat(number(id.predecessor())).isEqualTo(number(id).subtract(BigInteger.ONE));
    }

    private static BigInteger number(StreamEntryId id) {
        return new BigInteger(Long.toUnsignedString(id.milliseconds()))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(id.sequence())));
    }

    @Test
    void bordersOfTheHalves() {
        assertThat(StreamEntryId.parse("5-0").predecessor()).hasToString("4-18446744073709551615");
        assertThat(StreamEntryId.parse("9223372036854775808-0").predecessor())
                .hasToString("9223372036854775807-18446744073709551615");
        assertThat(StreamEntryId.MAX).hasToString("18446744073709551615-18446744073709551615");
        assertThat(StreamEntryId.MAX.isAfter(StreamEntryId.ZERO)).isTrue();
        assertThatThrownBy(StreamEntryId.ZERO::predecessor)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0-0");
    }

    @Test
    void millisecondsAloneStandForSequenceZero() {
        assertThat(StreamEntryId.parse("1526919030474"))
                .isEqualTo(new StreamEntryId(1526919030474L, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1-",
                "-1",
                "1-2-3",
                "1--2",
                "+1-0",
                "1-+2",
                "a-1",
                "1-*",
                " 1-0",
                "$",
                ">",
                "18446744073709551616-0",
                "0-18446744073709551616"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> StreamEntryId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("<milliseconds>-<sequence>");
    }
}
