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
import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.io.Serializable;

/** Puts a reader together on the worker. */
@Internal
public final class RecordFileSourceReaderFactory<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** One batch that is taken, one that comes next, one that is behind schedule. */
    private static final int HAND_OVER_BATCHES = 3;

    private final FormatBinding<?, T> format;
    private final RecordFileSelection selection;
    private final FileAccess files;
    private final ReaderOptions options;

    private RecordFileSourceReaderFactory(
            FormatBinding<?, T> format,
            RecordFileSelection selection,
            FileAccess files,
            ReaderOptions options) {
        this.format = format;
        this.selection = selection;
        this.files = files;
        this.options = options;
    }

    /** For one of the connector's own formats. */
    public static <T> RecordFileSourceReaderFactory<T> of(
            RecordFileFormat<T> format,
            RecordFileSelection selection,
            RecordFileTimestamps timestamps,
            RecordFileMalformedPolicy<T> malformedPolicy,
            RecordFileErrorLimit errorLimit,
            FileAccess files,
            ReaderOptions options) {
        return new RecordFileSourceReaderFactory<>(
                new RecordFormatBinding<>(
                        format,
                        selection,
                        timestamps,
                        malformedPolicy,
                        errorLimit,
                        options.batchBytes()),
                selection,
                files,
                options);
    }

    /**
     * For a format of Flink or of the user's own.
     *
     * @param fileTime whether elements carry the modification time of their file
     */
    public static <T> RecordFileSourceReaderFactory<T> of(
            BulkFormat<T, FileSourceSplit> format,
            RecordFileSelection selection,
            boolean fileTime,
            FileAccess files,
            ReaderOptions options) {
        return new RecordFileSourceReaderFactory<>(
                new BulkFormatBinding<>(format, fileTime), selection, files, options);
    }

    public SourceReader<T, RecordFileSplit> create(SourceReaderContext context) throws Exception {
        return create(context, format);
    }

    private <E> SourceReader<T, RecordFileSplit> create(
            SourceReaderContext context, FormatBinding<E, T> binding) throws Exception {
        RecordFileSourceReaderMetrics metrics =
                new RecordFileSourceReaderMetrics(context.metricGroup());
        PendingBytes pendingBytes = new PendingBytes();
        metrics.registerPendingBytes(pendingBytes::sum);
        SplitOutcome.Board outcomes = new SplitOutcome.Board();
        SplitStates states = new SplitStates(pendingBytes, metrics, System::currentTimeMillis);
        FormatBinding.Bound<E, T> bound = binding.bind(context, metrics);
        return new RecordFileSourceReader<>(
                context,
                new LastingFetcherManager<>(
                        () ->
                                splitReader(
                                        bound,
                                        binding.waitsForBatches(),
                                        states,
                                        outcomes,
                                        pendingBytes,
                                        metrics),
                        context.getConfiguration()),
                bound.emitter(),
                new RestoredSplits(selection, options.overrides()),
                states,
                outcomes,
                metrics,
                options);
    }

    private <E> SplitReader<E, RecordFileSplit> splitReader(
            FormatBinding.Bound<E, T> bound,
            boolean waitsForBatches,
            SplitStates states,
            SplitOutcome.Board outcomes,
            PendingBytes pendingBytes,
            RecordFileSourceReaderMetrics metrics) {
        ReadControl control = new ReadControl((path, cause) -> metrics.errorRetried());
        HandOver<E> handOver = new HandOver<>(HAND_OVER_BATCHES, waitsForBatches, states);
        ChangedFiles changedFiles =
                new ChangedFiles(
                        options.changed(),
                        options.continuous(),
                        path -> identityOf(path, control),
                        outcomes,
                        metrics);
        SplitWorker<E> worker =
                new SplitWorker<>(
                        bound.opener(files, control, outcomes),
                        changedFiles,
                        handOver,
                        new ReaderProgress(pendingBytes, metrics));
        // Flink makes split readers on the task thread.
        return new RecordFileSplitReader<>(
                handOver, worker, control::abort, Thread.currentThread().getName());
    }

    private RecordFileIdentity identityOf(Path path, ReadControl control) throws IOException {
        try (FileInput file =
                files.open(
                        path,
                        RecordFileIdentity.ofListed(-1, RecordFileIdentity.UNKNOWN_TIME),
                        control)) {
            return file.identity();
        }
    }
}
