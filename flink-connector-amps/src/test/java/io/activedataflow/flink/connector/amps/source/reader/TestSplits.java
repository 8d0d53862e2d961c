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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.WireBookmarks;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.PublisherPosition;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Splits of whole topics. */
final class TestSplits {

    static final String EARLIEST = WireBookmarks.EPOCH;

    private TestSplits() {}

    /** A split of which nothing was read. */
    static AmpsSplit fresh(String topic, String start) {
        return split(AmpsTopic.literal(topic), start, ReplayPosition.NONE, null);
    }

    static AmpsSplit fresh(String topic) {
        return fresh(topic, EARLIEST);
    }

    /**
     * A split that was read up to the last of these bookmarks, at this second.
     *
     * @param bookmarks of one message of each publisher
     */
    static AmpsSplit readTo(String topic, AmpsServerUri server, long second, String... bookmarks) {
        return split(
                AmpsTopic.literal(topic),
                EARLIEST,
                position(server, FakeSubscription.micros(second), bookmarks),
                null);
    }

    /** The position behind the last of these messages. */
    static ReplayPosition position(AmpsServerUri server, long micros, String... bookmarks) {
        List<PublisherPosition> latestFirst = new ArrayList<>();
        AmpsBookmark last = null;
        for (String bookmark : bookmarks) {
            last = AmpsBookmark.parse(bookmark);
            latestFirst.add(0, new PublisherPosition(last.publisherId(), last.sequence(), micros));
        }
        return new ReplayPosition(server.text(), last, false, micros, latestFirst);
    }

    /** The position, with an acknowledgement that the log holds nothing more up to a bookmark. */
    static AmpsSplit idleAt(AmpsSplit split, String bookmark) {
        ReplayPosition position = split.position();
        return split.withPosition(
                new ReplayPosition(
                        position.server() == null ? FakeServers.A.text() : position.server(),
                        AmpsBookmark.parse(bookmark),
                        true,
                        position.timestampMicros(),
                        position.publishers()));
    }

    static AmpsSplit split(
            AmpsTopic topic, String start, ReplayPosition position, @Nullable ReplayEnd end) {
        return new AmpsSplit(
                topic,
                AmpsShard.WHOLE,
                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                start,
                position,
                end,
                AmpsSplit.UNLIMITED,
                null);
    }

    static AmpsSplit live(AmpsSplit split) {
        return new AmpsSplit(
                split.topic(),
                split.shard(),
                AmpsSubscriptionKind.LIVE,
                split.start(),
                split.position(),
                split.end(),
                split.remaining(),
                null);
    }

    /** A query of a topic of the state of the world as it is, of which nothing was read. */
    static AmpsSplit query(String topic) {
        return ofKind(AmpsSubscriptionKind.SOW, AmpsTopic.literal(topic), "");
    }

    /** As {@link #query}, to be followed. */
    static AmpsSplit followed(String topic) {
        return ofKind(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE, AmpsTopic.literal(topic), "");
    }

    static AmpsSplit ofKind(AmpsSubscriptionKind kind, AmpsTopic topic, String start) {
        return new AmpsSplit(
                topic,
                AmpsShard.WHOLE,
                kind,
                start,
                ReplayPosition.NONE,
                null,
                AmpsSplit.UNLIMITED,
                null);
    }
}
