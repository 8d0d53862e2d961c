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

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * Reads blocks for Flink's {@code FileSource}. The elements are made when they are asked for, by
 * the task thread.
 */
@Internal
final class BulkBlockReader<T> implements BulkFormat.Reader<T> {

    private final BlockReader blocks;
    private final BulkEmitter<T> emitter;

    BulkBlockReader(BlockReader blocks, BulkEmitter<T> emitter) {
        this.blocks = blocks;
        this.emitter = emitter;
    }

    @Nullable
    @Override
    public BulkFormat.RecordIterator<T> readBatch() throws IOException {
        FileBlock block = blocks.next();
        return block == null ? null : new Batch<>(block, emitter);
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }

    private static final class Batch<T> implements BulkFormat.RecordIterator<T> {

        private final FileBlock block;
        private final BulkEmitter<T> emitter;
        private int record;

        private Batch(FileBlock block, BulkEmitter<T> emitter) {
            this.block = block;
            this.emitter = emitter;
        }

        @Nullable
        @Override
        public RecordAndPosition<T> next() {
            RecordAndPosition<T> next = emitter.next();
            while (next == null && record < block.recordCount()) {
                emitter.read(block, record++);
                next = emitter.next();
            }
            return next;
        }

        @Override
        public void releaseBatch() {
            block.recycle();
        }
    }
}
