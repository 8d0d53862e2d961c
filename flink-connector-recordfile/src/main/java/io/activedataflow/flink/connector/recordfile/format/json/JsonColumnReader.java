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

package io.activedataflow.flink.connector.recordfile.format.json;

import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * Reads the members of records that are one JSON object each. Of members with the same name the
 * last counts. All of a record is checked, also what is not wanted, so that whether it is malformed
 * does not depend on the columns asked for.
 */
@Internal
final class JsonColumnReader implements ColumnReader {

    private static final int INITIAL_KEYS = 16;

    private final boolean wantsAll;
    private final JsonKeys keys = new JsonKeys();
    private final JsonScanner scanner = new JsonScanner();
    private final JsonStrings strings = scanner.strings();

    private int[] columns;
    private int count;

    private byte[] bytes;
    private long recordsRead;

    // What follows belongs to keys by their numbers.
    private long[] seenIn = new long[INITIAL_KEYS];
    private Kind[] kinds = new Kind[INITIAL_KEYS];
    private boolean[] inScratch = new boolean[INITIAL_KEYS];
    private int[] from = new int[INITIAL_KEYS];
    private int[] to = new int[INITIAL_KEYS];

    /** The key that came last time after key k at k + 1; the one that came first at 0. */
    private int[] followers = new int[INITIAL_KEYS + 1];

    /**
     * @param wanted the names of the columns, or null for all members of each record
     */
    JsonColumnReader(@Nullable List<String> wanted) {
        wantsAll = wanted == null;
        if (wantsAll) {
            columns = new int[INITIAL_KEYS];
        } else {
            columns = wanted.stream().mapToInt(keys::want).toArray();
            count = columns.length;
        }
        Arrays.fill(followers, JsonKeys.UNKNOWN);
        makeRoomFor(keys.size());
    }

    private void makeRoomFor(int number) {
        int before = seenIn.length;
        if (number > before) {
            int size = Math.max(number, 2 * before);
            seenIn = Arrays.copyOf(seenIn, size);
            kinds = Arrays.copyOf(kinds, size);
            inScratch = Arrays.copyOf(inScratch, size);
            from = Arrays.copyOf(from, size);
            to = Arrays.copyOf(to, size);
            followers = Arrays.copyOf(followers, size + 1);
            Arrays.fill(followers, before + 1, size + 1, JsonKeys.UNKNOWN);
        }
    }

    @Override
    public void read(RecordFileRecord record) throws MalformedRecordException {
        begin(record);
        int at = scanner.skipWhitespace(record.from());
        if (scanner.peek(at) != '{') {
            throw scanner.unexpected(at, "a JSON object");
        }
        at = scanner.skipWhitespace(at + 1);
        at = scanner.peek(at) == '}' ? at + 1 : members(at);
        at = scanner.skipWhitespace(at);
        if (at != record.to()) {
            throw scanner.unexpected(at, "white space after the object");
        }
    }

    private void begin(RecordFileRecord record) {
        bytes = record.buffer();
        scanner.reset(bytes, record.from(), record.to());
        recordsRead++;
        if (wantsAll) {
            count = 0;
        }
        if (keys.hasLearnedEnough()) {
            keys.forgetLearned();
            Arrays.fill(seenIn, 0L);
            Arrays.fill(followers, JsonKeys.UNKNOWN);
        }
    }

    private int members(int first) throws MalformedRecordException {
        int before = JsonKeys.UNKNOWN;
        int at = first;
        while (true) {
            int key = expectedKey(at, followers[before + 1]);
            if (key == JsonKeys.UNKNOWN) {
                at = scanner.name(at);
                key = keyJustRead();
                if (key != JsonKeys.UNKNOWN) {
                    followers[before + 1] = key;
                }
            } else {
                at += keys.bytes(key).length + 2;
            }
            at = scanner.skipWhitespace(member(scanner.colon(at), key));
            before = key;
            byte separator = scanner.peek(at);
            if (separator == '}') {
                return at + 1;
            }
            if (separator != ',') {
                throw scanner.unexpected(at, "a comma or a brace");
            }
            at = scanner.skipWhitespace(at + 1);
        }
    }

    /** The key that is expected, if that is what stands in quotes at the index. */
    private int expectedKey(int at, int expected) {
        if (expected != JsonKeys.UNKNOWN && keys.isPlain(expected)) {
            byte[] key = keys.bytes(expected);
            int end = at + 1 + key.length;
            if (scanner.peek(end) == '"'
                    && bytes[at] == '"'
                    && Arrays.equals(bytes, at + 1, end, key, 0, key.length)) {
                return expected;
            }
        }
        return JsonKeys.UNKNOWN;
    }

    private int keyJustRead() {
        byte[] text = strings.isInScratch() ? strings.scratch() : bytes;
        int key = keys.find(text, strings.from(), strings.to());
        if (key == JsonKeys.UNKNOWN && (wantsAll || !keys.hasLearnedEnough())) {
            key = keys.learn(text, strings.from(), strings.to());
            makeRoomFor(keys.size());
        }
        strings.forget();
        return key;
    }

    private int member(int at, int key) throws MalformedRecordException {
        try {
            return key != JsonKeys.UNKNOWN && (wantsAll || keys.isWanted(key))
                    ? wantedValue(at, key)
                    : scanner.value(at);
        } catch (MalformedRecordException e) {
            throw key == JsonKeys.UNKNOWN
                    ? e
                    : new MalformedRecordException(e.error(), keys.name(key), e.getMessage(), e);
        }
    }

    private int wantedValue(int at, int key) throws MalformedRecordException {
        byte first = scanner.peek(at);
        boolean isText = first == '"';
        int next = isText ? strings.read(at + 1) : scanner.value(at);
        if (wantsAll && seenIn[key] != recordsRead) {
            addColumn(key);
        }
        seenIn[key] = recordsRead;
        kinds[key] = kind(first);
        inScratch[key] = isText && strings.isInScratch();
        from[key] = isText ? strings.from() : at;
        to[key] = isText ? strings.to() : next;
        return next;
    }

    private void addColumn(int key) {
        if (count == columns.length) {
            columns = Arrays.copyOf(columns, 2 * count);
        }
        columns[count++] = key;
    }

    private static Kind kind(byte first) {
        return switch (first) {
            case '"' -> Kind.TEXT;
            case '{', '[' -> Kind.NESTED;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public String name(int column) {
        return keys.name(columns[column]);
    }

    @Override
    public Kind kind(int column) {
        int key = columns[column];
        return seenIn[key] == recordsRead ? kinds[key] : Kind.MISSING;
    }

    @Override
    public byte[] buffer(int column) {
        return inScratch[columns[column]] ? strings.scratch() : bytes;
    }

    @Override
    public int from(int column) {
        return from[columns[column]];
    }

    @Override
    public int to(int column) {
        return to[columns[column]];
    }
}
