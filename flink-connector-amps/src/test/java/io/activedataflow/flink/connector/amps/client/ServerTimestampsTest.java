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

package io.activedataflow.flink.connector.amps.client;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ServerTimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "19700101T000000Z, 0",
        "19700101T000000, 0",
        "19700101T000001.5Z, 1500000",
        "19700101T000000.678901Z, 678901",
        "19700101T000000.000001, 1",
        "19700101T000000.6789019Z, 678901",
        "19700101T000000.999999999Z, 999999",
        "20260102T030405.678901Z, 1767323045678901",
        "20240229T235959Z, 1709251199000000",
        "20000229T000000Z, 951782400000000",
        "19691231T235959.999999Z, -1"
    })
    void readsTimes(String text, long micros) {
        assertThat(parse(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "T",
                "2026",
                "20260102",
                "20260102T0304",
                "20260102 030405Z",
                "20260102T030405z",
                "20260102T030405ZZ",
                "20260102T030405.Z",
                "20260102T030405.",
                "20260102T030405,5Z",
                "20260102T030405.1234567890Z",
                "20260102T030405.12345x789Z",
                "20260102T030405.1234567x9Z",
                "20260102T030405+0100",
                "20261302T030405Z",
                "20260002T030405Z",
                "20260132T030405Z",
                "20260100T030405Z",
                "20250229T030405Z",
                "19000229T030405Z",
                "20260431T030405Z",
                "20260102T240405Z",
                "20260102T036005Z",
                "20260102T030460Z",
                "-0260102T030405Z",
                "2026010\u00e9T30405Z"
            })
    void doesNotReadAnythingElse(String text) {
        assertThat(parse(text)).isEqualTo(ServerTimestamps.UNKNOWN);
    }

    @Test
    void absentIsUnknown() {
        assertThat(ServerTimestamps.parse(new ByteSlice())).isEqualTo(ServerTimestamps.UNKNOWN);
    }

    @Property
    void agreesWithTheCalendarOfJava(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999) int micros) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, micros * 1000, ZoneOffset.UTC);
        String text = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").format(time);

        assertThat(parse(text)).isEqualTo(second * 1_000_000L + micros);
    }

    @Property
    void neitherFailsNorReadsBeyondItsPart(@ForAll byte[] bytes) {
        byte[] surrounded = new byte[bytes.length + 40];
        Arrays.fill(surrounded, (byte) '1');
        System.arraycopy(bytes, 0, surrounded, 20, bytes.length);

        assertThat(ServerTimestamps.parse(surrounded, 20, bytes.length))
                .isEqualTo(ServerTimestamps.parse(bytes, 0, bytes.length));
    }

    private static long parse(String text) {
        byte[] bytes = ("xx" + text + "99").getBytes(StandardCharsets.UTF_8);
        ByteSlice slice = new ByteSlice();
        slice.set(bytes, 2, bytes.length - 4);
        return ServerTimestamps.parse(slice);
    }
}
