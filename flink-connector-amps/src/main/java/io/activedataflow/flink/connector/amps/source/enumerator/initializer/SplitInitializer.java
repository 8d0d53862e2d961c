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

package io.activedataflow.flink.connector.amps.source.enumerator.initializer;

import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.LogSnapshot;
import io.activedataflow.flink.connector.amps.source.WireBookmarks;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * Makes splits, with start and stop turned into fixed positions in wire form. Where either is the
 * end of the log, somebody has to ask for it first. Pure.
 */
@Internal
public final class SplitInitializer {

    private final AmpsSubscriptionKind kind;

    /** Stands for the state of the world as it is. */
    private static final String AS_IT_IS = "";

    private final @Nullable AmpsStartPosition start;
    private final AmpsStopPosition stop;

    public SplitInitializer(
            AmpsSubscriptionKind kind, @Nullable AmpsStartPosition start, AmpsStopPosition stop) {
        this.kind = kind;
        this.start = start;
        this.stop = stop;
    }

    /** Whether {@link #atStart} has to be told where the log ends. */
    public boolean needsLog() {
        return kind == AmpsSubscriptionKind.BOOKMARK_REPLAY
                && (start instanceof AmpsStartPosition.Latest
                        || stop instanceof AmpsStopPosition.LatestAtStart);
    }

    /**
     * The split of a topic that is selected when the job starts.
     *
     * @param log where the log ends; null if nobody {@linkplain #needsLog needs to know}
     */
    public AmpsSplit atStart(AmpsTopic topic, AmpsShard shard, @Nullable LogSnapshot log) {
        return switch (kind) {
            case BOOKMARK_REPLAY -> split(topic, shard, resolveStart(log), resolveStop(log));
            case LIVE, QUEUE -> split(topic, shard, WireBookmarks.EPOCH, null);
            case SOW, SOW_AND_SUBSCRIBE ->
                    split(
                            topic,
                            shard,
                            start == null ? AS_IT_IS : WireBookmarks.start(start),
                            null);
        };
    }

    /** The split of a topic that has appeared while the job was running: all of it. */
    public AmpsSplit appearedLater(AmpsTopic topic, AmpsShard shard) {
        return switch (kind) {
            case BOOKMARK_REPLAY, LIVE, QUEUE -> split(topic, shard, WireBookmarks.EPOCH, null);
            case SOW, SOW_AND_SUBSCRIBE -> split(topic, shard, AS_IT_IS, null);
        };
    }

    private AmpsSplit split(AmpsTopic topic, AmpsShard shard, String from, @Nullable ReplayEnd to) {
        long remaining =
                stop instanceof AmpsStopPosition.AfterMessages count
                        ? count.messagesPerSplit()
                        : AmpsSplit.UNLIMITED;
        return new AmpsSplit(topic, shard, kind, from, ReplayPosition.NONE, to, remaining, null);
    }

    private String resolveStart(@Nullable LogSnapshot log) {
        return start instanceof AmpsStartPosition.Latest ? log.start() : WireBookmarks.start(start);
    }

    @Nullable
    private ReplayEnd resolveStop(@Nullable LogSnapshot log) {
        if (stop instanceof AmpsStopPosition.Never
                || stop instanceof AmpsStopPosition.AfterMessages) {
            return null;
        }
        if (stop instanceof AmpsStopPosition.LatestAtStart) {
            return log.stop();
        }
        if (stop instanceof AmpsStopPosition.Timestamp timestamp) {
            return new ReplayEnd(WireBookmarks.time(timestamp.time()), false, null);
        }
        if (stop instanceof AmpsStopPosition.At at) {
            return new ReplayEnd(WireBookmarks.list(at.bookmarks()), true, null);
        }
        throw new IllegalArgumentException("Unknown stop position: " + stop);
    }
}
