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

    /** Of a view: it is not known that a record begins right here. */
    private static final long NOWHERE = Long.MIN_VALUE;

    /** How many bytes before those that are taken together decide what these are. */
    private static final int BYTES_BEFORE = 2;

    /** Of a byte that is not here yet; neither a break nor {@link #NONE}. */
    private static final int UNKNOWN = -2;

    private final int quote;
    private final int delimiter;
    private final boolean blankLinesAreRecords;
    private final CsvBits bits;

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
     * @param blankLinesAreRecords whether two line breaks in a row have a record between them
     */
    CsvBlockScanner(byte quote, byte delimiter, boolean blankLinesAreRecords) {
        this.quote = quote & 0xFF;
        this.delimiter = delimiter & 0xFF;
        this.blankLinesAreRecords = blankLinesAreRecords;
        this.bits = new CsvBits(delimiter, quote);
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
        int at = Math.min(from + BYTES_BEFORE, limit);
        takeEach(bytes, from, from, at, limit);
        for (; at <= limit - CsvBits.BYTES; at += CsvBits.BYTES) {
            if (!takeTogether(bytes, at, limit)) {
                takeEach(bytes, from, at, at + CsvBits.BYTES, limit);
            }
        }
        takeEach(bytes, from, at, limit, limit);
        base += limit;
        previous = bytes[limit - 1] & 0xFF;
    }

    /**
     * Takes 64 bytes by counting, unless one of them has to be looked at by itself: a carriage
     * return that is a line break, the first line break of a view, or a quote before a byte that is
     * not here.
     *
     * @return whether they have been taken
     */
    private boolean takeTogether(byte[] bytes, int at, int limit) {
        int next = at + CsvBits.BYTES < limit ? bytes[at + CsvBits.BYTES] & 0xFF : UNKNOWN;
        long lineFeeds = CsvBits.find(bytes, at, '\n');
        long returns = CsvBits.find(bytes, at, '\r');
        if ((returns & ~(lineFeeds >>> 1 | last(next == '\n'))) != 0) {
            return false;
        }
        int before = bytes[at - 1] & 0xFF;
        bits.find(bytes, at);
        long quotes = bits.quotes();
        if (quotes < 0 && next == UNKNOWN) {
            return false;
        }
        long inside = CsvBits.parity(quotes) ^ -(long) parity;
        long ofOutside = lineFeeds & ~inside;
        long ofInside = lineFeeds & inside;
        if (ofOutside != 0 && firstRecord[0] < 0 || ofInside != 0 && firstRecord[1] < 0) {
            return false;
        }
        long behindReturns = returns << 1 | first(before == '\r');
        long behindBreaks = lineFeeds << 1 | first(isBreakOrNone(before));
        long blank =
                ~behindReturns & behindBreaks
                        | behindReturns
                                & (behindBreaks << 1 | first(isBreakOrNone(bytes[at - 2] & 0xFF)));
        count(0, ofOutside, blank, base + at);
        count(1, ofInside, blank, base + at);
        if (quotes != 0) {
            long allowed = bits.separators() | quotes;
            long strayBegins = ~(allowed << 1 | first(isAllowedNextToQuote(before)));
            long strayEnds = ~(allowed >>> 1 | last(isAllowedNextToQuote(next)));
            irregular[0] |= (quotes & (inside & strayBegins | ~inside & strayEnds)) != 0;
            irregular[1] |= (quotes & (~inside & strayBegins | inside & strayEnds)) != 0;
        }
        lines += Long.bitCount(lineFeeds);
        parity ^= Long.bitCount(quotes) & 1;
        return true;
    }

    private static long first(boolean bit) {
        return bit ? 1 : 0;
    }

    private static long last(boolean bit) {
        return bit ? Long.MIN_VALUE : 0;
    }

    /**
     * @param blank the line feeds among these that end lines without content
     */
    private void count(int view, long lineFeeds, long blank, long offset) {
        if (lineFeeds != 0) {
            records[view] += Long.bitCount(blankLinesAreRecords ? lineFeeds : lineFeeds & ~blank);
            recordStart[view] = offset + Long.SIZE - Long.numberOfLeadingZeros(lineFeeds);
        }
    }

    private void takeEach(byte[] bytes, int from, int begin, int end, int limit) {
        for (int at = begin; at < end; at++) {
            int value = bytes[at] & 0xFF;
            if (value == quote || value == '\n' || value == '\r') {
                hit(bytes, from, at, limit);
            }
        }
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
        if (!isAllowedNextToQuote(before)) {
            irregular[parity] = true;
        }
        parity ^= 1;
        quotePending = true;
    }

    private void resolvePending(int next) {
        if (quotePending) {
            quotePending = false;
            if (!isAllowedNextToQuote(next)) {
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

    private boolean isAllowedNextToQuote(int value) {
        return value == quote || value == delimiter || isBreakOrNone(value);
    }

    private static boolean isBreakOrNone(int value) {
        return value == '\n' || value == '\r' || value == NONE;
    }
}
