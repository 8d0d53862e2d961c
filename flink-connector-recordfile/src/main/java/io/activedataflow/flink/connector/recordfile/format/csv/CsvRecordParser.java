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
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * Takes one record apart, byte by byte. What it finds is what CSV is to this connector; anything
 * faster has to find the same.
 *
 * <p>After {@link #parse} the other methods tell what was found. One thread.
 */
@Internal
final class CsvRecordParser {

    private final CsvDialect dialect;
    private final byte delimiterStart;
    private final int delimiterLength;
    private final int quote;
    private final int escape;
    private final boolean trimming;
    private final boolean strict;
    private final boolean lenient;

    private RecordBlock block;
    private byte[] bytes;
    private int limit;
    private boolean endOfFile;

    private int at;
    private int to;
    private int lines;
    private int fields;
    private int start;
    private int unclosedQuote;
    private @Nullable RecordFileErrorInfo error;

    CsvRecordParser(CsvDialect dialect) {
        this.dialect = dialect;
        delimiterStart = dialect.firstOfDelimiter();
        delimiterLength = dialect.delimiterLength();
        quote = dialect.quote();
        escape = dialect.escape();
        trimming = dialect.isTrimming();
        strict = dialect.strictness() == CsvStrictness.STRICT;
        lenient = dialect.strictness() == CsvStrictness.LENIENT;
    }

    /**
     * Parses the record that begins at {@code from}, and adds its fields to the block.
     *
     * @return whether the record lies wholly before {@code limit}; if not, nothing is found, and
     *     fields are left in the block that are to be dropped
     */
    boolean parse(RecordBlock target, byte[] array, int from, int arrayLimit, boolean noMore) {
        block = target;
        bytes = array;
        limit = arrayLimit;
        endOfFile = noMore;
        at = from;
        start = from;
        unclosedQuote = -1;
        lines = 0;
        fields = 0;
        error = null;
        do {
            if (!parseField()) {
                return false;
            }
        } while (error == null && passDelimiter());
        return error == null ? endHere() : endAtLineBreakAfter(from);
    }

    /** Where the record ends, without its line break. */
    int to() {
        return to;
    }

    /** Where the next record begins. */
    int next() {
        return at;
    }

    /** How many line breaks the record has, with the one that ends it. */
    int lines() {
        return lines;
    }

    /** What is wrong with the record, or null. */
    @Nullable
    RecordFileErrorInfo error() {
        return error;
    }

    /**
     * Which quote keeps the record that begins at {@code from} from ending, if that was the last to
     * be parsed; null if it is not kept by a quote.
     */
    @Nullable
    String unclosedQuote(int from) {
        return start != from || unclosedQuote < 0
                ? null
                : "The quote that field "
                        + fields
                        + " begins with, "
                        + (unclosedQuote - start)
                        + " bytes behind the beginning of the record, is never closed.";
    }

    private boolean passDelimiter() {
        if (at < limit && isDelimiter()) {
            at += delimiterLength;
            return true;
        }
        return false;
    }

    /** Ends the record here, at a line break or the end of the file. */
    private boolean endHere() {
        to = at;
        return at == limit || passLineBreak();
    }

    private boolean endAtLineBreakAfter(int from) {
        at = LineBreaks.find(bytes, from, limit);
        lines = 0;
        return at < limit || endOfFile ? endHere() : false;
    }

    /**
     * Goes on to what ends the field: a delimiter, a line break, or the end of the file.
     *
     * @return whether the field lies wholly before {@code limit}
     */
    private boolean parseField() {
        fields++;
        if (trimming) {
            while (at < limit && isBlank(at) && !isDelimiter()) {
                at++;
            }
        }
        return at < limit && bytes[at] == quote ? parseQuoted() : parseUnquoted();
    }

    private boolean parseUnquoted() {
        int from = at;
        int flags = 0;
        int untrimmable = at;
        while (at < limit && !isEndOfField()) {
            if (bytes[at] == escape) {
                flags = RecordBlock.ESCAPED;
                if (!passEscaped()) {
                    return false;
                }
                untrimmable = at;
            } else if (strict && bytes[at] == quote) {
                return fail("a quote stands inside of a field that does not begin with one");
            } else {
                at++;
            }
        }
        if (at == limit && !endOfFile) {
            return false;
        }
        block.addField(from, trimmed(untrimmable), flags);
        return true;
    }

    private boolean parseQuoted() {
        int from = ++at;
        int flags = RecordBlock.QUOTED;
        boolean inside = true;
        int closed = -1;
        int untrimmable = at;
        while (at < limit && (inside || !isEndOfField())) {
            byte value = bytes[at];
            if (value == quote) {
                if (inside) {
                    closed = at;
                } else if (closed + 1 < at && !lenient) {
                    return failAfterQuotes();
                } else {
                    flags |= RecordBlock.ESCAPED;
                }
                inside = !inside;
                untrimmable = ++at;
            } else if (!inside && trimming && isBlank(at)) {
                at++;
            } else if (!inside && !lenient) {
                return failAfterQuotes();
            } else {
                if (!inside || value == escape) {
                    flags |= RecordBlock.ESCAPED;
                }
                if (value == escape) {
                    if (!passEscaped()) {
                        return false;
                    }
                } else if (LineBreaks.isAt(bytes, at)) {
                    if (!passLineBreak()) {
                        return false;
                    }
                } else {
                    at++;
                }
                untrimmable = at;
            }
        }
        if (at == limit && (inside || !endOfFile)) {
            unclosedQuote = inside ? from - 1 : -1;
            return false;
        }
        int end = trimmed(untrimmable);
        block.addField(from, end == closed + 1 ? closed : end, flags);
        return true;
    }

    /** Passes an escape character and the character, or the first byte of it, that it escapes. */
    private boolean passEscaped() {
        at++;
        if (at == limit) {
            return endOfFile;
        }
        if (LineBreaks.isAt(bytes, at)) {
            return passLineBreak();
        }
        at++;
        return true;
    }

    private boolean passLineBreak() {
        int end = LineBreaks.end(bytes, at, limit, endOfFile);
        if (end < 0) {
            return false;
        }
        at = end;
        lines++;
        return true;
    }

    private int trimmed(int least) {
        int end = at;
        if (trimming) {
            while (end > least && isBlank(end - 1)) {
                end--;
            }
        }
        return end;
    }

    private boolean isEndOfField() {
        return LineBreaks.isAt(bytes, at) || isDelimiter();
    }

    private boolean isDelimiter() {
        return bytes[at] == delimiterStart
                && (delimiterLength == 1 || dialect.isDelimiter(bytes, at, limit));
    }

    private boolean isBlank(int index) {
        return bytes[index] == ' ' || bytes[index] == '\t';
    }

    private boolean failAfterQuotes() {
        if (!endOfFile && dialect.mayBecomeDelimiter(bytes, at, limit)) {
            return false;
        }
        return fail("text stands after its closing quote");
    }

    private boolean fail(String what) {
        error =
                new RecordFileErrorInfo(
                        RecordFileError.STRUCTURE,
                        "Field "
                                + fields
                                + " is malformed: "
                                + what
                                + ". If that is how these files are written, set another"
                                + " strictness than "
                                + dialect.strictness()
                                + '.');
        return true;
    }
}
