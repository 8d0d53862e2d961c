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

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines of which the first is a header. */
final class HeadedLinesFraming implements RecordFileFraming {

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

        private final RecordFramer lines = new QuotedLinesFraming().createFramer();
        private List<String> header;

        @Override
        public int begin(byte[] bytes, int from, int limit, boolean endOfFile) {
            for (int at = from; at < limit; at++) {
                if (bytes[at] == '\n') {
                    header = List.of(new String(bytes, from, at - from, StandardCharsets.UTF_8));
                    return at + 1;
                }
            }
            return endOfFile ? limit : -1;
        }

        @Override
        public int linesBeforeFirstRecord() {
            return 1;
        }

        @Override
        public List<String> header() {
            return header;
        }

        @Override
        public int synchronize(byte[] bytes, int from, int limit, boolean endOfFile) {
            return lines.synchronize(bytes, from, limit, endOfFile);
        }

        @Override
        public int frame(RecordBlock block, int from, int limit, boolean endOfFile) {
            if (header == null || !header.equals(block.header())) {
                throw new IllegalStateException("The header was not read.");
            }
            return lines.frame(block, from, limit, endOfFile);
        }

        @Override
        public int recover(
                RecordBlock block,
                RecordFileErrorInfo error,
                int from,
                int scanFrom,
                int limit,
                boolean endOfFile) {
            return lines.recover(block, error, from, scanFrom, limit, endOfFile);
        }
    }
}
