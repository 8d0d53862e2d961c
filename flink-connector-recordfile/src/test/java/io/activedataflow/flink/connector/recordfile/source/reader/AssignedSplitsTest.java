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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AssignedSplitsTest {

    private final AssignedSplits splits = new AssignedSplits();

    private String toRead() {
        RecordFileSplit split = splits.toRead();
        return split == null ? null : split.splitId();
    }

    @Test
    void nothingToRead() {
        assertThat(toRead()).isNull();
    }

    @Test
    void staysWithASplitUntilItEnds() {
        splits.add(TestSplits.file("a"));
        splits.add(TestSplits.file("b"));
        assertThat(toRead()).isEqualTo("a");
        assertThat(toRead()).isEqualTo("a");

        splits.endRead("a");
        assertThat(toRead()).isEqualTo("b");
        splits.remove("a");
        assertThat(toRead()).isEqualTo("b");
    }

    @Test
    void leavesAPausedSplitAndTakesTurnsWithTheNextWhenItIsResumed() {
        splits.add(TestSplits.file("a"));
        splits.add(TestSplits.file("b"));
        assertThat(toRead()).isEqualTo("a");

        splits.setPaused("a", true);
        assertThat(toRead()).isEqualTo("b");
        splits.add(TestSplits.file("c"));
        splits.setPaused("a", false);
        assertThat(toRead()).isEqualTo("a");
        assertThat(toRead()).isEqualTo("b");
        splits.endRead("b");
        assertThat(toRead()).isEqualTo("a");
        splits.endRead("a");
        assertThat(toRead()).isEqualTo("c");
    }

    @Test
    void whatWasBeingReadTakesTurnsBeforeAnotherIsBegun() {
        splits.add(TestSplits.file("a"));
        splits.add(halfRead("b"));
        splits.add(halfRead("c"));
        assertThat(toRead()).isEqualTo("b");
        assertThat(toRead()).isEqualTo("c");
        assertThat(toRead()).isEqualTo("b");

        splits.endRead("b");
        assertThat(toRead()).isEqualTo("c");
        splits.setPaused("c", true);
        assertThat(toRead()).isEqualTo("a");
    }

    @Test
    void filesOfOneKeyWaitForThePausedOneBeforeThem() {
        splits.add(withKey("a", "k"));
        splits.add(withKey("b", "k"));
        splits.add(withKey("c", "other"));
        assertThat(toRead()).isEqualTo("a");

        splits.setPaused("a", true);
        assertThat(splits.isPaused("b")).isTrue();
        assertThat(toRead()).isEqualTo("c");
        splits.endRead("a");
        assertThat(splits.isPaused("b")).as("what was read of a still waits").isTrue();
        splits.remove("a");
        assertThat(splits.isPaused("b")).isFalse();
    }

    private static RecordFileSplit halfRead(String id) {
        RecordFileSplit split = TestSplits.file(id);
        return split.at(RecordFilePosition.atOffset(5), split.identity(), 0);
    }

    private static RecordFileSplit withKey(String id, String key) {
        RecordFileSplit split = TestSplits.file(id);
        return new RecordFileSplit(
                id,
                split.path(),
                split.offset(),
                split.length(),
                split.kind(),
                split.identity(),
                split.position(),
                0,
                key);
    }

    @Test
    void nothingIsReadWhileAllArePaused() {
        splits.add(TestSplits.file("a"));
        splits.setPaused("a", true);
        assertThat(toRead()).isNull();
    }

    @Test
    void forgetsThatASplitWasPaused() {
        splits.add(TestSplits.file("a"));
        splits.setPaused("a", true);
        splits.remove("a");
        splits.add(TestSplits.file("a"));
        assertThat(toRead()).isEqualTo("a");
    }

    @Test
    void splitsThatAreNotKnownCannotBePaused() {
        splits.setPaused("a", true);
        splits.add(TestSplits.file("a"));
        assertThat(toRead()).isEqualTo("a");
    }
}
