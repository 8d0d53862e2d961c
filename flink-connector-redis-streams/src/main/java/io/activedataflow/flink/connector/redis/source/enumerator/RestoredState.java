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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.split.PositionOverrides;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings state from a checkpoint in line with what the job selects now. */
@Internal
final class RestoredState {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredState.class);

    private RestoredState() {}

    /**
     * The state without streams that are no longer selected, and with the user's positions applied.
     * A stream that is forgotten this way and selected again later is read from its beginning.
     */
    static RedisStreamsEnumState adapt(
            RedisStreamsEnumState state, RedisStreamsEnumeratorSettings settings) {
        RedisStreamsSelection selection = settings.selection();
        Set<String> assigned = new HashSet<>();
        for (String id : state.assignedSplitIds()) {
            if (selection.selects(id)) {
                assigned.add(id);
            }
        }
        List<RedisStreamsSplit> unassigned = new ArrayList<>();
        for (RedisStreamsSplit split : state.unassignedSplits()) {
            if (selection.selects(split.streamKey())) {
                unassigned.add(PositionOverrides.apply(split, settings.positionOverrides()));
            } else {
                LOG.warn(
                        "The stream '{}' is in the restored state, to be read after {}, but is not"
                                + " selected by {} any more. It is dropped.",
                        split.streamKey(),
                        split.bookmark(),
                        selection);
            }
        }
        return new RedisStreamsEnumState(state.initialDiscoveryDone(), assigned, unassigned);
    }
}
