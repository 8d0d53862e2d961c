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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * Where to stop reading. With any position but {@link #never()} the source is bounded: it looks for
 * streams once, reads each up to its stop, and ends.
 *
 * <p>It is turned into a fixed entry ID for each stream once, before anything is read, and plays no
 * part after a restore.
 */
@PublicEvolving
public sealed interface RedisStreamsStopPosition extends Serializable {

    /** Read for ever. The default. */
    static RedisStreamsStopPosition never() {
        return new Never();
    }

    /**
     * The last entry there is at the moment the job starts, inclusive. A stream that does not exist
     * then is empty.
     */
    static RedisStreamsStopPosition latest() {
        return new LatestAtStart();
    }

    /**
     * Everything before this time: entries whose IDs have fewer milliseconds. A time in the future
     * is waited for, by the server's clock.
     *
     * @param epochMillis milliseconds since the epoch, not negative
     */
    static RedisStreamsStopPosition timestamp(long epochMillis) {
        return new Timestamp(epochMillis);
    }

    /** Everything before this instant: entries whose IDs have fewer milliseconds. */
    static RedisStreamsStopPosition timestamp(Instant instant) {
        return new Timestamp(instant.toEpochMilli());
    }

    /**
     * The entry of the given ID, inclusive, by stream key; there need not be an entry of exactly
     * this ID, but the stream has to get past it for the job to end. The job fails if it finds a
     * stream that is not in the map.
     */
    static RedisStreamsStopPosition ids(Map<String, StreamEntryId> ids) {
        return new Ids(ids);
    }

    /** Whether a source that stops here is bounded. */
    default boolean isBounded() {
        return true;
    }

    /** See {@link RedisStreamsStopPosition#never()}. */
    @Internal
    record Never() implements RedisStreamsStopPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean isBounded() {
            return false;
        }

        @Override
        public String toString() {
            return "never";
        }
    }

    /** See {@link RedisStreamsStopPosition#latest()}. */
    @Internal
    record LatestAtStart() implements RedisStreamsStopPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "latest at start";
        }
    }

    /** See {@link RedisStreamsStopPosition#timestamp(long)}. */
    @Internal
    record Timestamp(long epochMillis) implements RedisStreamsStopPosition {
        private static final long serialVersionUID = 1L;

        public Timestamp {
            PositionChecks.requireEpochMillis(epochMillis);
        }

        @Override
        public String toString() {
            return "timestamp " + epochMillis;
        }
    }

    /** See {@link RedisStreamsStopPosition#ids(Map)}. */
    @Internal
    record Ids(Map<String, StreamEntryId> ids) implements RedisStreamsStopPosition {
        private static final long serialVersionUID = 1L;

        public Ids {
            ids = PositionChecks.copyOf("ids()", ids);
        }

        @Override
        public String toString() {
            return "IDs " + ids;
        }
    }
}
