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
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the enumerator keeps in a checkpoint. Who owns a split is not part of it: after a restore
 * the readers tell which splits they have.
 *
 * @param kind in which way the splits are subscribed to
 * @param sharding into which shards the topics were cut; the positions of all splits, also of those
 *     that readers have, hold for these shards only
 * @param filter the user's content filter, or null; only to notice that it has changed: it is not
 *     the state's but the job's that counts
 * @param initialDiscoveryDone whether the topics that were there at the start have been found and
 *     their start positions fixed
 * @param assignedSplitIds the splits that readers have, or have read to their end
 * @param unassignedSplits the splits that no reader has yet, with their positions
 */
@Internal
public record AmpsEnumState(
        AmpsSubscriptionKind kind,
        AmpsSharding sharding,
        @Nullable String filter,
        boolean initialDiscoveryDone,
        Set<String> assignedSplitIds,
        List<AmpsSplit> unassignedSplits) {

    public AmpsEnumState {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sharding, "sharding");
        assignedSplitIds = Set.copyOf(assignedSplitIds);
        unassignedSplits = List.copyOf(unassignedSplits);
    }
}
