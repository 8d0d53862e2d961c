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
import io.activedataflow.flink.connector.recordfile.client.FileAccess;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.OpenableSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * A split that a format of Flink or of the user's own reads. Such a format opens the file itself,
 * so the file is looked at before and after, and the bytes read are not known before the end.
 */
@Internal
final class BulkInput<T> implements SplitInput<RecordAndPosition<T>> {

    private final RecordFileSplit split;
    private final @Nullable BulkFormat.Reader<T> reader;
    private final Check check;
    private final SplitOutcome.Board outcomes;
    private boolean ended;

    /** Makes sure that the file is what it was. */
    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }

    private BulkInput(
            RecordFileSplit split,
            @Nullable BulkFormat.Reader<T> reader,
            Check check,
            SplitOutcome.Board outcomes) {
        this.split = split;
        this.reader = reader;
        this.check = check;
        this.outcomes = outcomes;
    }

    static <T> SplitInput.Opener<RecordAndPosition<T>> opener(
            BulkFormat<T, FileSourceSplit> format,
            Configuration configuration,
            FileAccess files,
            ReadControl control,
            SplitOutcome.Board outcomes) {
        return split -> {
            RecordFileSplit opened =
                    split.at(split.position(), check(split, files, control), split.malformed());
            return new BulkInput<>(
                    opened,
                    createReader(
                            opened,
                            format,
                            configuration,
                            new OpenableSplit(opened, files, control)),
                    () -> check(opened, files, control),
                    outcomes);
        };
    }

    /** Null if there is nothing to read. */
    @Nullable
    private static <T> BulkFormat.Reader<T> createReader(
            RecordFileSplit split,
            BulkFormat<T, FileSourceSplit> format,
            Configuration configuration,
            FileSourceSplit toFormat)
            throws IOException {
        boolean liesBeforePosition =
                split.isPlacedByHand()
                        && !split.isWholeFile()
                        && split.position().offset() >= split.end();
        if (liesBeforePosition) {
            return null;
        }
        try {
            return split.isUntouched()
                    ? format.createReader(configuration, toFormat)
                    : format.restoreReader(configuration, toFormat);
        } catch (IOException | RuntimeException e) {
            throwIfChanged(e);
            throw e;
        }
    }

    /** Formats may have wrapped it, but it is not for them to say what becomes of the file. */
    private static void throwIfChanged(Throwable failure) throws FileChangedException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileChangedException changed) {
                throw changed;
            }
        }
    }

    private static RecordFileIdentity check(
            RecordFileSplit split, FileAccess files, ReadControl control) throws IOException {
        try (FileInput file = files.open(split.path(), split.identity(), control)) {
            if (file.hasGrown()) {
                // The format would read what is there, and not what was found.
                throw new FileChangedException(
                        split.path(), FileChangedException.Change.GROWN, split.identity(), null);
            }
            return file.identity();
        }
    }

    @Override
    public RecordFileSplit split() {
        return split;
    }

    @Nullable
    @Override
    public SplitBatch<RecordAndPosition<T>> read() throws IOException {
        BulkFormat.RecordIterator<T> batch = reader == null ? null : readBatch();
        ended = batch == null;
        if (ended) {
            outcomes.put(split.splitId(), new SplitOutcome.Read(split.length()));
        }
        return ended ? null : new Batch<>(batch);
    }

    @Nullable
    private BulkFormat.RecordIterator<T> readBatch() throws IOException {
        try {
            BulkFormat.RecordIterator<T> batch = reader.readBatch();
            if (batch == null) {
                check.run();
            }
            return batch;
        } catch (IOException | RuntimeException e) {
            throwIfChanged(e);
            throw e;
        }
    }

    @Override
    public long bytesRead() {
        return ended ? split.length() : 0;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }

    private record Batch<T>(BulkFormat.RecordIterator<T> records)
            implements SplitBatch<RecordAndPosition<T>> {

        @Nullable
        @Override
        public RecordAndPosition<T> next() {
            return records.next();
        }

        @Override
        public void release() {
            records.releaseBatch();
        }
    }
}
