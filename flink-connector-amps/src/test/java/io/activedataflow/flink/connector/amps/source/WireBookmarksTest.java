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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class WireBookmarksTest {

    /** The last microsecond of 9999-12-30. */
    private static final long LAST_MICROS = 253_402_214_399_999_999L;

    @Test
    void writesEachStartPosition() {
        assertThat(WireBookmarks.start(AmpsStartPosition.earliest())).isEqualTo("0");
        assertThat(WireBookmarks.start(AmpsStartPosition.latest())).isEqualTo("0|1|");
        assertThat(
                        WireBookmarks.start(
                                AmpsStartPosition.timestamp(
                                        Instant.parse("2026-01-02T03:04:05.678901Z"))))
                .isEqualTo("20260102T030405.678901Z");
        assertThat(WireBookmarks.start(AmpsStartPosition.after(new AmpsBookmark(-1, -2))))
                .isEqualTo("18446744073709551615|18446744073709551614|");
        assertThat(
                        WireBookmarks.start(
                                AmpsStartPosition.after(
                                        List.of(
                                                new AmpsBookmark(1, 2),
                                                new AmpsBookmark(3, 4),
                                                new AmpsBookmark(1, 2)))))
                .isEqualTo("1|2|,3|4|");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 20260102T030405.000000Z",
        "1970-01-01T00:00:00Z, 19700101T000000.000000Z",
        "2026-01-02T03:04:05.000000001Z, 20260102T030405.000001Z",
        "2026-01-02T03:04:05.999999999Z, 20260102T030406.000000Z",
        "2026-01-02T03:04:05.000001000Z, 20260102T030405.000001Z",
    })
    void aTimeIsRoundedUpToMicroseconds(Instant time, String text) {
        assertThat(WireBookmarks.time(time)).isEqualTo(text);
    }

    @Test
    void noLogReachesBackBeyond1970() {
        assertThat(WireBookmarks.time(-1L)).isEqualTo("19700101T000000.000000Z");
        assertThat(WireBookmarks.time(Long.MIN_VALUE)).isEqualTo("19700101T000000.000000Z");
    }

    @Property
    void timesAreReadAsTheyWereWritten(@ForAll @LongRange(max = LAST_MICROS) long micros) {
        String text = WireBookmarks.time(micros);

        assertThat(text).matches("\\d{8}T\\d{6}\\.\\d{6}Z");
        assertThat(WireBookmarks.parseStart(text))
                .isEqualTo(
                        AmpsStartPosition.timestamp(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
    }

    @Property
    void bookmarksAreReadAsTheyWereWritten(
            @ForAll @Size(min = 1, max = 5) List<@LongRange(min = 1) Long> publishers,
            @ForAll long sequence) {
        AmpsStartPosition position =
                AmpsStartPosition.after(
                        publishers.stream().map(p -> new AmpsBookmark(-p, sequence)).toList());

        assertThat(AmpsStartPosition.parse(WireBookmarks.start(position))).isEqualTo(position);
    }

    @Test
    void readsWhatPeopleWrite() {
        assertThat(AmpsStartPosition.parse(" 0 ")).isEqualTo(AmpsStartPosition.earliest());
        assertThat(AmpsStartPosition.parse("1|2, 3|4|"))
                .isEqualTo(
                        AmpsStartPosition.after(
                                List.of(new AmpsBookmark(1, 2), new AmpsBookmark(3, 4))));
        assertThat(AmpsStartPosition.parse("20260102T030405"))
                .isEqualTo(AmpsStartPosition.parse("20260102T030405.000000Z"));
        assertThat(AmpsStartPosition.parse("20260102T030405.5Z"))
                .isEqualTo(AmpsStartPosition.parse("20260102T030405.500000Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1|",
                "a|b|",
                "1|2|,",
                "-1|2|",
                "0|1|",
                "recent",
                "20260102",
                "T",
                "20261302T030405Z",
                "2026-01-02T03:04:05Z",
                "20260102T030405.1234567Z",
                "[1|2|:3|4|]"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> AmpsStartPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'");
    }
}
