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
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class DelimiterFramingTest {

    private static final RecordFileErrorInfo TOO_LARGE =
            new RecordFileErrorInfo(RecordFileError.TOO_LARGE, "Too large.");

    @Property
    void findsWhatIndexOfFinds(
            @ForAll @Chars({'a', 'b', '\n'}) @StringLength(min = 1, max = 4) String delimiter,
            @ForAll @Chars({'a', 'b', 'c', '\n'}) @StringLength(max = 32) String text,
            @ForAll @IntRange(min = 1, max = 9) int step,
            @ForAll @IntRange(min = 1, max = 3) int blockRecords) {
        assertThat(Framed.of(DelimiterFraming.of(delimiter), bytes(text), step, blockRecords))
                .isEqualTo(expected(text, delimiter));
    }

    @Property
    void everyCutIsExactUnlessTheDelimiterOverlapsItself(
            @ForAll @Chars({'a', 'b', 'c'}) @StringLength(min = 1, max = 4) String delimiter,
            @ForAll @Chars({'a', 'b', 'c'}) @StringLength(max = 32) String text) {
        DelimiterFraming framing = DelimiterFraming.of(delimiter);

        if (framing.splitting() == RecordFileSplitting.LINE) {
            Synchronized.atEveryCut(framing, bytes(text));
        } else {
            assertThat(overlapsItself(delimiter)).isTrue();
            assertThat(framing.whyNotSplittable()).contains("overlap");
        }
    }

    @Property
    void recoversAtTheFirstDelimiterHoweverItIsRead(
            @ForAll @Chars({'a', 'b'}) @StringLength(min = 1, max = 4) String delimiter,
            @ForAll @Chars({'a', 'b', '\n'}) @StringLength(min = 1, max = 32) String text,
            @ForAll @IntRange(min = 1, max = 9) int step) {
        byte[] bytes = bytes(text);
        RecordFramer framer = DelimiterFraming.of(delimiter).createFramer();
        RecordBlock block = new RecordBlock();
        block.reset(bytes, 10, null);
        int found = text.indexOf(delimiter);
        int expected = found < 0 ? text.length() : found + delimiter.length();

        int next = -1;
        for (int scanFrom = 0; next < 0; scanFrom += step) {
            int limit = Math.min(bytes.length, scanFrom + step);
            next = framer.recover(block, TOO_LARGE, 0, scanFrom, limit, limit == bytes.length);
        }

        assertThat(next).isEqualTo(expected);
        assertThat(block.records()).isOne();
        assertThat(block.error(0)).isEqualTo(TOO_LARGE);
        assertThat(block.to(0)).isEqualTo(found < 0 ? text.length() : found);
        assertThat(block.lines())
                .isEqualTo((int) text.substring(0, next).chars().filter(c -> c == '\n').count());
    }

    @Test
    void delimitersOfTextAreUtf8() {
        assertThat(Framed.of(DelimiterFraming.of("\u00A7"), bytes("a\u00A7b"), 1, 9))
                .extracting(Framed::content)
                .containsExactly("a", "b");
        assertThat(DelimiterFraming.of("\u00A7").isText()).isTrue();
        assertThat(DelimiterFraming.of(new byte[] {0}).isText()).isFalse();
    }

    @Test
    void delimitersThatCannotOccurAreRefused() {
        assertThatThrownBy(() -> DelimiterFraming.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> DelimiterFraming.of("\uD800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
    }

    private static boolean overlapsItself(String delimiter) {
        for (int length = 1; length < delimiter.length(); length++) {
            if (delimiter.endsWith(delimiter.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static List<Framed> expected(String text, String delimiter) {
        List<Framed> all = new ArrayList<>();
        int from = 0;
        int line = 0;
        while (from < text.length()) {
            int found = text.indexOf(delimiter, from);
            int next = found < 0 ? text.length() : found + delimiter.length();
            int lines = (int) text.substring(from, next).chars().filter(c -> c == '\n').count();
            all.add(
                    new Framed(
                            text.substring(from, found < 0 ? next : found),
                            from,
                            next,
                            line,
                            line + lines,
                            false));
            from = next;
            line += lines;
        }
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
