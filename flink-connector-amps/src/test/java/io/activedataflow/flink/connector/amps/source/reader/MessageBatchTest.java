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

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MessageBatchTest {

    private static final SplitUpdate MOVED = new SplitUpdate.MovedTo("a", new AmpsBookmark(1, 2));
    private static final SplitUpdate RESTARTED = new SplitUpdate.Restarted("0");

    private final List<MessageChunk> home = new ArrayList<>();

    /** Messages as they are read, and updates as they are told. */
    private final List<String> seen = new ArrayList<>();

    private final MessageChunk first = chunk("p", 4);
    private final MessageChunk second = chunk("q", 2);

    private MessageChunk chunk(String prefix, int messages) {
        return TestChunks.chunkOf(
                home::add,
                IntStream.range(0, messages).mapToObj(i -> TestDelivery.of(prefix + i)).toList());
    }

    private MessageBatch.Builder builder() {
        return MessageBatch.builder((split, update) -> seen.add(split + ' ' + update));
    }

    /** The buffer has handed on all of the chunks. */
    private void releaseChunks() {
        first.release();
        second.release();
    }

    private void readSplit(MessageBatch batch, String split) {
        AmpsMessageCursor message;
        while ((message = batch.nextRecordFromSplit()) != null) {
            String body = new String(message.body(), StandardCharsets.UTF_8);
            seen.add(split + ' ' + message.server() + ' ' + body);
        }
    }

    private List<String> readAll(MessageBatch batch) {
        for (String split = batch.nextSplit(); split != null; split = batch.nextSplit()) {
            readSplit(batch, split);
        }
        return seen;
    }

    @Test
    void keepsTheOrderOfMessagesAndUpdates() {
        MessageBatch batch =
                builder()
                        .update("s", RESTARTED)
                        .messages("s", "a", first, 0, 2)
                        .update("s", MOVED)
                        .messages("s", "b", first, 2, 4)
                        .messages("t", "a", second, 1, 2)
                        .update("t", MOVED)
                        .update("u", RESTARTED)
                        .messages("s", "b", second, 0, 1)
                        .build();

        assertThat(readAll(batch))
                .containsExactly(
                        "s " + RESTARTED,
                        "s a p0",
                        "s a p1",
                        "s " + MOVED,
                        "s b p2",
                        "s b p3",
                        "t a q1",
                        "t " + MOVED,
                        "u " + RESTARTED,
                        "s b q0");
        assertThat(batch.finishedSplits()).isEmpty();
        assertThat(batch.nextSplit()).isNull();
        assertThat(batch.nextRecordFromSplit()).isNull();
    }

    @Test
    void tellsAnUpdateWhenTheMessageBeforeItIsDoneWith() {
        MessageBatch batch = builder().messages("s", "a", first, 0, 1).update("s", MOVED).build();
        batch.nextSplit();

        assertThat(batch.nextRecordFromSplit()).isNotNull();
        assertThat(seen).isEmpty();
        assertThat(batch.nextRecordFromSplit()).isNull();

        assertThat(seen).containsExactly("s " + MOVED);
    }

    @Test
    void leavesOutWhatIsDropped() {
        first.drop(0);
        first.drop(2);
        second.drop(0);
        second.drop(1);
        MessageBatch batch =
                builder()
                        .messages("s", "a", first, 0, 4)
                        .messages("t", "a", second, 0, 2)
                        .finished("t")
                        .build();

        assertThat(readAll(batch)).containsExactly("s a p1", "s a p3");
        assertThat(batch.finishedSplits()).containsExactly("t");
    }

    @Test
    void movesOneCursor() {
        MessageBatch batch =
                builder().messages("s", "a", first, 0, 2).messages("t", "a", second, 0, 1).build();
        batch.nextSplit();
        AmpsMessageCursor message = batch.nextRecordFromSplit();

        assertThat(batch.nextRecordFromSplit()).isSameAs(message);
        batch.nextSplit();
        assertThat(batch.nextRecordFromSplit()).isSameAs(message);
    }

    @Test
    void handsNothingOutBeforeASplitWasEntered() {
        MessageBatch batch = builder().messages("s", "a", first, 0, 1).build();

        assertThat(batch.nextRecordFromSplit()).isNull();
    }

    @Test
    void releasesAChunkWhenItsMessagesAreDoneWith() {
        MessageBatch batch =
                builder().messages("s", "a", first, 0, 1).messages("s", "a", second, 0, 2).build();
        releaseChunks();
        batch.nextSplit();

        batch.nextRecordFromSplit();
        assertThat(home).isEmpty();
        batch.nextRecordFromSplit();
        assertThat(home).containsExactly(first);
        batch.nextRecordFromSplit();
        assertThat(home).containsExactly(first);
        assertThat(batch.nextRecordFromSplit()).isNull();

        assertThat(home).containsExactly(first, second);
        batch.recycle();
        assertThat(home).containsExactly(first, second);
    }

    @Test
    void releasesEveryChunkOnceThoughItIsNotReadToTheEnd() {
        MessageBatch batch =
                builder()
                        .messages("s", "a", first, 0, 2)
                        .update("s", MOVED)
                        .messages("s", "a", first, 2, 4)
                        .messages("t", "a", second, 0, 2)
                        .build();
        releaseChunks();
        batch.nextSplit();
        batch.nextRecordFromSplit();

        batch.recycle();
        batch.recycle();

        assertThat(home).containsExactly(first, second);
        assertThat(batch.nextRecordFromSplit()).isNull();
        assertThat(batch.nextSplit()).isNull();
        assertThat(seen).isEmpty();
    }

    @Test
    void releasesWhatWasNeverRead() {
        MessageBatch batch =
                builder().messages("s", "a", first, 0, 2).messages("s", "a", second, 0, 2).build();
        releaseChunks();
        assertThat(home).isEmpty();

        batch.recycle();

        assertThat(home).containsExactly(first, second);
    }

    @Test
    void goesOnWithTheNextSplitThoughOneIsNotReadToTheEnd() {
        MessageBatch batch =
                builder().messages("s", "a", first, 0, 4).messages("t", "a", second, 0, 2).build();
        releaseChunks();
        batch.nextSplit();
        batch.nextRecordFromSplit();

        assertThat(batch.nextSplit()).isEqualTo("t");
        readSplit(batch, "t");

        assertThat(seen).containsExactly("t a q0", "t a q1");
        assertThat(home).containsExactly(first, second);
    }

    @Test
    void retainsNothingForAnEmptyRun() {
        MessageBatch.Builder builder = builder().messages("s", "a", first, 2, 2);
        releaseChunks();

        assertThat(builder.isEmpty()).isTrue();
        assertThat(home).containsExactly(first, second);
        assertThat(builder.build().nextSplit()).isNull();
    }

    @Test
    void knowsHowMuchIsInIt() {
        MessageBatch.Builder builder = builder();
        assertThat(builder.isEmpty()).isTrue();

        builder.update("s", MOVED);
        assertThat(builder.isEmpty()).isFalse();
        assertThat(builder.size()).isZero();

        builder.messages("s", "a", first, 1, 4).messages("t", "a", second, 0, 1);
        assertThat(builder.size()).isEqualTo(4);

        MessageBatch.Builder onlyFinished = builder().finished("s").finished("t").finished("s");
        assertThat(onlyFinished.isEmpty()).isFalse();
        assertThat(onlyFinished.build().finishedSplits()).containsExactly("s", "t");
    }

    @Test
    void refusesMessagesThatAreNotThere() {
        assertThatThrownBy(() -> builder().messages("s", "a", first, 1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("split 's'")
                .hasMessageContaining("4 messages");
        assertThatThrownBy(() -> builder().messages("s", "a", first, 2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder().messages("s", "a", first, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
