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

    /** Of queries of the state of the world only. */
    private final @Nullable SnapshotTracker snapshot;

    /** Of queues only. */
    private final @Nullable LeaseTracker leases;

    /** The state of a split whose keys need not be tracked. */
    public AmpsSplitState(AmpsSplit split, PublisherPruning pruning) {
        this(split, pruning, false);
    }

    /**
     * @param trackKeys whether to remember which records are in focus of a subscription that goes
     *     on after its query; a query alone remembers its keys in any case
     */
    public AmpsSplitState(AmpsSplit split, PublisherPruning pruning, boolean trackKeys) {
        this.initial = split;
        this.snapshot =
                split.kindState() instanceof KindState.Snapshot state
                        ? new SnapshotTracker(
                                state, trackKeys || split.kind() == AmpsSubscriptionKind.SOW)
                        : null;
        this.leases =
                split.kindState() instanceof KindState.Unacknowledged ? new LeaseTracker() : null;
        this.tracker = new ReplayTracker(split.position(), pruning);
        this.start = split.start();
        this.end = split.end();
        this.remaining = split.remaining();
    }

    /** Whether {@link #emittedKey} is to be told of every message. */
    public boolean remembersKeys() {
        return snapshot != null && snapshot.remembersKeys();
    }

    /**
     * A message with the key of a record has just been emitted.
     *
     * @param outOfFocus whether it said that the record is out of focus
     */
    public void emittedKey(boolean outOfFocus, String topic, byte[] bytes, int offset, int length) {
        snapshot.emitted(outOfFocus, topic, bytes, offset, length);
    }

    /**
     * Whether a bookmark says how far the split was read: not that of a record, because records
     * come in any order.
     */
    public boolean isMovedByBookmarks() {
        return snapshot == null || snapshot.isComplete();
    }

    /** The records of the query will be emitted, once more if they were before. */
    public void beginSnapshot() {
        snapshot.begin();
        tracker.clear();
    }

    /** All records of the query have been emitted. */
    public void completeSnapshot() {
        snapshot.complete();
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

    /** What a queue has leased; null if this is none. */
    @Nullable
    public LeaseTracker leases() {
        return leases;
    }

    private KindState kindState() {
        if (leases != null) {
            return new KindState.Unacknowledged(leases.unacknowledged());
        }
        return snapshot == null ? KindState.NONE : snapshot.toState();
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
                initial.appliedOverride(),
                kindState());
    }
}
