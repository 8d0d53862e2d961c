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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the user decided, as far as the enumerator is concerned.
 *
 * @param selection what to read
 * @param start where to start
 * @param stop where to stop
 * @param group the consumer group that a committed start is taken from, or null
 * @param positionOverrides positions put in place of those in the state, by stream key
 * @param discoveryInterval how often to look for new streams while unbounded; zero: never again
 * @param backoff how long to wait between attempts
 * @param retryDeadline how long one step of the discovery may fail before the job does
 */
@Internal
public record RedisStreamsEnumeratorSettings(
        RedisStreamsSelection selection,
        RedisStreamsStartPosition start,
        RedisStreamsStopPosition stop,
        @Nullable String group,
        Map<String, StreamEntryId> positionOverrides,
        Duration discoveryInterval,
        ExponentialBackoff backoff,
        Duration retryDeadline)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public RedisStreamsEnumeratorSettings {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(retryDeadline, "retryDeadline");
        Objects.requireNonNull(discoveryInterval, "discoveryInterval");
        positionOverrides = Collections.unmodifiableMap(new TreeMap<>(positionOverrides));
    }

    boolean isBounded() {
        return stop.isBounded();
    }
}
