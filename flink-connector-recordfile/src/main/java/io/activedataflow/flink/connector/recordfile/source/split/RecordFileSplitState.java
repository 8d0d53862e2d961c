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

    private final RecordFileSplit split;
    private RecordFileIdentity identity;
    private long offset;
    private long memberOffset;
    private long offsetInMember;
    private long skip;
    private long recordNumber;
    private long line;
    private long malformed;

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

    /** Notes what the file looks like now that it has been opened. */
    public void opened(RecordFileIdentity openedIdentity) {
        identity = openedIdentity;
    }

    /** Counts a malformed record and returns how many there have been in this split. */
    public long countMalformed() {
        return ++malformed;
    }

    public long recordNumber() {
        return recordNumber;
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
