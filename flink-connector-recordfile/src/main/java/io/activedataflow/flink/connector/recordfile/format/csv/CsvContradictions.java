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

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.List;

/** Finds what cannot be read, or cannot be meant, in what a builder was told. */
@Internal
final class CsvContradictions {

    private final CsvFramingBuilder builder;
    private final List<String> found = new ArrayList<>();

    CsvContradictions(CsvFramingBuilder builder) {
        this.builder = builder;
    }

    List<String> find() {
        Character quote = builder.quote;
        Character escape = builder.escape;
        if (quote != null) {
            notIn("quote", quote, "delimiter", builder.delimiter);
            startsNot("comment prefix", builder.comment, "quote", quote.toString());
            startsNot("null literal", builder.nullLiteral, "quote", quote.toString());
        } else if (builder.strictness != CsvStrictness.STANDARD) {
            found.add(
                    "There is no quote to be "
                            + builder.strictness
                            + " with; leave out setStrictness, or setNoQuote.");
        }
        if (escape != null) {
            notIn("escape character", escape, "delimiter", builder.delimiter);
            startsNot("comment prefix", builder.comment, "escape character", escape.toString());
        }
        if (escape != null && escape.equals(quote)) {
            found.add(
                    "Quote and escape character are both '"
                            + CsvFramingBuilder.visible(escape)
                            + "'; a quote in quotes can be doubled without an escape character,"
                            + " leave out setEscape.");
        }
        startsNot("comment prefix", builder.comment, "delimiter", builder.delimiter);
        if (builder.nullLiteral != null && builder.nullLiteral.contains(builder.delimiter)) {
            found.add(
                    "The null literal '"
                            + CsvFramingBuilder.visible(builder.nullLiteral)
                            + "' contains the delimiter '"
                            + CsvFramingBuilder.visible(builder.delimiter)
                            + "', so that no field can be equal to it; choose another.");
        }
        if (builder.splitting() == RecordFileSplitting.EXACT && builder.whyNotExact() != null) {
            found.add(
                    "Splitting is set to EXACT, which is not possible: "
                            + builder.whyNotExact()
                            + "; leave out setSplitting.");
        }
        return found;
    }

    private void notIn(String what, char value, String where, String text) {
        if (text.indexOf(value) >= 0) {
            found.add(
                    "The "
                            + what
                            + " '"
                            + CsvFramingBuilder.visible(value)
                            + "' is also in the "
                            + where
                            + " '"
                            + CsvFramingBuilder.visible(text)
                            + "'; choose another.");
        }
    }

    private void startsNot(String what, String text, String prefixOf, String prefix) {
        if (text != null && text.startsWith(prefix)) {
            found.add(
                    "The "
                            + what
                            + " '"
                            + CsvFramingBuilder.visible(text)
                            + "' begins with the "
                            + prefixOf
                            + " '"
                            + CsvFramingBuilder.visible(prefix)
                            + "'; choose another.");
        }
    }
}
