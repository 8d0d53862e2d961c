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

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Where to start reading the streams that are there when the job first asks for them.
 *
 * <p>It is turned into a fixed entry ID for each stream once, before anything is read, and plays no
 * part after a restore. Streams that appear later are read from their beginning.
 */
@PublicEvolving
public sealed interface RedisStreamsStartPosition extends Serializable {

    /** The first entry that is still there. The default. */
    static RedisStreamsStartPosition earliest() {
        return new Earliest();
    }

    /**
     * After the last entry there is at the moment the job starts. Entries that are added from then
     * on are all read, also those from before the first fetch. A stream that does not exist yet is
     * read from its beginning.
     */
    static RedisStreamsStartPosition latest() {
        return new Latest();
    }

    /**
     * The first entry whose ID has at least these milliseconds.
     *
     * @param epochMillis milliseconds since the epoch, not negative
     */
    static RedisStreamsStartPosition timestamp(long epochMillis) {
        return new Timestamp(epochMillis);
    }

    /** The first entry whose ID has at least the milliseconds of this instant. */
    static RedisStreamsStartPosition timestamp(Instant instant) {
        return new Timestamp(instant.toEpochMilli());
    }

    /**
     * After the entry of the given ID, by stream key; {@link StreamEntryId#ZERO} stands for the
     * beginning. Streams that are not in the map start at {@link #earliest()}.
     */
    static RedisStreamsStartPosition afterIds(Map<String, StreamEntryId> ids) {
        return new AfterIds(ids, earliest());
    }

    /**
     * After the entry of the given ID, by stream key; {@link StreamEntryId#ZERO} stands for the
     * beginning.
     *
     * @param fallback where streams start that are not in the map
     */
    static RedisStreamsStartPosition afterIds(
            Map<String, StreamEntryId> ids, RedisStreamsStartPosition fallback) {
        return new AfterIds(ids, fallback);
    }

    /**
     * After the committed cursor of the source's consumer group. The job fails if a stream or its
     * group does not exist.
     */
    static RedisStreamsStartPosition committed() {
        return new Committed(null);
    }

    /**
     * After the committed cursor of the source's consumer group.
     *
     * @param fallback where streams start that do not exist or do not have the group
     */
    static RedisStreamsStartPosition committed(RedisStreamsStartPosition fallback) {
        return new Committed(Objects.requireNonNull(fallback, "fallback"));
    }

    /** Whether the source needs a consumer group to find this position. */
    default boolean needsGroup() {
        return false;
    }

    /** See {@link RedisStreamsStartPosition#earliest()}. */
    @Internal
    record Earliest() implements RedisStreamsStartPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "earliest";
        }
    }

    /** See {@link RedisStreamsStartPosition#latest()}. */
    @Internal
    record Latest() implements RedisStreamsStartPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "latest";
        }
    }

    /** See {@link RedisStreamsStartPosition#timestamp(long)}. */
    @Internal
    record Timestamp(long epochMillis) implements RedisStreamsStartPosition {
        private static final long serialVersionUID = 1L;

        public Timestamp {
            PositionChecks.requireEpochMillis(epochMillis);
        }

        @Override
        public String toString() {
            return "timestamp " + epochMillis;
        }
    }

    /** See {@link RedisStreamsStartPosition#afterIds(Map, RedisStreamsStartPosition)}. */
    @Internal
    record AfterIds(Map<String, StreamEntryId> ids, RedisStreamsStartPosition fallback)
            implements RedisStreamsStartPosition {
        private static final long serialVersionUID = 1L;

        public AfterIds {
            ids = PositionChecks.copyOf("afterIds()", ids);
            Objects.requireNonNull(fallback, "fallback");
        }

        @Override
        public boolean needsGroup() {
            return fallback.needsGroup();
        }

        @Override
        public String toString() {
            return "after IDs " + ids + ", otherwise " + fallback;
        }
    }

    /** See {@link RedisStreamsStartPosition#committed(RedisStreamsStartPosition)}. */
    @Internal
    record Committed(@Nullable RedisStreamsStartPosition fallback)
            implements RedisStreamsStartPosition {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needsGroup() {
            return true;
        }

        @Override
        public String toString() {
            return "committed cursor" + (fallback == null ? "" : ", otherwise " + fallback);
        }
    }
}
