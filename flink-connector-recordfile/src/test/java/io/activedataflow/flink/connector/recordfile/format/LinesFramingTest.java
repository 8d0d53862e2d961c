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

package io.activedataflow.flink.connector.recordfile.format;

import io.activedataflow.flink.connector.recordfile.RecordFileError;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LinesFramingTest {

    private static final RecordFileErrorInfo TOO_LARGE =
            new RecordFileErrorInfo(RecordFileError.TOO_LARGE, "Too large.");

    private final LinesFraming framing = LinesFraming.create();

    @Test
    void linesEndWithLfOrCrLfAndTheLastOneWithTheFile() {
        assertThat(lines(framing, "a\r\nb\n\nc\rd\ne")).containsExactly("a", "b", "", "c\rd", "e");
    }

    @Test
    void nothingFollowsTheLastLineBreak() {
        assertThat(lines(framing, "a\n")).containsExactly("a");
        assertThat(lines(framing, "")).isEmpty();
        assertThat(lines(framing, "\n")).containsExactly("");
    }

    @Test
    void carriageReturnAtTheEndOfTheFileIsPartOfItsLine() {
        assertThat(lines(framing, "a\r")).containsExactly("a\r");
    }

    @Test
    void blankLinesAreSkippedOnlyIfAskedFor() {
        String text = "\n \t\r\na\n\n  b\n\t";

        assertThat(lines(framing, text)).containsExactly("", " \t", "a", "", "  b", "\t");
        assertThat(lines(framing.skipBlankLines(), text)).containsExactly("a", "  b");
    }

    @Test
    void skippedLinesAreCountedAsLines() {
        List<Framed> framed = frame(framing.skipBlankLines(), "\n\na\n\r\nb\n\n");

        assertThat(framed).extracting(Framed::line).containsExactly(2, 4);
        assertThat(framed).extracting(Framed::nextLine).containsExactly(3, 5);
    }

    @Property
    void isTheSameHoweverItIsReadAndHandedOn(
            @ForAll @Chars({'a', ' ', '\r', '\n'}) @StringLength(max = 24) String text,
            @ForAll @IntRange(min = 1, max = 9) int step,
            @ForAll @IntRange(min = 1, max = 3) int blockRecords,
            @ForAll boolean skip) {
        LinesFraming lines = skip ? framing.skipBlankLines() : framing;

        List<Framed> framed =
                Framed.of(lines, text.getBytes(StandardCharsets.UTF_8), step, blockRecords);

        assertThat(framed).isEqualTo(expected(text, skip));
    }

    @Property
    void everyCutIsExact(
            @ForAll @Chars({'\r', '\n'}) @CharRange(from = 'a', to = 'b') @StringLength(max = 24)
                    String text) {
        Synchronized.atEveryCut(framing, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLineThatIsTooLongCostsThatLine() {
        byte[] bytes = "xxxxxxxxxx\r\nab\n".getBytes(StandardCharsets.UTF_8);
        RecordFramer framer = framing.createFramer();
        RecordBlock block = new RecordBlock();
        block.reset(bytes, 10, null);

        assertThat(framer.recover(block, TOO_LARGE, 0, 0, 5, false)).isEqualTo(-1);
        assertThat(block.records()).isZero();
        assertThat(framer.recover(block, TOO_LARGE, 0, 5, 11, false)).isEqualTo(-1);
        assertThat(framer.recover(block, TOO_LARGE, 0, 11, 14, false)).isEqualTo(12);

        assertThat(block.error(0)).isEqualTo(TOO_LARGE);
        assertThat(block.to(0)).isEqualTo(10);
        assertThat(block.linesUpToNext(0)).isEqualTo(1);
    }

    @Test
    void aLastLineThatIsTooLongEndsWithTheFile() {
        byte[] bytes = "xxxxxxxxxx".getBytes(StandardCharsets.UTF_8);
        RecordBlock block = new RecordBlock();
        block.reset(bytes, 10, null);

        assertThat(framing.createFramer().recover(block, TOO_LARGE, 0, 5, 10, true)).isEqualTo(10);

        assertThat(block.next(0)).isEqualTo(10);
        assertThat(block.lines()).isZero();
    }

    /** The same in the plainest way. */
    private static List<Framed> expected(String text, boolean skipBlank) {
        List<Framed> all = new ArrayList<>();
        int from = 0;
        int line = 0;
        while (from < text.length()) {
            int lineFeed = text.indexOf('\n', from);
            int next = lineFeed < 0 ? text.length() : lineFeed + 1;
            String content = text.substring(from, lineFeed < 0 ? next : lineFeed);
            if (lineFeed >= 0 && content.endsWith("\r")) {
                content = content.substring(0, content.length() - 1);
            }
            int nextLine = line + (lineFeed < 0 ? 0 : 1);
            if (!skipBlank || !content.isBlank()) {
                all.add(new Framed(content, from, next, line, nextLine, false));
            }
            from = next;
            line = nextLine;
        }
        return all;
    }

    private static List<String> lines(LinesFraming framing, String text) {
        return frame(framing, text).stream().map(Framed::content).toList();
    }

    private static List<Framed> frame(LinesFraming framing, String text) {
        return Framed.of(framing, text.getBytes(StandardCharsets.UTF_8), 1000, 1000);
    }
}
