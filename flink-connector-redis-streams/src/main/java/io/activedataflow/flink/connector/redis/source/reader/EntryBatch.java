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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.client.EntryBuffer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one fetch yields: the entries of an {@link EntryBuffer}, section by section, and the splits
 * that have ended.
 *
 * <p>Built by the fetcher thread, then used by the task thread alone, which gives the buffer back
 * in {@link #recycle}. All entries share one {@link StreamEntryCursor}: it is valid until the next
 * call of {@link #nextRecordFromSplit}.
 */
@Internal
public final class EntryBatch implements RecordsWithSplitIds<StreamEntryCursor> {

    /** Told by the task thread of each section when its entries are about to be handed out. */
    @FunctionalInterface
    public interface SectionListener {

        /**
         * @param bytes the size of the section's names and values and of the protocol between them
         * @param lastIdMilliseconds the milliseconds of the ID of the section's last entry;
         *     unsigned
         * @param fetchTimeMillis when the reply arrived, in milliseconds since the epoch
         */
        void sectionEntered(long bytes, long lastIdMilliseconds, long fetchTimeMillis);
    }

    /** A run of entries of one split; never empty. */
    record Section(
            String splitId, int partition, int firstEntry, int endEntry, long entriesReadBefore) {}

    @Nullable private EntryBuffer buffer;
    @Nullable private final Consumer<EntryBuffer> recycler;
    @Nullable private final StreamEntryCursor cursor;
    private final List<Section> sections;
    private final Set<String> finishedSplits;
    private final SectionListener listener;
    private final long fetchTimeMillis;

    private int nextSection;
    private int remainingEntries;

    EntryBatch(
            @Nullable EntryBuffer buffer,
            @Nullable Consumer<EntryBuffer> recycler,
            List<Section> sections,
            Set<String> finishedSplits,
            SectionListener listener,
            long fetchTimeMillis) {
        this.buffer = buffer;
        this.recycler = recycler;
        this.cursor = buffer == null ? null : new StreamEntryCursor(buffer);
        this.sections = sections;
        this.finishedSplits = finishedSplits;
        this.listener = listener;
        this.fetchTimeMillis = fetchTimeMillis;
    }

    /**
     * A batch over the entries of a buffer that goes back to the recycler when all are consumed.
     */
    public static EntryBatchBuilder builder(EntryBuffer buffer, Consumer<EntryBuffer> recycler) {
        return new EntryBatchBuilder(buffer, recycler);
    }

    /** A batch that can only report finished splits. */
    public static EntryBatchBuilder builder() {
        return new EntryBatchBuilder(null, null);
    }

    /** A batch of nothing, for a fetch that was woken up. */
    public static EntryBatch empty() {
        return builder().build();
    }

    @Nullable
    @Override
    public String nextSplit() {
        if (nextSection == sections.size()) {
            remainingEntries = 0;
            return null;
        }
        Section section = sections.get(nextSection++);
        remainingEntries = section.endEntry() - section.firstEntry();
        cursor.enter(
                section.splitId(),
                section.partition(),
                section.firstEntry(),
                section.entriesReadBefore());
        listener.sectionEntered(
                bytesOf(section), buffer.idMilliseconds(section.endEntry() - 1), fetchTimeMillis);
        return section.splitId();
    }

    @Nullable
    @Override
    public StreamEntryCursor nextRecordFromSplit() {
        if (remainingEntries == 0) {
            return null;
        }
        remainingEntries--;
        cursor.advance();
        return cursor;
    }

    @Override
    public Set<String> finishedSplits() {
        return finishedSplits;
    }

    /** Gives the buffer back, once; without entries the batch is then of no further use. */
    @Override
    public void recycle() {
        if (buffer != null) {
            EntryBuffer consumed = buffer;
            buffer = null;
            remainingEntries = 0;
            nextSection = sections.size();
            recycler.accept(consumed);
        }
    }

    private long bytesOf(Section section) {
        int first = section.firstEntry();
        int last = section.endEntry() - 1;
        while (first < last && buffer.fieldCount(first) == 0) {
            first++;
        }
        while (last > first && buffer.fieldCount(last) == 0) {
            last--;
        }
        int lastField = buffer.fieldCount(last) - 1;
        return lastField < 0
                ? 0L
                : buffer.valueOffset(last, lastField)
                        + buffer.valueLength(last, lastField)
                        - buffer.nameOffset(first, 0);
    }
}
