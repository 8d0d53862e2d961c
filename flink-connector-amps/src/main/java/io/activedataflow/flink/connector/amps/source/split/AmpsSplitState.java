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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** How far a reader has emitted a split. Mutable; task thread only. */
@Internal
public final class AmpsSplitState {

    private final AmpsSplit initial;
    private final ReplayTracker tracker;
    private String start;
    private @Nullable ReplayEnd end;
    private long remaining;

    public AmpsSplitState(AmpsSplit split, PublisherPruning pruning) {
        this.initial = split;
        this.tracker = new ReplayTracker(split.position(), pruning);
        this.start = split.start();
        this.end = split.end();
        this.remaining = split.remaining();
    }

    /** A message with a bookmark has just been emitted. */
    public void advance(String server, long publisherId, long sequence, long timestampMicros) {
        tracker.advance(server, publisherId, sequence, timestampMicros);
        countEmitted();
    }

    /** A message without a bookmark has just been emitted. */
    public void countEmitted() {
        if (remaining > 0) {
            remaining--;
        }
    }

    /** See {@link ReplayTracker#moveTo}. */
    public void moveTo(String server, AmpsBookmark bookmark) {
        tracker.moveTo(server, bookmark);
    }

    /** The end was taken anew from another server's log. */
    public void endAt(ReplayEnd newEnd) {
        end = newEnd;
    }

    /** The data-loss policy starts over from here, with no message counting as a duplicate. */
    public void restartAt(String newStart) {
        tracker.clear();
        start = newStart;
    }

    public AmpsSplit toSplit() {
        return new AmpsSplit(
                initial.topic(),
                initial.shard(),
                initial.kind(),
                start,
                tracker.toPosition(),
                end,
                remaining,
                initial.appliedOverride());
    }
}
