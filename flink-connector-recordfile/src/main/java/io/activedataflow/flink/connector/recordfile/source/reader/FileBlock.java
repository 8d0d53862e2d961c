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

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.charset.Transcoder;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Arrays;

/**
 * Some records of a file, one after another, and where they stand in it.
 *
 * <p>Filled by the thread of a {@link BlockReader}, which then hands it over; whoever has it gives
 * it back with {@link #recycle}, once, and does not look at it again.
 */
@Internal
final class FileBlock {

    private final BlockPool pool;
    private final RecordBlock records = new RecordBlock();
    private final MemberMap members = new MemberMap();
    private final ContentBuffer content;
    private long[] bounds = new long[0];
    private long recordsBefore;
    private long linesBefore;
    private int maxRecordSize;

    FileBlock(BlockPool pool, int capacity) {
        this.pool = pool;
        this.content = new ContentBuffer(capacity);
    }

    /** How many records there are, at least one. */
    int recordCount() {
        return records.records();
    }

    /** Gives the block back to be filled again. Any thread. */
    void recycle() {
        pool.recycle(this);
    }

    RecordBlock records() {
        return records;
    }

    ContentBuffer content() {
        return content;
    }

    MemberMap members() {
        return members;
    }

    /** Whether the file is compressed. */
    boolean isCompressed() {
        return !members.isEmpty();
    }

    /** Makes the block ready to be looked at, which takes reading through it in transcoded text. */
    void complete(long recordNumber, long line, int sizeLimit) {
        recordsBefore = recordNumber;
        linesBefore = line;
        maxRecordSize = sizeLimit;
        if (content.transcoder() != null) {
            int count = 2 * records.records();
            if (bounds.length < count) {
                bounds = new long[Math.max(count, 2 * bounds.length)];
            }
            int index = 0;
            long offset = content.offset(0);
            for (int i = 0; i < count; i++) {
                int to = (i & 1) == 0 ? records.from(i >> 1) : records.next(i >> 1);
                offset += content.sourceLength(index, to);
                bounds[i] = offset;
                index = to;
            }
        }
    }

    /** Where a record begins in the file's content. */
    long offset(int record) {
        return content.transcoder() == null
                ? content.offset(records.from(record))
                : bounds[2 * record];
    }

    /** Where reading goes on after a record. */
    long nextOffset(int record) {
        return content.transcoder() == null
                ? content.offset(records.next(record))
                : bounds[2 * record + 1];
    }

    /** The line a record begins in, from 1, or -1. */
    long line(int record) {
        return linesBefore == RecordFilePosition.UNKNOWN
                ? RecordFilePosition.UNKNOWN
                : linesBefore + records.linesBefore(record) + 1;
    }

    /** How many lines lie before the place where reading goes on after a record, or -1. */
    long nextLine(int record) {
        return linesBefore == RecordFilePosition.UNKNOWN
                ? RecordFilePosition.UNKNOWN
                : linesBefore + records.linesUpToNext(record);
    }

    /** The number of a record, from 1, or -1. */
    long recordNumber(int record) {
        return recordsBefore == RecordFilePosition.UNKNOWN
                ? RecordFilePosition.UNKNOWN
                : recordsBefore + record + 1;
    }

    /**
     * Where a record ends. One that is too large ends at the largest size, however much of it
     * happens to be here.
     */
    int to(int record) {
        RecordFileErrorInfo error = records.error(record);
        return error != null && error.error() == RecordFileError.TOO_LARGE
                ? Math.min(records.to(record), records.from(record) + maxRecordSize)
                : records.to(record);
    }

    /** The bytes of the file that a record is made of, without what ends it. */
    byte[] raw(int record) {
        Transcoder transcoder = content.transcoder();
        int from = records.from(record);
        return transcoder == null
                ? Arrays.copyOfRange(content.bytes(), from, to(record))
                : transcoder.encode(content.bytes(), from, to(record));
    }

    @Nullable
    RecordFileErrorInfo error(int record) {
        return records.error(record);
    }
}
