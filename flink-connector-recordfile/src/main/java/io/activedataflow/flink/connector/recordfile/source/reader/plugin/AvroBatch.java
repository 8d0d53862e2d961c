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

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.MutableRecordAndPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

import javax.annotation.Nullable;

import java.util.List;

/**
 * Records of one block. After its last record the position is the next block's, not the end of this
 * one: what counts the records of a block from there would count them wrong.
 */
@Internal
final class AvroBatch<T> implements BulkFormat.RecordIterator<T> {

    private static final long NO_NEXT_BLOCK = -1;

    private final List<T> records;
    private final long nextMarker;
    private final MutableRecordAndPosition<T> current = new MutableRecordAndPosition<>();
    private int emitted;

    private AvroBatch(List<T> records, long marker, long emittedBefore, long nextMarker) {
        this.records = records;
        this.nextMarker = nextMarker;
        current.setPosition(marker, emittedBefore);
    }

    /** Records after which the block goes on. */
    static <T> AvroBatch<T> inside(List<T> records, long marker, long emittedBefore) {
        return new AvroBatch<>(records, marker, emittedBefore, NO_NEXT_BLOCK);
    }

    /** Records after which the next block begins. */
    static <T> AvroBatch<T> upTo(
            long nextMarker, List<T> records, long marker, long emittedBefore) {
        return new AvroBatch<>(records, marker, emittedBefore, nextMarker);
    }

    @Nullable
    @Override
    public RecordAndPosition<T> next() {
        if (emitted == records.size()) {
            return null;
        }
        T record = records.get(emitted++);
        if (emitted == records.size() && nextMarker != NO_NEXT_BLOCK) {
            current.set(record, nextMarker, 0);
        } else {
            current.setNext(record);
        }
        return current;
    }

    @Override
    public void releaseBatch() {}
}
