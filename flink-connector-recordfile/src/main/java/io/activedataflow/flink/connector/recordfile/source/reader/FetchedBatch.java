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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import javax.annotation.Nullable;

import java.util.Set;

/**
 * What one fetch yields: a batch of one split, or the end of it, or both; or nothing, after a
 * wake-up. Built by the worker thread under the lock of {@link HandOver}, then used by the task
 * thread alone.
 */
@Internal
final class FetchedBatch<E> implements RecordsWithSplitIds<E> {

    /** Told by the task thread of each batch when its records are about to be handed out. */
    @FunctionalInterface
    interface Listener {

        /**
         * @param bytes how many bytes of the split, as it is stored, were read for the batch
         * @param opened the split as it was opened, if this is the first batch since then; else
         *     null
         */
        void batchEntered(String splitId, long bytes, @Nullable RecordFileSplit opened);
    }

    private static final Listener NOBODY = (splitId, bytes, opened) -> {};

    private final @Nullable String splitId;
    private final long bytes;
    private final @Nullable RecordFileSplit opened;
    private final Listener listener;
    private @Nullable SplitBatch<E> records;
    private boolean entered;
    private boolean last;

    FetchedBatch(
            @Nullable String splitId,
            @Nullable SplitBatch<E> records,
            long bytes,
            @Nullable RecordFileSplit opened,
            Listener listener) {
        this.splitId = splitId;
        this.records = records;
        this.bytes = bytes;
        this.opened = opened;
        this.listener = listener;
    }

    /** The end of a split and no records; the split is entered all the same, as any other. */
    static <E> FetchedBatch<E> end(String splitId) {
        FetchedBatch<E> batch = new FetchedBatch<>(splitId, null, 0, null, NOBODY);
        batch.setLast();
        return batch;
    }

    static <E> FetchedBatch<E> empty() {
        return new FetchedBatch<>(null, null, 0, null, NOBODY);
    }

    @Nullable
    String splitId() {
        return splitId;
    }

    void setLast() {
        last = true;
    }

    /** Whether nothing of the split comes after this batch. */
    boolean isLast() {
        return last;
    }

    @Nullable
    @Override
    public String nextSplit() {
        if (entered || splitId == null) {
            return null;
        }
        entered = true;
        listener.batchEntered(splitId, bytes, opened);
        return splitId;
    }

    @Nullable
    @Override
    public E nextRecordFromSplit() {
        return records == null ? null : records.next();
    }

    @Override
    public Set<String> finishedSplits() {
        return last ? Set.of(splitId) : Set.of();
    }

    @Override
    public void recycle() {
        if (records != null) {
            SplitBatch<E> consumed = records;
            records = null;
            consumed.release();
        }
    }
}
