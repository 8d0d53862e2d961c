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
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Texts and what their records are, one for each thing that can be got wrong. */
@Timeout(60)
class CsvFramerTest {

    private static final RecordFileErrorInfo TOO_LARGE =
            new RecordFileErrorInfo(RecordFileError.TOO_LARGE, "too large");

    private static CsvFramingBuilder plain() {
        return CsvFraming.builder().setHeader(CsvHeader.absent());
    }

    private static List<List<String>> values(CsvFramingBuilder builder, String text)
            throws IOException {
        List<List<String>> values = new ArrayList<>();
        for (Found found : found(builder, text)) {
            values.add(found.error() == null ? found.values() : null);
        }
        return values;
    }

    /** The records of a text, which must be the same whatever the steps. */
    private static List<Found> found(CsvFramingBuilder builder, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CsvFraming framing = builder.build();
        List<Found> whole = FileInSteps.readWhole(framing, text);
        for (int step : new int[] {1, 2, 3, 7, 64}) {
            assertThat(new FileInSteps(framing, bytes, step).readAll())
                    .as("in steps of %s", step)
                    .isEqualTo(whole);
        }
        return whole;
    }

    private static List<String> row(String... values) {
        return Arrays.asList(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineBreakEndsARecord(String lineBreak) throws IOException {
        String text = "a,b\nc,\"d\ne\"\n,\nf,g".replace("\n", lineBreak);
        assertThat(values(plain(), text))
                .containsExactly(
                        row("a", "b"), row("c", "d" + lineBreak + "e"), row("", ""), row("f", "g"));
        assertThat(found(plain(), text)).extracting(Found::line).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void lineBreaksMayBeMixed() throws IOException {
        assertThat(values(plain(), "a\rb\nc\r\nd\n\re"))
                .containsExactly(row("a"), row("b"), row("c"), row("d"), row("e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r", "\r\n\r\n"})
    void thereMayBeNoRecordAtAll(String text) throws IOException {
        assertThat(found(plain(), text)).isEmpty();
    }

    @Test
    void theLastRecordNeedsNoEnd() throws IOException {
        assertThat(values(plain(), "a\n\"\"")).containsExactly(row("a"), row(""));
        assertThat(values(plain(), "a\nb,")).containsExactly(row("a"), row("b", ""));
        assertThat(values(plain(), "a\n\"b\r\"")).containsExactly(row("a"), row("b\r"));
    }

    @Test
    void p6QuotedDelimitersAreText() throws IOException {
        assertThat(values(plain(), "1,\"a,b\",\"c \"\"d\"\", e\"\n"))
                .containsExactly(row("1", "a,b", "c \"d\", e"));
    }

    @Test
    void p6kBlankLinesAreNoRecords() throws IOException {
        assertThat(values(plain(), "\na\n\n\r\nb\n\n")).containsExactly(row("a"), row("b"));
    }

    @Test
    void p6kBlankLinesMayBeKeptAsRecordsOfOneField() throws IOException {
        CsvFramingBuilder keeping = plain().setBlankLines(CsvBlankLines.KEEP);
        assertThat(values(keeping, "a\n\n\r\nb\n"))
                .containsExactly(row("a"), row(""), row(""), row("b"));
        keeping.setHeader(CsvHeader.absent("x", "y"));
        assertThat(found(keeping, "1,2\n\n"))
                .extracting(Found::error)
                .containsExactly(null, RecordFileError.COLUMN_COUNT);
    }

    @Test
    void p6dRecordsWithFewerOrMoreFieldsThanTheHeaderAreMalformed() throws IOException {
        assertThat(found(CsvFraming.builder(), "a,b,c\n1,2,3\n1,2\n1\n1,2,3,4\n1,2,\n"))
                .extracting(Found::error)
                .containsExactly(
                        null,
                        RecordFileError.COLUMN_COUNT,
                        RecordFileError.COLUMN_COUNT,
                        RecordFileError.COLUMN_COUNT,
                        null);
    }

    @Test
    void p6iAnUnclosedQuoteCostsOneLine() throws IOException {
        List<Found> found = found(plain(), "1,a\r\n2,\"b\r\n3,c\r\n4,d\r\n");
        assertThat(found)
                .extracting(Found::values)
                .containsExactly(row("1", "a"), row(), row("3", "c"), row("4", "d"));
        assertThat(found.get(1)).isEqualTo(new Found(5, 9, 11, 2, 3, row(), STRUCTURE));
    }

    private static final RecordFileError STRUCTURE = RecordFileError.STRUCTURE;

    @Test
    void p6iAnUnclosedQuoteIsNoticedAtTheNextQuote() throws IOException {
        assertThat(values(plain(), "1,\"a\n2,\"b,c\"\n3,\"d\"\n4,e\n"))
                .containsExactly(null, row("2", "b,c"), row("3", "d"), row("4", "e"));
    }

    @Test
    void p6iEachOfSeveralUnclosedQuotesCostsOneLine() throws IOException {
        assertThat(values(plain(), "\"1\n2\n\"3\n4\n5\"6,\"7\n8"))
                .containsExactly(null, row("2"), null, row("4"), null, row("8"));
        assertThat(values(plain(), "\"")).containsExactly((List<String>) null);
        assertThat(values(plain(), "\"a\n")).containsExactly((List<String>) null);
        assertThat(values(plain(), "\"a\r")).containsExactly((List<String>) null);
    }

    @Test
    void aQuoteInsideOfAnUnquotedFieldIsTextUnlessStrict() throws IOException {
        String text = "5\" pipe,a\"\"b\n\"c\",d\n";
        assertThat(values(plain(), text)).containsExactly(row("5\" pipe", "a\"\"b"), row("c", "d"));
        assertThat(values(plain().setStrictness(CsvStrictness.LENIENT), text))
                .containsExactly(row("5\" pipe", "a\"\"b"), row("c", "d"));
        assertThat(values(plain().setStrictness(CsvStrictness.STRICT), text))
                .containsExactly(null, row("c", "d"));
    }

    @Test
    void textAfterAClosingQuoteIsAnErrorUnlessLenient() throws IOException {
        String text = "\"a\"b,c\n\"a\" ,c\n\"d\"\n";
        assertThat(values(plain(), text)).containsExactly(null, null, row("d"));
        assertThat(values(plain().setStrictness(CsvStrictness.STRICT), text))
                .containsExactly(null, null, row("d"));
        assertThat(values(plain().setStrictness(CsvStrictness.LENIENT), text))
                .containsExactly(row("ab", "c"), row("a ", "c"), row("d"));
    }

    @Test
    void fieldsMayBeTrimmed() throws IOException {
        CsvFramingBuilder trimming = plain().setTrimming(true);
        assertThat(values(trimming, " a , \t\" b \" \t,c d,  \n \"e\" \n \n"))
                .containsExactly(row("a", " b ", "c d", ""), row("e"), row(""));
        assertThat(values(trimming, "\"a\" \"b\"\n")).containsExactly((List<String>) null);
        assertThat(values(trimming.setDelimiter(" | "), " a  |  \"b\"  | c"))
                .containsExactly(row("a", "b", "c"));
        assertThat(values(plain().setTrimming(true).setDelimiter("\t"), "\ta \t\t b"))
                .containsExactly(row("", "a", "", "b"));
    }

    @Test
    void delimitersMayHaveSeveralCharacters() throws IOException {
        assertThat(values(plain().setDelimiter("||"), "a|b||c|||d||\"e||f\"||"))
                .containsExactly(row("a|b", "c", "|d", "e||f", ""));
        assertThat(values(plain().setDelimiter("€"), "é€\"€\"\n")).containsExactly(row("é", "€"));
    }

    @Test
    void anEscapeCharacterMakesAnyCharacterText() throws IOException {
        CsvFramingBuilder escaping = plain().setEscape('\\');
        assertThat(values(escaping, "a\\,b,\"c\\\"d\"\"\\\\\",\\n,e\\\r\nf\n\\\"g,\\é\n\\"))
                .containsExactly(row("a,b", "c\"d\"\\", "n", "e\r\nf"), row("\"g", "é"), row("\\"));
        assertThat(found(escaping, "a\\\r\nb\nc\n"))
                .extracting(Found::line)
                .containsExactly(1L, 3L);
        assertThat(values(escaping.setTrimming(true), " \\ a\\  \n")).containsExactly(row(" a "));
    }

    @Test
    void quotesInCommentsDoNotCount() throws IOException {
        CsvFramingBuilder commenting = plain().setCommentPrefix("--");
        List<Found> found = found(commenting, "-- it's \"\n-a,b\r\n--\r\n\r\nc,--d\n\"--e\"\n--\"");
        assertThat(found)
                .extracting(Found::values)
                .containsExactly(row("-a", "b"), row("c", "--d"), row("--e"));
        assertThat(found).extracting(Found::line).containsExactly(2L, 5L, 6L);
    }

    @Test
    void withoutQuotesALineBreakAlwaysEndsARecord() throws IOException {
        assertThat(values(plain().setNoQuote(), "\"a,b\nc\",d\n"))
                .containsExactly(row("\"a", "b"), row("c\"", "d"));
    }

    @Test
    void onlyAFieldThatIsNotQuotedCanBeNull() throws IOException {
        assertThat(values(plain().setNullLiteral("NULL"), "NULL,\"NULL\",NULLS,\n"))
                .containsExactly(row(null, "NULL", "NULLS", ""));
        assertThat(values(plain().setNullLiteral(""), ",\"\"\n")).containsExactly(row(null, ""));
        assertThat(values(plain().setNullLiteral("\\N").setEscape('\\'), "\\N,\\M\n"))
                .containsExactly(row(null, "M"));
        assertThat(values(plain().setNullLiteral("-").setTrimming(true), " - ,-\n"))
                .containsExactly(row(null, null));
    }

    @Test
    void bytesThatAreNotTextAreNotLookedAt() throws IOException {
        byte[] file = {'a', ',', (byte) 0xFF, (byte) 0xC3, '\n', '"', (byte) 0x80, '"', '\n'};
        for (int step = 1; step < 10; step++) {
            assertThat(new FileInSteps(plain().build(), file, step).readAll())
                    .extracting(Found::from, Found::to, Found::next)
                    .containsExactly(tuple(0L, 4L, 5L), tuple(5L, 8L, 9L));
        }
    }

    @Test
    void aRecordAboveTheMaximumCostsOneLine() throws IOException {
        String text = "a,b\r\n\"" + "0123456789\r\n".repeat(4) + "\"c,d\ne,f\n";
        for (int step = 1; step <= 8; step++) {
            List<Found> found =
                    new FileInSteps(plain().build(), text.getBytes(StandardCharsets.UTF_8), step)
                            .withMaxRecord(20)
                            .readAll();
            assertThat(found.get(1))
                    .isEqualTo(new Found(5, 16, 18, 2, 3, row(), RecordFileError.TOO_LARGE));
            assertThat(found.get(2).values()).containsExactly("0123456789");
            assertThat(found).extracting(Found::line).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void theEndOfALineThatIsTooLongIsFoundWhereverTheBytesAreCut(String lineBreak) {
        byte[] file = ("0123456789" + lineBreak + "ab").getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < file.length; cut++) {
            RecordFramer framer = plain().build().createFramer();
            RecordBlock block = new RecordBlock();
            block.reset(file, 1, null);
            int next = framer.recover(block, TOO_LARGE, 0, 0, cut, false);
            if (next < 0) {
                assertThat(block.records()).isZero();
                next = framer.recover(block, TOO_LARGE, 0, cut, file.length, true);
            }
            assertThat(next).as("cut at %s", cut).isEqualTo(10 + lineBreak.length());
            assertThat(block.from(0)).isZero();
            assertThat(block.to(0)).isEqualTo(10);
            assertThat(block.lines()).isEqualTo(1);
            assertThat(block.error(0)).isEqualTo(TOO_LARGE);
        }
    }

    @Test
    void aLineThatIsTooLongMayBeTheLast() {
        RecordBlock block = new RecordBlock();
        block.reset("abc\r".getBytes(StandardCharsets.UTF_8), 1, null);
        RecordFramer framer = plain().build().createFramer();
        assertThat(framer.recover(block, TOO_LARGE, 0, 0, 3, true)).isEqualTo(3);
        assertThat(block.lines()).isZero();
        block.reset(block.bytes(), 1, null);
        assertThat(framer.recover(block, TOO_LARGE, 0, 0, 4, false)).isEqualTo(-1);
        assertThat(framer.recover(block, TOO_LARGE, 0, 4, 4, true)).isEqualTo(4);
        assertThat(block.lines()).isEqualTo(1);
    }

    @Test
    void cutsAtLinesGoToTheFirstRecordAtOrAfterThem() {
        byte[] file = "ab\r\nc\rd\n\ne".getBytes(StandardCharsets.UTF_8);
        int[] next = {4, 4, 4, 4, 6, 6, 8, 8, 9, 10};
        RecordFramer framer = plain().setSplitting(RecordFileSplitting.LINE).build().createFramer();
        for (int cut = 1; cut <= file.length; cut++) {
            assertThat(framer.synchronize(file, cut - 1, file.length, true))
                    .as("cut at %s", cut)
                    .isEqualTo(next[cut - 1]);
            for (int limit = cut; limit < file.length; limit++) {
                assertThat(framer.synchronize(file, cut - 1, limit, false)).isIn(-1, next[cut - 1]);
            }
        }
        assertThat(framer.synchronize(file, 2, 3, false)).isEqualTo(-1);
    }

    @Test
    void scanningIsRefusedWhereQuotesAreNotCounted() {
        CsvFraming framing = plain().setEscape('\\').build();
        assertThatThrownBy(framing::createScanner).hasMessageContaining("escape '\\'");
        assertThat(plain().build().createScanner()).isInstanceOf(CsvBlockScanner.class);
    }
}
