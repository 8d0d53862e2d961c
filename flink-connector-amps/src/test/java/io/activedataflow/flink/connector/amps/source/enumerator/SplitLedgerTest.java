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

package io.activedataflow.flink.connector.amps.source.enumerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SplitLedgerTest {

    private final SplitLedger ledger = new SplitLedger(0);

    private static List<String> taken(SplitLedger ledger, int subtask) {
        return Splits.ids(ledger.take(subtask));
    }

    @Test
    void partitionsAreSpreadInTheirOrder() {
        ledger.add(Splits.partitions(10, 2, 0, 1, 3));
        ledger.plan(2);

        assertThat(taken(ledger, 0)).isEqualTo(Splits.ids(Splits.partitions(0, 2, 10)));
        assertThat(taken(ledger, 1)).isEqualTo(Splits.ids(Splits.partitions(1, 3)));
    }

    @Test
    void theSeedSaysWhereToBegin() {
        SplitLedger other = new SplitLedger(-1);
        other.add(Splits.of("a", "b"));
        other.plan(3);

        assertThat(taken(other, 2)).containsExactly("a");
        assertThat(taken(other, 0)).containsExactly("b");
    }

    @Test
    void newSplitsGoToTheSubtaskWithTheFewestPlannedOrAssigned() {
        ledger.add(Splits.of("a", "b", "c"));
        ledger.plan(2);
        ledger.take(0);
        ledger.add(Splits.of("d"));
        ledger.plan(2);

        assertThat(taken(ledger, 0)).isEmpty();
        assertThat(taken(ledger, 1)).containsExactly("b", "d");
    }

    @Test
    void aPlannedSplitWaitsForItsOwner() {
        ledger.add(Splits.of("a", "b"));
        ledger.plan(2);

        assertThat(taken(ledger, 0)).containsExactly("a");
        assertThat(ledger.isPendingFor(0)).isFalse();
        assertThat(ledger.isPendingFor(1)).isTrue();
        assertThat(Splits.ids(ledger.unassigned())).containsExactly("b");
        assertThat(ledger.assignedIds()).containsExactly("a");
    }

    @Test
    void knownSplitsAreNotAddedAgain() {
        ledger.add(Splits.of("a", "b"));
        ledger.plan(1);
        ledger.take(0);
        ledger.add(Splits.of("a", "c", "c"));
        ledger.plan(1);

        assertThat(taken(ledger, 0)).containsExactly("c");
        assertThat(ledger.knownIds()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void splitsThatComeBackGoToTheSameSubtaskAsTheyAre() {
        ledger.add(Splits.of("a", "b"));
        ledger.plan(2);
        var given = ledger.take(0);
        ledger.addBack(given, 0);
        ledger.plan(2);

        assertThat(ledger.assignedIds()).isEmpty();
        assertThat(ledger.take(0)).isEqualTo(given);
    }

    @Test
    void splitsThatComeBackTwiceAreThereOnce() {
        ledger.add(Splits.of("a"));
        ledger.plan(1);
        var given = ledger.take(0);
        ledger.addBack(given, 0);
        ledger.addBack(given, 0);

        assertThat(ledger.unassigned()).isEqualTo(given);
        assertThat(ledger.take(0)).isEqualTo(given);
        assertThat(ledger.take(0)).isEmpty();
    }

    @Test
    void aSplitThatAnotherReaderHasDoesNotComeBack() {
        ledger.add(Splits.of("a"));
        ledger.plan(1);
        var given = ledger.take(0);
        ledger.addBack(given, 1);

        assertThat(ledger.unassigned()).isEmpty();
    }

    @Test
    void ownersCountOnceReadersHaveReported() {
        SplitLedger restored = new SplitLedger(0, Set.of("a", "b"), Splits.of("x", "y", "z"), true);
        restored.report(0, List.of("a", "b"));
        restored.plan(2);
        assertThat(restored.isPendingFor(1)).isTrue();
        assertThat(restored.take(1)).as("one report is missing").isEmpty();

        restored.report(1, List.of());
        restored.plan(2);

        assertThat(taken(restored, 0)).containsExactly("z");
        assertThat(taken(restored, 1)).containsExactly("x", "y");
    }

    @Test
    void aReaderThatReportsTwiceDoesNotCountForAnother() {
        SplitLedger restored = new SplitLedger(0, Set.of("a"), Splits.of("x"), true);
        restored.report(0, List.of("a"));
        restored.report(0, List.of("a"));
        restored.plan(2);

        assertThat(restored.take(1)).isEmpty();
    }

    @Test
    void waitingForReportsCanBeEnded() {
        SplitLedger restored = new SplitLedger(0, Set.of("a"), Splits.of("x"), true);
        restored.stopWaiting();
        restored.plan(2);

        assertThat(taken(restored, 0)).containsExactly("x");
    }

    @Test
    void nothingIsWaitedForWhereReadersHaveNothingOrNobodyWaits() {
        SplitLedger nothingAssigned = new SplitLedger(0, Set.of(), Splits.of("x"), true);
        nothingAssigned.plan(2);
        assertThat(taken(nothingAssigned, 0)).containsExactly("x");

        SplitLedger bounded = new SplitLedger(0, Set.of("a"), Splits.of("x"), false);
        bounded.plan(2);
        assertThat(taken(bounded, 0)).containsExactly("x");
    }

    @Test
    void theCopyOfTheReaderWinsOverAnUnassignedOne() {
        SplitLedger restored = new SplitLedger(0, Set.of("a"), Splits.of("a", "x"), false);
        assertThat(restored.assignedIds()).isEmpty();
        restored.plan(1);
        restored.report(0, List.of("a"));

        assertThat(restored.assignedIds()).containsExactly("a");
        assertThat(taken(restored, 0)).containsExactly("x");

        SplitLedger unplanned = new SplitLedger(0, Set.of("b"), Splits.of("a"), true);
        unplanned.report(0, List.of("a", "b"));
        unplanned.plan(1);
        assertThat(unplanned.take(0)).isEmpty();
        assertThat(unplanned.isPendingFor(0)).isFalse();
    }

    @Test
    void everyReaderMayStillGetWhatIsNotPlanned() {
        ledger.add(Splits.of("a"));

        assertThat(ledger.isPendingFor(0)).isTrue();
        assertThat(ledger.isPendingFor(7)).isTrue();
    }
}
