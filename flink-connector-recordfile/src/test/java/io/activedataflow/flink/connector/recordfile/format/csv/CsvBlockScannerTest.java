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

import io.activedataflow.flink.connector.recordfile.format.BlockScanner;
import io.activedataflow.flink.connector.recordfile.format.BlockSummary;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares what is found in blocks with what one reading of the whole file finds. */
@Timeout(60)
class CsvBlockScannerTest {

    private static final List<String> FIELDS =
            List.of(
                    "a",
                    "",
                    "\"\"",
                    "\"b\"\"c\"",
                    "\"\n\"",
                    "\"\r\n,\"",
                    "\"\"\"\"",
                    "é",
                    "\"\r\"");
    private static final List<String> BREAKS =
            List.of("\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r\n");

    @Property(tries = 300)
    void everyBlockOfARegularFileIsSeenAsItIs(
            @ForAll @Size(min = 1, max = 14) List<@IntRange(min = 0, max = 8) Integer> fields,
            @ForAll @Size(min = 14, max = 14) List<@IntRange(min = 0, max = 12) Integer> ends,
            @ForAll @IntRange(min = 1, max = 20) int step,
            @ForAll boolean blankLinesAreRecords) {
        byte[] file = file(fields, ends);
        Truth truth = new Truth(file, blankLinesAreRecords);
        for (int from = 0; from < file.length; from++) {
            for (int to = from + 1; to <= file.length; to++) {
                BlockSummary summary = scan(file, from, to, step, blankLinesAreRecords);
                assertThat(view(summary, truth.inside[from]))
                        .as("[%s, %s) of %s", from, to, new String(file, StandardCharsets.UTF_8))
                        .isEqualTo(truth.view(from, to));
                assertThat(summary.togglesQuotes())
                        .isEqualTo(truth.inside[from] != truth.inside[to]);
            }
        }
    }

    /** A byte at a time, nothing can be taken together. */
    @Property(tries = 2000)
    void manyBytesAtOnceAreSeenAsOneByOne(
            @ForAll("longTexts") String text,
            @ForAll @IntRange(min = 0, max = 40) int before,
            @ForAll @IntRange(min = 0, max = 40) int behind,
            @ForAll @IntRange(min = 60, max = 1000) int step,
            @ForAll boolean blankLinesAreRecords) {
        byte[] file = bytes(text);
        int to = Math.max(before + 1, file.length - behind);
        assertThat(scan(file, before, to, step, blankLinesAreRecords))
                .as("[%s, %s) of %s", before, to, text)
                .isEqualTo(scan(file, before, to, 1, blankLinesAreRecords));
    }

    @Test
    void oneQuoteIsSeenWhereverItStands() {
        String behind = "1,2\n".repeat(40);
        for (String quote : List.of("a\"b", "a\",", ",\"b", ",\",", "a\"\n", "\r\"\n")) {
            for (int at = 0; at < 150; at++) {
                for (String before : List.of("", ",\"\"\",")) {
                    byte[] file = bytes(before + "a".repeat(at) + quote + behind);
                    assertThat(scan(file, 0, file.length, file.length, false))
                            .as("%s after %s bytes behind '%s'", quote, at, before)
                            .isEqualTo(scan(file, 0, file.length, 1, false));
                }
            }
        }
    }

    /** From regular files without blank lines to text that no format allows. */
    @Provide
    Arbitrary<String> longTexts() {
        Arbitrary<String> regular =
                Arbitraries.of(
                        "1,2\n", "ab,\"c\"\n", "\"d\"\"e\",", "\"f\ng\"\n", "hijk,lmnop,", "é\n");
        Arbitrary<String> windows = Arbitraries.of("1,2\r\n", "\"a\r\nb\"\r\n", "cde,", "\r\n");
        Arbitrary<String> blank = Arbitraries.of("1\n", "\n", "\"\n\n\"\n", "234567890,");
        Arbitrary<String> any = Arbitraries.of("\"", "\n", "\r", ",", "a", "\r\n", "bcdefghijk");
        Arbitrary<String> longText =
                Arbitraries.of(regular, windows, blank, any).flatMap(CsvBlockScannerTest::joined);
        Arbitrary<String> plain = joined(Arbitraries.of("1,2\n", "abc,", "defghijk,lmnop\n"));
        Arbitrary<String> odd =
                Arbitraries.of("a\"b", "\"c\"d,", "e\"\"f", ",\"\"\",", "x\",", ",\"y");
        Arbitrary<String> fewQuotes =
                Combinators.combine(plain, odd, plain, odd, plain)
                        .as((a, b, c, d, e) -> a + b + c + d + e);
        return Arbitraries.oneOf(longText, fewQuotes);
    }

    private static Arbitrary<String> joined(Arbitrary<String> pieces) {
        return pieces.list().ofMinSize(30).ofMaxSize(100).map(list -> String.join("", list));
    }

    private static byte[] file(List<Integer> fields, List<Integer> ends) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            text.append(FIELDS.get(fields.get(i)));
            int end = ends.get(i);
            text.append(end < BREAKS.size() ? BREAKS.get(end) : ",");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void quoteInsideAnUnquotedFieldIsIrregularFromOutside() {
        byte[] file = bytes("x,a\"b\n1,2\n");
        assertThat(scan(file, 0, file.length, 3, false).outside().irregular()).isTrue();
        for (int cut = 1; cut < file.length; cut++) {
            boolean seen =
                    scan(file, 0, cut, 8, false).outside().irregular()
                            || view(
                                            scan(file, cut, file.length, 8, false),
                                            scan(file, 0, cut, 8, false).togglesQuotes())
                                    .irregular();
            assertThat(seen).as("cut at %s", cut).isTrue();
        }
    }

    @Test
    void textAfterAClosingQuoteIsIrregularWhereverTheCutIs() {
        byte[] file = bytes("\"ab\"c,d\n1,2\n");
        for (int cut = 1; cut < file.length; cut++) {
            BlockSummary first = scan(file, 0, cut, 8, false);
            BlockSummary second = scan(file, cut, file.length, 8, false);
            assertThat(
                            first.outside().irregular()
                                    || view(second, first.togglesQuotes()).irregular())
                    .as("cut at %s", cut)
                    .isTrue();
        }
    }

    @Test
    void quoteAtTheEndOfTheFileIsRegular() {
        byte[] file = bytes("\"a\"");
        assertThat(scan(file, 0, 3, 8, false).outside().irregular()).isFalse();
    }

    @Test
    void prologueMovesWhatIsFound() {
        BlockSummary summary = scan(bytes("1\n2\n"), 0, 4, 8, false).afterPrologue(10, 2);
        assertThat(summary.outside()).isEqualTo(new BlockSummary.View(12, 1, 2, 3, 4, false));
        assertThat(summary.inside()).isEqualTo(new BlockSummary.View(-1, 0, 0, 2, 4, false));
    }

    private static BlockSummary scan(
            byte[] file, int from, int to, int step, boolean blankLinesAreRecords) {
        CsvBlockScanner scanner = new CsvBlockScanner((byte) '"', (byte) ',', blankLinesAreRecords);
        scanner.begin(at(file, from - 2), at(file, from - 1));
        for (int i = from; i < to; i += step) {
            scanner.scan(file, i, Math.min(to, i + step));
        }
        return scanner.summarize(at(file, to));
    }

    private static int at(byte[] file, int index) {
        return index < 0 || index >= file.length ? BlockScanner.NONE : file[index] & 0xFF;
    }

    private static BlockSummary.View view(BlockSummary summary, boolean inside) {
        return inside ? summary.inside() : summary.outside();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One reading of the file, a byte at a time. */
    private static final class Truth {

        final boolean[] inside;
        final List<Integer> lineEnds = new ArrayList<>();
        final List<Integer> recordStarts = new ArrayList<>();
        final List<Integer> recordEnds = new ArrayList<>();

        Truth(byte[] file, boolean blankLinesAreRecords) {
            inside = new boolean[file.length + 1];
            int start = 0;
            for (int i = 0; i < file.length; i++) {
                boolean quoted = inside[i];
                inside[i + 1] = file[i] == '"' ? !quoted : quoted;
                boolean ends =
                        file[i] == '\n'
                                || file[i] == '\r' && !(i + 1 < file.length && file[i + 1] == '\n');
                if (ends) {
                    lineEnds.add(i + 1);
                    if (!quoted) {
                        int content = file[i] == '\n' && i > 0 && file[i - 1] == '\r' ? i - 1 : i;
                        if (blankLinesAreRecords || content > start) {
                            recordEnds.add(i + 1);
                        }
                        start = i + 1;
                        recordStarts.add(start);
                    }
                }
            }
        }

        BlockSummary.View view(int from, int to) {
            int first =
                    recordStarts.stream().filter(s -> s > from && s <= to).findFirst().orElse(-1);
            return new BlockSummary.View(
                    first < 0 ? -1 : first - from,
                    first < 0 ? 0 : count(recordEnds, from, first),
                    count(recordEnds, from, to),
                    first < 0 ? 0 : count(lineEnds, from, first),
                    count(lineEnds, from, to),
                    false);
        }

        private static long count(List<Integer> ends, int from, int to) {
            return ends.stream().filter(end -> end > from && end <= to).count();
        }
    }
}
