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

import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

/** Counts what the worker does. */
@Internal
record ReaderProgress(PendingBytes pendingBytes, RecordFileSourceReaderMetrics metrics)
        implements SplitWorker.Progress {

    @Override
    public void opened(RecordFileSplit split) {
        if (split.kind() != RecordFileSplit.Kind.SCAN) {
            metrics.fileOpened();
        }
    }

    @Override
    public void read(RecordFileSplit split, long bytes) {
        pendingBytes.read(split.splitId(), bytes);
    }

    @Override
    public void ended(RecordFileSplit split) {
        pendingBytes.ended(split.splitId());
    }

    @Override
    public void failed(RecordFileSplit split) {
        metrics.fileFailed();
    }
}
