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

/**
 * Reads bookmarks of messages, {@code <publisherId>|<sequence>|}, without allocating anything.
 * Re-used from one message to the next; not thread-safe.
 */
@Internal
public final class Bookmarks {

    private static final long MAX_TENTH = Long.divideUnsigned(-1L, 10);
    private static final long MAX_LAST_DIGIT = Long.remainderUnsigned(-1L, 10);

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
        next = offset;
        long publisher = number(text, end);
        if (next < 0 || next == end) {
            return false;
        }
        next++;
        long number = number(text, end);
        if (next < 0 || (next != end && next != end - 1)) {
            return false;
        }
        publisherId = publisher;
        sequence = number;
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
