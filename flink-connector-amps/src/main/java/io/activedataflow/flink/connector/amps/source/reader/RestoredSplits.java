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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.PositionOverrides;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds the splits that a reader is restored with against the configuration of the job as it is
 * now: topics that are no longer selected are dropped, other shards are refused, positions given by
 * hand are applied. Task thread only.
 */
@Internal
final class RestoredSplits {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredSplits.class);

    private final AmpsTopicSelection selection;
    private final AmpsSharding sharding;
    private final Map<String, String> overrides;
    private final List<String> ids = new ArrayList<>();

    RestoredSplits(
            AmpsTopicSelection selection, AmpsSharding sharding, Map<String, String> overrides) {
        this.selection = selection;
        this.sharding = sharding;
        this.overrides = overrides;
    }

    /**
     * The splits to go on with.
     *
     * @throws IllegalStateException if the topics were cut into other shards
     */
    List<AmpsSplit> restore(List<AmpsSplit> splits) {
        List<AmpsSplit> kept = new ArrayList<>(splits.size());
        for (AmpsSplit split : splits) {
            if (!selection.selects(split.topic())) {
                LOG.warn(
                        "{} is no longer selected by {} and is dropped from the state; it was read"
                                + " up to {}.",
                        split.splitId(),
                        selection,
                        split.resumePoint());
                continue;
            }
            if (split.kind() == AmpsSubscriptionKind.QUEUE && !sharding.contains(split.shard())) {
                // The others compete for what this one would have got.
                continue;
            }
            sharding.requireSame(split.shard());
            AmpsSplit restored = PositionOverrides.apply(split, overrides);
            if (!restored.position().equals(split.position())) {
                LOG.info(
                        "{} goes on from '{}' instead of {}, as given by hand.",
                        split.splitId(),
                        restored.start(),
                        split.resumePoint());
            }
            kept.add(restored);
            ids.add(split.splitId());
        }
        return kept;
    }

    /** The IDs of all splits kept so far. */
    List<String> ids() {
        return ids;
    }
}
