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

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found in any text, against what a parser of others finds. */
class CsvAgainstFastCsvTest {

    private static final Pattern LINE_OF_ERROR = Pattern.compile("starting at line (\\d+)");

    /** What the two parsers are told. */
    record Dialect(
            String delimiter,
            char quote,
            boolean comments,
            boolean keepsBlankLines,
            CsvStrictness strictness) {

        CsvFraming framing() {
            CsvFramingBuilder builder =
                    CsvFraming.builder()
                            .setHeader(CsvHeader.absent())
                            .setDelimiter(delimiter)
                            .setQuote(quote)
                            .setBlankLines(
                                    keepsBlankLines ? CsvBlankLines.KEEP : CsvBlankLines.SKIP)
                            .setStrictness(strictness);
            if (comments) {
                builder.setCommentPrefix("#");
            }
            return builder.build();
        }

        // What is lenient here is to be removed there; until then it can be compared.
        @SuppressWarnings("removal")
        CsvReader<CsvRecord> reader(String text) {
            return CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .quoteCharacter(quote)
                    .commentStrategy(comments ? CommentStrategy.SKIP : CommentStrategy.NONE)
                    .skipEmptyLines(!keepsBlankLines)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowExtraCharsAfterClosingQuote(strictness == CsvStrictness.LENIENT)
                    // Of a text, it takes no more than the text for a buffer that may be too
                    // short for a delimiter.
                    .ofCsvRecord(new StringReader(text));
        }
    }

    /** Line, values, and whether the record is malformed. */
    record Outcome(long line, List<String> values, boolean malformed) {}

    @Provide
    Arbitrary<Dialect> dialects() {
        return Combinators.combine(
                        Arbitraries.of(",", ";", "\t", "||", ",;", "||,"),
                        Arbitraries.of('"', '\''),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(CsvStrictness.STANDARD, CsvStrictness.LENIENT))
                .as(
                        (delimiter, quote, comments, keeps, strictness) ->
                                new Dialect(
                                        delimiter,
                                        quote,
                                        comments,
                                        keeps,
                                        // The parser for long delimiters knows no other.
                                        delimiter.length() > 1
                                                ? CsvStrictness.STANDARD
                                                : strictness));
    }

    @Provide
    Arbitrary<String> texts() {
        return CsvTexts.wild();
    }

    @Provide
    Arbitrary<String> mostlyRegularTexts() {
        return CsvTexts.mostlyRegular();
    }

    @Property(tries = 4000)
    void anyText(
            @ForAll("dialects") Dialect dialect,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 70) int step)
            throws IOException {
        assertThat(ours(dialect, text, step))
                .as(CsvFramingBuilder.visible(text))
                .isEqualTo(theirs(dialect, text));
    }

    @Property(tries = 2000)
    void textThatIsMostlyRegular(
            @ForAll("dialects") Dialect dialect,
            @ForAll("mostlyRegularTexts") String text,
            @ForAll @IntRange(min = 1, max = 200) int step)
            throws IOException {
        assertThat(ours(dialect, text, step))
                .as(CsvFramingBuilder.visible(text))
                .isEqualTo(theirs(dialect, text));
    }

    private static List<Outcome> ours(Dialect dialect, String text, int step) throws IOException {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        List<Outcome> outcomes = new ArrayList<>();
        for (Found found : new FileInSteps(dialect.framing(), file, step).readAll()) {
            assertThat(found.error()).isIn(null, RecordFileError.STRUCTURE);
            outcomes.add(new Outcome(found.line(), found.values(), found.error() != null));
        }
        return outcomes;
    }

    /** Where the other parser gives up, the record costs one line, and parsing begins anew. */
    private static List<Outcome> theirs(Dialect dialect, String text) {
        List<Outcome> outcomes = new ArrayList<>();
        int begin = 0;
        while (begin >= 0) {
            begin = parseUntilError(dialect, text, begin, outcomes);
        }
        return outcomes;
    }

    private static int parseUntilError(
            Dialect dialect, String text, int begin, List<Outcome> outcomes) {
        long line = lineBreaks(text, begin);
        try {
            for (CsvRecord read : dialect.reader(text.substring(begin))) {
                outcomes.add(
                        new Outcome(line + read.getStartingLineNumber(), read.getFields(), false));
            }
            return -1;
        } catch (CsvParseException e) {
            Matcher matcher = LINE_OF_ERROR.matcher(e.getMessage());
            Throwable cause = e;
            while (!matcher.find()) {
                cause = cause.getCause();
                matcher = LINE_OF_ERROR.matcher(cause.getMessage());
            }
            int lineInRest = Integer.parseInt(matcher.group(1));
            outcomes.add(new Outcome(line + lineInRest, List.of(), true));
            int at = begin;
            for (int i = 0; i < lineInRest && at < text.length(); i++) {
                at = afterLineBreak(text, at);
            }
            return at;
        }
    }

    private static int afterLineBreak(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return text.startsWith("\r\n", at) ? at + 2 : Math.min(at + 1, text.length());
    }

    private static long lineBreaks(String text, int end) {
        return text.substring(0, end)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .chars()
                .filter(character -> character == '\n')
                .count();
    }
}
