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

package io.activedataflow.flink.connector.recordfile;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * A place between two records of a file, and how many records and lines lie before it. Reading goes
 * on here after a restore.
 *
 * @param offset how many bytes of the file's content lie before this place; of the decompressed
 *     content where the file is compressed; {@link #UNKNOWN} where a format of others counts
 *     elements only
 * @param memberOffset in a compressed file, where the member or frame begins that contains the next
 *     byte, in bytes of the file as it is stored; 0 in other files
 * @param offsetInMember how many bytes of that member's content lie before this place; the same as
 *     {@code offset} in other files
 * @param skip how many elements after this place have been emitted already: 0 for the connector's
 *     own framings; for formats of others whatever they have asked for
 * @param recordNumber how many records of the file lie before this place, or {@link #UNKNOWN} where
 *     reading did not begin at the start of the file; headers are not records
 * @param line how many line breaks of the file lie before this place, or {@link #UNKNOWN}
 */
@PublicEvolving
public record RecordFilePosition(
        long offset,
        long memberOffset,
        long offsetInMember,
        long skip,
        long recordNumber,
        long line)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What is not known. */
    public static final long UNKNOWN = -1L;

    /** The beginning of a file. */
    public static final RecordFilePosition START = new RecordFilePosition(0, 0, 0, 0, 0, 0);

    public RecordFilePosition {
        if (offset < UNKNOWN
                || memberOffset < 0
                || offsetInMember < 0
                || skip < 0
                || recordNumber < UNKNOWN
                || line < UNKNOWN) {
            throw new IllegalArgumentException(
                    "There is no position with offset "
                            + offset
                            + ", member offset "
                            + memberOffset
                            + ", offset in the member "
                            + offsetInMember
                            + ", skip "
                            + skip
                            + ", record number "
                            + recordNumber
                            + ", line "
                            + line
                            + '.');
        }
    }

    /**
     * A place of which nothing but the offset is known. To get there in a compressed file, all that
     * lies before is decompressed.
     */
    public static RecordFilePosition atOffset(long offset) {
        return at(offset, offset == 0 ? 0 : UNKNOWN, offset == 0 ? 0 : UNKNOWN);
    }

    /** A place in a file that is not compressed. */
    public static RecordFilePosition at(long offset, long recordNumber, long line) {
        return new RecordFilePosition(offset, 0, offset, 0, recordNumber, line);
    }
}
