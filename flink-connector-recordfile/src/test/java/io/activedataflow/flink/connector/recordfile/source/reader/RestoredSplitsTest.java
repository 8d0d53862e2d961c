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

import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RestoredSplitsTest {

    @Test
    void keepsWhatIsSelected() {
        RestoredSplits restored =
                new RestoredSplits(RecordFileSelection.of("file:///data/a", "/data/b"));

        assertThat(restored.restore(List.of(TestSplits.file("a"), TestSplits.file("c"))))
                .containsExactly(TestSplits.file("a"));
        assertThat(restored.restore(List.of(TestSplits.file("b"))))
                .containsExactly(TestSplits.file("b"));
        assertThat(restored.ids()).containsExactly("a", "b");
    }

    @Test
    void withoutSplitsThereIsNothingToReport() {
        RestoredSplits restored = new RestoredSplits(RecordFileSelection.of("/data"));

        assertThat(restored.restore(List.of())).isEmpty();
        assertThat(restored.ids()).isEmpty();
    }
}
