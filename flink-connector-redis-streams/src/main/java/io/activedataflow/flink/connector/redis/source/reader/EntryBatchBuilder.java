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

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Puts an {@link EntryBatch} together. Fetcher thread only; for one batch. */
@Internal
public final class EntryBatchBuilder {

    private static final EntryBatch.SectionListener NOBODY = (bytes, last, fetchTime) -> {};

    @Nullable private final EntryBuffer buffer;
    @Nullable private final Consumer<EntryBuffer> recycler;
    private final List<EntryBatch.Section> sections = new ArrayList<>();
    private Set<String> finishedSplits = Set.of();
    private EntryBatch.SectionListener listener = NOBODY;
    private long fetchTimeMillis;

    EntryBatchBuilder(@Nullable EntryBuffer buffer, @Nullable Consumer<EntryBuffer> recycler) {
        this.buffer = buffer;
        this.recycler = recycler;
    }

    /**
     * Adds a run of entries of a split; a run without entries is left out. Runs of the same split
     * are handed out in the order in which they were added.
     *
     * @param partition the partition number, or -1
     * @param firstEntry the index of the first entry in the buffer
     * @param endEntry the index after the last entry that belongs to the split, which may lie
     *     before the end of the buffer's section where the split ends
     * @param entriesReadBefore how many of the entries ever added to the stream lie before the
     *     first one, or -1 if that is not known
     */
    public EntryBatchBuilder addSection(
            String splitId, int partition, int firstEntry, int endEntry, long entriesReadBefore) {
        if (buffer == null) {
            throw new IllegalStateException("A batch without a buffer has no sections.");
        }
        if (firstEntry < 0 || endEntry > buffer.entryCount() || firstEntry > endEntry) {
            throw new IllegalArgumentException(
                    "Entries ["
                            + firstEntry
                            + ", "
                            + endEntry
                            + ") of split '"
                            + splitId
                            + "' do not lie in a buffer of "
                            + buffer.entryCount()
                            + " entries.");
        }
        if (firstEntry < endEntry) {
            sections.add(
                    new EntryBatch.Section(
                            splitId, partition, firstEntry, endEntry, entriesReadBefore));
        }
        return this;
    }

    /** Declares that the split ends with this batch, whether or not the batch has entries of it. */
    public EntryBatchBuilder finished(String splitId) {
        if (finishedSplits.isEmpty()) {
            finishedSplits = new LinkedHashSet<>();
        }
        finishedSplits.add(splitId);
        return this;
    }

    /** When the entries arrived, in milliseconds since the epoch. */
    public EntryBatchBuilder fetchTimeMillis(long millis) {
        fetchTimeMillis = millis;
        return this;
    }

    /** Who is told of each section when it is entered; nobody by default. */
    public EntryBatchBuilder listener(EntryBatch.SectionListener sectionListener) {
        listener = sectionListener;
        return this;
    }

    public EntryBatch build() {
        return new EntryBatch(
                buffer,
                recycler,
                List.copyOf(sections),
                Collections.unmodifiableSet(finishedSplits),
                listener,
                fetchTimeMillis);
    }
}
