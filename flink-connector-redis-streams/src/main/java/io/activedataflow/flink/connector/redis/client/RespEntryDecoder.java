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

import java.nio.charset.StandardCharsets;

/**
 * Decodes the entries of one stream within a reply. {@link RespEntryScanner} takes those that have
 * arrived; this class takes, element by element, what stopped it. Fetcher thread only.
 */
@Internal
final class RespEntryDecoder {

    private static final int MIN_ID_BYTES = 3;
    private static final int MAX_ID_BYTES = 41;

    private enum State {
        ENTRY,
        ID,
        FIELDS,
        SLICE
    }

    private final RespInput input;
    private final RespEntryScanner scanner = new RespEntryScanner();

    private State state = State.ENTRY;

    RespEntryDecoder(RespInput input) {
        this.input = input;
    }

    void begin(int entries) {
        scanner.entriesLeft = entries;
        scanner.slicesLeft = 0;
        state = State.ENTRY;
    }

    /** Decodes what has arrived; returns whether these were all the entries. */
    boolean decode() {
        boolean more = true;
        while (more) {
            if (state == State.ENTRY || state == State.SLICE) {
                scanner.pos = input.pos;
                scanner.scan(input.buffer());
                input.pos = scanner.pos;
                state = scanner.slicesLeft > 0 ? State.SLICE : State.ENTRY;
                if (scanner.slicesLeft == 0 && scanner.entriesLeft == 0) {
                    return true;
                }
            }
            more =
                    switch (state) {
                        case ENTRY -> entry();
                        case ID -> id();
                        case FIELDS -> fields();
                        case SLICE -> slice();
                    };
        }
        return false;
    }

    private boolean entry() {
        long header = input.header("an entry");
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        if (!input.isArrayOf(2, header)) {
            throw input.malformed("an entry", input.pos);
        }
        input.pos = RespSyntax.next(header);
        state = State.ID;
        return true;
    }

    private boolean id() {
        long header = input.header("an entry ID");
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        int length = RespSyntax.number(header);
        if (input.type() != '$' || length < MIN_ID_BYTES || length > MAX_ID_BYTES) {
            throw input.malformed("an entry ID", input.pos);
        }
        int from = RespSyntax.next(header);
        int to = from + length;
        if (!input.arrived(to + 2L)) {
            return false;
        }
        byte[] data = input.buffer().data();
        int dash = from;
        while (dash < to && data[dash] != '-') {
            dash++;
        }
        input.buffer().beginEntry(halfOfId(data, from, dash), halfOfId(data, dash + 1, to));
        input.moveBehind(to);
        state = State.FIELDS;
        return true;
    }

    private long halfOfId(byte[] data, int from, int to) {
        try {
            if (from < to && data[from] != '+') {
                return Long.parseUnsignedLong(
                        new String(data, from, to - from, StandardCharsets.ISO_8859_1));
            }
        } catch (NumberFormatException e) {
            // Reported below, with the position.
        }
        throw input.malformed("an entry ID", input.pos);
    }

    private boolean fields() {
        long header = input.header("the fields of an entry");
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        int number = RespSyntax.number(header);
        boolean list = input.type() == '*' && number >= 0 && (number & 1) == 0;
        boolean map = input.type() == '%' && number >= 0 && number <= Integer.MAX_VALUE / 2;
        if (!list && !map && !input.isNil(header)) {
            throw input.malformed("the names and values of an entry", input.pos);
        }
        input.pos = RespSyntax.next(header);
        scanner.entriesLeft--;
        scanner.slicesLeft = map ? 2 * number : Math.max(0, number);
        state = State.SLICE;
        return true;
    }

    private boolean slice() {
        long header = input.header("the name or value of a field");
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        int length = RespSyntax.number(header);
        if (input.type() != '$' || length < 0) {
            throw input.malformed("the name or value of a field", input.pos);
        }
        int from = RespSyntax.next(header);
        if (!input.arrived((long) from + length + 2)) {
            return false;
        }
        input.buffer().addSlice(from, length);
        input.moveBehind(from + length);
        scanner.slicesLeft--;
        return true;
    }
}
