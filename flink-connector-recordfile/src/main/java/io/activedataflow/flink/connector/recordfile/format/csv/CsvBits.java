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

import io.activedataflow.flink.connector.recordfile.format.ByteWords;

import org.apache.flink.annotation.Internal;

/**
 * Finds quotes, and what may separate fields, in 64 bytes at once: one bit for each byte, the
 * lowest for the first.
 */
@Internal
final class CsvBits {

    /** How many bytes are looked at together. */
    static final int BYTES = 64;

    private static final long LINE_FEEDS = '\n' * ByteWords.ONES;
    private static final long CARRIAGE_RETURNS = '\r' * ByteWords.ONES;

    /** Moves the highest bits of the bytes of a word, shifted to the lowest, into its top byte. */
    private static final long GATHER = 0x0102040810204080L;

    private final long delimiters;
    private final long quotePattern;
    private final long quoteHits;

    private long separators;
    private long quotes;

    /**
     * @param delimiter an ASCII character
     * @param quote an ASCII character, or {@link CsvDialect#NONE}
     */
    CsvBits(byte delimiter, int quote) {
        delimiters = delimiter * ByteWords.ONES;
        quotePattern = (quote & 0x7F) * ByteWords.ONES;
        quoteHits = quote == CsvDialect.NONE ? 0 : ByteWords.HIGH_BITS;
    }

    void find(byte[] bytes, int from) {
        long foundSeparators = 0;
        long foundQuotes = 0;
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            long word = ByteWords.get(bytes, from + i);
            long low = word & ByteWords.LOW_BITS;
            // A high bit is clear where the seven low bits of a byte are those looked for, and the
            // highest bit is clear, too.
            long noSeparator =
                    ByteWords.unlike(low, delimiters)
                                    & ByteWords.unlike(low, LINE_FEEDS)
                                    & ByteWords.unlike(low, CARRIAGE_RETURNS)
                            | word;
            long noQuote = ByteWords.unlike(low, quotePattern) | word;
            foundSeparators |= gathered(~noSeparator & ByteWords.HIGH_BITS) << i;
            foundQuotes |= gathered(~noQuote & quoteHits) << i;
        }
        separators = foundSeparators;
        quotes = foundQuotes;
    }

    /** The highest bit of each byte of a word, in the eight lowest bits. */
    static long gathered(long highBits) {
        return (highBits >>> 7) * GATHER >>> 56;
    }

    /** Where delimiters, line feeds and carriage returns are. */
    long separators() {
        return separators;
    }

    long quotes() {
        return quotes;
    }

    /** For each bit, whether the number of bits up to it, it included, is odd. */
    static long parity(long bits) {
        long odd = bits;
        odd ^= odd << 1;
        odd ^= odd << 2;
        odd ^= odd << 4;
        odd ^= odd << 8;
        odd ^= odd << 16;
        odd ^= odd << 32;
        return odd;
    }
}
