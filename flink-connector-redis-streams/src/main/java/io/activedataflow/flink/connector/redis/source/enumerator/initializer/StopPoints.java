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

package io.activedataflow.flink.connector.redis.source.enumerator.initializer;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** Turns stop positions into stop points. */
@Internal
final class StopPoints {

    private StopPoints() {}

    /** The stop point, or null to read for ever. */
    @Nullable
    static StopPoint resolve(RedisStreamsStopPosition stop, StreamSnapshot snapshot) {
        if (stop instanceof RedisStreamsStopPosition.Never) {
            return null;
        }
        if (stop instanceof RedisStreamsStopPosition.LatestAtStart) {
            StreamEntryId last =
                    snapshot.info().map(StreamInfo::lastGeneratedId).orElse(StreamEntryId.ZERO);
            return new StopPoint(last, false);
        }
        if (stop instanceof RedisStreamsStopPosition.Timestamp timestamp) {
            return new StopPoint(StartPoint.before(timestamp.epochMillis()), true);
        }
        if (stop instanceof RedisStreamsStopPosition.Ids explicit) {
            return new StopPoint(stopId(explicit, snapshot.stream().key()), false);
        }
        throw new IllegalArgumentException("Unknown stop position: " + stop);
    }

    private static StreamEntryId stopId(RedisStreamsStopPosition.Ids stop, String streamKey) {
        StreamEntryId id = stop.ids().get(streamKey);
        if (id == null) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.FATAL,
                    "There is no stop ID for the stream '"
                            + streamKey
                            + "', which the source is to read. Add one to ids(...), or select the"
                            + " streams by keys.",
                    null);
        }
        return id;
    }
}
