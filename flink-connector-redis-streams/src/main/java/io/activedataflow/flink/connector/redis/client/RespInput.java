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

package io.activedataflow.flink.connector.redis.client;

import org.apache.flink.annotation.Internal;

/**
 * Where the decoding of a reply stands, and the steps common to all its levels. Attributes are
 * skipped on the way. Fetcher thread only.
 */
@Internal
final class RespInput {

    private final String server;
    private final RespSkipper skipper;

    /** The buffer of the reply that has arrived in part, or null between replies. */
    private EntryBuffer buffer;

    private int missing = 1;

    /** The index of the first byte that is not decoded. */
    int pos;

    RespInput(String server) {
        this.server = server;
        this.skipper = new RespSkipper(server);
    }

    /**
     * Goes on with the bytes in this buffer.
     *
     * @return whether this is the beginning of a reply, not the rest of one
     */
    boolean attach(EntryBuffer into) {
        missing = 1;
        if (buffer == null) {
            buffer = into;
            pos = into.decoded();
            return true;
        }
        if (buffer != into || pos > into.filled()) {
            throw new IllegalStateException(
                    "Half a reply of "
                            + server
                            + " is in another buffer, or the buffer was emptied since.");
        }
        return false;
    }

    /** Lets go of the buffer: what follows may go into another one. */
    void detach() {
        buffer = null;
    }

    EntryBuffer buffer() {
        return buffer;
    }

    boolean isAtEnd() {
        return pos == buffer.filled();
    }

    byte type() {
        return buffer.data()[pos];
    }

    int missingBytes() {
        return missing;
    }

    /** Whether everything up to the given position has arrived. */
    boolean arrived(long end) {
        long more = end - buffer.filled();
        missing = (int) Math.max(1, Math.min(Integer.MAX_VALUE, more));
        return more <= 0;
    }

    /** Skips so many values from the given position on. */
    void beginSkip(int from, long values) {
        pos = from;
        skipper.begin(values);
    }

    /** Whether all that was to be skipped has been, attributes at this position included. */
    boolean skipped() {
        while (true) {
            if (!skipper.isDone()) {
                pos = skipper.skip(buffer.data(), pos, buffer.filled(), buffer.decoded());
            }
            if (!skipper.isDone() || isAtEnd() || type() != '|') {
                return skipper.isDone();
            }
            long header = parse("an attribute");
            if (header == RespSyntax.INCOMPLETE) {
                return false;
            }
            if (RespSyntax.number(header) < 0) {
                throw malformed("an attribute", pos);
            }
            beginSkip(RespSyntax.next(header), 2L * RespSyntax.number(header));
        }
    }

    /** The header at this position, or {@link RespSyntax#INCOMPLETE}. */
    long header(String expected) {
        return skipped() && !isAtEnd() ? parse(expected) : RespSyntax.INCOMPLETE;
    }

    private long parse(String expected) {
        long header = RespSyntax.header(buffer.data(), pos, buffer.filled());
        if (header == RespSyntax.MALFORMED) {
            throw malformed(expected, pos);
        }
        return header;
    }

    /** Whether the header at this position announces so many values. */
    boolean isArrayOf(int count, long header) {
        return type() == '*' && RespSyntax.number(header) == count;
    }

    boolean isNil(long header) {
        return RespSyntax.number(header) == -1 && (type() == '*' || type() == '$' || type() == '_');
    }

    /** Moves behind a string that ends at the given position. */
    void moveBehind(int end) {
        byte[] data = buffer.data();
        if (data[end] != '\r' || data[end + 1] != '\n') {
            throw malformed("the end of a string", end);
        }
        pos = end + 2;
    }

    RedisStreamsException malformed(String expected, int at) {
        int replyStart = buffer.decoded();
        return RespSyntax.malformed(
                server, expected, at - replyStart, buffer.data(), at, buffer.filled());
    }
}
