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

import java.io.IOException;
import java.util.List;

/**
 * Finds records in the bytes of one split. The caller reads bytes into an array and hands them over
 * in steps; what was not consumed comes again at the beginning of the next step, followed by more.
 *
 * <p>One thread, not the task's.
 */
@PublicEvolving
public interface RecordFramer {

    /**
     * Reads what stands before the first record, such as a header. Called once, with the first
     * bytes of the file, also if the split begins further behind.
     *
     * @param bytes of the file, after the byte order mark, in UTF-8 if they are text
     * @param endOfFile whether nothing follows {@code limit}
     * @return where the first record begins, or -1 if more bytes are needed to tell
     * @throws IOException if the file cannot be read at all, for example because its header is not
     *     the one that is expected
     */
    default int begin(byte[] bytes, int from, int limit, boolean endOfFile) throws IOException {
        return from;
    }

    /** How many line breaks {@link #begin} has passed. */
    default int linesBeforeFirstRecord() {
        return 0;
    }

    /** The names of the columns as the file's header gives them, or null if it has none. */
    @Nullable
    default List<String> header() {
        return null;
    }

    /**
     * How many bytes stand before each record that belong to it but not to its content. They count
     * towards the maximum record size.
     */
    default int prefixBytes() {
        return 0;
    }

    /** How many bytes before a cut {@link #synchronize} has to see. */
    default int lookBehind() {
        return 1;
    }

    /**
     * Finds the first record that begins at or after a cut.
     *
     * @param from {@link #lookBehind} bytes before the cut
     * @return where that record begins, or -1 if more bytes are needed; {@code limit} if there is
     *     none before the end of the file
     */
    default int synchronize(byte[] bytes, int from, int limit, boolean endOfFile) {
        throw new UnsupportedOperationException("Not split at lines.");
    }

    /**
     * Adds the records that lie wholly in {@code [from, limit)} to the block, with their fields
     * where the framing knows fields, until the block says that it is {@link RecordBlock#isFull
     * full}.
     *
     * @param from where a record begins
     * @param endOfFile whether nothing follows {@code limit}, so that a last record without an end
     *     is complete
     * @return where the first record begins that was not added; {@code limit} if nothing is left
     */
    int frame(RecordBlock block, int from, int limit, boolean endOfFile);

    /**
     * Gives up on the record that begins at {@code from}: it is longer than the maximum, or the
     * file ends inside of it. Adds one malformed record to the block and says where to go on.
     *
     * @param error {@code TOO_LARGE}, or {@code STRUCTURE} if the file ends inside the record
     * @param scanFrom what lies before, this method has already looked at in its last call; between
     *     that and {@code scanFrom} bytes may have been dropped
     * @return where the next record begins; or -1, having added nothing, if it begins after {@code
     *     limit}: the method is called again with more bytes. At the end of the file {@code limit}.
     */
    int recover(
            RecordBlock block,
            RecordFileErrorInfo error,
            int from,
            int scanFrom,
            int limit,
            boolean endOfFile);
}
