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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * Finds the first record of a split: reads the head of the file, which tells how to read it all,
 * and then goes to where the split begins or was left.
 */
@Internal
final class SplitStart {

    /** How much is read of the head by those who only want to know the header. */
    private static final int HEAD_BYTES = 4 * 1024;

    private final FileContent content;
    private final RecordFramer framer;
    private final RecordFileSplit split;
    private final SplitRange range;
    private final BlockPool pool;
    private final boolean isText;

    private @Nullable FileBlock block;
    private int at;
    private boolean endOfContent;
    private long firstRecordOffset;
    private long recordNumber = RecordFilePosition.UNKNOWN;
    private long line = RecordFilePosition.UNKNOWN;
    private boolean skipping;
    private boolean finished;

    SplitStart(
            FileContent content,
            RecordFileFraming framing,
            RecordFileSplit split,
            BlockPool pool,
            int maxRecordSize)
            throws IOException {
        this.content = content;
        this.framer = framing.createFramer();
        this.isText = framing.isText();
        this.split = split;
        this.pool = pool;
        this.range = SplitRange.of(split, content);
        this.block = pool.take();
        find(maxRecordSize);
        if (finished) {
            block.recycle();
            block = null;
        }
    }

    private void find(int maxRecordSize) throws IOException {
        RecordFilePosition position = split.position();
        boolean untouched = position.offset() == split.offset();
        if (range.isEmpty() || !untouched && position.offset() >= range.end()) {
            finished = true;
            return;
        }
        readHead(untouched && range.begin() == 0, maxRecordSize);
        if (!untouched || !range.isCut() && range.begin() > 0) {
            requireNoHeadBehind(position);
            seek(position);
        } else if (range.begin() == 0) {
            recordNumber = position.recordNumber();
            line = lineOf(position) < 0 ? line : framer.linesBeforeFirstRecord();
        } else if (range.begin() > firstRecordOffset) {
            goToCut();
        }
    }

    private void readHead(boolean readsOn, int maxRecordSize) throws IOException {
        ContentBuffer buffer = block.content();
        block.members().clear();
        buffer.start(content.offset(), content.transcoder());
        int piece = readsOn ? pool.chunkBytes() : Math.min(HEAD_BYTES, pool.chunkBytes());
        do {
            if (endOfContent || buffer.limit() > maxRecordSize) {
                throw new IOException(
                        "What stands before the first record of the file "
                                + split.path()
                                + " does not end "
                                + (endOfContent
                                        ? "in the file."
                                        : "within " + maxRecordSize + " bytes."));
            }
            endOfContent = !content.read(buffer, piece, block.members());
            at = framer.begin(buffer.bytes(), 0, buffer.limit(), endOfContent);
        } while (at < 0);
        firstRecordOffset = buffer.offset(at);
    }

    private void requireNoHeadBehind(RecordFilePosition position) throws IOException {
        if (split.isPlacedByHand() && position.offset() < firstRecordOffset) {
            throw new IOException(
                    "The position given by hand for the file "
                            + split.path()
                            + ", byte "
                            + position.offset()
                            + ", lies before the first record, which begins at byte "
                            + firstRecordOffset
                            + ". Give 0 to read the file from its beginning, or the first byte of a"
                            + " record.");
        }
    }

    private void seek(RecordFilePosition position) throws IOException {
        content.seek(position, split.isPlacedByHand());
        block.members().clear();
        block.content().start(position.offset(), content.transcoder());
        at = 0;
        endOfContent = false;
        recordNumber = position.recordNumber();
        line = lineOf(position);
    }

    /** There are no lines in what is not text. */
    private long lineOf(RecordFilePosition position) {
        return isText ? position.line() : RecordFilePosition.UNKNOWN;
    }

    private void goToCut() throws IOException {
        if (range.begin() - framer.lookBehind() < firstRecordOffset) {
            skipping = true;
            return;
        }
        int found =
                new CutSynchronizer(content, framer, pool.chunkBytes())
                        .synchronize(range.begin(), range.end(), block.content());
        finished = found < 0;
        at = found;
        endOfContent = false;
    }

    FileContent content() {
        return content;
    }

    RecordFramer framer() {
        return framer;
    }

    RecordFileSplit split() {
        return split;
    }

    SplitRange range() {
        return range;
    }

    /** The block to go on with, or null if the split is finished. */
    @Nullable
    FileBlock block() {
        return block;
    }

    /** Where in the block records are to be looked for. */
    int at() {
        return at;
    }

    boolean endOfContent() {
        return endOfContent;
    }

    /** Where the file's first record begins. */
    long firstRecordOffset() {
        return firstRecordOffset;
    }

    long recordNumber() {
        return recordNumber;
    }

    long line() {
        return line;
    }

    /** Whether records come first that begin before the split. */
    boolean isSkipping() {
        return skipping;
    }

    /** Whether there is nothing to read. */
    boolean isFinished() {
        return finished;
    }
}
