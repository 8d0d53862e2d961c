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

package io.activedataflow.flink.connector.recordfile.source.split;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;

import org.apache.flink.annotation.Internal;

/** How far a split has been read. Task thread only. */
@Internal
public final class RecordFileSplitState {

    private RecordFileSplit split;
    private RecordFileIdentity identity;
    private long offset;
    private long memberOffset;
    private long offsetInMember;
    private long skip;
    private long recordNumber;
    private long line;
    private long malformed;
    private long records;
    private long malformedBeforeRecords;

    public RecordFileSplitState(RecordFileSplit split) {
        this.split = split;
        this.identity = split.identity();
        this.malformed = split.malformed();
        RecordFilePosition start = split.position();
        advance(
                start.offset(),
                start.memberOffset(),
                start.offsetInMember(),
                start.skip(),
                start.recordNumber(),
                start.line());
        if (split.offset() == 0 && start.recordNumber() > 0) {
            records = start.recordNumber();
        } else if (!split.isUntouched()) {
            malformedBeforeRecords = malformed;
        }
    }

    /** Moves the position past a record that has been emitted; see {@link RecordFilePosition}. */
    public void advance(
            long newOffset,
            long newMemberOffset,
            long newOffsetInMember,
            long newSkip,
            long newRecordNumber,
            long newLine) {
        offset = newOffset;
        memberOffset = newMemberOffset;
        offsetInMember = newOffsetInMember;
        skip = newSkip;
        recordNumber = newRecordNumber;
        line = newLine;
    }

    /**
     * Notes what the file looks like now that it has been opened, and where reading goes on: where
     * it was, or at the beginning of a file that has changed.
     */
    public void opened(RecordFileSplit opened) {
        split = opened;
        identity = opened.identity();
        RecordFilePosition start = opened.position();
        advance(
                start.offset(),
                start.memberOffset(),
                start.offsetInMember(),
                start.skip(),
                start.recordNumber(),
                start.line());
    }

    /** Counts a malformed record and returns how many there have been in this split. */
    public long countMalformed() {
        return ++malformed;
    }

    /** Counts a record, malformed or not. */
    public void countRecord() {
        records++;
    }

    /**
     * How many records have been read of this split; if it does not begin with its file, since it
     * was restored.
     */
    public long records() {
        return records;
    }

    /** How many of {@link #records} were malformed. */
    public long malformedOfRecords() {
        return malformed - malformedBeforeRecords;
    }

    public long recordNumber() {
        return recordNumber;
    }

    public long modificationTime() {
        return identity.modificationTime();
    }

    /** The split that reading would go on with. */
    public RecordFileSplit toSplit() {
        return split.at(
                new RecordFilePosition(
                        offset, memberOffset, offsetInMember, skip, recordNumber, line),
                identity,
                malformed);
    }
}
