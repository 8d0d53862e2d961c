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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsEntry;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A window on one entry of an {@link EntryBuffer} that is moved from entry to entry, so that
 * passing an entry on allocates nothing. Task thread only.
 */
@Internal
public final class StreamEntryCursor implements RedisStreamsEntry {

    private final EntryBuffer buffer;
    private final byte[] data;

    private String streamKey;
    private int partition;
    private int entry;
    private long entriesRead;

    StreamEntryCursor(EntryBuffer buffer) {
        this.buffer = buffer;
        this.data = buffer.data();
    }

    /** Moves before the first entry of a section. */
    void enter(String newStreamKey, int newPartition, int firstEntry, long entriesReadBefore) {
        streamKey = newStreamKey;
        partition = newPartition;
        entry = firstEntry - 1;
        entriesRead = entriesReadBefore;
    }

    /** Moves to the next entry of the section. */
    void advance() {
        entry++;
        if (entriesRead != RedisStreamsSplit.UNKNOWN_ENTRIES_READ) {
            entriesRead++;
        }
    }

    /**
     * How many of the entries ever added to the stream lie at or before this one, or {@link
     * RedisStreamsSplit#UNKNOWN_ENTRIES_READ}.
     */
    public long entriesRead() {
        return entriesRead;
    }

    int entryIndex() {
        return entry;
    }

    @Override
    public String streamKey() {
        return streamKey;
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public StreamEntryId id() {
        return new StreamEntryId(idMilliseconds(), idSequence());
    }

    @Override
    public long idMilliseconds() {
        return buffer.idMilliseconds(entry);
    }

    @Override
    public long idSequence() {
        return buffer.idSequence(entry);
    }

    @Override
    public int fieldCount() {
        return buffer.fieldCount(entry);
    }

    @Override
    public byte[] name(int field) {
        return copy(nameOffset(field), nameLength(field));
    }

    @Override
    public byte[] value(int field) {
        return copy(valueOffset(field), valueLength(field));
    }

    private byte[] copy(int offset, int length) {
        return Arrays.copyOfRange(data, offset, offset + length);
    }

    @Override
    public String nameAsString(int field) {
        return text(nameOffset(field), nameLength(field));
    }

    @Override
    public String valueAsString(int field) {
        return text(valueOffset(field), valueLength(field));
    }

    private String text(int offset, int length) {
        return new String(data, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public int indexOf(byte[] name) {
        int fields = fieldCount();
        for (int field = 0; field < fields; field++) {
            if (isNamed(field, name)) {
                return field;
            }
        }
        return -1;
    }

    @Override
    public int lastIndexOf(byte[] name) {
        for (int field = fieldCount() - 1; field >= 0; field--) {
            if (isNamed(field, name)) {
                return field;
            }
        }
        return -1;
    }

    @Override
    public boolean isNamed(int field, byte[] name) {
        int length = nameLength(field);
        if (length != name.length) {
            return false;
        }
        int offset = nameOffset(field);
        return Arrays.equals(data, offset, offset + length, name, 0, length);
    }

    @Override
    public byte[] buffer() {
        return data;
    }

    @Override
    public int nameOffset(int field) {
        return buffer.nameOffset(entry, checked(field));
    }

    @Override
    public int nameLength(int field) {
        return buffer.nameLength(entry, checked(field));
    }

    @Override
    public int valueOffset(int field) {
        return buffer.valueOffset(entry, checked(field));
    }

    @Override
    public int valueLength(int field) {
        return buffer.valueLength(entry, checked(field));
    }

    /** The slices of all entries lie in one array, so that a wrong index would read a neighbour. */
    private int checked(int field) {
        if (field < 0 || field >= fieldCount()) {
            throw new IndexOutOfBoundsException(
                    "Field " + field + " of " + this + ", which has " + fieldCount() + " fields.");
        }
        return field;
    }

    @Override
    public String toString() {
        return "entry " + id() + " of stream '" + streamKey + "'";
    }
}
