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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.format.charset.Transcoder;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Arrays;

/**
 * A stretch of a file's content, as UTF-8 where it is text, that knows where it stands in the file.
 * Of a record that is too large to be held, bytes are dropped from the middle: at most one gap.
 */
@Internal
final class ContentBuffer {

    /** Room that is left behind the content when more is to be read, at least. */
    static final int MIN_ROOM = 64;

    private static final int NO_GAP = Integer.MAX_VALUE;

    private byte[] bytes;
    private int limit;
    private @Nullable Transcoder transcoder;
    private long startOffset;
    private int gap = NO_GAP;
    private long gapBytes;

    ContentBuffer(int capacity) {
        bytes = new byte[capacity + MIN_ROOM];
    }

    /**
     * Empties the buffer.
     *
     * @param offset where the content that is put in stands in the file
     */
    void start(long offset, @Nullable Transcoder newTranscoder) {
        limit = 0;
        startOffset = offset;
        transcoder = newTranscoder;
        gap = NO_GAP;
        gapBytes = 0;
    }

    /** Becomes what another buffer has from an index on, which lies behind its gap. */
    void startFrom(ContentBuffer other, int from) {
        int length = other.limit - from;
        start(other.offset(from), other.transcoder);
        if (bytes.length < length + MIN_ROOM) {
            bytes = new byte[length + MIN_ROOM];
        }
        System.arraycopy(other.bytes, from, bytes, 0, length);
        limit = length;
    }

    /** Forgets what lies before an index, which lies behind the gap, or at 0. */
    void discardBefore(int from) {
        if (from > 0) {
            long offset = offset(from);
            int length = limit - from;
            System.arraycopy(bytes, from, bytes, 0, length);
            start(offset, transcoder);
            limit = length;
        }
    }

    /**
     * Drops a range from the middle, of which the first always begins at the same place.
     *
     * @return how many bytes were dropped
     */
    int drop(int from, int to) {
        if (from >= to) {
            return 0;
        }
        gapBytes += sourceLengthOf(from, to);
        gap = from;
        System.arraycopy(bytes, to, bytes, from, limit - to);
        limit -= to - from;
        return to - from;
    }

    /** Makes room behind the content. */
    void ensureRoom(int room) {
        if (bytes.length - limit < room) {
            long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 16);
            bytes = Arrays.copyOf(bytes, (int) Math.max(limit + (long) room, doubled));
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.length;
    }

    int limit() {
        return limit;
    }

    void limit(int newLimit) {
        limit = newLimit;
    }

    boolean hasGap() {
        return gap != NO_GAP;
    }

    @Nullable
    Transcoder transcoder() {
        return transcoder;
    }

    /** Where an index stands in the file. In transcoded text this reads all that lies before it. */
    long offset(int index) {
        return startOffset + sourceLength(0, index);
    }

    /** How many bytes of the file a range stands for. */
    long sourceLength(int from, int to) {
        long length = sourceLengthOf(from, to);
        return from <= gap && gap < to ? length + gapBytes : length;
    }

    private long sourceLengthOf(int from, int to) {
        return transcoder == null ? to - from : transcoder.sourceLength(bytes, from, to);
    }
}
