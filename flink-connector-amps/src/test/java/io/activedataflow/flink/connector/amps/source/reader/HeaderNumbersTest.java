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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HeaderNumbersTest {

    private static final DateTimeFormatter WIRE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final HeaderNumbers numbers = new HeaderNumbers();

    private HeaderNumbers bookmark(String text) {
        numbers.read(new TestDelivery().bookmark(text));
        return numbers;
    }

    private HeaderNumbers timestamp(String text) {
        numbers.read(new TestDelivery().timestamp(text));
        return numbers;
    }

    @Property
    void readsEveryBookmark(
            @ForAll long publisherId, @ForAll long sequence, @ForAll long nextSequence) {
        for (AmpsBookmark bookmark :
                new AmpsBookmark[] {
                    new AmpsBookmark(publisherId, sequence),
                    new AmpsBookmark(publisherId, nextSequence),
                    new AmpsBookmark(nextSequence, sequence)
                }) {
            bookmark(bookmark.toString());

            assertThat(numbers.hasBookmark()).isTrue();
            assertThat(new AmpsBookmark(numbers.publisherId(), numbers.sequence()))
                    .isEqualTo(bookmark);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1|2|, 1, 2",
        "1|2, 1, 2",
        "0|1|, 0, 1",
        "007|0000000000000000000000000000012|, 7, 12",
        "00000000000000000000000000000000007|3, 7, 3",
        "18446744073709551615|18446744073709551615|, -1, -1",
        "9223372036854775808|9223372036854775807|, -9223372036854775808, 9223372036854775807"
    })
    void readsUnsignedNumbers(String text, long publisherId, long sequence) {
        bookmark(text);

        assertThat(numbers.hasBookmark()).isTrue();
        assertThat(numbers.publisherId()).isEqualTo(publisherId);
        assertThat(numbers.sequence()).isEqualTo(sequence);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "|",
                "||",
                "0",
                "5",
                "5|",
                "5||",
                "|5|",
                "5|6|7",
                "5|6||",
                "5|6|,7|8|",
                "5|-6|",
                "+5|6|",
                "x5|6|",
                "5x|6|",
                "5|6x|",
                "5|x",
                " 5|6|",
                "5|6| ",
                "20260102T030405Z",
                "18446744073709551616|1|",
                "1|18446744073709551616|",
                "1|99999999999999999999|",
                "1|184467440737095516150|"
            })
    void takesWhatIsNoBookmarkForAbsent(String text) {
        // What was read before must neither stay nor get in the way.
        bookmark("5|77|");
        assertThat(bookmark(text).hasBookmark()).isFalse();
        assertThat(bookmark("5|78|").hasBookmark()).isTrue();
        assertThat(numbers.publisherId()).isEqualTo(5);
        assertThat(numbers.sequence()).isEqualTo(78);
    }

    @Test
    void doesNotTakeAPublisherForTheOneBefore() {
        bookmark("12|3|");
        bookmark("1|23|");

        assertThat(numbers.publisherId()).isEqualTo(1);
        assertThat(numbers.sequence()).isEqualTo(23);

        bookmark("123|4|");

        assertThat(numbers.publisherId()).isEqualTo(123);
        assertThat(numbers.sequence()).isEqualTo(4);
    }

    /** The years 0 to 9999. */
    @Property
    void readsEveryTime(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long seconds,
            @ForAll @IntRange(max = 999_999) int micros,
            @ForAll @IntRange(max = 100_000) int later) {
        for (long second : new long[] {seconds, Math.min(seconds + later, 253_402_300_799L)}) {
            Instant time = Instant.ofEpochSecond(second, micros * 1000L);

            assertThat(timestamp(WIRE_TIME.format(time)).timestampMicros())
                    .isEqualTo(second * 1_000_000L + micros);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "19700101T000000Z, 0",
        "19700101T000000, 0",
        "19700101T000001.5, 1500000",
        "19700101T000001.000001Z, 1000001",
        "19700101T000001.1234567Z, 1123456",
        "19700101T000001.123456789Z, 1123456",
        "19691231T235959.999999Z, -1",
        "20240229T120000Z, 1709208000000000",
        "20260102T030405.678901Z, 1767323045678901"
    })
    void readsTimes(String text, long micros) {
        assertThat(timestamp(text).timestampMicros()).isEqualTo(micros);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Z",
                "T",
                "20260102",
                "20260102T0304",
                "20260102T03040Z",
                "20260102 030405Z",
                "2026-01-02T03:04:05Z",
                "20260102T030405.Z",
                "20260102T030405.",
                "20260102T030405,5",
                "20260102T030405.5x",
                "20260102T030405ZZ",
                "20260102T030405+0100",
                "20261302T030405Z",
                "20260002T030405Z",
                "20260100T030405Z",
                "20260132T030405Z",
                "20230229T030405Z",
                "20260102T240000Z",
                "20260102T036000Z",
                "20260102T030460Z",
                "x0260102T030405Z",
                "202x0102T030405Z",
                "2026010xT030405Z",
                "20260102T0x0405Z",
                "20260102T03040/Z",
                "1|2|"
            })
    void takesWhatIsNoTimeForAbsent(String text) {
        timestamp("20260102T030405.678901Z");
        assertThat(timestamp(text).timestampMicros()).isEqualTo(ReplayPosition.UNKNOWN_TIME);
        assertThat(timestamp("20260102T030405Z").timestampMicros())
                .isEqualTo(1_767_323_045_000_000L);
    }
}
