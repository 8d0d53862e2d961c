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

import org.apache.flink.annotation.Internal;

/** Takes all bytes of a file as one record. */
@Internal
final class WholeFileFramer implements RecordFramer {

    private int linesGivenUp;

    @Override
    public int frame(RecordBlock block, int from, int limit, boolean endOfFile) {
        if (!endOfFile || from == limit || block.isFull()) {
            return from;
        }
        int lines = ByteScan.count(block.bytes(), from, limit, LineFramer.LF);
        block.addRecord(from, limit, limit, 0, lines);
        return limit;
    }

    @Override
    public int recover(
            RecordBlock block,
            RecordFileErrorInfo error,
            int from,
            int scanFrom,
            int limit,
            boolean endOfFile) {
        linesGivenUp += ByteScan.count(block.bytes(), scanFrom, limit, LineFramer.LF);
        if (!endOfFile) {
            return -1;
        }
        block.addMalformed(from, limit, limit, 0, linesGivenUp, error);
        linesGivenUp = 0;
        return limit;
    }
}
