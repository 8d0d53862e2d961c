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
final class BlockInput<T> implements SplitInput<FetchedRecord<T>> {

    private final RecordFileSplit split;
    private final BlockReader reader;
    private final @Nullable RecordDecoder<T> decoder;
    private final RecordCursor decoderCursor;
    private final FetchedRecord<T> fetched;

    /**
     * @param pathParts parts of the path by name, empty without a template
     * @param decoder decodes records ahead, or null if the task is to do that
     */
    BlockInput(
            RecordFileSplit split,
            BlockReader reader,
            Map<String, String> pathParts,
            @Nullable RecordDecoder<T> decoder) {
        this.split = split.at(split.position(), reader.identity(), split.malformed());
        this.reader = reader;
        this.decoder = decoder;
        this.decoderCursor = cursor(pathParts);
        this.fetched = new FetchedRecord<>(cursor(pathParts));
    }

    private RecordCursor cursor(Map<String, String> pathParts) {
        return new RecordCursor(
                split.path().toString(), reader.identity().modificationTime(), pathParts);
    }

    @Override
    public RecordFileSplit split() {
        return split;
    }

    @Nullable
    @Override
    public SplitBatch<FetchedRecord<T>> read() throws IOException {
        FileBlock block = reader.next();
        return block == null ? null : new Batch<>(block, decode(block), fetched);
    }

    private @Nullable DecodedRecords<T> decode(FileBlock block) {
        if (decoder == null) {
            return null;
        }
        int count = block.recordCount();
        DecodedRecords<T> decoded = new DecodedRecords<>(count);
        for (int record = 0; record < count; record++) {
            decoderCursor.moveTo(block, record);
            decoded.add(decoder, decoderCursor);
        }
        return decoded;
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class Batch<T> implements SplitBatch<FetchedRecord<T>> {

        private final FileBlock block;
        private final @Nullable DecodedRecords<T> decoded;
        private final FetchedRecord<T> fetched;
        private final int count;
        private int next;

        private Batch(
                FileBlock block, @Nullable DecodedRecords<T> decoded, FetchedRecord<T> fetched) {
            this.block = block;
            this.decoded = decoded;
            this.fetched = fetched;
            this.count = block.recordCount();
        }

        @Nullable
        @Override
        public FetchedRecord<T> next() {
            if (next == count) {
                return null;
            }
            fetched.moveTo(block, decoded, next++);
            return fetched;
        }

        @Override
        public void release() {
            block.recycle();
        }
    }
}
