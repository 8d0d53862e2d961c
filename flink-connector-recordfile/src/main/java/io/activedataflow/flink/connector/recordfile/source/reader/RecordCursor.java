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

import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A view that is moved from record to record of one split, without making objects. Used by one
 * thread.
 *
 * <p>The methods whose names begin with {@code next} tell the position after the record, which
 * {@link io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState#advance}
 * takes.
 */
@Internal
final class RecordCursor implements RecordFileRecord {

    private final String path;
    private final long modificationTime;
    private final Map<String, String> pathParts;

    private FileBlock block;
    private RecordBlock records;
    private int record;

    /**
     * @param pathParts parts of the path by name, empty without a template
     */
    RecordCursor(String path, long modificationTime, Map<String, String> pathParts) {
        this.path = path;
        this.modificationTime = modificationTime;
        this.pathParts = Map.copyOf(pathParts);
    }

    /** Looks at a record of a block. */
    void moveTo(FileBlock newBlock, int index) {
        block = newBlock;
        records = newBlock.records();
        record = index;
    }

    /** What the framing has found wrong with the record, or null. */
    @Nullable
    RecordFileErrorInfo error() {
        return block.error(record);
    }

    /**
     * The record as the file has it, in the file's encoding, without its line break or delimiter;
     * of one that is too large only the beginning.
     */
    byte[] raw() {
        return block.raw(record);
    }

    long nextOffset() {
        return block.nextOffset(record);
    }

    /** Where the member begins that an offset of the block lies in. */
    long memberOffset(long offset) {
        return block.members().memberOffset(offset);
    }

    long offsetInMember(long offset) {
        return block.members().offsetInMember(offset);
    }

    /** How many records lie before the next one, or -1. */
    long nextRecordNumber() {
        return block.recordNumber(record);
    }

    /** How many line breaks lie before the next record, or -1. */
    long nextLine() {
        return block.nextLine(record);
    }

    @Override
    public byte[] buffer() {
        return records.bytes();
    }

    @Override
    public int from() {
        return records.from(record);
    }

    @Override
    public int to() {
        return block.to(record);
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOfRange(buffer(), from(), to());
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long offset() {
        return block.offset(record);
    }

    @Override
    public long length() {
        return nextOffset() - offset();
    }

    @Override
    public long line() {
        return block.line(record);
    }

    @Override
    public long recordNumber() {
        return block.recordNumber(record);
    }

    @Override
    public long modificationTime() {
        return modificationTime;
    }

    @Override
    public Map<String, String> pathParts() {
        return pathParts;
    }

    @Nullable
    @Override
    public List<String> header() {
        return records.header();
    }

    @Override
    public int fieldCount() {
        return records.fieldCount(record);
    }

    @Override
    public int fieldFrom(int field) {
        return records.fieldFrom(record, field);
    }

    @Override
    public int fieldTo(int field) {
        return records.fieldTo(record, field);
    }

    @Override
    public int fieldFlags(int field) {
        return records.fieldFlags(record, field);
    }
}
