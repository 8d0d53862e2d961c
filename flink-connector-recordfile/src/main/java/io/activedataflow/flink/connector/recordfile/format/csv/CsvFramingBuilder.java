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

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Builds a {@link CsvFraming}; begin with {@link CsvFraming#builder}. */
@PublicEvolving
public final class CsvFramingBuilder {

    String delimiter = ",";
    @Nullable Character quote = '"';
    @Nullable Character escape;
    @Nullable String comment;
    @Nullable String nullLiteral;
    boolean trimming;
    int skippedLines;
    CsvHeader header = CsvHeader.used();
    CsvMissing missingColumns = CsvMissing.ERROR;
    CsvExtra extraColumns = CsvExtra.IGNORE;
    CsvMissing missingFields = CsvMissing.ERROR;
    CsvExtra extraFields = CsvExtra.ERROR;
    CsvBlankLines blankLines = CsvBlankLines.SKIP;
    CsvStrictness strictness = CsvStrictness.STANDARD;
    private @Nullable RecordFileSplitting splitting;

    CsvFramingBuilder() {}

    /** What stands between fields: one or several characters. Default: a comma. */
    public CsvFramingBuilder setDelimiter(String delimiter) {
        if (delimiter.isEmpty() || hasLineBreak(delimiter)) {
            throw new IllegalArgumentException(
                    "The delimiter '"
                            + visible(delimiter)
                            + "' cannot be used. Give at least one character, and no line break.");
        }
        this.delimiter = delimiter;
        return this;
    }

    /** What may stand around fields: an ASCII character. Default: the double quote. */
    public CsvFramingBuilder setQuote(char quote) {
        this.quote = checkAscii("quote", quote);
        return this;
    }

    /** Takes quotes for text like any other. A line break then ends a record wherever it stands. */
    public CsvFramingBuilder setNoQuote() {
        this.quote = null;
        return this;
    }

    /**
     * Makes the character after it text: a delimiter, a quote, a line break, itself, or any other
     * (so that {@code \n} is an {@code n}). An ASCII character. Default: there is none. Quotes in
     * quotes can be doubled all the same.
     */
    public CsvFramingBuilder setEscape(char escape) {
        this.escape = checkAscii("escape character", escape);
        return this;
    }

    /** What a line begins with that is not a record: one or several characters. Default: none. */
    public CsvFramingBuilder setCommentPrefix(String prefix) {
        if (prefix.isEmpty() || hasLineBreak(prefix)) {
            throw new IllegalArgumentException(
                    "The comment prefix '"
                            + visible(prefix)
                            + "' cannot be used. Give at least one character, and no line break.");
        }
        this.comment = prefix;
        return this;
    }

    /**
     * The text that stands for no value, where it is a whole field that is not in quotes; as it is
     * in the file, before escapes are resolved, so that {@code \N} can be one. It may be empty.
     * Default: there is none, and an empty field is an empty text; what becomes of that in a column
     * that is not text, the deserializer decides.
     */
    public CsvFramingBuilder setNullLiteral(String literal) {
        if (hasLineBreak(literal)) {
            throw new IllegalArgumentException(
                    "The null literal '"
                            + visible(literal)
                            + "' cannot be used. Give a text without line breaks.");
        }
        this.nullLiteral = literal;
        return this;
    }

    /**
     * Whether spaces and tabs at the beginning and the end of fields are left out, outside of
     * quotes; they may then also stand before an opening and after a closing quote. Default: no.
     */
    public CsvFramingBuilder setTrimming(boolean trimming) {
        this.trimming = trimming;
        return this;
    }

    /**
     * How many lines at the beginning of each file, before the header, are passed over, whatever is
     * in them. Default: 0.
     */
    public CsvFramingBuilder setSkippedLines(int lines) {
        if (lines < 0) {
            throw new IllegalArgumentException(
                    "It is not possible to skip " + lines + " lines. Give 0 or more.");
        }
        this.skippedLines = lines;
        return this;
    }

    /** Whether there is a header, and what is done with it. Default: {@link CsvHeader#used}. */
    public CsvFramingBuilder setHeader(CsvHeader header) {
        this.header = Objects.requireNonNull(header, "header");
        return this;
    }

    /**
     * What becomes of the records of a file whose header does not have a column that the
     * deserializer asks for. Default: {@code ERROR}.
     */
    public CsvFramingBuilder setMissingColumns(CsvMissing policy) {
        this.missingColumns = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * What becomes of the records of a file whose header has a column that the deserializer does
     * not ask for. Default: {@code IGNORE}.
     */
    public CsvFramingBuilder setExtraColumns(CsvExtra policy) {
        this.extraColumns = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * What becomes of a record with fewer fields than there are columns. Default: {@code ERROR}.
     */
    public CsvFramingBuilder setMissingFields(CsvMissing policy) {
        this.missingFields = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** What becomes of a record with more fields than there are columns. Default: {@code ERROR}. */
    public CsvFramingBuilder setExtraFields(CsvExtra policy) {
        this.extraFields = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** What becomes of lines without any character. Default: {@code SKIP}. */
    public CsvFramingBuilder setBlankLines(CsvBlankLines policy) {
        this.blankLines = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** Which quotes make a record malformed. Default: {@link CsvStrictness#STANDARD}. */
    public CsvFramingBuilder setStrictness(CsvStrictness strictness) {
        this.strictness = Objects.requireNonNull(strictness, "strictness");
        return this;
    }

    /**
     * Whether, and how, one file can be read by several readers.
     *
     * <p>Default: {@code LINE} where fields cannot contain line breaks, as there are neither quotes
     * nor escapes; {@code EXACT} where there are quotes; {@code NEVER} with escapes, with quotes
     * and comments, and with quotes and a delimiter of several bytes. {@code LINE} can be set for
     * files of which it is known that no field contains a line break: it saves reading them twice.
     */
    public CsvFramingBuilder setSplitting(RecordFileSplitting splitting) {
        this.splitting = Objects.requireNonNull(splitting, "splitting");
        return this;
    }

    /**
     * Builds the framing.
     *
     * @throws IllegalStateException with all that contradicts each other
     */
    public CsvFraming build() {
        List<String> contradictions = new CsvContradictions(this).find();
        if (!contradictions.isEmpty()) {
            throw new IllegalStateException(
                    "This CSV cannot be read. " + String.join(" ", contradictions));
        }
        return new CsvFraming(this);
    }

    @Nullable
    RecordFileSplitting splitting() {
        return splitting;
    }

    RecordFileSplitting effectiveSplitting() {
        if (splitting != null) {
            return splitting;
        }
        if (quote == null && escape == null) {
            return RecordFileSplitting.LINE;
        }
        return whyNotExact() == null ? RecordFileSplitting.EXACT : RecordFileSplitting.NEVER;
    }

    /** Why this cannot be cut by counting quotes, or null if it can. */
    @Nullable
    String whyNotExact() {
        if (quote == null) {
            return "it has no quotes to count";
        }
        if (escape != null) {
            return "line breaks and quotes may be escaped with '" + visible(escape) + "'";
        }
        if (comment != null) {
            return "comments may contain quotes";
        }
        if (utf8(delimiter).length > 1) {
            return "its delimiter '" + visible(delimiter) + "' is longer than one byte";
        }
        return null;
    }

    String whyNotSplittable() {
        String reason = splitting == RecordFileSplitting.NEVER ? "NEVER is set" : whyNotExact();
        return this + " is not split: " + reason + '.';
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    static String visible(Object text) {
        return text.toString().replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static char checkAscii(String what, char value) {
        if (value > '\u007F' || value == '\n' || value == '\r') {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " '"
                            + visible(value)
                            + "' cannot be used. Give an ASCII character that is no line break.");
        }
        return value;
    }

    /** The form in short: what differs from the default, besides delimiter and quote. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add("delimiter '" + visible(delimiter) + "'");
        parts.add(quote == null ? "no quote" : "quote '" + visible(quote) + "'");
        if (escape != null) {
            parts.add("escape '" + visible(escape) + "'");
        }
        if (comment != null) {
            parts.add("comments after '" + visible(comment) + "'");
        }
        if (nullLiteral != null) {
            parts.add("null '" + visible(nullLiteral) + "'");
        }
        if (trimming) {
            parts.add("trimmed");
        }
        if (skippedLines > 0) {
            parts.add("skipped lines " + skippedLines);
        }
        parts.add("header " + header);
        return "CSV{" + String.join(", ", parts) + '}';
    }
}
