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

import io.activedataflow.flink.connector.recordfile.format.BlockScanner;
import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.format.ByteWords;

import org.apache.flink.annotation.Internal;

/**
 * Scans a block of CSV for both states that it can be entered in, in one pass: every quote turns
 * one into the other, so that a line break ends a record in exactly one of them.
 *
 * <p>That holds as long as quotes stand where the format wants them: an opening one at the
 * beginning of a field, a closing one at its end, a doubled one inside. Where one does not, the
 * state in which it would be out of place is reported as irregular.
 */
@Internal
final class CsvBlockScanner implements BlockScanner {

    private static final long LINE_FEEDS = ByteWords.ONES * '\n';
    private static final long CARRIAGE_RETURNS = ByteWords.ONES * '\r';

    /** Of a view: it is not known that a record begins right here. */
    private static final long NOWHERE = Long.MIN_VALUE;

    private final int quote;
    private final int delimiter;
    private final boolean blankLinesAreRecords;
    private final long quotes;

    /** Where the array that is being scanned lies in the block. */
    private long base;

    private int previous;

    /** 0 or 1: how many quotes there were so far, and the view that is outside of quotes here. */
    private int parity;

    private boolean quotePending;
    private boolean returnPending;
    private long lines;

    private final long[] recordStart = {NOWHERE, NOWHERE};
    private final long[] firstRecord = {-1, -1};
    private final long[] recordsBefore = {0, 0};
    private final long[] records = {0, 0};
    private final long[] linesBefore = {0, 0};
    private final boolean[] irregular = {false, false};

    /**
     * @param quote an ASCII character
     * @param delimiter an ASCII character
     * @param blankLinesAreRecords whether two line breaks in a row have a record between them
     */
    CsvBlockScanner(byte quote, byte delimiter, boolean blankLinesAreRecords) {
        this.quote = quote & 0xFF;
        this.delimiter = delimiter & 0xFF;
        this.blankLinesAreRecords = blankLinesAreRecords;
        this.quotes = ByteWords.ONES * this.quote;
    }

    @Override
    public void begin(int beforePrevious, int previousByte) {
        previous = previousByte;
        if (previousByte == '\r') {
            // Whether that is a line break of its own, the first byte will tell.
            returnPending = true;
            recordStart[0] = isBreakOrNone(beforePrevious) ? -1 : NOWHERE;
        } else if (isBreakOrNone(previousByte)) {
            recordStart[0] = 0;
        }
    }

    @Override
    public void scan(byte[] bytes, int from, int limit) {
        if (from == limit) {
            return;
        }
        resolvePending(bytes[from] & 0xFF);
        base -= from;
        int at = from;
        for (; at <= limit - CsvBits.BYTES; at += CsvBits.BYTES) {
            for (long hits = hits(bytes, at); hits != 0; hits &= hits - 1) {
                hit(bytes, from, at + Long.numberOfTrailingZeros(hits), limit);
            }
        }
        for (; at < limit; at++) {
            int value = bytes[at] & 0xFF;
            if (value == quote || value == '\n' || value == '\r') {
                hit(bytes, from, at, limit);
            }
        }
        base += limit;
        previous = bytes[limit - 1] & 0xFF;
    }

    /** Of 64 bytes, those that are quotes or line breaks: a bit each, the lowest for the first. */
    private long hits(byte[] bytes, int at) {
        long hits = 0;
        for (int i = 0; i < CsvBits.BYTES; i += Long.BYTES) {
            long word = ByteWords.get(bytes, at + i);
            long low = word & ByteWords.LOW_BITS;
            // A high bit is clear where the byte is one of those looked for.
            long noHit =
                    ByteWords.unlike(low, quotes)
                                    & ByteWords.unlike(low, LINE_FEEDS)
                                    & ByteWords.unlike(low, CARRIAGE_RETURNS)
                            | word;
            hits |= CsvBits.gathered(~noHit & ByteWords.HIGH_BITS) << i;
        }
        return hits;
    }

    private void hit(byte[] bytes, int from, int at, int limit) {
        int value = bytes[at] & 0xFF;
        int before = at > from ? bytes[at - 1] & 0xFF : previous;
        if (value == quote) {
            quoted(before);
            if (at + 1 < limit) {
                resolvePending(bytes[at + 1] & 0xFF);
            }
        } else if (value == '\n') {
            lineBreak(base + at - (before == '\r' ? 1 : 0), base + at + 1);
        } else {
            returnPending = true;
            if (at + 1 < limit) {
                resolveReturn(bytes[at + 1] & 0xFF, base + at + 1);
            }
        }
    }

    /** A quote opens in the view that is outside here, and closes in the other. */
    private void quoted(int before) {
        if (before != quote && before != delimiter && !isBreakOrNone(before)) {
            irregular[parity] = true;
        }
        parity ^= 1;
        quotePending = true;
    }

    private void resolvePending(int next) {
        if (quotePending) {
            quotePending = false;
            if (next != quote && next != delimiter && !isBreakOrNone(next)) {
                // The view that is outside after the quote is the one that it has closed.
                irregular[parity] = true;
            }
        }
        resolveReturn(next, base);
    }

    /** Ends the line at a carriage return, unless a line feed follows that will do so. */
    private void resolveReturn(int next, long end) {
        if (returnPending) {
            returnPending = false;
            // One that lies before the block was the previous block's, if it was a line break.
            if (next != '\n' && end > 0) {
                lineBreak(end - 1, end);
            } else if (next != '\n') {
                recordStart[0] = 0;
            }
        }
    }

    private void lineBreak(long contentEnd, long end) {
        int view = parity;
        lines++;
        if (blankLinesAreRecords || recordStart[view] != contentEnd) {
            records[view]++;
        }
        recordStart[view] = end;
        if (firstRecord[view] < 0) {
            firstRecord[view] = end;
            recordsBefore[view] = records[view];
            linesBefore[view] = lines;
        }
    }

    @Override
    public BlockSummary summarize(int nextByte) {
        resolvePending(nextByte);
        return new BlockSummary(parity == 1, view(0), view(1));
    }

    private BlockSummary.View view(int view) {
        return new BlockSummary.View(
                firstRecord[view],
                recordsBefore[view],
                records[view],
                linesBefore[view],
                lines,
                irregular[view]);
    }

    private static boolean isBreakOrNone(int value) {
        return value == '\n' || value == '\r' || value == NONE;
    }
}
