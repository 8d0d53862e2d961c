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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AssignedSplitsTest {

    private final AssignedSplits splits = new AssignedSplits();

    private String toRead() {
        return splits.toRead() == null ? null : splits.toRead().splitId();
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
    void leavesAPausedSplitAndStaysWithTheNextWhenItIsResumed() {
        splits.add(TestSplits.file("a"));
        splits.add(TestSplits.file("b"));
        assertThat(toRead()).isEqualTo("a");

        splits.setPaused("a", true);
        assertThat(toRead()).isEqualTo("b");
        splits.setPaused("a", false);
        assertThat(toRead()).isEqualTo("b");
        splits.endRead("b");
        assertThat(toRead()).isEqualTo("a");
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
