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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.split.FinishedSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.connector.file.src.assigners.SimpleSplitAssigner;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.FlinkRuntimeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileSourceEnumeratorTest {

    private final EnumeratorFixture job = new EnumeratorFixture();
    private RecordFileSourceEnumerator enumerator;

    @Test
    void filesAreHandedOutInOrderToWhoeverAsks() {
        enumerator = job.add("c", "a", "b").listed();
        job.come(enumerator, 1);
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(1, null);

        assertThat(job.coordinator.namesAssignedTo(1)).containsExactly("a", "c");
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("b");
        assertThat(job.coordinator.unassignedSplits()).isZero();
    }

    @Test
    void requestsThatCameTooEarlyAreMetInTheirOrder() {
        enumerator = job.add("a", "b").started();
        job.come(enumerator, 1);
        job.come(enumerator, 0);
        job.coordinator.runNow();

        assertThat(job.coordinator.namesAssignedTo(1)).containsExactly("a");
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("b");
    }

    @Test
    void aReaderThatAsksForTwoSplitsGetsTwo() {
        enumerator = job.add("a", "b", "c").started();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        job.coordinator.runNow();

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
    }

    @Test
    void manySmallFilesAreHandedOutAtATimeButNotAllToOneReader() {
        for (int i = 0; i < 1000; i++) {
            job.add("f%03d".formatted(i));
        }
        enumerator = job.listed();
        job.come(enumerator, 0);
        assertThat(job.coordinator.assignedTo(0)).hasSize(SplitLedger.MAX_SPLITS_AT_A_TIME);
        int requests = 1;
        int finished = 0;
        while (job.coordinator.unassignedSplits() > 0 && requests < 100) {
            List<String> assigned = job.coordinator.namesAssignedTo(0);
            String[] names = assigned.subList(finished, assigned.size()).toArray(String[]::new);
            finished = assigned.size();
            job.finish(enumerator, 0, names);
            requests++;
        }

        assertThat(job.coordinator.assignedTo(0)).hasSize(1000);
        assertThat(requests).isBetween(16, 40);
        assertThat(job.coordinator.namesAssignedTo(0)).isSorted();
    }

    @Test
    void largeFilesAreHandedOutOneAtATime() {
        for (int i = 0; i < 8; i++) {
            job.addSized("f" + i, SplitLedger.MAX_BYTES_AT_A_TIME);
        }
        enumerator = job.parallelism(1).listed();
        job.come(enumerator, 0);

        assertThat(job.coordinator.assignedTo(0)).hasSize(1);
    }

    @Test
    void largeFilesAreNotReadAhead() {
        for (int i = 0; i < 8; i++) {
            job.addSized("f" + i, SplitLedger.MAX_BYTES_AT_A_TIME + 1);
        }
        enumerator = job.parallelism(1).listed();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("f0");
        job.finish(enumerator, 0, "f0");

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("f0", "f1");
    }

    @Test
    void nobodyReadsAheadWhatAnotherReaderCouldBegin() {
        enumerator = job.add("a", "b", "c").listed();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        job.come(enumerator, 1);

        assertThat(job.coordinator.namesAssignedTo(1)).containsExactly("c");
    }

    @Test
    void whatARestoredReaderHasKeepsItFromReadingAhead() {
        enumerator = job.parallelism(2).add("a", "b").listed();
        job.come(enumerator, 0, Splits.id("x"));
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
        job.finish(enumerator, 0, "a");
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
        job.finish(enumerator, 0, "x");

        assertThat(job.coordinator.namesAssignedTo(0))
                .as("who has nothing takes what there is")
                .containsExactly("a", "b");
    }

    @Test
    void anAssignerOfFlinkReplacesTheQueue() {
        job.splitAssigner = SimpleSplitAssigner::new;
        enumerator = job.add("a", "b", "c").listed();
        job.come(enumerator, 0);

        assertThat(job.coordinator.namesAssignedTo(0)).as("the last first").containsExactly("c");
        assertThat(Splits.names(enumerator.snapshotState(1).waiting()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatIsFoundLaterIsHandedOutAsSoonAsItIsThere() {
        enumerator = job.parallelism(1).continuous().add("a").listed();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        job.add("b");
        job.coordinator.runNow();

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        assertThat(job.pause.waits()).containsExactly(EnumeratorFixture.INTERVAL.toMillis());
    }

    @Test
    void readersWithNothingToReadAreToldOnceForEachRequest() {
        enumerator = job.continuous().started();
        job.come(enumerator, 0);
        assertThat(job.toldThereIsNothing(0)).as("nothing has been listed yet").isZero();
        job.coordinator.runNow();
        job.coordinator.runNow();
        assertThat(job.toldThereIsNothing(0)).isEqualTo(1);
        job.add("a", "b");
        job.coordinator.runNow();
        job.finish(enumerator, 0, "a");
        assertThat(job.toldThereIsNothing(0)).isEqualTo(1);
        job.finish(enumerator, 0, "b");

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        assertThat(job.toldThereIsNothing(0)).isEqualTo(2);
        assertThat(job.toldThereIsNothing(1)).as("it has not asked").isZero();
    }

    @Test
    void aReaderIsNotIdleWhileAFileOfItsKeyWaits() {
        enumerator = job.continuous().keyedByFirstLetter().parallelism(1).add("a1", "a2").listed();
        job.come(enumerator, 0);
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSourceEvent(0, new FinishedSplitsEvent(List.of(Splits.id("a1"))));
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a1", "a2");
        assertThat(job.coordinator.getSentEvents()).isEmpty();
        job.finish(enumerator, 0, "a2");

        assertThat(job.coordinator.getSentEvents().get(0))
                .containsExactly(new NothingToReadEvent());
    }

    @Test
    void readersOfABoundedSourceAreNotToldToBeIdle() {
        enumerator = job.add("a").listed();
        job.come(enumerator, 0);
        job.come(enumerator, 1);

        assertThat(job.coordinator.getSentEvents()).isEmpty();
    }

    @Test
    void splitsOfAFailedReaderComeFirst() {
        enumerator = job.add("a", "b", "c").parallelism(1).listed();
        job.come(enumerator, 0);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        job.coordinator.fail(0, enumerator);
        assertThat(job.coordinator.unassignedSplits()).isEqualTo(3);
        job.come(enumerator, 0);

        assertThat(job.coordinator.namesAssignedTo(0)).startsWith("a", "b");
    }

    @Test
    void whatIsFoundButNotHandedOutIsInTheState() {
        enumerator = job.continuous().add("a", "b", "c").listed();
        job.come(enumerator, 0);
        RecordFileEnumState state = enumerator.snapshotState(1);
        assertThat(Splits.names(state.waiting())).containsExactly("b", "c");
        enumerator = job.restored(state, 1);
        job.come(enumerator, 0, Splits.id("a"));
        job.coordinator.runNow();
        job.finish(enumerator, 0, "a");

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("b", "c");
    }

    @Test
    void openScansAreScannedAgainAfterARestoreAndDoubleResultsAreHarmless() {
        job.splitting = RecordFileSplitting.EXACT;
        enumerator = job.addSized("big", 250).parallelism(2).listed();
        job.come(enumerator, 0);
        job.come(enumerator, 1);
        enumerator.handleSplitRequest(0, null);
        List<RecordFileSplit> scans =
                Stream.of(0, 1)
                        .flatMap(subtask -> job.coordinator.assignedTo(subtask).stream())
                        .sorted(Comparator.comparing(RecordFileSplit::offset))
                        .toList();
        assertThat(scans).hasSize(3).extracting(RecordFileSplit::kind).containsOnly(Kind.SCAN);
        scanned(scans.get(1));
        enumerator = job.restored(enumerator.snapshotState(1), 1);
        job.come(enumerator, 0, scans.get(0).splitId());
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.assignedTo(0))
                .as("the first is with the reader, the second was answered")
                .containsExactly(scans.get(2));
        scanned(scans.get(0));
        scanned(scans.get(0));
        scanned(scans.get(2));
        scanned(scans.get(2));
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);

        assertThat(Splits.names(job.coordinator.assignedTo(0)))
                .containsExactly("big SCAN 168", "big READ 0", "big READ 87", "big READ 171");
    }

    @Test
    void aFileIsNotScannedWhereThereIsOneReader() {
        job.splitting = RecordFileSplitting.EXACT;
        enumerator = job.addSized("big", 250).parallelism(1).listed();
        job.come(enumerator, 0);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("big");
    }

    @Test
    void aFileIsNotScannedWhereOthersKeepTheReadersBusy() {
        job.splitting = RecordFileSplitting.EXACT;
        for (int i = 0; i < 7; i++) {
            job.addSized("file" + i, 250);
        }
        enumerator = job.continuous().parallelism(2).addSized("larger", 251).listed();

        // An eighth of 2,001 bytes is 250.
        assertThat(Splits.names(enumerator.snapshotState(1).waiting()))
                .containsExactly(
                        "file0",
                        "file1",
                        "file2",
                        "file3",
                        "file4",
                        "file5",
                        "file6",
                        "larger SCAN 0",
                        "larger SCAN 84",
                        "larger SCAN 168");

        job.addSized("later", 280);
        job.coordinator.runNow();
        assertThat(Splits.names(enumerator.snapshotState(2).waiting()))
                .as("an eighth of what waits, the later one included, is 285")
                .contains("later");
    }

    @Test
    void aFileThatIsCutWithoutAScanIsCutForOneReaderToo() {
        job.splitting = RecordFileSplitting.LINE;
        enumerator = job.addSized("big", 250).parallelism(1).listed();
        job.come(enumerator, 0);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("big SCAN 0");
    }

    @ParameterizedTest
    @EnumSource(names = {"EXACT", "LINE"})
    void partsAreSmallerWhereThereIsLittleToRead(RecordFileSplitting how) {
        job.splitting = how;
        job.smallestPart = 10;
        enumerator = job.parallelism(2).addSized("big", 1280).addSized("whole", 100).listed();

        // A thirty-second part of 1,380 bytes is 43, which makes 30 parts.
        assertThat(partsOfTheFileThatIsCut()).isEqualTo(30);
    }

    @Test
    void noPartIsSmallerThanConfigured() {
        job.splitting = RecordFileSplitting.EXACT;
        job.smallestPart = 60;
        enumerator = job.parallelism(2).addSized("big", 1280).listed();

        assertThat(partsOfTheFileThatIsCut()).isEqualTo(21);
    }

    @Test
    void noPartIsLargerThanConfigured() {
        job.splitting = RecordFileSplitting.EXACT;
        job.smallestPart = 10;
        enumerator = job.parallelism(2).addSized("big", 12_800).listed();

        assertThat(partsOfTheFileThatIsCut()).isEqualTo(128);
    }

    @Test
    void partsAreNotSmallerWhereThereIsOneReader() {
        job.splitting = RecordFileSplitting.LINE;
        job.smallestPart = 10;
        enumerator = job.parallelism(1).addSized("big", 1280).listed();

        assertThat(partsOfTheFileThatIsCut()).isEqualTo(13);
    }

    private int partsOfTheFileThatIsCut() {
        List<FileScan> scans = enumerator.snapshotState(1).scans();
        assertThat(scans).hasSize(1);
        return scans.get(0).parts();
    }

    @Test
    void aScanThatAFailedReaderHadIsDoneByAnother() {
        job.splitting = RecordFileSplitting.EXACT;
        enumerator = job.addSized("big", 150).listed();
        job.come(enumerator, 0);
        job.come(enumerator, 1);
        RecordFileSplit first = job.coordinator.assignedTo(0).get(0);
        // The checkpoint has the scan split, but its reader had done with it, and its report was
        // lost.
        job.coordinator.forgetAssigned();
        job.coordinator.fail(0, enumerator);
        enumerator.handleSplitRequest(1, null);
        assertThat(job.coordinator.assignedTo(1)).as("the reader may have it").isEmpty();
        job.coordinator.register(0, enumerator);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("another")));

        assertThat(job.coordinator.assignedTo(1)).containsExactly(first);
    }

    @Test
    void aCompressedFileThatDoesNotLookLikeOneIsReadAsAWhole() {
        job.splitting = RecordFileSplitting.LINE;
        enumerator = job.addSized("big", 250).addSized("big.gz", 250).parallelism(1).listed();
        job.come(enumerator, 0);
        RecordFileSplit look = job.coordinator.assignedTo(0).get(0);
        enumerator.handleSourceEvent(
                0, ScannedBlockEvent.notSplittable(look.splitId(), "it is gzip."));
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);

        assertThat(job.coordinator.namesAssignedTo(0))
                .containsExactly("big SCAN 0", "big", "big.gz");
    }

    @Test
    void blocksThatNeedNotBeScannedAnyMoreAreNotHandedOut() {
        job.splitting = RecordFileSplitting.EXACT;
        enumerator = job.addSized("big", 250).listed();
        job.come(enumerator, 0);
        RecordFileSplit first = job.coordinator.assignedTo(0).get(0);
        enumerator.handleSourceEvent(
                0, ScannedBlockEvent.notSplittable(first.splitId(), "it is gzip."));
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("big SCAN 0", "big");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void onlyTheFirstReportOfAReaderCounts() {
        enumerator = job.keyedByFirstLetter().parallelism(1).add("a1", "a2").listed();
        job.come(enumerator, 0);
        // Of a second attempt of the same subtask, which has nothing yet.
        enumerator.handleSourceEvent(0, 1, new RestoredSplitsEvent(List.of()));
        enumerator.handleSplitRequest(0, null);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a1");
    }

    @Test
    void aChangedFileFailsTheJobNamingItAndWhatHasChanged() {
        enumerator = job.continuous().add("a").listed();
        job.addSized("a", 20);

        assertThatThrownBy(job.coordinator::runNow)
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("/data/a")
                .hasMessageContaining("20");
    }

    @Test
    void aChangedFileIsReadAnewUnderAnotherIdAndTheOldSplitIsDropped() {
        job.changed = RecordFileChangePolicy.RESTART;
        enumerator = job.continuous().add("a", "b").listed();
        job.addSized("a", 20);
        job.coordinator.runNow();
        job.come(enumerator, 0);
        job.finish(enumerator, 0, "b");

        assertThat(job.coordinator.assignedTo(0))
                .extracting(split -> split.path().getName() + split.length())
                .containsExactly("b10", "a20");
        assertThat(Splits.ids(job.coordinator.assignedTo(0))).doesNotContain(Splits.id("a"));
        assertThat(job.coordinator.count(RecordFileEnumeratorMetric.FILES_CHANGED)).isEqualTo(1);
        assertThat(job.coordinator.count(RecordFileEnumeratorMetric.FILES_FOUND)).isEqualTo(3);
    }

    @Test
    void aChangedFileThatIsSkippedIsCountedAndItsOldSplitDropped() {
        job.changed = RecordFileChangePolicy.SKIP;
        enumerator = job.continuous().add("a").listed();
        job.addSized("a", 20);
        job.coordinator.runNow();
        job.come(enumerator, 0);

        assertThat(job.coordinator.allAssigned()).isEmpty();
        assertThat(job.coordinator.count(RecordFileEnumeratorMetric.FILES_CHANGED)).isEqualTo(1);
    }

    @Test
    void aBoundedSourceLeavesAChangedFileToItsReader() {
        job.changed = RecordFileChangePolicy.RESTART;
        letAChangeBetweenTwoLooksOfABoundedSource();

        assertThat(Splits.ids(job.coordinator.allAssigned())).containsExactly(Splits.id("a"));
        assertThat(job.coordinator.count(RecordFileEnumeratorMetric.FILES_CHANGED)).isZero();
    }

    @Test
    void aChangedFileThatAReaderHasDoesNotFailABoundedSource() {
        letAChangeBetweenTwoLooksOfABoundedSource();

        assertThat(Splits.ids(job.coordinator.allAssigned())).containsExactly(Splits.id("a"));
    }

    @Test
    void aChangedFileThatStillWaitsIsKeptByABoundedSource() {
        job.changed = RecordFileChangePolicy.SKIP;
        enumerator = withAFileThatIsTooYoung().add("a").listed();
        job.addSized("a", 20);
        job.coordinator.runNow();
        job.come(enumerator, 0);

        assertThat(Splits.ids(job.coordinator.assignedTo(0))).contains(Splits.id("a"));
    }

    /** The reader that has it opens it later, and goes by the policy. */
    private void letAChangeBetweenTwoLooksOfABoundedSource() {
        enumerator = withAFileThatIsTooYoung().add("a").listed();
        job.come(enumerator, 0);
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
        job.addSized("a", 20);
        job.coordinator.runNow();
        enumerator.handleSplitRequest(0, null);
    }

    /** A bounded source looks more than once as long as it waits for such a file. */
    private EnumeratorFixture withAFileThatIsTooYoung() {
        job.completeness = RecordFileCompleteness.atOnce().withMinimumAge(Duration.ofHours(1));
        job.files.put("young", ListedFile.of(new Path("/data/young"), 10, Long.MAX_VALUE / 2));
        return job.parallelism(1);
    }

    @Test
    void listingErrorsAreRetriedCountedAndThenFailTheJob() {
        job.listingError = new IOException("no route to host");
        enumerator = job.continuous().add("a").started();
        job.come(enumerator, 0);
        job.coordinator.runNow();
        job.coordinator.runNow();
        assertThat(job.coordinator.count(RecordFileEnumeratorMetric.LISTING_ERRORS)).isEqualTo(2);
        job.listingError = null;
        job.coordinator.runNow();
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
        job.listingError = new IOException("no route to host");

        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                job.coordinator.runNow();
                            }
                        })
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("no route to host");
    }

    @Test
    void errorsThatWillNotGoAwayFailTheJobAtOnce() {
        job.listingError = new AccessDeniedException("/data");
        enumerator = job.continuous().started();

        assertThatThrownBy(job.coordinator::runNow)
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("/data");
    }

    /** However many files there are: what waits, and what one round may add to it. */
    @Test
    void theStateHasABound() throws IOException {
        String name = "a directory with a name of some length/part-%08d.csv";
        for (int i = 0; i < 2 * SplitLedger.MAX_WAITING + 1000; i++) {
            job.add(name.formatted(i));
        }
        enumerator = job.parallelism(1).listed();
        assertBounded(enumerator.snapshotState(1), name);
        job.come(enumerator, 0);
        job.coordinator.runNow();

        assertThat(enumerator.snapshotState(2).waiting())
                .as("after a second round, for which a few splits had made room")
                .hasSizeGreaterThan(SplitLedger.MAX_WAITING);
        assertBounded(enumerator.snapshotState(3), name);
        enumerator.handleSplitRequest(0, null);
        assertThat(job.coordinator.calls()).as("further rounds").isZero();
    }

    private void assertBounded(RecordFileEnumState state, String name) throws IOException {
        long most = 2L * SplitLedger.MAX_WAITING;
        assertThat(state.waiting()).hasSizeLessThanOrEqualTo((int) most);
        assertThat(RecordFileEnumStateSerializer.INSTANCE.serialize(state).length)
                .as("with the discovery's memory of each file in the mode full()")
                .isLessThan((int) (most * (170 + 2 * name.length()) + 32L * job.files.size()));
    }

    @Test
    void noMoreFilesAreLookedForWhileTooManyWait() {
        for (int i = 0; i < SplitLedger.MAX_WAITING + 10; i++) {
            job.add("f%06d".formatted(i));
        }
        enumerator = job.continuous().listed();
        assertThat(job.coordinator.unassignedSplits()).isEqualTo(SplitLedger.MAX_WAITING);
        assertThat(job.coordinator.calls()).isZero();
        job.come(enumerator, 0);
        assertThat(job.coordinator.calls()).isEqualTo(1);
        job.coordinator.runNow();

        assertThat(job.coordinator.assignedTo(0)).hasSize(SplitLedger.MAX_SPLITS_AT_A_TIME);
        assertThat(job.coordinator.unassignedSplits())
                .isEqualTo(SplitLedger.MAX_WAITING + 10 - SplitLedger.MAX_SPLITS_AT_A_TIME);
        assertThat(job.listings).as("a fresh listing is used again").isEqualTo(1);
    }

    @Test
    void anOldListingIsNotUsedAgain() {
        job.maxFilesPerRound = 1;
        enumerator = job.continuous().add("a", "b").listed();
        job.pause.advance(DiscoveryLoop.FRESH.toMillis());
        job.coordinator.runNow();

        assertThat(job.listings).isEqualTo(2);
    }

    @Test
    void aBoundedSourceWaitsForFilesToBecomeCompleteButNotForEver() {
        job.completeness = RecordFileCompleteness.atOnce().withStableListings(3);
        enumerator = job.parallelism(1).add("a", "b").started();
        job.come(enumerator, 0);
        for (int i = 0; i < 3; i++) {
            job.addSized("growing", 100 + i);
            job.coordinator.runNow();
        }
        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
        job.addSized("growing", 200);
        job.coordinator.runNow();
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a", "b");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
        assertThat(job.coordinator.calls()).isZero();
    }

    @Test
    void aListingThatIsUsedAgainIsNoSecondLookAtGrowingFiles() {
        job.maxFilesPerRound = 1;
        job.completeness = RecordFileCompleteness.atOnce().withStableListings(2);
        enumerator = job.add("a", "b", "c", "d").addSized("growing", 100).parallelism(1).started();
        job.come(enumerator, 0);
        job.coordinator.runNow();
        job.addSized("growing", 101);
        for (int i = 0; i < 4; i++) {
            job.coordinator.runNow();
        }
        assertThat(job.listings).as("the second has four files for four rounds").isEqualTo(2);
        assertThat(job.coordinator.calls()).as("growing may be complete in a third").isEqualTo(1);
        job.coordinator.runNow();
        for (int i = 0; i < 5; i++) {
            enumerator.handleSplitRequest(0, null);
        }

        assertThat(job.coordinator.namesAssignedTo(0))
                .containsExactly("a", "b", "c", "d", "growing");
        assertThat(job.coordinator.noMoreSplits()).containsExactly(0);
    }

    @Test
    void stateOfAnotherDiscoveryModeIsRefusedAtTheStart() {
        enumerator = job.continuous().add("a").listed();
        RecordFileEnumState state = enumerator.snapshotState(1);
        job.mode = RecordFileDiscoveryMode.watermark(Duration.ofHours(1));
        RecordFileSourceEnumerator other = job.create(state);

        assertThatThrownBy(other::start).isInstanceOf(FlinkRuntimeException.class);
        assertThatThrownBy(() -> other.snapshotState(2)).isInstanceOf(IllegalStateException.class);
        other.close();
    }

    @Test
    void nothingHappensAfterTheEnd() {
        enumerator = job.continuous().add("a").started();
        job.come(enumerator, 0);
        enumerator.close();
        job.coordinator.runNow();

        assertThat(job.coordinator.allAssigned()).isEmpty();
        assertThat(job.coordinator.calls()).isZero();
    }

    private void scanned(RecordFileSplit scan) {
        enumerator.handleSourceEvent(
                0, ScannedBlockEvent.scanned(scan.splitId(), FileScansTest.block(false, false)));
    }
}
