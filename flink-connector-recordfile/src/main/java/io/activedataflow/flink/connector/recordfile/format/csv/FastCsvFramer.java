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

import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the same records as {@link CsvFramer}, in 64 bytes at once, where the dialect is a simple
 * one. Records with a quote where none should be are left to that framer.
 */
@Internal
final class FastCsvFramer implements RecordFramer {

    private final CsvFramer plain;
    private final CsvBits bits;
    private final byte delimiter;
    private final int quote;
    private final boolean skipsBlankLines;
    private final byte[] lastBytes = new byte[CsvBits.BYTES];

    private RecordBlock block;
    private byte[] bytes;
    private int limit;
    private boolean endOfFile;

    private int recordStart;
    private int fieldStart;

    /** {@link RecordBlock#ESCAPED} once a doubled quote was seen in this field. */
    private int escaped;

    private int linesBefore;
    private int linesWithin;

    /** All bits, if the next byte is inside of quotes. */
    private long inside;

    private long afterSeparator;
    private long afterClosing;

    FastCsvFramer(CsvDialect dialect, CsvFramer plain) {
        this.plain = plain;
        delimiter = dialect.firstOfDelimiter();
        quote = dialect.quote();
        bits = new CsvBits(delimiter, quote);
        skipsBlankLines = !dialect.isKeepingBlankLines();
    }

    @Override
    public int begin(byte[] head, int from, int headLimit, boolean noMore) throws IOException {
        return plain.begin(head, from, headLimit, noMore);
    }

    @Override
    public int linesBeforeFirstRecord() {
        return plain.linesBeforeFirstRecord();
    }

    @Override
    @Nullable
    public List<String> header() {
        return plain.header();
    }

    @Override
    public int synchronize(byte[] array, int from, int arrayLimit, boolean noMore) {
        return plain.synchronize(array, from, arrayLimit, noMore);
    }

    @Override
    public int recover(
            RecordBlock target,
            RecordFileErrorInfo error,
            int from,
            int scanFrom,
            int arrayLimit,
            boolean noMore) {
        return plain.recover(target, error, from, scanFrom, arrayLimit, noMore);
    }

    @Override
    public int frame(RecordBlock target, int from, int arrayLimit, boolean noMore) {
        block = target;
        bytes = target.bytes();
        limit = arrayLimit;
        endOfFile = noMore;
        recordStart = from;
        linesBefore = 0;
        while (!block.isFull() && needsPlainFramer()) {
            int next = plain.addRecord(block, recordStart, limit, endOfFile, linesBefore);
            if (next < 0) {
                break;
            }
            recordStart = next;
            linesBefore = 0;
        }
        block.skipLines(linesBefore);
        return recordStart;
    }

    /** Adds records, and returns whether the next one is irregular, or the last without an end. */
    private boolean needsPlainFramer() {
        fieldStart = recordStart;
        escaped = 0;
        linesWithin = 0;
        inside = 0;
        afterSeparator = 1;
        afterClosing = 0;
        int at = recordStart;
        boolean regular = true;
        for (; regular && at <= limit - CsvBits.BYTES; at += CsvBits.BYTES) {
            bits.find(bytes, at);
            regular = take(at, -1L);
        }
        if (regular && at < limit) {
            Arrays.fill(lastBytes, (byte) 0);
            System.arraycopy(bytes, at, lastBytes, 0, limit - at);
            bits.find(lastBytes, 0);
            regular = take(at, (1L << limit - at) - 1);
        }
        block.dropFields();
        return recordStart < limit && !block.isFull() && (!regular || endOfFile);
    }

    /**
     * Takes 64 bytes, of which those with a bit in {@code known} exist.
     *
     * @return whether to go on: no quote stands where none should be, and the block is not full
     */
    private boolean take(int base, long known) {
        long separators = bits.separators() & known;
        long quotes = bits.quotes() & known;
        if ((quotes | inside | afterClosing) == 0) {
            afterSeparator = separators >>> 63;
            return takeSeparators(base, separators, 0);
        }
        long quoted = CsvBits.parity(quotes) ^ inside;
        long outside = separators & ~quoted;
        long opening = quotes & quoted;
        long closing = quotes & ~quoted;
        long behindSeparators = outside << 1 | afterSeparator;
        long behindClosing = closing << 1 | afterClosing;
        long irregular =
                (opening & ~(behindSeparators | behindClosing)
                                | behindClosing & ~(outside | opening))
                        & known;
        inside = quoted >> 63;
        afterSeparator = outside >>> 63;
        afterClosing = closing >>> 63;
        long marks = outside | opening & behindClosing | lineBreaks(base, separators & quoted);
        if (irregular == 0) {
            return takeSeparators(base, marks, quoted);
        }
        takeSeparators(base, marks & (Long.lowestOneBit(irregular) - 1), quoted);
        return false;
    }

    /** Those of the separators that are not delimiters. */
    private long lineBreaks(int base, long separators) {
        long found = 0;
        for (long left = separators; left != 0; left &= left - 1) {
            if (bytes[base + Long.numberOfTrailingZeros(left)] != delimiter) {
                found |= Long.lowestOneBit(left);
            }
        }
        return found;
    }

    /**
     * @param marks the ends of fields, the second of two quotes, and line breaks in quotes
     * @param quoted what is inside of quotes
     * @return whether to go on: the block is not full
     */
    private boolean takeSeparators(int base, long marks, long quoted) {
        for (long left = marks; left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            int at = base + bit;
            byte value = bytes[at];
            if (value == delimiter) {
                addField(at);
                fieldStart = at + 1;
            } else if (value == quote) {
                escaped = RecordBlock.ESCAPED;
            } else if (value == '\r' && isFollowedByLineFeed(at)) {
                // The line feed is the line break.
                continue;
            } else if ((quoted >>> bit & 1) != 0) {
                linesWithin++;
            } else if (!endRecord(at, value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether that is so, or may turn out to be so. */
    private boolean isFollowedByLineFeed(int at) {
        return at + 1 < limit ? bytes[at + 1] == '\n' : !endOfFile;
    }

    private void addField(int to) {
        int quotes = bytes[fieldStart] == quote ? 1 : 0;
        block.addField(fieldStart + quotes, to - quotes, quotes * RecordBlock.QUOTED | escaped);
        escaped = 0;
    }

    private boolean endRecord(int at, byte lineBreak) {
        int to = lineBreak == '\n' && at > recordStart && bytes[at - 1] == '\r' ? at - 1 : at;
        if (to == recordStart && skipsBlankLines) {
            linesBefore++;
        } else {
            addField(to);
            block.addRecord(recordStart, to, at + 1, linesBefore, linesWithin + 1);
            linesBefore = 0;
            linesWithin = 0;
        }
        recordStart = at + 1;
        fieldStart = at + 1;
        return !block.isFull();
    }
}
