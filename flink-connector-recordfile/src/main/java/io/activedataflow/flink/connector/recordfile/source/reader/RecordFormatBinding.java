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

import io.activedataflow.flink.connector.recordfile.client.FileAccess;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

import javax.annotation.Nullable;

import java.util.List;

/**
 * Reads with one of the connector's own formats: framed on the worker thread, and deserialized
 * there too where the schema allows it, else on the task thread.
 */
@Internal
record RecordFormatBinding<T>(
        RecordFileFormat<T> format,
        RecordFileSelection selection,
        RecordFileTimestamps timestamps,
        RecordFileMalformedPolicy<T> malformedPolicy,
        RecordFileErrorLimit errorLimit,
        int batchBytes)
        implements FormatBinding<FetchedRecord<T>, T> {

    private static final long serialVersionUID = 1L;

    @Override
    public Bound<FetchedRecord<T>, T> bind(
            SourceReaderContext context, RecordFileSourceReaderMetrics metrics) throws Exception {
        FieldErrors fieldErrors = new FieldErrors(malformedPolicy.nullsFields());
        Context opened = new Context(context, format.framing(), fieldErrors);
        format.deserializer().open(opened);
        timestamps.open(opened);
        RecordDecoder<T> decoder =
                new RecordDecoder<>(format.deserializer(), timestamps, fieldErrors);
        return new BoundTo<>(this, decoder, metrics);
    }

    private record BoundTo<T>(
            RecordFormatBinding<T> binding,
            RecordDecoder<T> decoder,
            RecordFileSourceReaderMetrics metrics)
            implements Bound<FetchedRecord<T>, T> {

        @Override
        public SplitInput.Opener<FetchedRecord<T>> opener(
                FileAccess files, ReadControl control, SplitOutcome.Board outcomes) {
            RecordFileFormat<T> format = binding.format;
            BlockPool pool = new BlockPool(binding.batchBytes);
            return ScanInput.opener(
                    files,
                    control,
                    new BlockScan(
                            format.framing(),
                            format.compression(),
                            format.charset(),
                            Math.toIntExact(format.maxRecordSize().getBytes())),
                    outcomes,
                    split ->
                            new BlockInput<>(
                                    split,
                                    format.openBlocks(files, split, control, pool),
                                    binding.selection.pathParts(split.path()),
                                    decoder.runsAhead() ? decoder : null));
        }

        @Override
        public RecordEmitter<FetchedRecord<T>, T, RecordFileSplitState> emitter() {
            return new RecordFileRecordEmitter<>(
                    decoder,
                    binding.malformedPolicy.createHandler(
                            metrics.malformedRecords(), System::nanoTime),
                    binding.errorLimit,
                    metrics.fieldsNulled(),
                    metrics.malformedRecords());
        }
    }

    @Override
    public boolean waitsForBatches() {
        return false;
    }

    private record Context(
            SourceReaderContext reader, RecordFileFraming framing, FieldErrors fieldErrors)
            implements RecordFileDeserializationSchema.Context {

        @Override
        public MetricGroup getMetricGroup() {
            return reader.metricGroup().addGroup("deserializer");
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return reader.getUserCodeClassLoader();
        }

        @Override
        public ColumnReader columns(@Nullable List<String> columns) {
            return framing.createColumnReader(columns);
        }

        @Override
        public void fieldFailed(MalformedRecordException error) throws MalformedRecordException {
            fieldErrors.fieldFailed(error);
        }
    }
}
