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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/**
 * Which records of a file belong to a split. Offsets are those of the file's content.
 *
 * @param begin where the range begins
 * @param end where it ends, or {@link #OPEN} at the end of the file
 * @param isCut whether begin and end may lie inside of records, which belong to the range that they
 *     begin in
 */
@Internal
record SplitRange(long begin, long end, boolean isCut) {

    /** The end of the file. */
    static final long OPEN = Long.MAX_VALUE;

    /**
     * The range of a split of an open file. Files that cannot be read from anywhere are read as a
     * whole by the split that has their begin; this takes no more than the file's first bytes to
     * find out, so that all its splits decide the same.
     *
     * @throws IOException if the file cannot be cut and should have been cut exactly
     */
    static SplitRange of(RecordFileSplit split, FileContent content) throws IOException {
        long size = content.file().size();
        boolean isCut = split.kind() == RecordFileSplit.Kind.READ_CUT;
        if (split.offset() == 0 && split.end() >= size) {
            return new SplitRange(0, OPEN, false);
        }
        if (content.isStoredAsIs()) {
            return new SplitRange(split.offset(), split.end() >= size ? OPEN : split.end(), isCut);
        }
        if (!isCut) {
            throw new IOException(
                    "A part of the file "
                            + split.path()
                            + ", from "
                            + split.offset()
                            + " to "
                            + split.end()
                            + ", cannot be read on its own, because the file is compressed or not"
                            + " in UTF-8. Do not split such files.");
        }
        return split.offset() == 0
                ? new SplitRange(0, OPEN, false)
                : new SplitRange(split.offset(), split.offset(), true);
    }

    boolean isEmpty() {
        return begin == end;
    }

    boolean isOpen() {
        return end == OPEN;
    }

    /** Whether the end is said to lie exactly between two records. */
    boolean endsExactly() {
        return !isCut && !isOpen();
    }
}
