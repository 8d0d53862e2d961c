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

import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.enumerator.subscriber.DiscoveredStream;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * Makes a split of a stream, with start and stop turned into fixed entry IDs. Used on the
 * enumerator's worker thread; blocks.
 */
@Internal
public final class SplitInitializer {

    private final RedisStreamsStartPosition start;
    private final RedisStreamsStopPosition stop;
    @Nullable private final String group;

    /**
     * @param group the consumer group whose committed cursor may be the start, or null
     */
    public SplitInitializer(
            RedisStreamsStartPosition start,
            RedisStreamsStopPosition stop,
            @Nullable String group) {
        if (start.needsGroup() && group == null) {
            throw new IllegalArgumentException(
                    "The start position '"
                            + start
                            + "' needs a consumer group. Set one, or choose another start.");
        }
        this.start = start;
        this.stop = stop;
        this.group = group;
    }

    /** The split of a stream that is there, or expected, when the job starts. */
    public RedisStreamsSplit atStart(RedisStreamsClient client, DiscoveredStream stream) {
        StreamSnapshot snapshot = new StreamSnapshot(client, stream);
        return split(
                stream,
                StartPoint.resolve(start, snapshot, group),
                StopPoints.resolve(stop, snapshot));
    }

    /** The split of a stream that has appeared while the job was running: all of it. */
    public RedisStreamsSplit appearedLater(DiscoveredStream stream) {
        return split(stream, StartPoint.beginning(stream.exists()), null);
    }

    private static RedisStreamsSplit split(
            DiscoveredStream stream, StartPoint from, @Nullable RedisStreamsSplit.StopPoint to) {
        return new RedisStreamsSplit(
                stream.key(),
                stream.partition(),
                from.bookmark(),
                from.entriesRead(),
                from.strict(),
                from.seen(),
                to,
                null);
    }
}
