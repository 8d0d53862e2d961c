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
import io.activedataflow.flink.connector.recordfile.format.compression.ByteInput;
import io.activedataflow.flink.connector.recordfile.format.compression.ByteInputs;
import io.activedataflow.flink.connector.recordfile.format.compression.Compression;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Hands on what a function reads from one file. */
@Internal
final class KeyValueReader<K, V> implements BulkFormat.Reader<KeyValue<K, V>> {

    private static final int BATCH = 256;

    private final Path file;
    private final InputStream content;
    private @Nullable Iterator<KeyValue<K, V>> records;
    private long recordsRead;

    private KeyValueReader(Path file, InputStream content) {
        this.file = file;
        this.content = content;
    }

    static <K, V> KeyValueReader<K, V> open(
            KeyValueFunction<K, V> function,
            Compression compression,
            FileSourceSplit split,
            long skip)
            throws IOException {
        FileInput input = PluginFiles.open(split);
        ByteInput bytes = ByteInputs.open(input, compression, 0, 0);
        KeyValueReader<K, V> reader =
                new KeyValueReader<>(split.path(), new ByteInputStream(bytes));
        try {
            reader.begin(function, skip);
        } catch (Throwable e) {
            PluginFiles.closeAfter(e, reader);
            throw e;
        }
        return reader;
    }

    private void begin(KeyValueFunction<K, V> function, long skip) throws IOException {
        try {
            records = function.read(content, file);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
        if (records == null) {
            throw new IOException(
                    "The function that reads " + file + " has returned null. Return an iterator.");
        }
        while (recordsRead < skip) {
            if (next() == null) {
                throw new IOException(
                        "Reading of "
                                + file
                                + " is to go on after record "
                                + skip
                                + ", but the function finds only "
                                + recordsRead
                                + ". It must find the same records each time.");
            }
        }
    }

    @Nullable
    @Override
    public BulkFormat.RecordIterator<KeyValue<K, V>> readBatch() throws IOException {
        long before = recordsRead;
        List<KeyValue<K, V>> batch = new ArrayList<>();
        KeyValue<K, V> next = next();
        while (next != null) {
            batch.add(next);
            next = batch.size() < BATCH ? next() : null;
        }
        return batch.isEmpty()
                ? null
                : new IteratorResultIterator<>(
                        batch.iterator(), CheckpointedPosition.NO_OFFSET, before);
    }

    /** The next record, or null at the end. */
    @Nullable
    private KeyValue<K, V> next() throws IOException {
        KeyValue<K, V> next;
        try {
            if (!records.hasNext()) {
                return null;
            }
            next = records.next();
        } catch (RuntimeException e) {
            throw failed(e);
        }
        if (next == null) {
            throw failed(new NullPointerException("The function has returned a null record."));
        }
        recordsRead++;
        return next;
    }

    private IOException failed(Exception cause) {
        return new IOException(
                "Record "
                        + (recordsRead + 1)
                        + " of "
                        + file
                        + " cannot be read: "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public void close() throws IOException {
        try {
            if (records instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } catch (Exception e) {
            PluginFiles.closeAfter(e, content);
            throw new IOException("What has read " + file + " cannot be closed.", e);
        }
        content.close();
    }
}
