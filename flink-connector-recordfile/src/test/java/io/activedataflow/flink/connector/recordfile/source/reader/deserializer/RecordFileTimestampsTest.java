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

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.reader.TestColumn;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;
import io.activedataflow.flink.connector.recordfile.source.reader.TestSchemaContext;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileTimestampsTest {

    private static long extract(RecordFileTimestamps original, TestColumn... columns)
            throws Exception {
        RecordFileTimestamps timestamps = InstantiationUtil.clone(original);
        timestamps.open(TestSchemaContext.nulling());
        return timestamps.extract(TestRecord.of(columns));
    }

    private static Instant text(RecordFileTimestamps timestamps, String text) throws Exception {
        return Instant.ofEpochMilli(extract(timestamps, TestColumn.text("t", text)));
    }

    @Test
    void withoutColumns() throws Exception {
        assertThat(extract(RecordFileTimestamps.none())).isEqualTo(TimestampAssigner.NO_TIMESTAMP);
        assertThat(extract(RecordFileTimestamps.fileTime())).isEqualTo(TestRecord.MODIFIED);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00.123999+01:00, 2026-03-01T11:00:00.123Z",
        "2026-03-01 12:00:00.5, 2026-03-01T12:00:00.5Z",
        "2026-03-01T12:00, 2026-03-01T12:00:00Z",
        "2026-03-01, 2026-03-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999Z",
        "2026-03-01T24:00:00Z, 2026-03-02T00:00:00Z",
        "+12026-03-01T12:00:00Z, +12026-03-01T12:00:00Z",
        "+12026-03-01T12:00, +12026-03-01T12:00:00Z",
        "1700000000123, 2023-11-14T22:13:20.123Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "0, 1970-01-01T00:00:00Z",
        "1700000000123.9, 2023-11-14T22:13:20.123Z",
        "1.7e12, 2023-11-14T22:13:20Z"
    })
    void columnsInIsoOrMilliseconds(String text, Instant expected) throws Exception {
        assertThat(text(RecordFileTimestamps.column("t"), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1700000000, 2023-11-14T22:13:20Z",
        "SECONDS, 1700000000.1239, 2023-11-14T22:13:20.123Z",
        "SECONDS, -0.0001, 1969-12-31T23:59:59.999Z",
        "SECONDS, -1e-999999999, 1969-12-31T23:59:59.999Z",
        "SECONDS, 1e-999999999, 1970-01-01T00:00:00Z",
        "DAYS, 1, 1970-01-02T00:00:00Z",
        "MICROSECONDS, 1700000000123999, 2023-11-14T22:13:20.123Z",
        "MICROSECONDS, -1, 1969-12-31T23:59:59.999Z",
        "NANOSECONDS, 1700000000123999999, 2023-11-14T22:13:20.123Z",
        "NANOSECONDS, 2026-03-01, 2026-03-01T00:00:00Z"
    })
    void columnsInOtherUnits(TimeUnit unit, String text, Instant expected) throws Exception {
        assertThat(text(RecordFileTimestamps.column("t", unit), text)).isEqualTo(expected);
    }

    @Test
    void numbersOfJson() throws Exception {
        assertThat(
                        extract(
                                RecordFileTimestamps.column("t"),
                                TestColumn.text("other", "1"),
                                TestColumn.number("t", "1700000000000")))
                .isEqualTo(1_700_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yyyy HH:mm, 01.03.2026 12:00, 2026-03-01T11:00:00Z",
        "dd.MM.yyyy HH:mm, 01.07.2026 12:00, 2026-07-01T10:00:00Z",
        "dd/MMM/yyyy:HH:mm:ss xx, 01/Mar/2026:12:00:00 -0500, 2026-03-01T17:00:00Z",
        "yyyyMMdd, 20260301, 2026-02-28T23:00:00Z",
        "yyyy-MM-dd HH:mm:ss VV, 2026-03-01 12:00:00 UTC, 2026-03-01T12:00:00Z"
    })
    void columnsInAFormOfTheirOwn(String pattern, String text, Instant expected) throws Exception {
        assertThat(
                        text(
                                RecordFileTimestamps.column(
                                        "t", pattern, ZoneId.of("Europe/Berlin")),
                                text))
                .isEqualTo(expected);
    }

    @Test
    void whatCannotBeReadIsMalformed() {
        for (RecordFileTimestamps timestamps :
                List.of(
                        RecordFileTimestamps.column("t"),
                        RecordFileTimestamps.column("t", TimeUnit.SECONDS),
                        RecordFileTimestamps.column("t", "yyyyMMdd", ZoneOffset.UTC))) {
            for (TestColumn bad :
                    List.of(
                            TestColumn.text("other", "1"),
                            TestColumn.none("t"),
                            TestColumn.text("t", ""),
                            TestColumn.text("t", "yesterday"),
                            TestColumn.text("t", "-"),
                            TestColumn.text("t", "2026-02-30"),
                            TestColumn.text("t", "9223372036854775807000"),
                            TestColumn.text("t", "1e999999999"),
                            TestColumn.text("t", new byte[] {(byte) 0xFF}),
                            TestColumn.truth("t", "true"),
                            TestColumn.nested("t", "[]"))) {
                assertThatThrownBy(() -> extract(timestamps, bad))
                        .as("%s of %s", bad, timestamps)
                        .isInstanceOfSatisfying(
                                MalformedRecordException.class,
                                e -> {
                                    assertThat(e.error()).isEqualTo(RecordFileError.CAST);
                                    assertThat(e.column()).isEqualTo("t");
                                })
                        .hasMessageContaining("'t'");
            }
        }
        assertThatThrownBy(
                        () ->
                                extract(
                                        RecordFileTimestamps.column("t", TimeUnit.SECONDS),
                                        TestColumn.text("t", "9223372036854775807")))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage(
                        "The value '9223372036854775807' of column 't' is not a timestamp: ISO 8601"
                                + " or SECONDS.");
    }

    @Test
    void refusesAPatternThatIsNone() {
        assertThatThrownBy(() -> RecordFileTimestamps.column("t", "bbb", ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatItIs() {
        assertThat(RecordFileTimestamps.none()).hasToString("none");
        assertThat(RecordFileTimestamps.fileTime()).hasToString("file time");
        assertThat(RecordFileTimestamps.column("t"))
                .hasToString("column 't', ISO 8601 or MILLISECONDS");
        assertThat(RecordFileTimestamps.column("t", "yyyy", ZoneOffset.UTC))
                .hasToString("column 't', 'yyyy' in Z");
    }
}
