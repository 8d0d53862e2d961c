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

import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

/** Lines in which a line break between quotes is no end. Is said to be cut at lines. */
final class QuotedLinesFraming implements RecordFileFraming {

    private static final long serialVersionUID = 1L;

    @Override
    public RecordFramer createFramer() {
        return new Framer();
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordFileSplitting splitting() {
        return RecordFileSplitting.LINE;
    }

    private static final class Framer implements RecordFramer {

        @Override
        public int synchronize(byte[] bytes, int from, int limit, boolean endOfFile) {
            for (int at = from; at < limit; at++) {
                if (bytes[at] == '\n') {
                    return at + 1;
                }
            }
            return endOfFile ? limit : -1;
        }

        @Override
        public int frame(RecordBlock block, int from, int limit, boolean endOfFile) {
            byte[] bytes = block.bytes();
            int begin = from;
            int lines = 0;
            boolean quoted = false;
            for (int at = from; at < limit && !block.isFull(); at++) {
                quoted ^= bytes[at] == '"';
                lines += bytes[at] == '\n' ? 1 : 0;
                if (bytes[at] == '\n' && !quoted) {
                    block.addRecord(begin, at, at + 1, 0, lines);
                    begin = at + 1;
                    lines = 0;
                }
            }
            if (endOfFile && !quoted && begin < limit && !block.isFull()) {
                block.addRecord(begin, limit, limit, 0, lines);
                begin = limit;
            }
            return begin;
        }

        @Override
        public int recover(
                RecordBlock block,
                RecordFileErrorInfo error,
                int from,
                int scanFrom,
                int limit,
                boolean endOfFile) {
            byte[] bytes = block.bytes();
            for (int at = scanFrom; at < limit; at++) {
                if (bytes[at] == '\n') {
                    block.addMalformed(from, at, at + 1, 0, 1, error);
                    return at + 1;
                }
            }
            if (!endOfFile) {
                return -1;
            }
            block.addMalformed(from, limit, limit, 0, 0, error);
            return limit;
        }
    }
}
