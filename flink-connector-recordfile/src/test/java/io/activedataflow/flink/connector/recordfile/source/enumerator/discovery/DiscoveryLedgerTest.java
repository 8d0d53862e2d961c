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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;

import org.apache.flink.core.fs.Path;
import org.apache.flink.util.FlinkRuntimeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.bytes;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.file;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.listing;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.names;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Case by case, what a listing means. */
@Timeout(120)
class DiscoveryLedgerTest {

    private static final long NOW = 1_000_000;

    private final Ledgers settings = new Ledgers();

    @Test
    void readsAFileOnce() {
        DiscoveryLedger ledger = settings.ledger();

        assertThat(read(ledger.apply(listing(file("a", 5)), NOW))).containsExactly("a");
        assertThat(read(ledger.apply(listing(file("a", 5)), NOW))).isEmpty();
    }

    /** P8: the state of Flink's source has 94 bytes for each path ever seen. */
    @Test
    void stateHas32BytesForAFileWithinTheToleranceAndNoneForOthers() throws IOException {
        settings.mode = RecordFileDiscoveryMode.watermark(Duration.ofMillis(999));
        DiscoveryLedger ledger = settings.ledger();
        int empty = bytes(ledger).length;
        List<ListedFile> files = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            files.add(file("a-rather-long-name-of-a-file-number-" + i, i));
        }

        ledger.apply(listing(files), NOW);

        // The root with its line, and the files of the last second.
        int root = 100;
        assertThat(bytes(ledger).length - empty).isLessThanOrEqualTo(1000 * 32 + root);
        ledger.apply(listing(file("z", 200_000)), NOW);
        assertThat(bytes(ledger).length - empty).isLessThanOrEqualTo(32 + root);
    }

    /** SPARK-19813: an older file appears after a younger one was read. */
    @Test
    void aFileThatTurnsUpWithinTheToleranceIsReadEvenAfterARestore() throws IOException {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("young", 1000)), NOW);

        ledger = settings.restored(ledger);
        DiscoveryRound round = ledger.apply(listing(file("young", 1000), file("old", 900)), NOW);

        assertThat(read(round)).containsExactly("old");
        assertThat(round.late()).isEmpty();
    }

    @Test
    void filesOfTheSameTimeAreAllRead() throws IOException {
        settings.mode = RecordFileDiscoveryMode.watermark(Duration.ZERO);
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1000)), NOW);

        ledger = settings.restored(ledger);
        DiscoveryRound round = ledger.apply(listing(file("a", 1000), file("b", 1000)), NOW);

        assertThat(read(round)).containsExactly("b");
        assertThat(round.late()).isEmpty();
    }

    @Test
    void aLateFileIsReadIfThePolicySaysSo() {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1000)), NOW);

        DiscoveryRound round = ledger.apply(listing(file("a", 1000), file("b", 899)), NOW);

        assertThat(read(round)).containsExactly("b");
        assertThat(names(round.late())).containsExactly("b");
        assertThat(read(ledger.apply(listing(file("a", 1000), file("b", 899)), NOW))).isEmpty();
    }

    @Test
    void aLateFileIsLeftAloneIfThePolicySaysSo() {
        settings.late = RecordFileLatePolicy.IGNORE;
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1000)), NOW);

        DiscoveryRound round = ledger.apply(listing(file("a", 1000), file("b", 899)), NOW);

        assertThat(round.toRead()).isEmpty();
        assertThat(names(round.late())).containsExactly("b");
        assertThat(ledger.apply(listing(file("a", 1000), file("b", 899)), NOW).late()).isEmpty();
    }

    @Test
    void aLateFileThatIsNotCompleteIsNotForgottenByARestore() throws IOException {
        settings.completeness = RecordFileCompleteness.atOnce().withStableListings(2);
        DiscoveryLedger ledger = settings.ledger();
        FileListing young = listing(file("a", 1000));
        ledger.apply(young, NOW);
        ledger.apply(listing(file("a", 1000)), NOW);
        FileListing both = listing(file("a", 1000), file("b", 899));
        assertThat(ledger.apply(both, NOW).incomplete()).hasSize(1);

        ledger = settings.restored(ledger);

        assertThat(ledger.apply(listing(both.files()), NOW).incomplete()).hasSize(1);
        assertThat(read(ledger.apply(listing(both.files()), NOW))).containsExactly("b");
    }

    @Test
    void aFileThatIsNotCompleteDoesNotHoldTheWatermark() throws IOException {
        settings.completeness = RecordFileCompleteness.atOnce().withMarkerSuffix(".done");
        DiscoveryLedger ledger = settings.ledger();
        ListedFile stuck = file("stuck", 1).with(false, List.of(), List.of());
        for (int i = 0; i < 1000; i++) {
            ledger.apply(listing(stuck, file("f" + i, 1000 + 200L * i)), NOW);
        }

        assertThat(bytes(ledger).length).isLessThan(200);
        ledger = settings.restored(ledger);
        DiscoveryRound round = ledger.apply(listing(file("stuck", 1), file("f999", 200_800)), NOW);
        assertThat(read(round)).containsExactly("stuck");
        assertThat(round.late()).isEmpty();
    }

    @Test
    void filesOverTheLimitAreReadLaterEvenAfterARestore() throws IOException {
        settings.maxFiles = 2;
        DiscoveryLedger ledger = settings.ledger();
        FileListing files = listing(file("a", 1), file("b", 5000), file("c", 9000), file("d", 2));

        DiscoveryRound first = ledger.apply(files, NOW);
        assertThat(read(first)).containsExactly("a", "d");
        assertThat(first.overLimit()).isEqualTo(2);

        ledger = settings.restored(ledger);
        assertThat(read(ledger.apply(files, NOW))).containsExactly("b", "c");
        assertThat(ledger.apply(files, NOW).hasWaiting()).isFalse();
    }

    @Test
    void aLateFileOverTheLimitIsLateOnce() throws IOException {
        settings.maxFiles = 1;
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("young", 1000)), NOW);
        FileListing files = listing(file("young", 1000), file("a", 1), file("b", 2), file("c", 3));

        DiscoveryRound first = ledger.apply(files, NOW);
        assertThat(read(first)).containsExactly("a");
        assertThat(names(first.late())).containsExactly("a", "b", "c");
        DiscoveryRound second = ledger.apply(files, NOW);
        assertThat(read(second)).containsExactly("b");
        assertThat(second.late()).isEmpty();

        ledger = settings.restored(ledger);
        DiscoveryRound third = ledger.apply(files, NOW);
        assertThat(read(third)).containsExactly("c");
        assertThat(third.late()).isEmpty();
        assertThat(third.unaccounted()).isZero();
    }

    @Test
    void aFileThatIsStillWaitedForIsNewsOnlyWhileItIsSettling() {
        settings.completeness =
                RecordFileCompleteness.atOnce().withStableListings(2).withMarkerSuffix(".done");
        DiscoveryLedger ledger = settings.ledger();

        assertThat(ledger.apply(listing(unmarked(10)), NOW).hasNews()).isTrue();
        DiscoveryRound stable = ledger.apply(listing(unmarked(10)), NOW);
        assertThat(stable.hasNews()).isFalse();
        assertThat(names(stable.incomplete())).containsExactly("a");
        assertThat(ledger.apply(listing(unmarked(11)), NOW).hasNews()).isTrue();
    }

    private static ListedFile unmarked(long size) {
        return file("a", size, 1000).with(false, List.of(), List.of());
    }

    @Test
    void aRoundHasAtLeastOneFileHoweverBig() {
        settings.maxBytes = 25;
        DiscoveryLedger ledger = settings.ledger();
        FileListing files = listing(file("a", 99, 1), file("b", 10, 2), file("c", 15, 3));

        assertThat(read(ledger.apply(files, NOW))).containsExactly("a");
        assertThat(read(ledger.apply(files, NOW))).containsExactly("b", "c");
    }

    @Test
    void ordersByNameTimeOrSizeAndThenByPath() {
        FileListing files =
                listing(file("b", 3, 30), file("a", 2, 30), file("c", 3, 10), file("d", 1, 20));

        settings.order = RecordFileOrder.NAME;
        assertThat(read(settings.ledger().apply(files, NOW))).containsExactly("a", "b", "c", "d");
        settings.order = RecordFileOrder.MODIFICATION_TIME;
        assertThat(read(settings.ledger().apply(files, NOW))).containsExactly("c", "d", "a", "b");
        settings.order = RecordFileOrder.SIZE;
        assertThat(read(settings.ledger().apply(files, NOW))).containsExactly("d", "a", "b", "c");
    }

    /** P14: a file that is replaced is never read again by Flink's source. */
    @Test
    void aReplacedFileIsNoticed() throws IOException {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 10, 1000)), NOW);

        ledger = settings.restored(ledger);
        DiscoveryRound round = ledger.apply(listing(file("a", 11, 1000)), NOW);

        assertThat(names(round.changed())).containsExactly("a");
        assertThat(read(round)).containsExactly("a");
        assertThat(ledger.apply(listing(file("a", 11, 1000)), NOW).changed()).isEmpty();
    }

    @Test
    void aReplacedFileIsSkippedIfThePolicySaysSo() throws IOException {
        settings.changed = RecordFileChangePolicy.SKIP;
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 10, 1000)), NOW);

        DiscoveryRound round = ledger.apply(listing(file("a", 10, 1001)), NOW);

        assertThat(names(round.changed())).containsExactly("a");
        assertThat(round.toRead()).isEmpty();
        ledger = settings.restored(ledger);
        assertThat(read(ledger.apply(listing(file("a", 10, 1001)), NOW))).isEmpty();
    }

    /** P14: half of a file, then all of it. */
    @Test
    void aFileThatIsBeingWrittenIsReadWhenItHasStoppedGrowing() {
        settings.completeness = RecordFileCompleteness.atOnce().withStableListings(3);
        DiscoveryLedger ledger = settings.ledger();

        assertThat(read(ledger.apply(listing(file("a", 10, 1000)), NOW))).isEmpty();
        assertThat(read(ledger.apply(listing(file("a", 20, 1001)), NOW))).isEmpty();
        FileListing second = listing(file("a", 20, 1001));
        assertThat(read(ledger.apply(second, NOW))).isEmpty();
        // To apply a listing again is not to look again.
        assertThat(read(ledger.apply(second, NOW))).isEmpty();
        DiscoveryRound last = ledger.apply(listing(file("a", 20, 1001)), NOW);
        assertThat(read(last)).containsExactly("a");
        assertThat(last.changed()).isEmpty();
    }

    @Test
    void aFileIsReadWhenItIsOldEnough() {
        settings.completeness =
                RecordFileCompleteness.atOnce().withMinimumAge(Duration.ofMillis(50));
        DiscoveryLedger ledger = settings.ledger();

        assertThat(read(ledger.apply(listing(file("a", NOW)), NOW + 49))).isEmpty();
        assertThat(read(ledger.apply(listing(file("a", NOW)), NOW + 50))).containsExactly("a");
    }

    @Test
    void aTimeInTheFutureMakesNoOtherFileLate() {
        DiscoveryLedger ledger = settings.ledger();
        ListedFile future = file("future", NOW + 1_000_000);

        assertThat(read(ledger.apply(listing(future), NOW))).containsExactly("future");
        DiscoveryRound round = ledger.apply(listing(future, file("a", NOW - 1)), NOW);

        assertThat(round.late()).isEmpty();
        assertThat(read(round)).containsExactly("a");
    }

    @Test
    void oldFilesThatTurnedUpWhileTheJobWasDownAreCounted() throws IOException {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1), file("b", 1000)), NOW);

        DiscoveryLedger same = settings.restored(ledger);
        assertThat(same.apply(listing(file("a", 1), file("b", 1000)), NOW).unaccounted()).isZero();
        DiscoveryLedger more = settings.restored(ledger);
        FileListing three = listing(file("a", 1), file("c", 2), file("b", 1000));
        DiscoveryRound round = more.apply(three, NOW);

        assertThat(round.toRead()).isEmpty();
        assertThat(round.unaccounted()).isEqualTo(1);
        assertThat(more.apply(three, NOW).unaccounted()).isZero();
    }

    @Test
    void orderedRemembersTheLastNames() throws IOException {
        settings.mode = RecordFileDiscoveryMode.ordered(2);
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("b", 9), file("d", 9), file("f", 9)), NOW);

        ledger = settings.restored(ledger);
        DiscoveryRound round =
                ledger.apply(listing(file("b", 9), file("c", 1), file("d", 9), file("f", 9)), NOW);

        assertThat(read(round)).containsExactly("c");
        assertThat(round.late()).isEmpty();
        round = ledger.apply(listing(file("a", 9), file("d", 9), file("f", 9)), NOW);
        assertThat(names(round.late())).containsExactly("a");
    }

    @Test
    void orderedStateIsBoundedByTheBuffer() throws IOException {
        settings.mode = RecordFileDiscoveryMode.ordered(3);
        DiscoveryLedger ledger = settings.ledger();
        for (int i = 1000; i < 2000; i++) {
            ledger.apply(listing(file("f" + i, 1)), NOW);
        }

        assertThat(bytes(ledger).length).isLessThan(200);
    }

    @Test
    void fullForgetsWhatHasBeenGoneForLongEnough() throws IOException {
        settings.mode = RecordFileDiscoveryMode.full(Duration.ofMillis(100));
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1), file("b", 1_000)), NOW);
        ledger.apply(listing(file("b", 1_000)), NOW + 100);
        ledger = settings.restored(ledger);

        assertThat(read(ledger.apply(listing(file("a", 1), file("b", 1_000)), NOW + 100)))
                .isEmpty();
        ledger.apply(listing(file("b", 1_000)), NOW + 201);
        assertThat(read(ledger.apply(listing(file("a", 1), file("b", 1_000)), NOW + 202)))
                .containsExactly("a");
    }

    @Test
    void eachRootHasALineOfItsOwn() throws IOException {
        settings.selection = RecordFileSelection.of("test:/x", "test:/y");
        DiscoveryLedger ledger = settings.ledger();
        Set<String> roots = Set.of("test:/x", "test:/y");
        ListedFile inX = ListedFile.of(new Path("test:/x/a"), 1, 900_000);
        ledger.apply(new FileListing(List.of(inX), roots, Set.of("test:/y")), NOW);

        // The other appears while the job is down, with older files.
        ledger = settings.restored(ledger);
        ListedFile inY = ListedFile.of(new Path("test:/y/b"), 1, 5);
        DiscoveryRound round =
                ledger.apply(new FileListing(List.of(inX, inY), roots, Set.of()), NOW);

        assertThat(round.toRead()).containsExactly(inY);
        assertThat(round.late()).isEmpty();
    }

    @Test
    void aRootThatIsGoneForAWhileIsNotForgotten() throws IOException {
        DiscoveryLedger ledger = settings.ledger();
        FileListing all = listing(file("a", 1), file("b", 1000));
        FileListing gone = new FileListing(List.of(), Set.of(Ledgers.ROOT), Set.of(Ledgers.ROOT));
        ledger.apply(all, NOW);

        ledger.apply(gone, NOW + 1_000_000);
        assertThat(read(ledger.apply(listing(all.files()), NOW + 1_000_001))).isEmpty();

        ledger = settings.restored(ledger);
        ledger.apply(gone, NOW + 2_000_000);
        assertThat(read(ledger.apply(listing(all.files()), NOW + 2_000_001))).isEmpty();
    }

    @Test
    void whatTheModeRemembersIsRememberedHoweverLongItIsGone() throws IOException {
        for (RecordFileDiscoveryMode mode :
                List.of(
                        RecordFileDiscoveryMode.watermark(Duration.ofMillis(100)),
                        RecordFileDiscoveryMode.ordered(1))) {
            settings.mode = mode;
            DiscoveryLedger ledger = settings.ledger();
            ledger.apply(listing(file("a", 1000)), NOW);

            ledger.apply(listing(), NOW + Duration.ofDays(1).toMillis());
            ledger.apply(listing(), NOW + Duration.ofDays(2).toMillis());
            ledger = settings.restored(ledger);

            assertThat(read(ledger.apply(listing(file("a", 1000)), NOW))).isEmpty();
        }
    }

    @Test
    void aWiderRootDoesNotReadAgainWhatANarrowerHasRead() throws IOException {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1), file("b", 1000)), NOW);

        ledger = settings.restored(ledger);
        ListedFile beside = ListedFile.of(new Path("test:/beside/c"), 1, 2);
        DiscoveryRound round =
                ledger.apply(
                        new FileListing(
                                List.of(file("a", 1), file("b", 1000), beside),
                                Set.of("test:/"),
                                Set.of()),
                        NOW);

        assertThat(round.toRead()).containsExactly(beside);
    }

    @Test
    void aNarrowerRootSharesTheMemoryOfAWider() throws IOException {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("x/a", 1), file("b", 1000)), NOW);

        ledger = settings.restored(ledger);
        DiscoveryRound round =
                ledger.apply(
                        new FileListing(
                                List.of(file("x/a", 1), file("x/c", 1000)),
                                Set.of(Ledgers.ROOT + "/x"),
                                Set.of()),
                        NOW);

        assertThat(read(round)).containsExactly("c");
    }

    @Test
    void anotherModeIsRefusedAfterARestore() {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1)), NOW);
        settings.mode = RecordFileDiscoveryMode.full();

        assertThatThrownBy(() -> settings.restored(ledger))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("watermark(...)")
                .hasMessageContaining("full, forgetting after PT24H");
    }

    @Test
    void aRenamedFileIsRecognisedByItsContent() throws IOException {
        settings.content = true;
        DiscoveryLedger ledger = settings.ledger();
        ListedFile part = file("a.csv.part", 1000);
        ListedFile whole = file("a.csv", 1000);
        ledger.apply(listing(part.withContent(part.identity(), 7)), NOW);

        ledger = settings.restored(ledger);
        DiscoveryRound round = ledger.apply(listing(whole.withContent(whole.identity(), 7)), NOW);

        assertThat(round.toRead()).isEmpty();
        assertThat(round.changed()).isEmpty();
        assertThat(names(round.renamed().values())).containsExactly("a.csv");
    }

    @Test
    void aCopyIsAnotherFileIfBothStay() {
        settings.content = true;
        DiscoveryLedger ledger = settings.ledger();
        ListedFile a = file("a", 1000).withContent(file("a", 1000).identity(), 7);
        ListedFile b = file("b", 1000).withContent(file("b", 1000).identity(), 7);
        ledger.apply(listing(a), NOW);

        FileListing both = listing(a, b);
        assertThat(ledger.apply(both, NOW).incomplete()).hasSize(1);
        assertThat(ledger.apply(both, NOW).incomplete()).hasSize(1);
        assertThat(read(ledger.apply(listing(a, b), NOW))).containsExactly("b");
    }

    @Test
    void rotatedFilesAreNotReadAgain() {
        settings.content = true;
        settings.mode = RecordFileDiscoveryMode.full();
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(log("log", 2), log("log.1", 1)), NOW);

        DiscoveryRound round =
                ledger.apply(listing(log("log", 3), log("log.1", 2), log("log.2", 1)), NOW);

        assertThat(read(round)).containsExactly("log");
        assertThat(round.changed()).isEmpty();
        assertThat(names(round.renamed().values())).containsExactlyInAnyOrder("log.1", "log.2");
    }

    private static ListedFile log(String name, long content) {
        return file(name, 1000 + content)
                .withContent(file(name, 1000 + content).identity(), content);
    }

    @Test
    void contentIdentityCanBeSwitchedOnAfterARestore() throws IOException {
        DiscoveryLedger ledger = settings.ledger();
        ledger.apply(listing(file("a", 1000)), NOW);

        settings.content = true;
        ledger = settings.restored(ledger);
        ListedFile a = file("a", 1000).withContent(file("a", 1000).identity(), 7);
        DiscoveryRound round = ledger.apply(listing(a), NOW);

        assertThat(round.changed()).isEmpty();
        assertThat(round.toRead()).isEmpty();
        ListedFile other = a.withContent(a.identity(), 8);
        assertThat(names(ledger.apply(listing(other), NOW).changed())).containsExactly("a");
    }
}
