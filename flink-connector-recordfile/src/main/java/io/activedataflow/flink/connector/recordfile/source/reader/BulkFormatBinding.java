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
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

/**
 * Reads with a format of Flink or of the user's own, which opens files and makes elements itself.
 *
 * @param fileTime whether elements carry the modification time of their file
 */
@Internal
record BulkFormatBinding<T>(BulkFormat<T, FileSourceSplit> format, boolean fileTime)
        implements FormatBinding<RecordAndPosition<T>, T> {

    private static final long serialVersionUID = 1L;

    @Override
    public Bound<RecordAndPosition<T>, T> bind(
            SourceReaderContext context, RecordFileSourceReaderMetrics metrics) {
        return new Bound<>() {

            @Override
            public SplitInput.Opener<RecordAndPosition<T>> opener(
                    FileAccess files, ReadControl control, SplitOutcome.Board outcomes) {
                return BulkInput.opener(
                        format, context.getConfiguration(), files, control, outcomes);
            }

            @Override
            public RecordEmitter<RecordAndPosition<T>, T, RecordFileSplitState> emitter() {
                return new BulkRecordEmitter<>(fileTime);
            }
        };
    }

    /** Many such formats have a pool of batches. */
    @Override
    public boolean waitsForBatches() {
        return true;
    }
}
