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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * Knows when a split has ended: when an entry at or beyond its stop was read, or when a read
 * returned nothing after the server had got past the stop. The entry at the stop may be gone.
 * Fetcher thread only.
 */
@Internal
final class StopCondition {

    private final @Nullable StopPoint stop;
    private boolean passed;
    private boolean serverIsPast;

    StopCondition(@Nullable StopPoint stop) {
        this.stop = stop;
    }

    boolean isBounded() {
        return stop != null;
    }

    boolean needsServerTime() {
        return stop != null && stop.byTime();
    }

    /** The index after the last entry of a section that still belongs to the split. */
    int endWithin(EntryBuffer buffer, int from, int to) {
        if (stop == null || !isBeyond(buffer, to - 1)) {
            return to;
        }
        passed = true;
        int within = from;
        int beyond = to - 1;
        while (within < beyond) {
            int middle = (within + beyond) >>> 1;
            if (isBeyond(buffer, middle)) {
                beyond = middle;
            } else {
                within = middle + 1;
            }
        }
        return within;
    }

    private boolean isBeyond(EntryBuffer buffer, int entry) {
        return StreamEntryId.compare(
                        buffer.idMilliseconds(entry),
                        buffer.idSequence(entry),
                        stop.lastId().milliseconds(),
                        stop.lastId().sequence())
                > 0;
    }

    /** Takes note of the server, after a read has returned nothing. */
    void observe(StreamObservation observation) {
        if (stop == null) {
            return;
        }
        boolean streamIsPast =
                observation
                        .info()
                        .map(info -> !stop.lastId().isAfter(info.lastGeneratedId()))
                        .orElse(false);
        boolean clockIsPast =
                stop.byTime()
                        && observation.serverTimeMillis().isPresent()
                        && Long.compareUnsigned(
                                        observation.serverTimeMillis().getAsLong(),
                                        stop.lastId().milliseconds())
                                > 0;
        serverIsPast |= streamIsPast || clockIsPast;
    }

    /** Whether the server was seen to be past the stop, so that the next empty read is the end. */
    boolean isServerPast() {
        return serverIsPast;
    }

    /** Whether reading has got to the stop. */
    boolean isReached(StreamEntryId position) {
        return passed || stop != null && !stop.lastId().isAfter(position);
    }

    /** Starts over, for a stream that is read from its beginning again. */
    void rewind() {
        passed = false;
        serverIsPast = false;
    }
}
