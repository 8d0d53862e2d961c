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

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.util.Arrays;

/** What the bytes between and around the fields are, as the framers need it. */
@Internal
final class CsvDialect implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Equal to no byte. */
    static final int NONE = 256;

    private final byte[] delimiter;
    private final int quote;
    private final int escape;
    private final byte[] comment;
    private final boolean trimming;
    private final boolean keepingBlankLines;
    private final CsvStrictness strictness;

    CsvDialect(CsvFramingBuilder builder) {
        delimiter = CsvFramingBuilder.utf8(builder.delimiter);
        quote = builder.quote == null ? NONE : builder.quote;
        escape = builder.escape == null ? NONE : builder.escape;
        comment = CsvFramingBuilder.utf8(builder.comment == null ? "" : builder.comment);
        trimming = builder.trimming;
        keepingBlankLines = builder.blankLines == CsvBlankLines.KEEP;
        strictness = builder.strictness;
    }

    /** Whether all that counts is one byte long and stands for itself wherever it stands. */
    boolean isSimple() {
        return delimiter.length == 1 && !hasEscape() && !hasComments() && !trimming;
    }

    int delimiterLength() {
        return delimiter.length;
    }

    byte firstOfDelimiter() {
        return delimiter[0];
    }

    /** Whether the delimiter stands there, as far as that can be seen. */
    boolean isDelimiter(byte[] bytes, int at, int limit) {
        int end = at + delimiter.length;
        return end <= limit && Arrays.equals(bytes, at, end, delimiter, 0, delimiter.length);
    }

    /** Whether what is there is the beginning of a delimiter. */
    boolean mayBecomeDelimiter(byte[] bytes, int at, int limit) {
        return limit - at < delimiter.length
                && Arrays.equals(bytes, at, limit, delimiter, 0, limit - at);
    }

    /** An ASCII character, or {@link #NONE}. */
    int quote() {
        return quote;
    }

    boolean hasQuote() {
        return quote != NONE;
    }

    /** An ASCII character, or {@link #NONE}. */
    int escape() {
        return escape;
    }

    boolean hasEscape() {
        return escape != NONE;
    }

    boolean hasComments() {
        return comment.length > 0;
    }

    boolean isComment(byte[] bytes, int at, int limit) {
        int end = at + comment.length;
        return end <= limit && Arrays.equals(bytes, at, end, comment, 0, comment.length);
    }

    /** Whether what is there is the beginning of what begins a comment. */
    boolean mayBecomeComment(byte[] bytes, int at, int limit) {
        return limit - at < comment.length
                && Arrays.equals(bytes, at, limit, comment, 0, limit - at);
    }

    boolean isTrimming() {
        return trimming;
    }

    boolean isKeepingBlankLines() {
        return keepingBlankLines;
    }

    CsvStrictness strictness() {
        return strictness;
    }
}
