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
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that are recognised by their content, and get other names before they are read. */
@Timeout(60)
class RenamedFilesTest {

    private final EnumeratorFixture job = new EnumeratorFixture().continuous().parallelism(1);
    private RecordFileSourceEnumerator enumerator;

    @AfterEach
    void close() {
        enumerator.close();
    }

    private List<String> paths() {
        return job.coordinator.assignedTo(0).stream()
                .map(split -> split.path().getName())
                .distinct()
                .toList();
    }

    private void runNowAndAsk() {
        job.coordinator.runNow();
        for (int i = 0; i < 5; i++) {
            enumerator.handleSplitRequest(0, null);
        }
    }

    @Test
    void fileThatWaitsIsReadUnderItsNewNameOnly() {
        enumerator = job.addWithContent("a", 10, 7).listed();
        job.rename("a", "b");
        job.coordinator.runNow();
        job.come(enumerator, 0);
        runNowAndAsk();

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("b");
        assertThat(job.coordinator.count(RecordFileEnumeratorMetric.FILES_RENAMED)).isEqualTo(1);
    }

    @Test
    void fileWithAKeyThatWaitsIsReadUnderItsNewNameOnly() {
        enumerator = job.keyedByFirstLetter().addWithContent("a", 10, 7).listed();
        job.rename("a", "b");
        job.coordinator.runNow();
        job.come(enumerator, 0);
        runNowAndAsk();

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("b");
    }

    /** Its parts wait, or the question how to cut it. */
    @ParameterizedTest
    @EnumSource
    void largeFileThatWaitsIsReadUnderItsNewNameOnly(RecordFileSplitting splitting) {
        job.splitting = splitting;
        enumerator = job.addWithContent("a", 250, 7).listed();
        job.rename("a", "b");
        job.coordinator.runNow();
        job.come(enumerator, 0);
        runNowAndAsk();

        assertThat(paths()).containsExactly("b");
    }

    @Test
    void filesThatAreRotatedWhileTheyWaitAreReadOnceEach() {
        enumerator = job.addWithContent("log", 12, 2).addWithContent("log.1", 11, 1).listed();
        job.rename("log.1", "log.2").rename("log", "log.1").addWithContent("log", 13, 3);
        job.coordinator.runNow();
        job.come(enumerator, 0);
        runNowAndAsk();

        assertThat(job.coordinator.assignedTo(0))
                .extracting(split -> Splits.name(split) + ' ' + split.length())
                .containsExactlyInAnyOrder("log 13", "log.1 12", "log.2 11");
    }

    @Test
    void fileThatAReaderHasIsNotHandedOutAgain() {
        enumerator = job.addWithContent("a", 10, 7).listed();
        job.come(enumerator, 0);
        job.rename("a", "b");
        runNowAndAsk();

        assertThat(job.coordinator.namesAssignedTo(0)).containsExactly("a");
    }

    /** It would be read twice in part. */
    @Test
    void fileOfWhichAReaderHasAPartIsNotHandedOutAgain() {
        job.splitting = RecordFileSplitting.LINE;
        enumerator = job.parallelism(2).addWithContent("a", 250, 7).listed();
        job.come(enumerator, 0);
        RecordFileSplit scan = job.coordinator.assignedTo(0).get(0);
        enumerator.handleSourceEvent(0, ScannedBlockEvent.splittable(scan.splitId()));
        enumerator.handleSplitRequest(0, null);
        job.rename("a", "b");
        runNowAndAsk();

        assertThat(job.coordinator.unassignedSplits()).isPositive();
        assertThat(paths()).containsExactly("a");
    }
}
