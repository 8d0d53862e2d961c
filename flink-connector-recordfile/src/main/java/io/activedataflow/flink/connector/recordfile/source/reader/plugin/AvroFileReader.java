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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import io.activedataflow.flink.connector.recordfile.client.FileInput;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;

import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.io.DatumReader;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the blocks of an Avro file whose markers begin in a range.
 *
 * <p>Records are decoded when a batch is read and not when it is emitted: the emitting thread has
 * better things to do, and need not share the reader.
 */
@Internal
final class AvroFileReader<T> implements BulkFormat.Reader<T> {

    private static final int BATCH = 1024;

    private final FileInput input;
    private final DataFileReader<T> reader;
    private final long end;

    private long marker;
    private long emittedOfBlock;
    private long leftInBlock;

    private AvroFileReader(FileInput input, DataFileReader<T> reader, long end) {
        this.input = input;
        this.reader = reader;
        this.end = end;
    }

    static <T> AvroFileReader<T> open(
            DatumReader<T> datumReader, FileSourceSplit split, CheckpointedPosition position)
            throws IOException {
        FileInput input = PluginFiles.open(split);
        try {
            AvroFileReader<T> reader =
                    new AvroFileReader<>(
                            input,
                            new DataFileReader<>(new AvroInput(input), datumReader),
                            split.offset() + split.length());
            reader.begin(position);
            return reader;
        } catch (IOException | RuntimeException e) {
            PluginFiles.closeAfter(e, input);
            throw new IOException(
                    "The Avro file " + split.path() + " cannot be read: " + e.getMessage(), e);
        } catch (Error e) {
            PluginFiles.closeAfter(e, input);
            throw e;
        }
    }

    private void begin(CheckpointedPosition position) throws IOException {
        if (position.getOffset() > 0) {
            reader.sync(position.getOffset());
        }
        long skip = Math.max(0, position.getRecordsAfterOffset());
        for (long skipped = 0; skipped < skip; skipped++) {
            if (!hasNext()) {
                throw new IOException(
                        "It has no more than "
                                + skipped
                                + " records after offset "
                                + position.getOffset()
                                + ", of which "
                                + skip
                                + " were read before.");
            }
            next();
        }
    }

    @Nullable
    @Override
    public BulkFormat.RecordIterator<T> readBatch() throws IOException {
        try {
            return hasNext() ? readBatchOfBlock() : null;
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "The Avro file "
                            + input.path()
                            + " cannot be read on after record "
                            + emittedOfBlock
                            + " of the block at "
                            + marker
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private BulkFormat.RecordIterator<T> readBatchOfBlock() throws IOException {
        long batchMarker = marker;
        long emittedBefore = emittedOfBlock;
        List<T> batch = new ArrayList<>((int) Math.min(BATCH, leftInBlock));
        while (leftInBlock > 0 && batch.size() < BATCH) {
            batch.add(next());
        }
        return leftInBlock > 0
                ? AvroBatch.inside(batch, batchMarker, emittedBefore)
                : AvroBatch.upTo(markerBeforeNextBlock(), batch, batchMarker, emittedBefore);
    }

    /** Goes to the next block where one ends. */
    private boolean hasNext() throws IOException {
        if (leftInBlock > 0) {
            return true;
        }
        if (reader.pastSync(end)) {
            return false;
        }
        marker = markerBeforeNextBlock();
        emittedOfBlock = 0;
        // Avro takes a block that is cut off for the end of the file, or for one without a count.
        leftInBlock = reader.hasNext() ? reader.getBlockCount() : 0;
        if (leftInBlock == 0) {
            throw new IOException(
                    "The block at "
                            + marker
                            + " is empty, or the file ends inside of it: it has "
                            + input.size()
                            + " bytes. Wait until files are complete before they are read.");
        }
        return true;
    }

    private T next() throws IOException {
        T record = reader.next(null);
        leftInBlock--;
        emittedOfBlock++;
        return record;
    }

    private long markerBeforeNextBlock() {
        return reader.previousSync() - DataFileConstants.SYNC_SIZE;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
