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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * An array of bytes and the records that a {@link RecordFramer} has found in it. Filled by one
 * thread and then handed over to another as a whole; re-used after that.
 *
 * <p>All indexes are indexes of {@link #bytes}.
 */
@PublicEvolving
public final class RecordBlock {

    /** The field stood in quotes, which are not part of it. */
    public static final int QUOTED = 1;

    /** The field contains escapes, such as doubled quotes, which are still to be resolved. */
    public static final int ESCAPED = 2;

    private static final int INITIAL_RECORDS = 1024;

    private byte[] bytes = new byte[0];
    private int maxRecords = Integer.MAX_VALUE;
    private @Nullable List<String> header;

    private int records;
    private int[] from = new int[INITIAL_RECORDS];
    private int[] to = new int[INITIAL_RECORDS];
    private int[] next = new int[INITIAL_RECORDS];
    private int[] line = new int[INITIAL_RECORDS];
    private int[] nextLine = new int[INITIAL_RECORDS];
    private int[] firstField = new int[INITIAL_RECORDS + 1];
    private int lines;

    private int fields;

    /** Of each field, its beginning in the lower half, its end in the upper; a flag above each. */
    private long[] fieldBounds = new long[INITIAL_RECORDS];

    private int malformed;
    private int[] malformedRecords = new int[4];
    private RecordFileErrorInfo[] malformedInfos = new RecordFileErrorInfo[4];

    /** Empties the block and gives it an array to fill. */
    public void reset(byte[] array, int recordLimit, @Nullable List<String> columnNames) {
        bytes = array;
        maxRecords = recordLimit;
        header = columnNames;
        records = 0;
        lines = 0;
        fields = 0;
        Arrays.fill(malformedInfos, 0, malformed, null);
        malformed = 0;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Whether no further record is to be added. */
    public boolean isFull() {
        return records >= maxRecords;
    }

    /**
     * Adds a field to the record that is added next.
     *
     * @param flags {@link #QUOTED} and {@link #ESCAPED}, or 0
     */
    public void addField(int fieldFrom, int fieldTo, int flags) {
        int at = fields;
        if (at == fieldBounds.length) {
            fieldBounds = Arrays.copyOf(fieldBounds, 2 * at);
        }
        fieldBounds[at] = FieldBounds.pack(fieldFrom, fieldTo, flags);
        fields = at + 1;
    }

    /** Takes back the fields added since the last record. */
    public void dropFields() {
        fields = firstField[records];
    }

    /**
     * Adds a record.
     *
     * @param recordFrom where it begins
     * @param recordTo where it ends, without its line break or delimiter
     * @param recordNext where the next record begins, or what may stand before that
     * @param linesBefore how many line breaks were passed between the previous record's end and
     *     this record's beginning
     * @param linesWithin how many line breaks lie between {@code recordFrom} and {@code recordNext}
     */
    public void addRecord(
            int recordFrom, int recordTo, int recordNext, int linesBefore, int linesWithin) {
        int record = records;
        if (record == from.length) {
            grow();
        }
        from[record] = recordFrom;
        to[record] = recordTo;
        next[record] = recordNext;
        line[record] = lines + linesBefore;
        lines += linesBefore + linesWithin;
        nextLine[record] = lines;
        records = record + 1;
        firstField[records] = fields;
    }

    /** Adds a record that the framer knows to be malformed; its fields are dropped. */
    public void addMalformed(
            int recordFrom,
            int recordTo,
            int recordNext,
            int linesBefore,
            int linesWithin,
            RecordFileErrorInfo error) {
        dropFields();
        if (malformed == malformedRecords.length) {
            malformedRecords = Arrays.copyOf(malformedRecords, 2 * malformed);
            malformedInfos = Arrays.copyOf(malformedInfos, 2 * malformed);
        }
        malformedRecords[malformed] = records;
        malformedInfos[malformed++] = error;
        addRecord(recordFrom, recordTo, recordNext, linesBefore, linesWithin);
    }

    /** Counts line breaks that were passed after the last record, such as those of blank lines. */
    public void skipLines(int count) {
        lines += count;
    }

    /**
     * Takes back the last records, and the line breaks after those that are left.
     *
     * @param count how many records are left, at most {@link #records}
     */
    public void truncate(int count) {
        if (count < records) {
            lines = count == 0 ? 0 : nextLine[count - 1];
            records = count;
            fields = firstField[count];
            while (malformed > 0 && malformedRecords[malformed - 1] >= count) {
                malformedInfos[--malformed] = null;
            }
        }
    }

    private void grow() {
        int size = 2 * records;
        from = Arrays.copyOf(from, size);
        to = Arrays.copyOf(to, size);
        next = Arrays.copyOf(next, size);
        line = Arrays.copyOf(line, size);
        nextLine = Arrays.copyOf(nextLine, size);
        firstField = Arrays.copyOf(firstField, size + 1);
    }

    /** How many records there are. */
    public int records() {
        return records;
    }

    public int from(int record) {
        return from[record];
    }

    public int to(int record) {
        return to[record];
    }

    /** Where reading goes on after a record. */
    public int next(int record) {
        return next[record];
    }

    /** How many line breaks lie between the beginning of the block and a record. */
    public int linesBefore(int record) {
        return line[record];
    }

    /** How many line breaks lie between the beginning of the block and {@link #next}. */
    public int linesUpToNext(int record) {
        return nextLine[record];
    }

    /** How many line breaks the framer has passed. */
    public int lines() {
        return lines;
    }

    /** What is wrong with a record, or null. */
    @Nullable
    public RecordFileErrorInfo error(int record) {
        if (malformed == 0) {
            return null;
        }
        int found = Arrays.binarySearch(malformedRecords, 0, malformed, record);
        return found < 0 ? null : malformedInfos[found];
    }

    /** The names of the columns as the file's header gives them, or null. */
    @Nullable
    public List<String> header() {
        return header;
    }

    public int fieldCount(int record) {
        return firstField[record + 1] - firstField[record];
    }

    public int fieldFrom(int record, int field) {
        return FieldBounds.from(fieldBounds(record, field));
    }

    public int fieldTo(int record, int field) {
        return FieldBounds.to(fieldBounds(record, field));
    }

    public int fieldFlags(int record, int field) {
        return FieldBounds.flags(fieldBounds(record, field));
    }

    private long fieldBounds(int record, int field) {
        return fieldBounds[firstField[record] + field];
    }
}
