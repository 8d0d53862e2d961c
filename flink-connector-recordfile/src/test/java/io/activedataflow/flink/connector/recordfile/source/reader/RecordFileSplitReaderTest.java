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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException.Change;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.FakeInputs.Blockade;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import static io.activedataflow.flink.connector.recordfile.source.reader.FakeInputs.batch;
import static io.activedataflow.flink.connector.recordfile.source.reader.FakeInputs.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileSplitReaderTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private SplitReaderHarness reading = new SplitReaderHarness();

    @AfterEach
    void close() {
        reading.close();
    }

    // ------------------------------------------------------------------------ reading

    @Test
    void readsOneSplitAfterTheOther() throws Exception {
        reading.inputs.script("a", batch("1", "2"), batch("3")).script("b", batch("4"));
        reading.add("a", "b");

        reading.fetchUntil("b!");

        assertThat(reading.seen).containsExactly("a:1", "a:2", "a:3", "a!", "b:4", "b!");
        assertThat(reading.inputs.closed).containsExactly("a", "b");
        assertThat(reading.inputs.released).hasValue(3);
    }

    @Test
    void splitWithoutRecordsEnds() throws Exception {
        reading.inputs.script("a");
        reading.add("a");

        reading.fetchUntil("a!");

        assertThat(reading.seen).containsExactly("a!");
    }

    @Test
    void tellsTheTaskOnceHowASplitWasOpened() throws Exception {
        reading.inputs.script("a", batch("1"), batch("2"));
        reading.add("a");

        reading.fetchUntil("a!");

        assertThat(reading.opened).containsExactly(TestSplits.file("a"));
        assertThat(reading.bytes).containsExactly(10L, 10L);
        assertThat(reading.pendingBytes.sum()).isZero();
    }

    @Test
    void readsNoFurtherThanTheTaskFollows() throws Exception {
        FakeInputs.Step[] steps = new FakeInputs.Step[100];
        Arrays.fill(steps, batch("x"));
        reading.inputs.script("a", steps);
        reading.add("a");

        for (int fetched = 1; fetched <= steps.length; fetched++) {
            reading.fetch();
            assertThat(reading.inputs.reads.get())
                    .isLessThanOrEqualTo(fetched + SplitReaderHarness.CAPACITY + 1);
        }
    }

    @Test
    void refusesToLoseSplits() {
        assertThatThrownBy(
                        () ->
                                reading.reader.handleSplitsChanges(
                                        new SplitsRemoval<>(List.of(TestSplits.file("a")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ------------------------------------------------------------------------ waking and pausing

    @Test
    void wakeUpReturnsWhileAReadBlocks() throws Exception {
        Blockade blockade = new Blockade();
        reading.inputs.script("a", batch("1"), blockade);
        reading.add("a");
        reading.fetchUntil("a:1");
        blockade.awaitReached();

        CompletableFuture<List<String>> fetched = CompletableFuture.supplyAsync(this::fetch);
        reading.reader.wakeUp();

        assertThat(fetched.get()).isEmpty();
        blockade.open();
    }

    private List<String> fetch() {
        try {
            return reading.fetch();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readsAnotherSplitWhileOneIsPausedAndGoesOnWithItAfterwards() throws Exception {
        reading.inputs
                .script("a", batch("1"), batch("2"), batch("3"), batch("4"), batch("5"))
                .script("b", batch("6"), batch("7"));
        reading.add("a", "b");
        reading.fetchUntil("a:1");

        reading.pause("a");
        reading.fetchUntil("b!");
        assertThat(reading.seen).containsExactly("a:1", "b:6", "b:7", "b!");

        reading.resume("a");
        reading.fetchUntil("a!");
        assertThat(reading.seen.subList(4, 9)).containsExactly("a:2", "a:3", "a:4", "a:5", "a!");
        assertThat(reading.inputs.opened).as("a stayed open").hasSize(2);
    }

    @Test
    void fetchWaitsWhileAllSplitsArePausedAndCanBeWokenUp() throws Exception {
        reading.inputs.script("a", batch("1"));
        reading.add("a");
        reading.pause("a");

        CompletableFuture<List<String>> fetched = CompletableFuture.supplyAsync(this::fetch);
        reading.reader.wakeUp();
        assertThat(fetched.get()).isEmpty();

        reading.resume("a");
        reading.fetchUntil("a!");
        assertThat(reading.seen).containsExactly("a:1", "a!");
    }

    @Test
    void pauseOfSplitsThatAreUnknownOrHaveJustEndedIsIgnored() throws Exception {
        reading.inputs.script("a", batch("1")).script("b", batch("2"));
        reading.add("a");
        reading.fetchUntil("a!");

        reading.pause("a", "b");
        reading.resume("a", "never-seen");
        reading.add("b");
        reading.fetchUntil("b!");

        assertThat(reading.seen).containsExactly("a:1", "a!", "b:2", "b!");
    }

    // ------------------------------------------------------------------------ errors

    @Test
    void errorsSurfaceAfterWhatWasReadBefore() throws Exception {
        reading.inputs.script("a", batch("1"), failure(new IOException("broken")));
        reading.add("a");
        reading.fetchUntil("a:1");

        assertThatThrownBy(reading::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/data/a")
                .hasMessageContaining("broken");
    }

    @Test
    void errorsSurfaceWhileTheReaderIsPaused() throws Exception {
        Blockade blockade = new Blockade();
        reading.inputs.script("a", blockade);
        reading.add("a");
        blockade.awaitReached();
        reading.pause("a");
        blockade.open();

        assertThatThrownBy(reading::fetch).hasMessageContaining("aborted");
    }

    @Test
    void whatTheVirtualMachineThrowsIsNotWrapped() {
        reading.inputs.script(
                "a",
                () -> {
                    throw new OutOfMemoryError("on purpose");
                });
        reading.add("a");

        assertThatThrownBy(reading::fetch)
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("on purpose");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ------------------------------------------------------------------------ changed files

    @Test
    void changedFileFailsTheJob() {
        reading.inputs.script("a", failure(replaced("a")));
        reading.add("a");

        assertThatThrownBy(reading::fetch)
                .hasMessageContaining("/data/a was replaced")
                .hasMessageContaining("setOnFileChanged");
    }

    @Test
    void changedFileIsReadAgainFromItsBeginning() throws Exception {
        reading = with(RecordFileChangePolicy.RESTART, false);
        reading.currentIdentity = new RecordFileIdentity(7, 8, 4, 9);
        reading.inputs.modificationTime = 8;
        reading.inputs.script("a", batch("old"), failure(replaced("a"))).script("a", batch("new"));
        reading.add("a");

        reading.fetchUntil("a!");

        assertThat(reading.seen).containsExactly("a:old", "a:new", "a!");
        RecordFileSplit again = reading.opened.get(1);
        assertThat(again.splitId()).isEqualTo("a");
        assertThat(again.position()).isEqualTo(RecordFilePosition.START);
        assertThat(again.length()).isEqualTo(7);
        assertThat(again.identity()).isEqualTo(reading.currentIdentity);
    }

    @Test
    void fileThatChangesTwiceIsReadAThirdTime() throws Exception {
        reading = with(RecordFileChangePolicy.RESTART, false);
        reading.currentIdentity = new RecordFileIdentity(7, 8, 4, 9);
        reading.inputs
                .script("a", failure(replaced("a")))
                .script("a", failure(replaced("a")))
                .script("a", batch("new"));
        reading.add("a");

        reading.fetchUntil("a!");

        assertThat(reading.seen).containsExactly("a:new", "a!");
    }

    @Test
    void newContentIsLeftToDiscoveryInContinuousMode() throws Exception {
        reading = with(RecordFileChangePolicy.RESTART, true);
        assertThat(outcomeOf(replaced("a"))).contains("left to the next discovery");
    }

    @Test
    void rangeOfAChangedFileCannotBeReadAgain() {
        reading = with(RecordFileChangePolicy.RESTART, false);
        reading.inputs.script("a", failure(replaced("a")));
        reading.add(TestSplits.range("a", 10, 20, RecordFileSplit.Kind.READ_CUT));

        assertThatThrownBy(reading::fetch).hasMessageContaining("read in ranges");
    }

    @Test
    void restOfAChangedFileIsSkipped() throws Exception {
        reading = with(RecordFileChangePolicy.SKIP, false);
        assertThat(outcomeOf(replaced("a"))).contains("was replaced").contains("left out");
    }

    @Test
    void restOfADeletedFileIsSkippedAlsoWhereItShouldBeReadAgain() throws Exception {
        reading = with(RecordFileChangePolicy.RESTART, false);
        assertThat(outcomeOf(changed("a", Change.DELETED))).contains("was deleted");
    }

    private String outcomeOf(FileChangedException change) throws Exception {
        reading.inputs.script("a", batch("1"), failure(change)).script("b", batch("2"));
        reading.add("a", "b");
        reading.fetchUntil("b!");
        assertThat(reading.seen).containsExactly("a:1", "a!", "b:2", "b!");
        return ((SplitOutcome.Skipped) reading.outcomes.take("a")).reason();
    }

    private static SplitReaderHarness with(RecordFileChangePolicy policy, boolean continuous) {
        return new SplitReaderHarness(policy, continuous, () -> {}, LONG);
    }

    private static FileChangedException replaced(String id) {
        return changed(id, Change.REPLACED);
    }

    private static FileChangedException changed(String id, Change change) {
        RecordFileSplit split = TestSplits.file(id);
        return new FileChangedException(split.path(), change, split.identity(), null);
    }

    // ------------------------------------------------------------------------ closing

    @Test
    void closeEndsABlockedRead() throws Exception {
        Blockade blockade = new Blockade();
        reading = new SplitReaderHarness(RecordFileChangePolicy.FAIL, false, blockade::open, LONG);
        reading.inputs.script("a", blockade);
        reading.add("a");
        blockade.awaitReached();

        reading.close();

        assertThat(reading.inputs.closed).as("closed by the worker").containsExactly("a");
    }

    @Test
    void closeDoesNotWaitForAFileSystemThatNeverAnswers() throws Exception {
        Blockade blockade = new Blockade();
        CountDownLatch abortHangsToo = new CountDownLatch(1);
        reading =
                new SplitReaderHarness(
                        RecordFileChangePolicy.FAIL,
                        false,
                        () -> await(abortHangsToo),
                        Duration.ofMillis(1));
        reading.inputs.script("a", blockade);
        reading.add("a");
        blockade.awaitReached();

        reading.close();

        assertThat(reading.inputs.closed).as("still being read").isEmpty();
        blockade.open();
        abortHangsToo.countDown();
    }

    @Test
    void closeGivesBackWhatWasNotFetched() throws Exception {
        Blockade blockade = new Blockade();
        reading = new SplitReaderHarness(RecordFileChangePolicy.FAIL, false, blockade::open, LONG);
        reading.inputs.script("a", batch("1"), blockade);
        reading.add("a");
        blockade.awaitReached();

        reading.close();

        assertThat(reading.inputs.released).hasValue(1);
    }

    @Test
    void closesWithoutEverHavingHadASplit() {
        reading.close();

        assertThat(reading.inputs.opened).isEmpty();
    }
}
