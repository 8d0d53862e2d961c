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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.activedataflow.flink.connector.recordfile.source.enumerator.Splits.id;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.Splits.keyed;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.Splits.names;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class KeyedSplitsTest {

    private static final long ANY = Long.MAX_VALUE;

    private final KeyedSplits splits = new KeyedSplits(4);

    private static int readerOf(String key) {
        return new KeyedLine(key, 4).subtask();
    }

    private String next(String key) {
        var split = splits.next(readerOf(key), ANY);
        return split == null ? null : Splits.name(split);
    }

    @Test
    void oneFileOfAKeyAtATimeInOrderAndToOneReader() {
        splits.add(keyed("a1", "a"));
        splits.add(keyed("a2", "a"));
        splits.add(keyed("a3", "a"));
        int other = (readerOf("a") + 1) % 4;

        assertThat(splits.next(other, ANY)).isNull();
        assertThat(next("a")).isEqualTo("a1");
        assertThat(next("a")).isNull();
        splits.finished(List.of(id("a1")));
        assertThat(next("a")).isEqualTo("a2");
        splits.finished(List.of(id("a1")));
        assertThat(next("a")).as("a1 was reported twice, a2 not yet").isNull();
        splits.finished(List.of(id("a2")));
        assertThat(next("a")).isEqualTo("a3");
        assertThat(splits.open()).isEqualTo(Map.of(id("a3"), "a"));
    }

    @Test
    void theLineThatWaitsLongestComesFirst() {
        KeyedSplits one = new KeyedSplits(1);
        one.add(keyed("b1", "b"));
        one.add(keyed("a1", "a"));
        one.add(keyed("b2", "b"));

        assertThat(names(List.of(one.next(0, ANY), one.next(0, ANY)))).containsExactly("b1", "a1");
        assertThat(one.next(0, ANY)).isNull();
        assertThat(one.isWaitingFor(0)).isTrue();
    }

    @Test
    void keysAreSpreadOverAllReaders() {
        Set<Integer> readers = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            readers.add(readerOf("part-" + i));
        }

        assertThat(readers).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void afterARescaleTheNextFileWaitsForTheReaderThatHasThePreviousOne() {
        int holder = (readerOf("a") + 1) % 4;
        splits.restoreOpen("a", id("a1"));
        splits.add(keyed("a2", "a"));

        assertThat(next("a")).as("nobody has reported").isNull();
        splits.started(holder, List.of(id("a1")));
        for (int reader = 0; reader < 4; reader++) {
            if (reader != holder) {
                splits.started(reader, List.of());
            }
        }
        assertThat(next("a")).as("another reader has a1").isNull();
        splits.finished(List.of(id("a1")));
        assertThat(next("a")).isEqualTo("a2");
    }

    @Test
    void whatNoReaderWasRestoredWithIsFinished() {
        splits.restoreOpen("a", id("a1"));
        splits.add(keyed("a2", "a"));
        for (int reader = 0; reader < 3; reader++) {
            splits.started(reader, List.of());
            splits.started(reader, List.of());
        }
        assertThat(next("a")).as("one reader may still have it").isNull();
        splits.started(3, List.of());

        assertThat(next("a")).isEqualTo("a2");
    }

    @Test
    void whatAFailedReaderHasLostComesBackInOrder() {
        splits.add(keyed("a1", "a"));
        splits.add(keyed("a2", "a"));
        splits.add(keyed("a3", "a"));
        next("a");
        splits.finished(List.of(id("a1")));
        next("a");
        splits.readerFailed(readerOf("a"), List.of(keyed("a1", "a"), keyed("a2", "a")));

        assertThat(names(splits.content())).containsExactly("a1", "a2", "a3");
        splits.started(readerOf("a"), List.of());
        assertThat(next("a")).isEqualTo("a1");
        assertThat(next("a")).isNull();
    }

    @Test
    void aSplitThatAReaderHasAgainAfterAFailureHoldsItsLine() {
        splits.add(keyed("a1", "a"));
        splits.add(keyed("a2", "a"));
        next("a");
        splits.checkpointBegins(1);
        splits.checkpointCompleted(1);
        splits.finished(List.of(id("a1")));
        splits.readerFailed(readerOf("a"), List.of());

        assertThat(next("a")).as("the reader may have a1 again").isNull();
        splits.started(readerOf("a"), List.of(id("a1")));
        assertThat(next("a")).as("the reader has a1 again").isNull();
        splits.finished(List.of(id("a1")));
        assertThat(next("a")).isEqualTo("a2");
    }

    @Test
    void aSplitThatWasFinishedBeforeTheCheckpointDoesNotComeAgain() {
        splits.add(keyed("a1", "a"));
        splits.add(keyed("a2", "a"));
        next("a");
        splits.finished(List.of(id("a1")));
        splits.checkpointBegins(1);
        splits.checkpointCompleted(1);
        splits.readerFailed(readerOf("a"), List.of());

        assertThat(next("a")).isEqualTo("a2");
    }

    @Test
    void whatAStartedReaderDoesNotHaveAnyMoreIsFinished() {
        splits.add(keyed("a1", "a"));
        splits.add(keyed("a2", "a"));
        next("a");
        splits.readerFailed(readerOf("a"), List.of());
        assertThat(next("a")).isNull();
        splits.started(readerOf("a"), List.of());

        assertThat(next("a")).as("the report of its end was lost").isEqualTo("a2");
    }

    @Test
    void whatIsReportedDoesNotWaitAnyMore() {
        splits.add(keyed("a1", "a"));
        splits.started(2, List.of(id("a1")));

        assertThat(splits.size()).isZero();
        assertThat(splits.isWaitingFor(readerOf("a"))).isFalse();
        assertThat(next("a")).isNull();
        assertThat(splits.open()).containsEntry(id("a1"), "a");
    }

    @Test
    void aKnownSplitIsNotAddedAgain() {
        splits.add(keyed("a1", "a"));
        splits.add(keyed("a1", "a"));
        assertThat(splits.size()).isEqualTo(1);
        next("a");
        splits.add(keyed("a1", "a"));

        assertThat(splits.size()).isZero();
    }

    @Test
    void droppedSplitsAreGone() {
        splits.add(keyed("a1", "a"));
        splits.add(keyed("a2", "a"));
        splits.drop(List.of(keyed("a1", "a"), keyed("x", "x")));

        assertThat(next("a")).isEqualTo("a2");
        assertThat(splits.isWaitingFor(readerOf("a"))).isFalse();
    }

    @Test
    void aSplitThatIsTooLargeStays() {
        splits.add(keyed("a1", "a"));

        assertThat(splits.next(readerOf("a"), 9)).isNull();
        assertThat(splits.next(readerOf("a"), 10)).isNotNull();
    }
}
