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

package io.activedataflow.flink.connector.redis.source.split;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PositionOverridesTest {

    private static final StreamEntryId OVERRIDE = new StreamEntryId(3, 1);
    private static final StopPoint STOP = new StopPoint(new StreamEntryId(99, 0), false);
    private static final RedisStreamsSplit SPLIT = split(new StreamEntryId(50, 0), 12, true, null);

    private static RedisStreamsSplit split(
            StreamEntryId bookmark, long entriesRead, boolean known, StreamEntryId applied) {
        return new RedisStreamsSplit("s-1", 1, bookmark, entriesRead, known, known, STOP, applied);
    }

    @Test
    void aPositionForAnotherStreamChangesNothing() {
        assertThat(PositionOverrides.apply(SPLIT, Map.of("s-2", OVERRIDE))).isSameAs(SPLIT);
    }

    @Test
    void aPositionReplacesTheBookmarkAndWhatBelongsToIt() {
        assertThat(PositionOverrides.apply(SPLIT, Map.of("s-1", OVERRIDE)))
                .isEqualTo(
                        new RedisStreamsSplit("s-1", 1, OVERRIDE, -1, true, false, STOP, OVERRIDE));
    }

    @Test
    void theBeginningIsALenientPosition() {
        assertThat(PositionOverrides.apply(SPLIT, Map.of("s-1", StreamEntryId.ZERO)).strict())
                .isFalse();
    }

    @Test
    void aPositionIsAppliedOnlyOnce() {
        RedisStreamsSplit readOn = split(new StreamEntryId(4, 0), 2, true, OVERRIDE);

        assertThat(PositionOverrides.apply(readOn, Map.of("s-1", OVERRIDE))).isSameAs(readOn);
    }

    @Test
    void aPositionThatWasTakenBackCanBeAppliedAgain() {
        RedisStreamsSplit readOn = split(new StreamEntryId(4, 0), 2, true, OVERRIDE);

        RedisStreamsSplit withoutPosition = PositionOverrides.apply(readOn, Map.of());

        assertThat(withoutPosition).isEqualTo(split(new StreamEntryId(4, 0), 2, true, null));
        assertThat(PositionOverrides.apply(withoutPosition, Map.of("s-1", OVERRIDE)).bookmark())
                .isEqualTo(OVERRIDE);
    }
}
