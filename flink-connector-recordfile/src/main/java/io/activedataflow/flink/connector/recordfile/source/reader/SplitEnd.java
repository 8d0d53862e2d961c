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

import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/**
 * Makes sure that a split ends where the next one begins, and a file where it was said to end:
 * otherwise records would be lost, or read twice, without a word.
 */
@Internal
final class SplitEnd {

    private final FileContent content;
    private final RecordFramer framer;
    private final String path;
    private final long firstRecordOffset;
    private final BlockPool pool;

    private boolean anyRecord;
    private boolean anyGivenUp;
    private boolean lastGivenUp;
    private boolean lastHasEnd;
    private long lastNext;

    SplitEnd(SplitStart start, BlockPool pool) {
        this.content = start.content();
        this.framer = start.framer();
        this.path = start.split().path().toString();
        this.firstRecordOffset = start.firstRecordOffset();
        this.pool = pool;
        // One that is gone on with may have had such a record before; it is counted as malformed.
        this.anyGivenUp = !start.split().isUntouched() && start.split().malformed() > 0;
    }

    /**
     * Notes where the last record of a block ends.
     *
     * @param givenUp whether that record has been {@link #givenUp}
     */
    void passed(FileBlock block, boolean givenUp) {
        RecordBlock records = block.records();
        int last = records.records() - 1;
        anyRecord = true;
        lastGivenUp = givenUp;
        lastHasEnd = !givenUp && records.to(last) < records.next(last);
        lastNext = block.nextOffset(last);
    }

    /** Notes that a record's end was found by other means than its form. */
    void givenUp() {
        anyGivenUp = true;
    }

    /** To be called where a range ends inside of what looks like a record. */
    void requireWholeRecords(SplitRange range) throws IOException {
        if (range.endsExactly() && !anyGivenUp) {
            throw notExact(range, "inside of a record");
        }
    }

    /** To be called when all records of the range have been passed, before the last are used. */
    void check(SplitRange range) throws IOException {
        boolean mayBeHalf = range.isOpen() && !lastHasEnd;
        if (anyRecord && (mayBeHalf || content.bytesRead() > pool.chunkBytes())) {
            verifyFile(!mayBeHalf);
        }
        if (range.isOpen()) {
            return;
        }
        if (!range.isCut()) {
            if (anyRecord && !lastHasEnd && !anyGivenUp) {
                throw notExact(range, "inside of a record");
            }
        } else if (anyRecord && !lastGivenUp && lastNext >= range.end()) {
            checkCut(range);
        }
    }

    /**
     * What was read in one go after the file had been verified is what was meant; of more than that
     * a part may have been written over meanwhile.
     */
    private void verifyFile(boolean mayHaveGrown) throws IOException {
        try {
            content.file().verifyUnchanged();
        } catch (FileChangedException e) {
            if (!mayHaveGrown || e.change() != FileChangedException.Change.GROWN) {
                throw e;
            }
        }
    }

    private IOException notExact(SplitRange range, String where) {
        return new IOException(
                "The file "
                        + path
                        + " was to be cut between two records at byte "
                        + range.end()
                        + ", which lies "
                        + where
                        + ". The file has changed since it was scanned, or it cannot be cut"
                        + " exactly: read it without splitting it.");
    }

    private void checkCut(SplitRange range) throws IOException {
        if (range.end() - framer.lookBehind() < firstRecordOffset) {
            // The next split does not look for a record: it reads on from the first one.
            return;
        }
        FileBlock scratch = pool.take();
        int found =
                new CutSynchronizer(content, framer, pool.chunkBytes())
                        .synchronize(range.end(), lastNext + 1, scratch.content());
        long next = found < 0 ? -1 : scratch.content().offset(found);
        scratch.recycle();
        if (next != lastNext) {
            throw new IOException(
                    "The file "
                            + path
                            + " cannot be cut at byte "
                            + range.end()
                            + ": the record there ends at byte "
                            + lastNext
                            + ", but the next split would begin at byte "
                            + (found < 0 ? "a later place" : String.valueOf(next))
                            + ". Line breaks inside of records are the usual reason: read the file"
                            + " without splitting it, or split it exactly.");
        }
    }
}
