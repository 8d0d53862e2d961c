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
import org.apache.flink.api.connector.source.SourceSplit;

import javax.annotation.Nullable;

import java.util.Comparator;
import java.util.Objects;

/**
 * One subscription and how far it has been read. Immutable; {@link AmpsSplitState} is its mutable
 * counterpart in a reader.
 *
 * @param topic what is subscribed to
 * @param shard which part of it
 * @param kind in which way
 * @param start where to start as long as the position is none, in wire form: {@code 0} for the
 *     beginning of the log, a bookmark, a list of bookmarks, or a time; empty for the state of the
 *     world as it is; ignored by live subscriptions
 * @param position how far the split has been read
 * @param end where the split ends, or null if it does not
 * @param remaining how many messages are still to be emitted, or {@link #UNLIMITED}
 * @param appliedOverride the position that was last put in place of the one in the state by hand,
 *     or null; keeps an override from being applied twice
 * @param kindState what this kind of subscription remembers besides
 */
@Internal
public record AmpsSplit(
        AmpsTopic topic,
        AmpsShard shard,
        AmpsSubscriptionKind kind,
        String start,
        ReplayPosition position,
        @Nullable ReplayEnd end,
        long remaining,
        @Nullable String appliedOverride,
        KindState kindState)
        implements SourceSplit, Comparable<AmpsSplit> {

    /** Stands for no limit to the number of messages. */
    public static final long UNLIMITED = -1L;

    private static final Comparator<AmpsSplit> ORDER =
            Comparator.comparing(AmpsSplit::topic).thenComparing(AmpsSplit::shard);

    public AmpsSplit {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(shard, "shard");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(position, "position");
        if (remaining < UNLIMITED) {
            throw new IllegalArgumentException("Messages that remain: " + remaining);
        }
        if (!kindState.isOf(kind)) {
            throw new IllegalArgumentException(kind + " does not remember " + kindState);
        }
    }

    /** A split that remembers nothing besides its position. */
    public AmpsSplit(
            AmpsTopic topic,
            AmpsShard shard,
            AmpsSubscriptionKind kind,
            String start,
            ReplayPosition position,
            @Nullable ReplayEnd end,
            long remaining,
            @Nullable String appliedOverride) {
        this(
                topic,
                shard,
                kind,
                start,
                position,
                end,
                remaining,
                appliedOverride,
                KindState.initial(kind));
    }

    /** The ID of the split of this part of a topic. */
    public static String splitId(AmpsTopic topic, AmpsShard shard) {
        return shard.count() == 1
                ? topic.toString()
                : topic + (shard.isCompeting() ? "@" : "#") + shard.index() + "/" + shard.count();
    }

    @Override
    public String splitId() {
        return splitId(topic, shard);
    }

    /**
     * What {@link #splitId(AmpsTopic, AmpsShard)} made the ID of.
     *
     * @param shardCount into how many shards the topics were cut when the ID was made
     */
    public static AmpsTopic topicOf(String splitId, int shardCount) {
        int end =
                shardCount == 1
                        ? splitId.length()
                        : Math.max(splitId.lastIndexOf('#'), splitId.lastIndexOf('@'));
        return AmpsTopic.parse(end < 0 ? splitId : splitId.substring(0, end));
    }

    /** Where reading goes on: a bookmark with its server, or the start in wire form. */
    public String resumePoint() {
        AmpsBookmark bookmark = position.bookmark();
        return bookmark == null ? start : bookmark + " of " + position.server();
    }

    /** The split, read up to another position. */
    public AmpsSplit withPosition(ReplayPosition newPosition) {
        return new AmpsSplit(
                topic, shard, kind, start, newPosition, end, remaining, appliedOverride, kindState);
    }

    /** The split with another number of messages that remain. */
    public AmpsSplit withRemaining(long newRemaining) {
        return new AmpsSplit(
                topic, shard, kind, start, position, end, newRemaining, appliedOverride, kindState);
    }

    /** The split with another end. */
    public AmpsSplit withEnd(ReplayEnd newEnd) {
        return new AmpsSplit(
                topic, shard, kind, start, position, newEnd, remaining, appliedOverride, kindState);
    }

    /** The split as one that has not been read yet, with another start. */
    public AmpsSplit withStart(String newStart) {
        return new AmpsSplit(
                topic,
                shard,
                kind,
                newStart,
                ReplayPosition.NONE,
                end,
                remaining,
                appliedOverride,
                kindState);
    }

    /** The split with something else to remember. */
    public AmpsSplit withKindState(KindState newState) {
        return new AmpsSplit(
                topic, shard, kind, start, position, end, remaining, appliedOverride, newState);
    }

    public boolean isBounded() {
        return kind == AmpsSubscriptionKind.SOW || end != null || remaining != UNLIMITED;
    }

    /** By topic, then by shard: the same plan on every machine. */
    @Override
    public int compareTo(AmpsSplit other) {
        return ORDER.compare(this, other);
    }
}
