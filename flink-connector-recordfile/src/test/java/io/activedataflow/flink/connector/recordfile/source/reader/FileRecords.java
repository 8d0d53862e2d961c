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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The records of a real file, one by one, as an emitter gets them. */
final class FileRecords<T> implements AutoCloseable {

    /** Does something with each record. */
    interface Consumer {
        void accept(RecordCursor record) throws IOException;
    }

    /** Does something with each record, as an emitter gets it. */
    interface FetchedConsumer<T> {
        void accept(FetchedRecord<T> record) throws IOException;
    }

    private final BlockInput<T> input;

    private FileRecords(BlockInput<T> input) {
        this.input = input;
    }

    static RecordFileSplit write(Path directory, String name, String content) throws IOException {
        return write(directory, name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file and returns a split that is all of it. */
    static RecordFileSplit write(Path directory, String name, byte[] content) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        return new RecordFileSplit(
                name,
                new org.apache.flink.core.fs.Path(file.toUri()),
                0,
                content.length,
                RecordFileSplit.Kind.READ,
                RecordFileIdentity.ofListed(
                        content.length, Files.getLastModifiedTime(file).toMillis()),
                RecordFilePosition.START,
                0,
                "");
    }

    static FileRecords<?> open(RecordFileFormat<?> format, RecordFileSplit split)
            throws IOException {
        return open(format, split, null);
    }

    /**
     * @param decoder decodes the records ahead, or null
     */
    static <T> FileRecords<T> open(
            RecordFileFormat<?> format, RecordFileSplit split, @Nullable RecordDecoder<T> decoder)
            throws IOException {
        return new FileRecords<>(
                new BlockInput<>(
                        split,
                        format.openBlocks(
                                new FlinkFileAccess(FileRetrySettings.DEFAULT),
                                split,
                                ReadControl.silent(),
                                new BlockPool()),
                        Map.of(),
                        decoder));
    }

    /** The split as it was opened. */
    RecordFileSplit split() {
        return input.split();
    }

    void forEach(Consumer consumer) throws IOException {
        forEachFetched(record -> consumer.accept(record.cursor()));
    }

    void forEachFetched(FetchedConsumer<T> consumer) throws IOException {
        SplitBatch<FetchedRecord<T>> batch;
        while ((batch = input.read()) != null) {
            FetchedRecord<T> record;
            while ((record = batch.next()) != null) {
                consumer.accept(record);
            }
            batch.release();
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
