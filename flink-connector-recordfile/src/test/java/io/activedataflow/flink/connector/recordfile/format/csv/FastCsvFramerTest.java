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

import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** The fast framer finds what the plain one finds. */
@Timeout(60)
class FastCsvFramerTest {

    @Provide
    Arbitrary<CsvFramingBuilder> dialects() {
        return Combinators.combine(
                        Arbitraries.of(",", ",", ";", "\t", "a"),
                        Arbitraries.of('"', '"', '\'', null),
                        Arbitraries.of(CsvBlankLines.class),
                        Arbitraries.of(CsvStrictness.class))
                .as(FastCsvFramerTest::dialect);
    }

    private static CsvFramingBuilder dialect(
            String delimiter, Character quote, CsvBlankLines blankLines, CsvStrictness strictness) {
        CsvFramingBuilder builder =
                CsvFraming.builder()
                        .setHeader(CsvHeader.absent())
                        .setDelimiter(delimiter)
                        .setBlankLines(blankLines);
        return quote == null
                ? builder.setNoQuote()
                : builder.setQuote(quote).setStrictness(strictness);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                CsvTexts.wild(), CsvTexts.mostlyRegular(), CsvTexts.longAndMostlyRegular());
    }

    @Property(tries = 3000)
    void textIsFramedAsThePlainFramerWould(
            @ForAll("dialects") CsvFramingBuilder dialect,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 2000) int step,
            @ForAll @IntRange(min = 1, max = 50) int maxRecords)
            throws IOException {
        assertSame(dialect.build(), text.getBytes(StandardCharsets.UTF_8), step, maxRecords);
    }

    @Property(tries = 1000)
    void anyBytesAreFramedAsThePlainFramerWould(
            @ForAll("dialects") CsvFramingBuilder dialect,
            @ForAll byte[] file,
            @ForAll @IntRange(min = 1, max = 200) int step)
            throws IOException {
        assertSame(dialect.build(), file, step, 9);
    }

    private static void assertSame(CsvFraming framing, byte[] file, int step, int maxRecords)
            throws IOException {
        RecordFramer fast = framing.createFramer();
        assertThat(fast).isInstanceOf(FastCsvFramer.class);
        assertThat(
                        new FileInSteps(framing, file, step)
                                .withFramer(fast)
                                .withMaxRecords(maxRecords)
                                .readAll())
                .isEqualTo(
                        new FileInSteps(framing, file, file.length + 1)
                                .withFramer(framing.createPlainFramer())
                                .readAll());
    }

    /** Whatever a byte is, it is found at each of 64 places, and no other byte is. */
    @Test
    void eachByteIsTakenForWhatItIs() {
        CsvBits bits = new CsvBits((byte) ',', '"');
        for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
            for (int filler : new int[] {0, 0x80, 0xFF, ',' + 1, '"' - 1, '\n' ^ 0x80}) {
                for (int at = 0; at < CsvBits.BYTES; at++) {
                    byte[] bytes = new byte[CsvBits.BYTES + 3];
                    Arrays.fill(bytes, (byte) filler);
                    bytes[at + 3] = (byte) value;
                    bits.find(bytes, 3);
                    boolean separates = value == ',' || value == '\n' || value == '\r';
                    assertThat(bits.separators()).isEqualTo(separates ? 1L << at : 0);
                    assertThat(bits.quotes()).isEqualTo(value == '"' ? 1L << at : 0);
                }
            }
        }
    }

    @Test
    void dialectsThatAreNotSimpleAreLeftToThePlainFramer() {
        CsvFramingBuilder plain = CsvFraming.builder();
        assertThat(plain.build().createFramer()).isInstanceOf(FastCsvFramer.class);
        assertThat(plain.setTrimming(true).build().createFramer()).isInstanceOf(CsvFramer.class);
        assertThat(CsvFraming.builder().setDelimiter("||").build().createFramer())
                .isInstanceOf(CsvFramer.class);
        assertThat(CsvFraming.builder().setEscape('\\').build().createFramer())
                .isInstanceOf(CsvFramer.class);
        assertThat(CsvFraming.builder().setCommentPrefix("#").build().createFramer())
                .isInstanceOf(CsvFramer.class);
    }
}
