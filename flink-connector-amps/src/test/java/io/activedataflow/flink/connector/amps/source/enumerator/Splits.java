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

import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Splits where only the topic and the shard matter. */
final class Splits {

    private Splits() {}

    static AmpsSplit named(String topic) {
        return startingAt(topic, AmpsShard.WHOLE, (topic.hashCode() & 0xff) + "|1|");
    }

    static List<AmpsSplit> partitions(int... partitions) {
        return Arrays.stream(partitions).mapToObj(Splits::shard).toList();
    }

    private static AmpsSplit shard(int index) {
        return startingAt("orders", new AmpsShard(index, 11, "/id"), "0");
    }

    static AmpsSplit startingAt(String topic, AmpsShard shard, String start) {
        return new AmpsSplit(
                AmpsTopic.literal(topic),
                shard,
                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                start,
                ReplayPosition.NONE,
                null,
                AmpsSplit.UNLIMITED,
                null);
    }

    static List<AmpsSplit> of(String... topics) {
        return Arrays.stream(topics).map(Splits::named).toList();
    }

    static List<String> ids(List<AmpsSplit> splits) {
        return splits.stream().map(AmpsSplit::splitId).toList();
    }

    /** The state after the first round, of topics that are not sharded. */
    static AmpsEnumState state(Set<String> assigned, List<AmpsSplit> unassigned) {
        return new AmpsEnumState(
                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                AmpsSharding.NONE,
                null,
                true,
                assigned,
                unassigned);
    }
}
