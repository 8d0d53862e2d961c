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
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts and dialects that are hard to read. */
final class CsvTexts {

    private CsvTexts() {}

    /** Anything goes. */
    static Arbitrary<String> wild() {
        return Arbitraries.of(
                        ",",
                        ";",
                        "\t",
                        "|",
                        "||",
                        "\"",
                        "\"\"",
                        "'",
                        "''",
                        "\n",
                        "\r",
                        "\r\n",
                        "#",
                        "\\",
                        "\\\"",
                        "\\\r\n",
                        " ",
                        "  ",
                        "a",
                        "bc",
                        "é",
                        "€",
                        "😀",
                        ",\"",
                        "\",",
                        "\"\n",
                        "\n\"",
                        ",'",
                        "',",
                        "'\r\n",
                        "\r\n'",
                        " \"",
                        "\" ",
                        "0123456789abc")
                .list()
                .ofMaxSize(40)
                .map(list -> String.join("", list));
    }

    /** Many records, few of which have their quotes at the wrong place. */
    static Arbitrary<String> mostlyRegular() {
        return mostlyRegular(40, 80);
    }

    /** Long enough to have several records between two of which the quotes are wrong. */
    static Arbitrary<String> longAndMostlyRegular() {
        return mostlyRegular(400, 1000);
    }

    private static Arbitrary<String> mostlyRegular(int regularOnes, int maxFields) {
        Arbitrary<String> regular =
                Arbitraries.of(
                        "",
                        "a",
                        "bcd",
                        "éa",
                        "\"\"",
                        "\"x\"",
                        "\"x\"\"y\"",
                        "\"\n\"",
                        "\"\r\n,\"",
                        "\"\"\"\"",
                        "\"\r\"",
                        "'x'",
                        "'x''y,'",
                        "'\n'",
                        "\"a,b\"\"c\n\"\"\"",
                        "0123456789012345678901234567890123",
                        "\"012345678901234,67890123456789\"");
        Arbitrary<String> irregular =
                Arbitraries.of("a\"b", "\"a", "\"a\"b", "\"a\"b\"c\"", "'a'b", " \"a\"", "\"a\" ");
        Arbitrary<String> ends =
                Arbitraries.of(",", ",", ",", ";", "||", "\n", "\n", "\r\n", "\r", "\n\n");
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(regularOnes, regular), Tuple.of(1, irregular)),
                        ends)
                .as((field, end) -> field + end)
                .list()
                .ofMaxSize(maxFields)
                .map(list -> String.join("", list));
    }

    /** All that a builder can be told, without a header. */
    static Arbitrary<CsvFramingBuilder> dialects() {
        return Combinators.combine(
                        Arbitraries.of(",", ";", "\t", "||", ",;", " ", "€"),
                        Arbitraries.of('"', '\'', null),
                        Arbitraries.of('\\', null),
                        Arbitraries.of("#", "#a", null),
                        Arbitraries.of(CsvBlankLines.class),
                        Arbitraries.of(CsvStrictness.class),
                        Arbitraries.of(true, false))
                .as(CsvTexts::dialect);
    }

    private static CsvFramingBuilder dialect(
            String delimiter,
            Character quote,
            Character escape,
            String comment,
            CsvBlankLines blankLines,
            CsvStrictness strictness,
            boolean trimming) {
        CsvFramingBuilder builder =
                CsvFraming.builder()
                        .setHeader(CsvHeader.absent())
                        .setDelimiter(delimiter)
                        .setBlankLines(blankLines)
                        .setTrimming(trimming);
        if (quote == null) {
            builder.setNoQuote();
        } else {
            builder.setQuote(quote).setStrictness(strictness);
        }
        if (escape != null) {
            builder.setEscape(escape);
        }
        if (comment != null) {
            builder.setCommentPrefix(comment);
        }
        return builder;
    }
}
