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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of one or more replies as they came from the socket, with an index of the entries in
 * them, so that no entry is copied or turned into objects before somebody asks for it.
 *
 * <p>Entries of one stream in one reply form a <em>section</em>. Within an entry the fields keep
 * their order; names may repeat. The buffer is filled by the fetcher thread, then handed over whole
 * and only read, then recycled.
 */
@Internal
public final class EntryBuffer {

    private byte[] data = new byte[64 * 1024];
    private int filled;
    private int decoded;

    private final List<StreamReadPosition> sectionStreams = new ArrayList<>();
    private int[] sectionStarts = new int[16];

    /** Two longs an entry: milliseconds, sequence. */
    private long[] ids = new long[2048];

    /** Where the slices of an entry start; one more than there are entries. */
    private int[] sliceStarts = new int[1025];

    /** Two ints a slice: offset and length; slices alternate between name and value. */
    private int[] slices = new int[8192];

    private int entries;
    private int sliceInts;

    /** What the replies that are complete amount to. */
    private int completeSections;

    private int completeEntries;
    private int completeSliceInts;

    // ------------------------------------------------------------------------ filling

    /** The bytes; valid up to {@link #filled()}. May be replaced by {@link #reserve}. */
    public byte[] data() {
        return data;
    }

    /** How many bytes have arrived. */
    public int filled() {
        return filled;
    }

    /** How many bytes belong to replies that are indexed completely. */
    public int decoded() {
        return decoded;
    }

    public void setDecoded(int position) {
        decoded = position;
    }

    public void addFilled(int bytes) {
        filled += bytes;
    }

    /** Forgets the bytes that arrived after the last complete reply. */
    void dropUndecoded() {
        filled = decoded;
    }

    /** Makes all that was indexed part of a complete reply that ends at this position. */
    void completeReply(int position) {
        decoded = position;
        completeSections = sectionStreams.size();
        completeEntries = entries;
        completeSliceInts = sliceInts;
    }

    /**
     * Forgets the bytes and entries of a reply that has arrived in part only, so that no entry of
     * it is ever seen; for a buffer that outlives the connection it was filled from.
     */
    public void discardPartialReply() {
        sectionStreams.subList(completeSections, sectionStreams.size()).clear();
        entries = completeEntries;
        sliceInts = completeSliceInts;
        sliceStarts[entries] = sliceInts;
        filled = decoded;
    }

    /**
     * Makes room for so many more bytes than have arrived.
     *
     * @throws RedisStreamsException if a reply is larger than an array can be
     */
    public void reserve(int bytes) {
        long needed = (long) filled + bytes;
        if (needed <= data.length) {
            return;
        }
        if (needed > Integer.MAX_VALUE - 8) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.FATAL,
                    "A reply of more than 2 GiB cannot be read. Reduce the size of the entries or"
                            + " the option 'scan.batch.max-entries'.",
                    null);
        }
        long grown = Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * data.length));
        data = Arrays.copyOf(data, (int) grown);
    }

    /** Starts the section of a stream; the entries that follow belong to it. */
    public void beginSection(StreamReadPosition stream) {
        int section = sectionStreams.size();
        if (section == sectionStarts.length) {
            sectionStarts = Arrays.copyOf(sectionStarts, 2 * section);
        }
        sectionStreams.add(stream);
        sectionStarts[section] = entries;
    }

    /** Starts an entry; the slices that follow belong to it. */
    public void beginEntry(long milliseconds, long sequence) {
        if (2 * entries == ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
        }
        if (entries + 1 == sliceStarts.length) {
            sliceStarts = Arrays.copyOf(sliceStarts, 2 * sliceStarts.length);
        }
        ids[2 * entries] = milliseconds;
        ids[2 * entries + 1] = sequence;
        sliceStarts[entries] = sliceInts;
        entries++;
        sliceStarts[entries] = sliceInts;
    }

    /** Adds the next name or value of the current entry. */
    public void addSlice(int offset, int length) {
        if (sliceInts == slices.length) {
            slices = Arrays.copyOf(slices, 2 * slices.length);
        }
        slices[sliceInts] = offset;
        slices[sliceInts + 1] = length;
        sliceInts += 2;
        sliceStarts[entries] = sliceInts;
    }

    /** Empties the buffer but keeps its arrays. */
    public void clear() {
        filled = 0;
        decoded = 0;
        entries = 0;
        sliceInts = 0;
        sliceStarts[0] = 0;
        sectionStreams.clear();
        completeSections = 0;
        completeEntries = 0;
        completeSliceInts = 0;
    }

    // ------------------------------------------------------------------------ reading

    public int sectionCount() {
        return sectionStreams.size();
    }

    public StreamReadPosition sectionStream(int section) {
        return sectionStreams.get(section);
    }

    /** The index of the section's first entry. */
    public int sectionStart(int section) {
        return sectionStarts[section];
    }

    /** The index after the section's last entry. */
    public int sectionEnd(int section) {
        return section + 1 == sectionStreams.size() ? entries : sectionStarts[section + 1];
    }

    public int entryCount() {
        return entries;
    }

    public long idMilliseconds(int entry) {
        return ids[2 * entry];
    }

    public long idSequence(int entry) {
        return ids[2 * entry + 1];
    }

    /** The number of field/value pairs of an entry. */
    public int fieldCount(int entry) {
        return (sliceStarts[entry + 1] - sliceStarts[entry]) >> 2;
    }

    public int nameOffset(int entry, int field) {
        return slices[sliceStarts[entry] + 4 * field];
    }

    public int nameLength(int entry, int field) {
        return slices[sliceStarts[entry] + 4 * field + 1];
    }

    public int valueOffset(int entry, int field) {
        return slices[sliceStarts[entry] + 4 * field + 2];
    }

    public int valueLength(int entry, int field) {
        return slices[sliceStarts[entry] + 4 * field + 3];
    }

    /** How much memory the buffer holds on to. */
    public int capacity() {
        return data.length;
    }
}
