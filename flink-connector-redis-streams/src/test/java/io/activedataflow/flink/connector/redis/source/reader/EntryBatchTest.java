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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class EntryBatchTest {

    private final List<EntryBuffer> recycled = new ArrayList<>();
    private final EntryBuffer buffer =
            new TestEntries()
                    .section("a")
                    .entry(1, 0, "n", "a1")
                    .entry(2, 0, "n", "a2")
                    .entry(3, 0, "n", "a3")
                    .section("b")
                    .entry(1, 5, "n", "b1")
                    .section("a")
                    .entry(4, 0, "n", "a4")
                    .buffer();

    private EntryBatchBuilder builder() {
        return EntryBatch.builder(buffer, recycled::add);
    }

    private static List<String> drain(EntryBatch batch) {
        List<String> seen = new ArrayList<>();
        for (String split = batch.nextSplit(); split != null; split = batch.nextSplit()) {
            StreamEntryCursor entry;
            while ((entry = batch.nextRecordFromSplit()) != null) {
                assertThat(entry.streamKey()).isEqualTo(split);
                seen.add(
                        split
                                + '/'
                                + entry.partition()
                                + ' '
                                + entry.id()
                                + ' '
                                + entry.valueAsString(0)
                                + ' '
                                + entry.entriesRead());
            }
        }
        return seen;
    }

    @Test
    void walksSectionsInOrderWithTheirOrdinals() {
        EntryBatch batch =
                builder()
                        .addSection("a", 0, 0, 3, 10L)
                        .addSection("b", 1, 3, 4, -1L)
                        .addSection("a", 0, 4, 5, 13L)
                        .build();

        assertThat(drain(batch))
                .containsExactly(
                        "a/0 1-0 a1 11",
                        "a/0 2-0 a2 12",
                        "a/0 3-0 a3 13",
                        "b/1 1-5 b1 -1",
                        "a/0 4-0 a4 14");
        assertThat(batch.finishedSplits()).isEmpty();
    }

    @Test
    void leavesOutWhatLiesAfterTheEndOfASplit() {
        EntryBatch batch =
                builder()
                        .addSection("a", 0, 0, 2, 0L)
                        .finished("a")
                        .addSection("b", 1, 3, 3, 0L)
                        .finished("b")
                        .finished("never read")
                        .build();

        assertThat(drain(batch)).containsExactly("a/0 1-0 a1 1", "a/0 2-0 a2 2");
        assertThat(batch.finishedSplits()).containsExactly("a", "b", "never read");
    }

    @Test
    void movesOneCursor() {
        EntryBatch batch =
                builder().addSection("a", 0, 0, 3, 0L).addSection("b", 1, 3, 4, 0L).build();
        batch.nextSplit();
        StreamEntryCursor first = batch.nextRecordFromSplit();
        StreamEntryCursor second = batch.nextRecordFromSplit();
        batch.nextSplit();

        assertThat(second).isSameAs(first);
        assertThat(batch.nextRecordFromSplit()).isSameAs(first);
    }

    @Test
    void handsNothingOutBeforeASplitWasEntered() {
        EntryBatch batch = builder().addSection("a", 0, 0, 3, 0L).build();

        assertThat(batch.nextRecordFromSplit()).isNull();
    }

    @Test
    void givesTheBufferBackOnce() {
        EntryBatch batch = builder().addSection("a", 0, 0, 3, 0L).build();
        assertThat(recycled).isEmpty();

        batch.recycle();
        batch.recycle();

        assertThat(recycled).containsExactly(buffer);
        assertThat(batch.nextSplit()).isNull();
        assertThat(batch.nextRecordFromSplit()).isNull();
    }

    @Test
    void givesABufferBackOfWhichNothingBelongsToASplit() {
        EntryBatch batch = builder().finished("a").build();

        assertThat(drain(batch)).isEmpty();
        batch.recycle();

        assertThat(recycled).containsExactly(buffer);
    }

    @Test
    void doesWithoutABuffer() {
        EntryBatch finished = EntryBatch.builder().finished("a").build();
        assertThat(drain(finished)).isEmpty();
        assertThat(finished.finishedSplits()).containsExactly("a");
        finished.recycle();

        EntryBatch empty = EntryBatch.empty();
        assertThat(drain(empty)).isEmpty();
        assertThat(empty.finishedSplits()).isEmpty();
        empty.recycle();
    }

    @Test
    void tellsTheListenerWhenASectionIsEntered() {
        List<String> told = new ArrayList<>();
        EntryBatch batch =
                builder()
                        .addSection("a", 0, 0, 2, 0L)
                        .addSection("b", 1, 3, 4, 0L)
                        .fetchTimeMillis(99L)
                        .listener((bytes, last, time) -> told.add(bytes + " " + last + " " + time))
                        .build();
        assertThat(told).isEmpty();

        batch.nextSplit();
        // n $7 a1 $7 n $7 a2, with six bytes of protocol and six more between the two entries
        assertThat(told).containsExactly("30 2 99");
        batch.nextSplit();
        assertThat(told).containsExactly("30 2 99", "9 1 99");
        batch.nextSplit();
        assertThat(told).hasSize(2);
    }

    @Test
    void countsBytesAroundEntriesWithoutFields() {
        EntryBuffer withEmpty =
                new TestEntries()
                        .section("a")
                        .entry(1, 0)
                        .entry(2, 0, "n", "v")
                        .entry(3, 0)
                        .section("b")
                        .entry(1, 0)
                        .buffer();
        List<Long> bytes = new ArrayList<>();
        EntryBatch batch =
                EntryBatch.builder(withEmpty, recycled::add)
                        .addSection("a", -1, 0, 3, -1L)
                        .addSection("b", -1, 3, 4, -1L)
                        .listener((count, last, time) -> bytes.add(count))
                        .build();

        batch.nextSplit();
        batch.nextSplit();

        assertThat(bytes).containsExactly(8L, 0L);
    }

    @Test
    void refusesSectionsOutsideTheBuffer() {
        assertThatThrownBy(() -> builder().addSection("a", 0, 4, 6, 0L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("split 'a'")
                .hasMessageContaining("5 entries");
        assertThatThrownBy(() -> builder().addSection("a", 0, 2, 1, 0L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryBatch.builder().addSection("a", 0, 0, 1, 0L))
                .isInstanceOf(IllegalStateException.class);
    }
}
