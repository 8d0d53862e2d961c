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
import io.activedataflow.flink.connector.redis.source.split.PositionOverrides;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds the splits that a reader is restored with against the configuration of the job as it is
 * now: streams that are no longer selected are dropped, positions given by hand are applied. Task
 * thread only.
 */
@Internal
final class RestoredSplits {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredSplits.class);

    private final RedisStreamsSelection selection;
    private final Map<String, StreamEntryId> overrides;
    private final List<String> ids = new ArrayList<>();

    RestoredSplits(RedisStreamsSelection selection, Map<String, StreamEntryId> overrides) {
        this.selection = selection;
        this.overrides = overrides;
    }

    /** The splits to go on with. */
    List<RedisStreamsSplit> restore(List<RedisStreamsSplit> splits) {
        List<RedisStreamsSplit> kept = new ArrayList<>(splits.size());
        for (RedisStreamsSplit split : splits) {
            if (!selection.selects(split.streamKey())) {
                LOG.warn(
                        "Stream '{}' is no longer selected by {} and is dropped from the state; it"
                                + " was read up to {}.",
                        split.streamKey(),
                        selection,
                        split.bookmark());
                continue;
            }
            RedisStreamsSplit restored = PositionOverrides.apply(split, overrides);
            if (!restored.bookmark().equals(split.bookmark())) {
                LOG.info(
                        "Stream '{}' goes on after {} instead of {}, as given by hand.",
                        split.streamKey(),
                        restored.bookmark(),
                        split.bookmark());
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
