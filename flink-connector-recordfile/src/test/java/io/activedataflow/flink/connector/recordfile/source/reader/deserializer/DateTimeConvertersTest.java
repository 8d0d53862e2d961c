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

import org.apache.flink.table.data.TimestampData;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;

import static io.activedataflow.flink.connector.recordfile.source.reader.deserializer.Conversion.expected;
import static io.activedataflow.flink.connector.recordfile.source.reader.deserializer.Conversion.ofNumber;
import static io.activedataflow.flink.connector.recordfile.source.reader.deserializer.Conversion.ofText;
import static org.assertj.core.api.Assertions.assertThat;

/** Dates and times are what the parsers of Java make of them, or are refused by both. */
class DateTimeConvertersTest {

    private static final List<String> ADVERSARIAL =
            List.of(
                    "2026-02-29",
                    "2024-02-29",
                    "1900-02-29",
                    "2000-02-29",
                    "0000-01-01",
                    "0000-02-29",
                    "0000-12-31",
                    "9999-12-31",
                    "+12345-01-01",
                    "-0001-01-01",
                    "2026-1-1",
                    "2026/01/01",
                    "20260101",
                    " 2026-01-01",
                    "2026-01-01 ",
                    "2026-01-01T",
                    "2026-01-01 1:00",
                    "2026-01-01T24:00",
                    "2026-01-01T24:00:00Z",
                    "2026-01-01T23:59:60Z",
                    "2026-01-01t12:00:00z",
                    "2026-01-01T12:00Z",
                    "2026-01-01T12Z",
                    "2026-01-01T12:00:00.",
                    "2026-01-01T12:00:00.Z",
                    "2026-01-01T12:00:00.1234567891",
                    "2026-01-01T12:00:00.123456789Z",
                    "2026-01-01T12:00:00,5",
                    "2026-01-01T12:00:00+01:00",
                    "2026-01-01T12:00:00+0100",
                    "2026-01-01T12:00:00+01",
                    "2026-01-01T12:00:00+01:00:30",
                    "2026-01-01T12:00:00-00:00",
                    "2026-01-01T12:00:00+18:00",
                    "2026-01-01T12:00:00+18:01",
                    "2026-01-01T12:00:00-18:00",
                    "2026-01-01T12:00:00+19:00",
                    "2026-01-01T12:00:00+01:60",
                    "2026-01-01T12:00:00 Z",
                    "2026-01-01T12:00:00ZZ",
                    "2026-01-01T12:00:00Z ",
                    "0000-01-01T00:00:00+18:00",
                    "9999-12-31T23:59:59-18:00",
                    "12:00",
                    "12:00:00",
                    "12:00:60",
                    "24:00",
                    "12:0",
                    "12:00:0",
                    "12:00:00.5",
                    "12:00.5",
                    "1a:00:00",
                    "\u0661\u0662:00");

    @Provide
    Arbitrary<String> almostDates() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9999),
                        Arbitraries.integers().between(0, 13),
                        Arbitraries.integers().between(0, 32),
                        Arbitraries.frequency(Tuple.of(9, '-'), Tuple.of(1, '/')))
                .as((y, m, d, sep) -> String.format("%04d%c%02d-%02d", y, sep, m, d));
    }

    @Provide
    Arbitrary<String> almostTimes() {
        Arbitrary<String> fraction = Arbitraries.strings().numeric().ofMaxLength(11);
        Arbitrary<String> seconds =
                Combinators.combine(
                                Arbitraries.integers().between(0, 61),
                                fraction,
                                Arbitraries.of("", "."))
                        .as((s, f, point) -> String.format(":%02d%s", s, point) + f);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 24),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.oneOf(seconds, Arbitraries.just("")))
                .as((h, m, s) -> String.format("%02d:%02d", h, m) + s);
    }

    @Provide
    Arbitrary<String> almostZones() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "Z", "z", "+00:00", "-00:00", "+01", "+0100", "+01:00:00"),
                Combinators.combine(
                                Arbitraries.of('+', '-'),
                                Arbitraries.integers().between(0, 19),
                                Arbitraries.integers().between(0, 60))
                        .as((sign, h, m) -> String.format("%c%02d:%02d", sign, h, m)));
    }

    @Provide
    Arbitrary<String> nonsense() {
        return Arbitraries.strings().withChars("0129-:.+TZ ").ofMinLength(1).ofMaxLength(24);
    }

    @Property(tries = 1_000)
    void everyDay(@ForAll @LongRange(min = -719_528, max = 2_932_896) long epochDay) {
        check(LocalDate.ofEpochDay(epochDay).toString());
    }

    @Property(tries = 1_000)
    void dates(@ForAll("almostDates") String date) {
        check(date);
    }

    @Property(tries = 1_000)
    void times(@ForAll("almostTimes") String time) {
        check(time);
    }

    @Property(tries = 3_000)
    void datesWithTimesAndZones(
            @ForAll("almostDates") String date,
            @ForAll("almostTimes") String time,
            @ForAll("almostZones") String zone,
            @ForAll boolean space) {
        check(date + (space ? ' ' : 'T') + time + zone);
    }

    @Property(tries = 1_000)
    void pointsInTimeThatJavaHasWritten(
            @ForAll @LongRange(min = -70_000_000_000L, max = 260_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        Instant instant = Instant.ofEpochSecond(second, nano);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * offsetMinutes);
        check(instant.toString());
        check(instant.atOffset(offset).toString());
        check(instant.atOffset(offset).toLocalDateTime().toString());
    }

    @Property(tries = 2_000)
    void textThatIsMostlyNothing(@ForAll("nonsense") String text) {
        check(text);
    }

    @Example
    void textThatOthersHaveStumbledOver() {
        ADVERSARIAL.forEach(DateTimeConvertersTest::check);
    }

    private static void check(String text) {
        String withT = text.replace(' ', 'T');
        Optional<Object> date = expected(LocalDate::parse, text);
        Optional<Object> time = expected(LocalTime::parse, text);
        Optional<Object> dateTime = expected(LocalDateTime::parse, withT);
        Optional<Object> instant =
                expected(t -> OffsetDateTime.parse(t).toInstant(), withT)
                        .or(() -> expected(Instant::parse, withT));

        assertEqual(new DateTimeConverters.ToLocalDate(), text, date);
        assertEqual(new DateTimeConverters.ToLocalTime(), text, time);
        assertEqual(new DateTimeConverters.ToLocalDateTime(), text, dateTime);
        assertEqual(new DateTimeConverters.ToInstant(), text, instant);

        assertEqual(
                new TableTimeConverters.ToDate(),
                text,
                date.map(d -> (int) ((LocalDate) d).toEpochDay()));
        assertEqual(
                new TableTimeConverters.ToTime(3),
                text,
                time.map(t -> (int) (((LocalTime) t).toNanoOfDay() / 1_000_000)));
        for (int precision : new int[] {0, 2, 3, 5, 9}) {
            assertEqual(
                    new TableTimeConverters.ToTimestamp(precision),
                    text,
                    dateTime.map(LocalDateTime.class::cast)
                            .map(t -> t.withNano(truncated(t.getNano(), precision)))
                            .map(TimestampData::fromLocalDateTime));
            assertEqual(
                    new TableTimeConverters.ToInstant(precision),
                    text,
                    instant.map(Instant.class::cast)
                            .map(
                                    t ->
                                            t.with(
                                                    ChronoField.NANO_OF_SECOND,
                                                    truncated(t.getNano(), precision)))
                            .map(TimestampData::fromInstant));
        }
    }

    private static int truncated(int nano, int precision) {
        String digits = String.format("%09d", nano).substring(0, precision);
        return Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static void assertEqual(ValueConverter converter, String text, Optional<?> expected) {
        assertThat(ofText(converter, text))
                .as("'%s' by %s", text, converter.getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Example
    void numbersOfJsonAreMilliseconds() {
        Instant instant = Instant.parse("2023-11-14T22:13:20.123Z");
        String number = Long.toString(instant.toEpochMilli());

        assertThat(ofNumber(new DateTimeConverters.ToInstant(), number)).contains(instant);
        assertThat(ofNumber(new DateTimeConverters.ToLocalDateTime(), number))
                .contains(LocalDateTime.parse("2023-11-14T22:13:20.123"));
        assertThat(ofNumber(new TableTimeConverters.ToTimestamp(3), number))
                .contains(TimestampData.fromInstant(instant));
        assertThat(ofNumber(new TableTimeConverters.ToInstant(0), number))
                .contains(TimestampData.fromEpochMillis(1_700_000_000_000L));
        assertThat(ofNumber(new TableTimeConverters.ToInstant(0), "-1"))
                .contains(TimestampData.fromEpochMillis(-1000));
        assertThat(ofText(new DateTimeConverters.ToInstant(), number)).isEmpty();
        assertThat(new DateTimeConverters.ToLocalDate().takes(Kind.NUMBER)).isFalse();
    }
}
