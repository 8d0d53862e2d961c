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
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.List;

/** Finds the records of CSV of any dialect, one after the other. */
@Internal
final class CsvFramer implements RecordFramer {

    private final CsvDialect dialect;
    private final CsvHead head;
    private final CsvRecordParser parser;
    private final boolean skipsBlankLines;
    private final boolean hasComments;

    /** Whether the last byte that {@link #recover} has seen was a carriage return. */
    private boolean returnPending;

    CsvFramer(CsvDialect dialect, CsvHead head) {
        this.dialect = dialect;
        this.head = head;
        parser = new CsvRecordParser(dialect);
        skipsBlankLines = !dialect.isKeepingBlankLines();
        hasComments = dialect.hasComments();
    }

    @Override
    public int begin(byte[] bytes, int from, int limit, boolean endOfFile) throws IOException {
        return head.read(bytes, from, limit, endOfFile);
    }

    @Override
    public int linesBeforeFirstRecord() {
        return head.lines();
    }

    @Override
    @Nullable
    public List<String> header() {
        return head.header();
    }

    @Override
    public int synchronize(byte[] bytes, int from, int limit, boolean endOfFile) {
        // The byte before the cut may be a line break, or the first half of one.
        return endOfLine(bytes, from, limit, endOfFile);
    }

    @Override
    public int frame(RecordBlock block, int from, int limit, boolean endOfFile) {
        byte[] bytes = block.bytes();
        int at = from;
        int linesBefore = 0;
        while (at < limit && !block.isFull()) {
            if (isSkipped(bytes, at, limit, endOfFile)) {
                int end = endOfLine(bytes, at, limit, endOfFile);
                if (end < 0) {
                    break;
                }
                linesBefore += end == limit && !LineBreaks.isAt(bytes, end - 1) ? 0 : 1;
                at = end;
            } else {
                int next = addRecord(block, at, limit, endOfFile, linesBefore);
                if (next < 0) {
                    break;
                }
                linesBefore = 0;
                at = next;
            }
        }
        block.skipLines(linesBefore);
        return at;
    }

    /**
     * Adds the record that begins at {@code from}.
     *
     * @return where the next one begins; or -1, if more bytes are needed for this one
     */
    int addRecord(RecordBlock block, int from, int limit, boolean endOfFile, int linesBefore) {
        if (!parser.parse(block, block.bytes(), from, limit, endOfFile)) {
            block.dropFields();
            return -1;
        }
        RecordFileErrorInfo error = parser.error();
        if (error == null) {
            block.addRecord(from, parser.to(), parser.next(), linesBefore, parser.lines());
        } else {
            block.addMalformed(
                    from, parser.to(), parser.next(), linesBefore, parser.lines(), error);
        }
        return parser.next();
    }

    /** Whether the line is, or may turn out to be, one that is passed over. */
    private boolean isSkipped(byte[] bytes, int at, int limit, boolean endOfFile) {
        return skipsBlankLines && LineBreaks.isAt(bytes, at)
                || hasComments
                        && (dialect.isComment(bytes, at, limit)
                                || !endOfFile && dialect.mayBecomeComment(bytes, at, limit));
    }

    private static int endOfLine(byte[] bytes, int from, int limit, boolean endOfFile) {
        int at = LineBreaks.find(bytes, from, limit);
        if (at == limit) {
            return endOfFile ? limit : -1;
        }
        return LineBreaks.end(bytes, at, limit, endOfFile);
    }

    @Override
    public int recover(
            RecordBlock block,
            RecordFileErrorInfo given,
            int from,
            int scanFrom,
            int limit,
            boolean endOfFile) {
        byte[] bytes = block.bytes();
        RecordFileErrorInfo error = explained(given, from);
        if (returnPending) {
            returnPending = false;
            int to = scanFrom > from && bytes[scanFrom - 1] == '\r' ? scanFrom - 1 : scanFrom;
            int next = scanFrom < limit && bytes[scanFrom] == '\n' ? scanFrom + 1 : scanFrom;
            block.addMalformed(from, to, next, 0, 1, error);
            return next;
        }
        int to = LineBreaks.find(bytes, scanFrom, limit);
        int next = endOfLine(bytes, to, limit, endOfFile);
        if (next < 0) {
            returnPending = to < limit;
        } else {
            block.addMalformed(from, to, next, 0, to < next ? 1 : 0, error);
        }
        return next;
    }

    /** At the end of the file, it is a quote that has not been closed. */
    private RecordFileErrorInfo explained(RecordFileErrorInfo error, int from) {
        String quote =
                error.error() == RecordFileError.STRUCTURE ? parser.unclosedQuote(from) : null;
        return quote == null ? error : new RecordFileErrorInfo(error.error(), quote);
    }
}
