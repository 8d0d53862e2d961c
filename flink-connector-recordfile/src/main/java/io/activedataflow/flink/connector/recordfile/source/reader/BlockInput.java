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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.Map;

/** A split that is read with one of the connector's own formats. */
@Internal
final class BlockInput implements SplitInput<RecordCursor> {

    private final RecordFileSplit split;
    private final BlockReader reader;
    private final RecordCursor cursor;

    /**
     * @param pathParts parts of the path by name, empty without a template
     */
    BlockInput(RecordFileSplit split, BlockReader reader, Map<String, String> pathParts) {
        this.split = split.at(split.position(), reader.identity(), split.malformed());
        this.reader = reader;
        this.cursor =
                new RecordCursor(
                        split.path().toString(), reader.identity().modificationTime(), pathParts);
    }

    @Override
    public RecordFileSplit split() {
        return split;
    }

    @Nullable
    @Override
    public SplitBatch<RecordCursor> read() throws IOException {
        FileBlock block = reader.next();
        return block == null ? null : new Batch(block, cursor);
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class Batch implements SplitBatch<RecordCursor> {

        private final FileBlock block;
        private final RecordCursor cursor;
        private final int count;
        private int next;

        private Batch(FileBlock block, RecordCursor cursor) {
            this.block = block;
            this.cursor = cursor;
            this.count = block.recordCount();
        }

        @Nullable
        @Override
        public RecordCursor next() {
            if (next == count) {
                return null;
            }
            cursor.moveTo(block, next++);
            return cursor;
        }

        @Override
        public void release() {
            block.recycle();
        }
    }
}
