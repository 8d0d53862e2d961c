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
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The states of a reader's splits, which learn here that a file has been opened: before the first
 * record of it is emitted, and not before all records of what the file had been are. Task thread
 * only.
 */
@Internal
final class SplitStates implements FetchedBatch.Listener {

    private final Map<String, RecordFileSplitState> states = new HashMap<>();
    private final PendingBytes pendingBytes;
    private final RecordFileSourceReaderMetrics metrics;
    private final LongSupplier clockMillis;

    SplitStates(
            PendingBytes pendingBytes,
            RecordFileSourceReaderMetrics metrics,
            LongSupplier clockMillis) {
        this.pendingBytes = pendingBytes;
        this.metrics = metrics;
        this.clockMillis = clockMillis;
    }

    RecordFileSplitState create(RecordFileSplit split) {
        RecordFileSplitState state = new RecordFileSplitState(split);
        states.put(split.splitId(), state);
        pendingBytes.assigned(split);
        return state;
    }

    void remove(String splitId) {
        states.remove(splitId);
    }

    @Override
    public void batchEntered(String splitId, long bytes, @Nullable RecordFileSplit opened) {
        metrics.batchEntered(bytes);
        if (opened != null) {
            metrics.fileEntered(opened.identity().modificationTime(), clockMillis.getAsLong());
            RecordFileSplitState state = states.get(splitId);
            if (state != null) {
                state.opened(opened);
            }
        }
    }
}
