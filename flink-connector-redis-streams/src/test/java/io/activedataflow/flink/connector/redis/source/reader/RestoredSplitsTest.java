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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;

import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.readTo;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RestoredSplitsTest {

    @Test
    void keepsWhatIsSelected() {
        RestoredSplits restored =
                new RestoredSplits(RedisStreamsSelection.keys("a", "b"), Map.of());

        assertThat(restored.restore(List.of(readTo("a", "1-0", 1), readTo("c", "1-0", 1))))
                .containsExactly(readTo("a", "1-0", 1));
        assertThat(restored.restore(List.of(readTo("b", "2-0", 2))))
                .containsExactly(readTo("b", "2-0", 2));
        assertThat(restored.ids()).containsExactly("a", "b");
    }

    @Test
    void withoutSplitsThereIsNothingToReport() {
        RestoredSplits restored = new RestoredSplits(RedisStreamsSelection.keys("a"), Map.of());

        assertThat(restored.restore(List.of())).isEmpty();
        assertThat(restored.ids()).isEmpty();
    }

    @Test
    void appliesPositionsGivenByHandOnce() {
        StreamEntryId override = StreamEntryId.parse("7-0");
        RestoredSplits restored =
                new RestoredSplits(RedisStreamsSelection.pattern("*"), Map.of("a", override));

        RedisStreamsSplit moved = restored.restore(List.of(readTo("a", "9-0", 9))).get(0);
        assertThat(moved.bookmark()).isEqualTo(override);
        assertThat(moved.entriesRead()).isEqualTo(RedisStreamsSplit.UNKNOWN_ENTRIES_READ);
        assertThat(moved.appliedOverride()).isEqualTo(override);
        RedisStreamsSplit readOn =
                new RedisStreamsSplit(
                        "a", -1, StreamEntryId.parse("8-0"), -1, true, true, null, override);
        assertThat(restored.restore(List.of(readOn))).containsExactly(readOn);
    }
}
