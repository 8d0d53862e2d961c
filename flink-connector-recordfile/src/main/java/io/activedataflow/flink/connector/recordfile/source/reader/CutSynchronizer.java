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
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/**
 * Finds the first record at or after a place where a file is cut, however far away it is, with
 * little memory. Only for files that are read as they are stored.
 */
@Internal
final class CutSynchronizer {

    private static final int MAX_PIECE = 64 * 1024;

    private final FileContent content;
    private final RecordFramer framer;
    private final MemberMap noMembers = new MemberMap();
    private final int lookBehind;
    private final int pieceBytes;

    CutSynchronizer(FileContent content, RecordFramer framer, int chunkBytes) {
        this.content = content;
        this.framer = framer;
        this.lookBehind = framer.lookBehind();
        this.pieceBytes = Math.min(chunkBytes, MAX_PIECE);
    }

    /**
     * @param cut is at least as far from the file's begin as the framing looks behind
     * @param stopAt where to give up
     * @param buffer is filled with content from before the record on
     * @return where the record begins in the buffer, which may be the end of the content; or -1 if
     *     none begins before {@code stopAt}
     */
    int synchronize(long cut, long stopAt, ContentBuffer buffer) throws IOException {
        content.seek(
                RecordFilePosition.at(
                        cut - lookBehind, RecordFilePosition.UNKNOWN, RecordFilePosition.UNKNOWN));
        buffer.start(cut - lookBehind, null);
        boolean ended = false;
        while (true) {
            ended = !content.read(buffer, pieceBytes, noMembers);
            if (ended || buffer.limit() >= lookBehind) {
                int found = framer.synchronize(buffer.bytes(), 0, buffer.limit(), ended);
                if (found >= 0) {
                    return buffer.offset(found) < stopAt ? found : -1;
                }
                if (ended) {
                    throw new IllegalStateException(framer + " has not found the end of the file.");
                }
                // No record begins in here: what follows is as if the file were cut there.
                buffer.discardBefore(buffer.limit() - lookBehind);
                if (buffer.offset(lookBehind) >= stopAt) {
                    return -1;
                }
            }
        }
    }
}
