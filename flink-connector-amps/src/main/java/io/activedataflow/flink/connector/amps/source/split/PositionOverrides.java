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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Map;

/**
 * Positions that the user puts in place of those in the state, by split ID, in wire form: {@code 0}
 * for the beginning of the log, a bookmark, a list of bookmarks, or a time.
 */
@Internal
public final class PositionOverrides {

    private PositionOverrides() {}

    /**
     * The split as it is to be read: with the position the user gave for it, unless that has been
     * applied already. Applying is remembered in the split, so that a later failure does not move
     * it again, and forgotten once the user gives no position for it any more.
     *
     * <p>What was read before is forgotten: no message counts as a duplicate after the position was
     * moved by hand. The end and the number of messages that remain stay as they are.
     */
    public static AmpsSplit apply(AmpsSplit split, Map<String, String> overrides) {
        String override = overrides.get(split.splitId());
        if (override == null) {
            return split.appliedOverride() == null
                    ? split
                    : with(split, split.start(), split.position(), null);
        }
        return override.equals(split.appliedOverride())
                ? split
                : with(split, override, ReplayPosition.NONE, override);
    }

    private static AmpsSplit with(
            AmpsSplit split, String start, ReplayPosition position, @Nullable String override) {
        return new AmpsSplit(
                split.topic(),
                split.shard(),
                split.kind(),
                start,
                position,
                split.end(),
                split.remaining(),
                override,
                split.kindState());
    }
}
