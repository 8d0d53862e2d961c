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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What stands before the first record. */
@Timeout(60)
class CsvHeadTest {

    private static FileInSteps read(CsvFramingBuilder builder, String text, List<Found> found)
            throws IOException {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        FileInSteps whole = new FileInSteps(builder.build(), file, file.length + 1);
        found.addAll(whole.readAll());
        for (int step = 1; step <= file.length; step++) {
            FileInSteps inSteps = new FileInSteps(builder.build(), file, step);
            assertThat(inSteps.readAll()).isEqualTo(found);
            assertThat(inSteps.framer().header()).isEqualTo(whole.framer().header());
        }
        return whole;
    }

    private static List<Found> records(CsvFramingBuilder builder, String text) throws IOException {
        List<Found> found = new ArrayList<>();
        read(builder, text, found);
        return found;
    }

    private static List<String> header(CsvFramingBuilder builder, String text) throws IOException {
        return read(builder, text, new ArrayList<>()).framer().header();
    }

    private static CsvFramingBuilder with(CsvHeader header) {
        return CsvFraming.builder().setHeader(header);
    }

    @Test
    void theHeaderNamesTheColumns() throws IOException {
        CsvFramingBuilder used = CsvFraming.builder();
        assertThat(header(used, "a,\"b \"\"c\"\"\nd\",é\r\n1,2,3\r\n"))
                .containsExactly("a", "b \"c\"\nd", "é");
        assertThat(records(used, "a,\"b\nc\"\r\n1,2\r\n3,4"))
                .extracting(Found::line)
                .containsExactly(3L, 4L);
    }

    @Test
    void aFileMayHaveAHeaderOnly() throws IOException {
        assertThat(header(CsvFraming.builder(), "a,b")).containsExactly("a", "b");
        assertThat(records(CsvFraming.builder(), "a,b")).isEmpty();
        assertThat(records(CsvFraming.builder(), "a,b\r")).isEmpty();
    }

    @Test
    void aFileMayBeEmpty() throws IOException {
        assertThat(records(CsvFraming.builder(), "")).isEmpty();
        assertThat(records(with(CsvHeader.checked("a")).setSkippedLines(2), "")).isEmpty();
        assertThat(records(with(CsvHeader.checked("a")).setSkippedLines(2), "x\n")).isEmpty();
    }

    @Test
    void skippedLinesAreNotLookedAt() throws IOException {
        CsvFramingBuilder skipping = CsvFraming.builder().setSkippedLines(3).setCommentPrefix("#");
        String text = "one \"\r\n\rthree\n# a comment\n\na,b\n1,2\n";
        assertThat(header(skipping, text)).containsExactly("a", "b");
        assertThat(records(skipping, text)).extracting(Found::line).containsExactly(7L);
    }

    @Test
    void aSkippedHeaderIsNotLookedAtEither() throws IOException {
        CsvFramingBuilder skipped = with(CsvHeader.skipped());
        assertThat(header(skipped, "a,a\n1,2\n")).isNull();
        assertThat(records(skipped, "a,a\n1,2\n3\n"))
                .extracting(Found::values)
                .containsExactly(List.of("1", "2"), List.of("3"));
        assertThat(records(with(CsvHeader.skipped("x", "y")), "a,a\n1,2\n3\n"))
                .extracting(Found::values)
                .containsExactly(List.of("1", "2"), List.of());
    }

    @Test
    void aCheckedHeaderMustHaveTheNames() throws IOException {
        CsvFramingBuilder anyOrder = with(CsvHeader.checked("a", "b"));
        assertThat(header(anyOrder, "b,a\n1,2")).containsExactly("b", "a");
        assertThatThrownBy(() -> header(anyOrder, "b,c\n1,2"))
                .isInstanceOf(IOException.class)
                .hasMessage("The header is [b, c], but must be [a, b] in any order.");
        assertThatThrownBy(() -> header(anyOrder, "b\n1"))
                .hasMessageContaining("[b], but must be [a, b]");

        CsvFramingBuilder inOrder = with(CsvHeader.checkedInOrder("a", "b"));
        assertThat(header(inOrder, "a,b\n1,2")).containsExactly("a", "b");
        assertThatThrownBy(() -> header(inOrder, "b,a\n1,2"))
                .hasMessageContaining("but must be [a, b] in this order");
    }

    @Test
    void aNameMayNotStandTwiceInAHeader() {
        assertThatThrownBy(() -> header(CsvFraming.builder(), "a,b,a\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the column 'a' twice: [a, b, a]");
    }

    @Test
    void aHeaderThatIsMalformedMakesTheFileUnreadable() {
        assertThatThrownBy(() -> header(CsvFraming.builder(), "\"a,b\n1,2\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the file ends inside of quotes");
        assertThatThrownBy(() -> header(CsvFraming.builder(), "\"a\"b\n1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Field 1 is malformed");
        byte[] file = {'a', (byte) 0xFF, '\n', '1', '\n'};
        assertThatThrownBy(() -> new FileInSteps(CsvFraming.builder().build(), file, 9).readAll())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not text in the encoding");
    }

    @Test
    void namesOfAHeaderAreTrimmedLikeAnyField() throws IOException {
        assertThat(header(CsvFraming.builder().setTrimming(true), " a , b\n"))
                .containsExactly("a", "b");
    }
}
