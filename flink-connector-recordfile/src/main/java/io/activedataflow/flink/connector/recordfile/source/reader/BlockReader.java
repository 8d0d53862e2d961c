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
import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Closeable;
import java.io.IOException;

/**
 * Reads the records of one split, block by block. One thread, not the task's; what makes it stop is
 * the {@link io.activedataflow.flink.connector.recordfile.client.ReadControl} it was opened with.
 *
 * <p>Holds one block that is being filled, of at most one chunk and twice the largest record, and a
 * few smaller pieces; blocks that were handed out belong to whoever has them.
 */
@Internal
final class BlockReader implements Closeable {

    /** Memory for the bounds of records, not for what they contain, is limited by this. */
    private static final int MAX_RECORDS = 32 * 1024;

    /** How much is read at once behind the end of a range, for its last record. */
    private static final int BEHIND_END_BYTES = 16 * 1024;

    /** What lies directly before the bytes that were dropped from a record too large to be held. */
    private static final int KEPT_BYTES = 1024;

    private final FileContent content;
    private final RecordFramer framer;
    private final SplitRange range;
    private final SplitEnd end;
    private final BlockPool pool;
    private final int maxRecordSize;

    private @Nullable FileBlock block;
    private long recordNumber;
    private long line;
    private int at;
    private boolean endOfContent;
    private boolean finished;

    /** Records that begin before the range, of which there are few, are left out. */
    private boolean skipping;

    /** What is wrong with the record at {@link #at}, while its end is looked for. */
    private @Nullable RecordFileErrorInfo givingUp;

    private int scanFrom;
    private int lastGivenUp = -1;

    BlockReader(SplitStart start, BlockPool pool, int maxRecordSize) {
        this.content = start.content();
        this.framer = start.framer();
        this.range = start.range();
        this.pool = pool;
        this.maxRecordSize = maxRecordSize;
        this.end = new SplitEnd(start, pool);
        this.block = start.block();
        this.at = start.at();
        this.endOfContent = start.endOfContent();
        this.recordNumber = start.recordNumber();
        this.line = start.line();
        this.skipping = start.isSkipping();
        this.finished = start.isFinished();
        resetRecords();
    }

    /** What is being read. */
    RecordFileIdentity identity() {
        return content.file().identity();
    }

    /** How many bytes of the file, as it is stored, have been read. */
    long bytesRead() {
        return content.bytesRead();
    }

    /**
     * The next records, at least one, or null at the end of the split.
     *
     * @throws io.activedataflow.flink.connector.recordfile.client.FileChangedException if the file
     *     is not the one that was opened any more
     * @throws IOException if it cannot be read, or not in this part
     */
    @Nullable
    FileBlock next() throws IOException {
        while (!finished) {
            findRecords();
            if (skipping) {
                skip();
            } else if (finished || block.recordCount() > 0) {
                return handOver();
            } else {
                fill();
            }
        }
        return block == null ? null : handOver();
    }

    private void findRecords() throws IOException {
        boolean more = true;
        while (more) {
            if (givingUp == null) {
                frame();
            }
            finished |= isBehindEnd(at);
            more = givingUp != null && !finished && recover();
        }
        finished |= endOfContent && givingUp == null && at == limit();
    }

    private void frame() throws IOException {
        RecordBlock records = block.records();
        int before = records.records();
        int from = at;
        at = framer.frame(records, from, limit(), endOfContent);
        if (isBehindEnd(limit())) {
            dropRecordsBehindEnd(before);
        }
        if (limit() - from > maxRecordSize && giveUpTooLarge(before, from) || finished) {
            return;
        }
        if (endOfContent && at < limit() && !records.isFull()) {
            end.requireWholeRecords(range);
            giveUp(RecordFileError.STRUCTURE, "The file ends inside of the record.");
        }
    }

    private void dropRecordsBehindEnd(int before) {
        RecordBlock records = block.records();
        int keep = records.records();
        while (keep > before && isBehindEnd(records.from(keep - 1))) {
            keep--;
        }
        finished = keep < records.records();
        records.truncate(keep);
    }

    /**
     * Whether a record is larger than allowed is the same wherever chunks end: also one that
     * happens to be here as a whole is given up.
     */
    private boolean giveUpTooLarge(int before, int from) {
        RecordBlock records = block.records();
        for (int record = before; record < records.records(); record++) {
            int next = records.next(record);
            if (next - records.from(record) + framer.prefixBytes() > maxRecordSize) {
                int begin = record == before ? from : records.next(record - 1);
                records.truncate(record);
                at = framer.frame(records, begin, next - 1, false);
                finished = false;
                giveUp(RecordFileError.TOO_LARGE, tooLarge());
                return true;
            }
        }
        if (finished || records.isFull() || limit() - at <= maxRecordSize) {
            return false;
        }
        giveUp(RecordFileError.TOO_LARGE, tooLarge());
        return true;
    }

    private String tooLarge() {
        return "The record is larger than "
                + maxRecordSize
                + " bytes, the largest size that is allowed. Raise the format's maximum if it is"
                + " not a mistake in the file.";
    }

    private void giveUp(RecordFileError error, String message) {
        givingUp = new RecordFileErrorInfo(error, message);
        scanFrom = at;
    }

    /** Returns whether to go on in this block. */
    private boolean recover() {
        RecordBlock records = block.records();
        int next = framer.recover(records, givingUp, at, scanFrom, limit(), endOfContent);
        scanFrom = limit();
        if (next < 0) {
            if (endOfContent) {
                throw new IllegalStateException(
                        framer + " has not given up a record at the end of the file.");
            }
            return false;
        }
        at = next;
        givingUp = null;
        end.givenUp();
        lastGivenUp = records.records() - 1;
        return !records.isFull() && !block.content().hasGap();
    }

    private void skip() throws IOException {
        RecordBlock records = block.records();
        if (records.records() == 0) {
            if (!finished) {
                fill();
            }
        } else if (block.content().offset(records.from(0)) < range.begin()) {
            resetRecords();
            lastGivenUp = -1;
        } else {
            skipping = false;
        }
    }

    /** Makes room for more and reads it, when there is no record in what is there. */
    private void fill() throws IOException {
        ContentBuffer buffer = block.content();
        if (line >= 0) {
            line += block.records().lines();
        }
        if (!buffer.hasGap()) {
            buffer.discardBefore(at);
            scanFrom -= at;
            at = 0;
        }
        int goal = pool.chunkBytes();
        if (givingUp != null) {
            scanFrom -= buffer.drop(at + maxRecordSize, limit() - KEPT_BYTES);
        } else if (limit() >= goal) {
            // Looking at a long record again for each chunk would take a time that is quadratic.
            goal = Math.max(goal, Math.min(limit(), maxRecordSize + 1 - limit()));
        } else if (buffer.capacity() - limit() >= goal / 2) {
            goal = Math.min(goal, buffer.capacity() - limit());
        }
        read(buffer, goal);
        resetRecords();
    }

    private void read(ContentBuffer buffer, int wanted) throws IOException {
        int goal = wanted;
        if (!range.isOpen()) {
            long left = Math.max(0, range.end() - content.offset());
            long behind = range.isCut() ? Math.min(BEHIND_END_BYTES, pool.chunkBytes()) : 0;
            goal = (int) Math.min(goal, Math.max(left, behind));
        }
        int full = buffer.limit() + goal;
        endOfContent = goal == 0;
        while (!endOfContent && buffer.limit() < full) {
            endOfContent = !content.read(buffer, full - buffer.limit(), block.members());
        }
    }

    private void resetRecords() {
        if (block != null) {
            block.records()
                    .reset(block.content().bytes(), skipping ? 1 : MAX_RECORDS, framer.header());
        }
    }

    @Nullable
    private FileBlock handOver() throws IOException {
        FileBlock full = block;
        RecordBlock records = full.records();
        block = null;
        int last = records.records() - 1;
        if (last >= 0) {
            full.complete(recordNumber, line, maxRecordSize);
            end.passed(full, last == lastGivenUp);
        }
        lastGivenUp = -1;
        if (finished) {
            end.check(range);
        } else {
            goOnBehind(full);
        }
        if (last < 0) {
            full.recycle();
            return null;
        }
        return full;
    }

    private void goOnBehind(FileBlock full) {
        RecordBlock records = full.records();
        recordNumber = recordNumber < 0 ? recordNumber : recordNumber + records.records();
        line = line < 0 ? line : line + records.lines();
        block = pool.take();
        block.content().startFrom(full.content(), at);
        block.members().copyFrom(full.members(), block.content().offset(0));
        scanFrom -= at;
        at = 0;
        resetRecords();
    }

    private int limit() {
        return block.content().limit();
    }

    private boolean isBehindEnd(int index) {
        return !range.isOpen() && block.content().offset(index) >= range.end();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
