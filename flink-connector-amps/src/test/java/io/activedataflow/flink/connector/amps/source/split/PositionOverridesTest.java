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

package io.activedataflow.flink.connector.amps.source.split;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PositionOverridesTest {

    private static final String ID = "orders#1/2";
    private static final String OVERRIDE = "3|1|,4|2|";
    private static final ReplayPosition READ =
            new ReplayPosition(
                    "tcp://amps1:9007/amps/json",
                    new AmpsBookmark(1, 50),
                    false,
                    7,
                    List.of(new PublisherPosition(1, 50, 7)));
    private static final AmpsSplit SPLIT = split("0", READ, null);

    private static AmpsSplit split(String start, ReplayPosition position, String applied) {
        return new AmpsSplit(
                AmpsTopic.literal("orders"),
                new AmpsShard(1, 2, "/id"),
                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                start,
                position,
                ReplayEnd.ofLog("9|9|", "tcp://amps1:9007/amps/json"),
                12,
                applied);
    }

    @Test
    void aPositionForAnotherSplitChangesNothing() {
        assertThat(PositionOverrides.apply(SPLIT, Map.of("orders#0/2", OVERRIDE))).isSameAs(SPLIT);
    }

    @Test
    void aPositionReplacesTheStartAndAllThatWasRead() {
        assertThat(PositionOverrides.apply(SPLIT, Map.of(ID, OVERRIDE)))
                .isEqualTo(split(OVERRIDE, ReplayPosition.NONE, OVERRIDE));
    }

    @Test
    void aPositionIsAppliedOnlyOnce() {
        AmpsSplit readOn = split(OVERRIDE, READ, OVERRIDE);

        assertThat(PositionOverrides.apply(readOn, Map.of(ID, OVERRIDE))).isSameAs(readOn);
    }

    @Test
    void anotherPositionIsAppliedInItsTurn() {
        AmpsSplit readOn = split(OVERRIDE, READ, OVERRIDE);

        assertThat(PositionOverrides.apply(readOn, Map.of(ID, "0")))
                .isEqualTo(split("0", ReplayPosition.NONE, "0"));
    }

    @Test
    void aPositionThatWasTakenBackCanBeAppliedAgain() {
        AmpsSplit readOn = split(OVERRIDE, READ, OVERRIDE);

        AmpsSplit withoutPosition = PositionOverrides.apply(readOn, Map.of());

        assertThat(withoutPosition).isEqualTo(split(OVERRIDE, READ, null));
        assertThat(PositionOverrides.apply(withoutPosition, Map.of(ID, OVERRIDE)).position())
                .isEqualTo(ReplayPosition.NONE);
    }
}
