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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/**
 * Reads bookmarks of messages, {@code <publisherId>|<sequence>|}, without allocating anything.
 * Re-used from one message to the next; not thread-safe.
 */
@Internal
public final class Bookmarks {

    private static final int MAX_DIGITS = 20;
    private static final long MAX_TENTH = Long.divideUnsigned(-1L, 10);
    private static final long MAX_LAST_DIGIT = Long.remainderUnsigned(-1L, 10);

    /** The digits of the publisher that was read last, and the bar; messages come in runs. */
    private final byte[] lastBytes = new byte[MAX_DIGITS + 1];

    private int lastLength;
    private long lastPublisher;

    private long publisherId;
    private long sequence;
    private int next;

    /**
     * Reads a bookmark; the last bar may be missing.
     *
     * @return false if it is absent or no bookmark of a message, such as a time or a list, or if a
     *     number has more than 64 bits
     */
    public boolean parse(ByteSlice text) {
        return text.isPresent() && parse(text.array(), text.offset(), text.length());
    }

    /** As {@link #parse(ByteSlice)}. */
    public boolean parse(byte[] text, int offset, int length) {
        int end = offset + length;
        if (!readPublisher(text, offset, end)) {
            return false;
        }
        long number = number(text, end);
        if (next < 0 || (next != end && next != end - 1)) {
            return false;
        }
        publisherId = lastPublisher;
        sequence = number;
        return true;
    }

    /** Reads up to behind the bar, unless it is the same publisher as before. */
    private boolean readPublisher(byte[] text, int offset, int end) {
        next = offset + lastLength;
        if (lastLength > 0
                && next < end
                && Arrays.equals(lastBytes, 0, lastLength, text, offset, next)) {
            return true;
        }
        next = offset;
        long publisher = number(text, end);
        if (next < 0 || next == end) {
            return false;
        }
        next++;
        lastPublisher = publisher;
        lastLength = next - offset <= lastBytes.length ? next - offset : 0;
        System.arraycopy(text, offset, lastBytes, 0, lastLength);
        return true;
    }

    /** Of the bookmark that was read last; unsigned. */
    public long publisherId() {
        return publisherId;
    }

    /** Of the bookmark that was read last; unsigned. */
    public long sequence() {
        return sequence;
    }

    /** Reads up to a bar or the end, where it leaves {@link #next}; or makes that negative. */
    private long number(byte[] text, int end) {
        long number = 0;
        int i = next;
        for (; i < end && text[i] != '|'; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || overflows(number, digit)) {
                next = -1;
                return 0;
            }
            number = number * 10 + digit;
        }
        next = i == next ? -1 : i;
        return number;
    }

    private static boolean overflows(long number, int digit) {
        int compared = Long.compareUnsigned(number, MAX_TENTH);
        return compared > 0 || (compared == 0 && digit > MAX_LAST_DIGIT);
    }
}
