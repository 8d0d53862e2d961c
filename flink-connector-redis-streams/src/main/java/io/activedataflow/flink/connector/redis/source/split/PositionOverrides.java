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

import org.apache.flink.annotation.Internal;

import java.util.Map;

/** Positions that the user puts in place of those in the state, by stream key. */
@Internal
public final class PositionOverrides {

    private PositionOverrides() {}

    /**
     * The split as it is to be read: with the position the user gave for it, unless that has been
     * applied already. Applying is remembered in the split, so that a later failure does not move
     * it again, and forgotten once the user gives no position for it any more.
     *
     * <p>A position given by hand names the bookmark and nothing else. How many entries lie before
     * it is unknown, and whether the stream was ever there counts from now: moving past a stream
     * that was deleted is one of the reasons to move a position.
     */
    public static RedisStreamsSplit apply(
            RedisStreamsSplit split, Map<String, StreamEntryId> overrides) {
        StreamEntryId override = overrides.get(split.streamKey());
        if (override == null) {
            return split.appliedOverride() == null ? split : withoutOverride(split);
        }
        if (override.equals(split.appliedOverride())) {
            return split;
        }
        return new RedisStreamsSplit(
                split.streamKey(),
                split.partition(),
                override,
                RedisStreamsSplit.UNKNOWN_ENTRIES_READ,
                !override.equals(StreamEntryId.ZERO),
                false,
                split.stop(),
                override);
    }

    private static RedisStreamsSplit withoutOverride(RedisStreamsSplit split) {
        return new RedisStreamsSplit(
                split.streamKey(),
                split.partition(),
                split.bookmark(),
                split.entriesRead(),
                split.strict(),
                split.seen(),
                split.stop(),
                null);
    }
}
