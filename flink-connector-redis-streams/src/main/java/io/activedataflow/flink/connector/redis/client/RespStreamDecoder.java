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
import java.util.Arrays;
import java.util.List;

/**
 * Decodes replies to {@code XREAD} where they lie, as their bytes arrive: fills the index of the
 * {@link EntryBuffer} and copies nothing. The bytes may be split anywhere; what has been decoded is
 * not looked at again, except for a length of a few digits whose payload has not arrived yet.
 *
 * <p>Understands both protocol versions: arrays and maps, every kind of nil, errors as lines and as
 * bulk strings; push frames between replies and attributes are skipped. Anything else ends in a
 * retriable {@link RedisStreamsException}, after which the decoder is of no further use. Fetcher
 * thread only.
 */
@Internal
final class RespStreamDecoder {

    private static final int MAX_ERROR_BYTES = 1 << 20;

    private enum State {
        REPLY,
        LINE,
        BULK_ERROR,
        STREAM,
        KEY,
        ENTRY_COUNT,
        ENTRIES
    }

    private final RespInput input;
    private final RespEntryDecoder entryDecoder;

    private State state = State.REPLY;

    /** The requested streams, or null where a mere {@code +OK} is expected. */
    private List<StreamReadPosition> streams;

    private int scanned;
    private boolean streamsAsMap;
    private int streamsLeft;
    private int nextStream;
    private int entriesBefore;

    private int entries;
    private String error;

    /**
     * @param server what messages call the sender of the replies
     */
    RespStreamDecoder(String server) {
        this.input = new RespInput(server);
        this.entryDecoder = new RespEntryDecoder(input);
    }

    /** How many entries the last reply had. */
    int entries() {
        return entries;
    }

    /** The text of the last reply if it was an error, or null. */
    String error() {
        return error;
    }

    /** How many more bytes are needed at least before there is anything more to decode. */
    int missingBytes() {
        return input.missingBytes();
    }

    /**
     * Decodes what has arrived of the reply to an {@code XREAD} of these streams.
     *
     * @return whether the reply is complete
     */
    boolean decode(EntryBuffer into, List<StreamReadPosition> requested) {
        return run(into, requested);
    }

    /**
     * Decodes what has arrived of the reply to a command that is answered by {@code +OK}.
     *
     * @return whether the reply is complete
     */
    boolean decodeStatus(EntryBuffer into) {
        return run(into, null);
    }

    private boolean run(EntryBuffer into, List<StreamReadPosition> requested) {
        if (input.attach(into)) {
            streams = requested;
            entriesBefore = into.entryCount();
            nextStream = 0;
            error = null;
            state = State.REPLY;
        }
        boolean more = true;
        while (more && input.buffer() != null) {
            more =
                    switch (state) {
                        case REPLY -> reply();
                        case LINE -> line();
                        case BULK_ERROR -> bulkError();
                        case STREAM -> stream();
                        case KEY -> key();
                        case ENTRY_COUNT -> entryCount();
                        case ENTRIES -> entryDecoder.decode() && nextStream();
                    };
        }
        return more;
    }

    private boolean reply() {
        if (!input.skipped()) {
            return false;
        }
        if (input.isAtEnd()) {
            input.buffer().setDecoded(input.pos);
            input.detach();
            return false;
        }
        boolean wantsStreams = streams != null;
        String expected = wantsStreams ? "streams, nil or an error" : "+OK or an error";
        byte type = input.type();
        if (type == '-' || type == '+' && !wantsStreams) {
            scanned = input.pos;
            state = State.LINE;
            return true;
        }
        if (type == '+' || type == ':') {
            throw input.malformed(expected, input.pos);
        }
        long header = input.header(expected);
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        return reply(header, wantsStreams, expected);
    }

    private boolean reply(long header, boolean wantsStreams, String expected) {
        byte type = input.type();
        int number = RespSyntax.number(header);
        if (type == '>' && number >= 0) {
            input.beginSkip(RespSyntax.next(header), number);
        } else if (type == '!' && number >= 0 && number <= MAX_ERROR_BYTES) {
            state = State.BULK_ERROR;
        } else if (wantsStreams
                && (type == '*' || type == '%' && number >= 0 || input.isNil(header))) {
            input.pos = RespSyntax.next(header);
            streamsAsMap = type == '%';
            streamsLeft = number;
            return nextStream();
        } else {
            throw input.malformed(expected, input.pos);
        }
        return true;
    }

    private boolean line() {
        byte[] data = input.buffer().data();
        int end = input.buffer().filled();
        int p = scanned;
        while (p < end && data[p] != '\n') {
            p++;
        }
        scanned = p;
        if (p - input.pos > MAX_ERROR_BYTES) {
            throw input.malformed("the end of a line", input.pos);
        }
        if (p == end) {
            return false;
        }
        if (data[p - 1] != '\r') {
            throw input.malformed("the end of a line", p);
        }
        if (input.type() == '-') {
            error = text(data, input.pos + 1, p - 1);
        }
        input.pos = p + 1;
        return complete();
    }

    private boolean bulkError() {
        long header = input.header("an error");
        int from = RespSyntax.next(header);
        int to = from + RespSyntax.number(header);
        if (!input.arrived(to + 2L)) {
            return false;
        }
        error = text(input.buffer().data(), from, to);
        input.moveBehind(to);
        return complete();
    }

    private static String text(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    private boolean nextStream() {
        if (streamsLeft <= 0) {
            return complete();
        }
        streamsLeft--;
        state = streamsAsMap ? State.KEY : State.STREAM;
        return true;
    }

    private boolean complete() {
        EntryBuffer buffer = input.buffer();
        buffer.completeReply(input.pos);
        entries = buffer.entryCount() - entriesBefore;
        input.detach();
        return true;
    }

    private boolean stream() {
        long header = input.header("a stream and its entries");
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        if (!input.isArrayOf(2, header)) {
            throw input.malformed("a stream and its entries", input.pos);
        }
        input.pos = RespSyntax.next(header);
        state = State.KEY;
        return true;
    }

    private boolean key() {
        long header = input.header("a stream key");
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        int length = RespSyntax.number(header);
        if (input.type() != '$' || length < 0) {
            throw input.malformed("a stream key", input.pos);
        }
        int from = RespSyntax.next(header);
        if (!input.arrived((long) from + length + 2)) {
            return false;
        }
        input.buffer().beginSection(requested(from, from + length));
        input.moveBehind(from + length);
        state = State.ENTRY_COUNT;
        return true;
    }

    private StreamReadPosition requested(int from, int to) {
        while (nextStream < streams.size()) {
            StreamReadPosition stream = streams.get(nextStream++);
            byte[] key = stream.keyBytes();
            if (Arrays.equals(key, 0, key.length, input.buffer().data(), from, to)) {
                return stream;
            }
        }
        throw input.malformed("the key of a stream that was asked for, in that order", from);
    }

    private boolean entryCount() {
        long header = input.header("the entries of a stream");
        if (header == RespSyntax.INCOMPLETE) {
            return false;
        }
        if (input.type() != '*' && !input.isNil(header)) {
            throw input.malformed("the entries of a stream", input.pos);
        }
        input.pos = RespSyntax.next(header);
        entryDecoder.begin(Math.max(0, RespSyntax.number(header)));
        state = State.ENTRIES;
        return true;
    }
}
