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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

/**
 * Emits the elements of a format of Flink or of the user's own as they are, and moves the split's
 * position to where the format says. Task thread only.
 */
@Internal
final class BulkRecordEmitter<T>
        implements RecordEmitter<RecordAndPosition<T>, T, RecordFileSplitState> {

    private final boolean fileTime;

    /**
     * @param fileTime whether elements carry the modification time of their file
     */
    BulkRecordEmitter(boolean fileTime) {
        this.fileTime = fileTime;
    }

    @Override
    public void emitRecord(
            RecordAndPosition<T> element, SourceOutput<T> output, RecordFileSplitState split) {
        if (fileTime) {
            output.collect(element.getRecord(), split.modificationTime());
        } else {
            output.collect(element.getRecord());
        }
        long offset = element.getOffset();
        long recordNumber = split.recordNumber();
        split.advance(
                offset,
                0,
                Math.max(0, offset),
                element.getRecordSkipCount(),
                recordNumber < 0 ? RecordFilePosition.UNKNOWN : recordNumber + 1,
                RecordFilePosition.UNKNOWN);
    }
}
