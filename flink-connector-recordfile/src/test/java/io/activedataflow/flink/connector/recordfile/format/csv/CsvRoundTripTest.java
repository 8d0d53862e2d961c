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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written in any dialect is read as it was written. */
class CsvRoundTripTest {

    @Provide
    Arbitrary<CsvFramingBuilder> dialects() {
        return CsvTexts.dialects();
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        return Arbitraries.of(
                        "a", "b", "é", "€", "😀", ",", ";", "|", "\"", "'", "\\", "#", " ", "\t",
                        "\n", "\r")
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 2000)
    void whatIsWrittenIsRead(
            @ForAll("dialects") CsvFramingBuilder dialect,
            @ForAll("tables") List<List<String>> table,
            @ForAll @IntRange(min = 1, max = 40) int step,
            @ForAll Random random)
            throws IOException {
        Writer writer = new Writer(dialect, random);
        Assume.that(table.stream().allMatch(writer::canWrite));
        String text = writer.write(table);

        List<List<String>> read = new ArrayList<>();
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        for (Found found : new FileInSteps(dialect.build(), file, step).readAll()) {
            assertThat(found.error()).isNull();
            read.add(found.values());
        }
        assertThat(read).as(CsvFramingBuilder.visible(text)).isEqualTo(table);
    }

    private record Writer(CsvFramingBuilder dialect, Random random) {

        private static final List<String> BREAKS = List.of("\n", "\r\n", "\r");

        boolean canWrite(List<String> values) {
            return dialect.quote != null
                    || !values.equals(List.of(""))
                            && (dialect.escape != null || values.stream().allMatch(this::isPlain));
        }

        String write(List<List<String>> table) {
            StringBuilder text = new StringBuilder();
            // An escape character escapes a carriage return together with a line feed after it.
            boolean hasReturns = table.toString().contains("\r");
            String end = BREAKS.get(dialect.escape != null && hasReturns ? 1 : random.nextInt(3));
            for (int i = 0; i < table.size(); i++) {
                passOver(text, end);
                for (int field = 0; field < table.get(i).size(); field++) {
                    text.append(field == 0 ? "" : dialect.delimiter);
                    append(text, table.get(i).get(field), table.get(i).size() == 1);
                }
                text.append(i < table.size() - 1 || random.nextBoolean() ? end : "");
            }
            return text.toString();
        }

        private void passOver(StringBuilder text, String end) {
            if (random.nextInt(4) == 0 && dialect.blankLines == CsvBlankLines.SKIP) {
                text.append(end);
            }
            if (random.nextInt(4) == 0 && dialect.comment != null) {
                text.append(dialect.comment).append(" \"'\\").append(dialect.delimiter).append(end);
            }
        }

        private void append(StringBuilder text, String value, boolean alone) {
            if (dialect.quote != null
                    && (random.nextInt(3) == 0
                            || !isPlain(value) && dialect.escape == null
                            || value.isEmpty() && alone)) {
                text.append(blanks()).append(quoted(value)).append(blanks());
            } else if (isPlain(value)) {
                text.append(value.isEmpty() ? "" : blanks())
                        .append(value)
                        .append(value.isEmpty() ? "" : blanks());
            } else {
                value.codePoints()
                        .forEach(
                                character ->
                                        text.append(dialect.escape).appendCodePoint(character));
            }
        }

        private String quoted(String value) {
            String quote = dialect.quote.toString();
            String escaped =
                    dialect.escape == null
                            ? value
                            : value.replace(dialect.escape.toString(), "" + dialect.escape + '\\');
            boolean doubling = dialect.escape == null || random.nextBoolean();
            return quote + escaped.replace(quote, (doubling ? quote : "\\") + quote) + quote;
        }

        private String blanks() {
            return dialect.trimming && !" ".equals(dialect.delimiter) && dialect.comment == null
                    ? " ".repeat(random.nextInt(3))
                    : "";
        }

        /** Whether it is itself without quotes, at any place. */
        private boolean isPlain(String value) {
            return value.chars().noneMatch(c -> "\"'\\#\n\r".indexOf(c) >= 0)
                    && dialect.delimiter.chars().noneMatch(c -> value.indexOf(c) >= 0)
                    && (!dialect.trimming || value.strip().equals(value));
        }
    }
}
