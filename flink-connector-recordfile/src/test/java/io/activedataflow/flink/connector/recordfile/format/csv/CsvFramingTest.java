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

import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What can be told to CSV, and what is refused. */
@Timeout(60)
class CsvFramingTest {

    private static CsvFramingBuilder csv() {
        return CsvFraming.builder();
    }

    @Test
    void itIsSplitAsFarAsThatIsExact() {
        assertThat(csv().build().splitting()).isEqualTo(RecordFileSplitting.EXACT);
        assertThat(csv().setSkippedLines(1).setTrimming(true).build().splitting())
                .isEqualTo(RecordFileSplitting.EXACT);
        assertThat(csv().setNoQuote().setCommentPrefix("#").build().splitting())
                .isEqualTo(RecordFileSplitting.LINE);
        assertNeverSplit(csv().setEscape('\\'), "may be escaped with '\\'");
        assertNeverSplit(csv().setCommentPrefix("#"), "comments may contain quotes");
        assertNeverSplit(csv().setDelimiter("||"), "'||' is longer than one byte");
        assertNeverSplit(csv().setDelimiter("€"), "'€' is longer than one byte");
        assertNeverSplit(csv().setSplitting(RecordFileSplitting.NEVER), "NEVER is set");
        assertThat(csv().setEscape('\\').setSplitting(RecordFileSplitting.LINE).build().splitting())
                .isEqualTo(RecordFileSplitting.LINE);
    }

    private static void assertNeverSplit(CsvFramingBuilder builder, String why) {
        assertThat(builder.build().splitting()).isEqualTo(RecordFileSplitting.NEVER);
        assertThat(builder.build().whyNotSplittable()).contains(why);
    }

    @Test
    void allContradictionsAreReportedAtOnce() {
        assertThatThrownBy(
                        () ->
                                csv().setDelimiter("\"\\")
                                        .setEscape('\\')
                                        .setCommentPrefix("\"#")
                                        .setNullLiteral("a\"\\b")
                                        .setSplitting(RecordFileSplitting.EXACT)
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quote '\"' is also in the delimiter")
                .hasMessageContaining("escape character '\\' is also in the delimiter")
                .hasMessageContaining("comment prefix '\"#' begins with the quote")
                .hasMessageContaining("null literal 'a\"\\b' contains the delimiter")
                .hasMessageContaining("EXACT, which is not possible");
        assertThatThrownBy(() -> csv().setEscape('"').build())
                .hasMessageContaining("leave out setEscape");
        assertThatThrownBy(() -> csv().setCommentPrefix(",").build())
                .hasMessageContaining("begins with the delimiter");
        assertThatThrownBy(() -> csv().setNoQuote().setStrictness(CsvStrictness.STRICT).build())
                .hasMessageContaining("There is no quote to be STRICT with");
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        for (String text : List.of("", "\n", "a\r")) {
            assertThatThrownBy(() -> csv().setDelimiter(text))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> csv().setCommentPrefix(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (char value : new char[] {'é', '\n', '\r'}) {
            assertThatThrownBy(() -> csv().setQuote(value))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> csv().setEscape(value))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> csv().setSkippedLines(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> csv().setNullLiteral("\n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CsvHeader.absent("a", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a' is named twice");
        assertThatThrownBy(CsvHeader::checked).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsSentToTheWorkersAsItIs() throws Exception {
        CsvFraming framing =
                csv().setDelimiter("\t")
                        .setEscape('\\')
                        .setCommentPrefix("#")
                        .setNullLiteral("\\N")
                        .setTrimming(true)
                        .setHeader(CsvHeader.absent("a", "b"))
                        .build();
        CsvFraming clone = InstantiationUtil.clone(framing);
        assertThat(clone)
                .hasToString(
                        "CSV{delimiter '\\t', quote '\"', escape '\\', comments after '#', null"
                                + " '\\N', trimmed, header absent, columns [a, b]}");
        assertThat(FileInSteps.readWhole(clone, "#\n x\\\t\t\\N\n").get(0).values())
                .containsExactly("x\t", null);
    }
}
