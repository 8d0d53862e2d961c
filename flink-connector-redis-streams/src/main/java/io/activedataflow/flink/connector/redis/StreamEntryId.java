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

package io.activedataflow.flink.connector.redis;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * The ID of an entry in a Redis stream, {@code <milliseconds>-<sequence>}, which serves as the
 * bookmark of a split.
 *
 * <p>Both halves are <em>unsigned</em> 64-bit integers, as in Redis itself: a negative {@code long}
 * stands for a value above 2<sup>63</sup>-1, and {@link #compareTo} and {@link #toString} treat it
 * so.
 *
 * @param milliseconds the first half, by default the server's clock in milliseconds since the
 *     epoch; unsigned
 * @param sequence the second half, which orders entries of one millisecond; unsigned
 */
@PublicEvolving
public record StreamEntryId(long milliseconds, long sequence)
        implements Comparable<StreamEntryId>, Serializable {

    private static final long serialVersionUID = 1L;

    /** Smaller than the ID of any entry; reading after it reads a stream from its beginning. */
    public static final StreamEntryId ZERO = new StreamEntryId(0L, 0L);

    /** The largest ID there can be. */
    public static final StreamEntryId MAX = new StreamEntryId(-1L, -1L);

    /**
     * Parses {@code <milliseconds>-<sequence>} or {@code <milliseconds>} alone, which stands for
     * sequence 0.
     *
     * @throws IllegalArgumentException if the text is not an entry ID
     */
    public static StreamEntryId parse(String text) {
        int dash = text.indexOf('-');
        try {
            return dash < 0
                    ? new StreamEntryId(parseHalf(text), 0L)
                    : new StreamEntryId(
                            parseHalf(text.substring(0, dash)),
                            parseHalf(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a stream entry ID. Write it as <milliseconds>-<sequence>,"
                            + " two unsigned 64-bit integers, for example 1526919030474-55.",
                    e);
        }
    }

    private static long parseHalf(String digits) {
        if (digits.isEmpty() || digits.charAt(0) == '+') {
            throw new NumberFormatException("not an unsigned integer: '" + digits + "'");
        }
        return Long.parseUnsignedLong(digits);
    }

    /** Compares as Redis does: both halves unsigned, milliseconds first. */
    public static int compare(long ms1, long seq1, long ms2, long seq2) {
        int byTime = Long.compareUnsigned(ms1, ms2);
        return byTime != 0 ? byTime : Long.compareUnsigned(seq1, seq2);
    }

    @Override
    public int compareTo(StreamEntryId other) {
        return compare(milliseconds, sequence, other.milliseconds, other.sequence);
    }

    /** Whether this ID comes after the other one in a stream. */
    public boolean isAfter(StreamEntryId other) {
        return compareTo(other) > 0;
    }

    /**
     * The largest ID before this one, so that reading <em>after</em> it reads from this ID on.
     *
     * @throws IllegalStateException for {@link #ZERO}, which has none
     */
    public StreamEntryId predecessor() {
        if (sequence != 0L) {
            return new StreamEntryId(milliseconds, sequence - 1L);
        }
        if (milliseconds == 0L) {
            throw new IllegalStateException("0-0 has no predecessor.");
        }
        return new StreamEntryId(milliseconds - 1L, -1L);
    }

    /** The notation of Redis, {@code <milliseconds>-<sequence>}, both unsigned. */
    @Override
    public String toString() {
        return Long.toUnsignedString(milliseconds) + '-' + Long.toUnsignedString(sequence);
    }
}
