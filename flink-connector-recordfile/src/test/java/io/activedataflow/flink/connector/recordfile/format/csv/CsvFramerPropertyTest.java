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

package io.activedataflow.flink.connector.recordfile.format.csv;

import io.activedataflow.flink.connector.recordfile.RecordFileError;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for any bytes in any dialect. */
class CsvFramerPropertyTest {

    @Provide
    Arbitrary<CsvFramingBuilder> dialects() {
        return CsvTexts.dialects();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(CsvTexts.wild(), CsvTexts.mostlyRegular());
    }

    @Property(tries = 2000)
    void itDoesNotMatterInWhatStepsTheFileComes(
            @ForAll("dialects") CsvFramingBuilder dialect,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 130) int step,
            @ForAll @IntRange(min = 1, max = 5) int maxRecords)
            throws IOException {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        CsvFraming framing = dialect.build();

        assertThat(new FileInSteps(framing, file, step).withMaxRecords(maxRecords).readAll())
                .as(CsvFramingBuilder.visible(text))
                .isEqualTo(whole(framing, file));
    }

    @Property(tries = 1000)
    void anyBytesWillDo(
            @ForAll("dialects") CsvFramingBuilder dialect,
            @ForAll byte[] file,
            @ForAll @IntRange(min = 1, max = 9) int step)
            throws IOException {
        CsvFraming framing = dialect.build();

        assertThat(new FileInSteps(framing, file, step).readAll()).isEqualTo(whole(framing, file));
    }

    @Property(tries = 500)
    void afterEachRecordReadingCanBeginAnew(
            @ForAll("dialects") CsvFramingBuilder dialect,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 130) int step)
            throws IOException {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        CsvFraming framing = dialect.build();
        List<Found> all = whole(framing, file);

        for (int i = 0; i < all.size(); i++) {
            Found last = all.get(i);
            assertThat(new FileInSteps(framing, file, step).readFrom(last.next(), last.nextLine()))
                    .as("%s after record %s", CsvFramingBuilder.visible(text), i)
                    .isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Property
    void recordsFollowEachOtherWithNothingBetweenButBlankLinesAndComments(
            @ForAll("dialects") CsvFramingBuilder dialect, @ForAll("texts") String text)
            throws IOException {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        long next = 0;
        for (Found found : whole(dialect.build(), file)) {
            assertNoRecord(dialect, text(file, next, found.from()));
            assertThat(found.line()).isEqualTo(lineBreaks(text(file, 0, found.from())) + 1);
            assertThat(found.nextLine()).isEqualTo(lineBreaks(text(file, 0, found.next())) + 1);
            assertThat(text(file, found.to(), found.next())).isIn("\n", "\r\n", "\r", "");
            next = found.next();
        }
        assertNoRecord(dialect, text(file, next, file.length));
    }

    @Property
    void strictIsStandardThatHasNoQuoteInUnquotedFields(
            @ForAll("texts") String text, @ForAll boolean trimming) throws IOException {
        CsvFramingBuilder dialect =
                CsvFraming.builder().setHeader(CsvHeader.absent()).setTrimming(trimming);
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        CsvFraming standard = dialect.build();
        CsvFraming strict = dialect.setStrictness(CsvStrictness.STRICT).build();

        for (Found found : whole(strict, file)) {
            Found same =
                    new FileInSteps(standard, file, file.length)
                            .readFrom(found.from(), found.line())
                            .get(0);
            if (found.error() == null) {
                assertThat(found).isEqualTo(same);
            } else {
                assertThat(same.error() == RecordFileError.STRUCTURE || hasQuote(same)).isTrue();
            }
        }
    }

    private static boolean hasQuote(Found found) {
        return found.values().stream().anyMatch(value -> value.contains("\""));
    }

    private static void assertNoRecord(CsvFramingBuilder dialect, String between) {
        for (String line : between.split("\r\n|\n|\r")) {
            if (!line.isEmpty()) {
                assertThat(dialect.comment).isNotNull();
                assertThat(line).startsWith(dialect.comment);
            }
        }
    }

    private static String text(byte[] file, long from, long to) {
        return new String(file, (int) from, (int) (to - from), StandardCharsets.UTF_8);
    }

    private static long lineBreaks(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .chars()
                .filter(character -> character == '\n')
                .count();
    }

    private static List<Found> whole(CsvFraming framing, byte[] file) throws IOException {
        return new FileInSteps(framing, file, file.length + 1).readAll();
    }
}
