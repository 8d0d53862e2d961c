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
class PendingBytesTest {

    private final PendingBytes pending = new PendingBytes();

    private static RecordFileSplit at(String id, RecordFilePosition position) {
        RecordFileSplit split = TestSplits.file(id);
        return split.at(position, split.identity(), 0);
    }

    @Test
    void sumsUpWhatIsStillToBeRead() {
        pending.assigned(TestSplits.file("a"));
        pending.assigned(TestSplits.range("b", 40, 30, RecordFileSplit.Kind.READ_CUT));
        assertThat(pending.sum()).isEqualTo(130);

        pending.read("a", 60);
        pending.read("b", 10);
        assertThat(pending.sum()).isEqualTo(60);

        pending.ended("a");
        pending.ended("a");
        pending.read("a", 5);
        assertThat(pending.sum()).isEqualTo(20);
    }

    @Test
    void beginsWhereReadingGoesOn() {
        pending.assigned(at("a", RecordFilePosition.atOffset(30)));
        assertThat(pending.sum()).isEqualTo(70);
    }

    @Test
    void neverFallsBelowZeroOnAccountOfCompressedFiles() {
        pending.assigned(at("a", new RecordFilePosition(5000, 0, 5000, 0, 9, 9)));
        pending.assigned(at("b", new RecordFilePosition(5000, 60, 800, 0, 9, 9)));
        assertThat(pending.sum()).isEqualTo(40);

        pending.read("b", 1000);
        assertThat(pending.sum()).isZero();
    }
}
