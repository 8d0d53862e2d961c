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

package io.activedataflow.flink.connector.amps.source.reader;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What one fetch yields: runs of messages and updates of splits, in the order in which they were
 * added, and the splits that have ended.
 *
 * <p>Built by the fetcher thread, then used by the task thread alone. A chunk is released when the
 * task thread has left its messages, the others in {@link #recycle}. All messages share one {@link
 * AmpsMessageCursor}: it is valid until the next call of {@link #nextRecordFromSplit}.
 */
@Internal
final class MessageBatch implements RecordsWithSplitIds<AmpsMessageCursor> {

    /** Either an update, or messages of a chunk that is retained for them. */
    private record Section(
            String splitId,
            @Nullable SplitUpdate update,
            @Nullable String server,
            @Nullable MessageChunk chunk,
            int from,
            int to) {}

    private final BiConsumer<String, SplitUpdate> updates;
    private final List<Section> sections;
    private final Set<String> finishedSplits;
    private final AmpsMessageCursor cursor = new AmpsMessageCursor();

    private int nextSection;
    private @Nullable String split;
    private @Nullable MessageChunk chunk;
    private int nextMessage;
    private int endMessage;

    private MessageBatch(
            BiConsumer<String, SplitUpdate> updates,
            List<Section> sections,
            Set<String> finishedSplits) {
        this.updates = updates;
        this.sections = sections;
        this.finishedSplits = finishedSplits;
    }

    /**
     * @param updates takes the updates of splits, on the task thread, in their places between the
     *     messages: they are no records and are not counted as such
     */
    static Builder builder(BiConsumer<String, SplitUpdate> updates) {
        return new Builder(updates);
    }

    @Nullable
    @Override
    public String nextSplit() {
        leaveChunk();
        split = nextSection == sections.size() ? null : sections.get(nextSection).splitId();
        return split;
    }

    @Nullable
    @Override
    public AmpsMessageCursor nextRecordFromSplit() {
        while (true) {
            while (nextMessage < endMessage) {
                int message = nextMessage++;
                if (!chunk.isDropped(message)) {
                    cursor.moveTo(message);
                    return cursor;
                }
            }
            leaveChunk();
            if (nextSection == sections.size()
                    || !sections.get(nextSection).splitId().equals(split)) {
                return null;
            }
            Section section = sections.get(nextSection++);
            if (section.update() != null) {
                updates.accept(split, section.update());
                continue;
            }
            chunk = section.chunk();
            nextMessage = section.from();
            endMessage = section.to();
            cursor.enter(section.server(), chunk);
        }
    }

    private void leaveChunk() {
        if (chunk != null) {
            MessageChunk left = chunk;
            chunk = null;
            nextMessage = endMessage;
            left.release();
        }
    }

    @Override
    public Set<String> finishedSplits() {
        return finishedSplits;
    }

    /** Releases what was not read; the batch is then of no further use. Idempotent. */
    @Override
    public void recycle() {
        leaveChunk();
        while (nextSection < sections.size()) {
            MessageChunk unread = sections.get(nextSection++).chunk();
            if (unread != null) {
                unread.release();
            }
        }
    }

    /** Puts a batch together. Fetcher thread only; for one batch. */
    static final class Builder {

        private final BiConsumer<String, SplitUpdate> updates;
        private final List<Section> sections = new ArrayList<>();
        private Set<String> finishedSplits = Set.of();
        private int size;

        private Builder(BiConsumer<String, SplitUpdate> updates) {
            this.updates = updates;
        }

        /** Adds a change of the split's state, behind everything that was added for the split. */
        Builder update(String splitId, SplitUpdate update) {
            sections.add(new Section(splitId, update, null, null, 0, 0));
            return this;
        }

        /**
         * Adds messages, behind everything that was added for the split, and retains their chunk.
         * Those that are dropped are left out.
         *
         * @param server the server that they were received from
         */
        Builder messages(String splitId, String server, MessageChunk chunk, int from, int to) {
            if (from < 0 || from > to || to > chunk.published()) {
                throw new IllegalArgumentException(
                        "Messages ["
                                + from
                                + ", "
                                + to
                                + ") of split '"
                                + splitId
                                + "' do not lie in a chunk of "
                                + chunk.published()
                                + " messages.");
            }
            if (from < to) {
                chunk.retain();
                sections.add(new Section(splitId, null, server, chunk, from, to));
                size += to - from;
            }
            return this;
        }

        /** Declares that the split ends with this batch, whether or not it has messages of it. */
        Builder finished(String splitId) {
            if (finishedSplits.isEmpty()) {
                finishedSplits = new LinkedHashSet<>();
            }
            finishedSplits.add(splitId);
            return this;
        }

        /** Whether nothing at all was added. */
        boolean isEmpty() {
            return sections.isEmpty() && finishedSplits.isEmpty();
        }

        /** The number of messages, dropped ones included. */
        int size() {
            return size;
        }

        MessageBatch build() {
            return new MessageBatch(updates, sections, finishedSplits);
        }
    }
}
