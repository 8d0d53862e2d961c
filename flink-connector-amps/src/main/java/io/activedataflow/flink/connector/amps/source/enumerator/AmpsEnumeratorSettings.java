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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * What the user decided, as far as the enumerator is concerned.
 *
 * @param selection what to read
 * @param sharding into which shards each topic is cut
 * @param filter the content filter, or null
 * @param kind in which way to subscribe
 * @param start where to start; null for the state of the world as it is
 * @param stop where to stop
 * @param positionOverrides positions put in place of those in the state, by split ID, in wire form
 * @param discoveryInterval how often to look for new topics while unbounded; zero: never again
 * @param clientName the beginning of the names of connections
 * @param commandTimeout how long a server may take to answer
 * @param backoff how long to wait between attempts
 * @param retryDeadline how long one step of the discovery may fail before the job does
 */
@Internal
public record AmpsEnumeratorSettings(
        AmpsTopicSelection selection,
        AmpsSharding sharding,
        @Nullable String filter,
        AmpsSubscriptionKind kind,
        @Nullable AmpsStartPosition start,
        AmpsStopPosition stop,
        Map<String, String> positionOverrides,
        Duration discoveryInterval,
        String clientName,
        Duration commandTimeout,
        ExponentialBackoff backoff,
        Duration retryDeadline)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public AmpsEnumeratorSettings {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(sharding, "sharding");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(discoveryInterval, "discoveryInterval");
        Objects.requireNonNull(clientName, "clientName");
        Objects.requireNonNull(commandTimeout, "commandTimeout");
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(retryDeadline, "retryDeadline");
        positionOverrides = Collections.unmodifiableMap(new TreeMap<>(positionOverrides));
    }

    /** Whether there is an end to what is read. */
    public boolean isBounded() {
        return kind == AmpsSubscriptionKind.SOW || stop.isBounded();
    }

    /** These for a job of so many subtasks: subscriptions to queues are as many by default. */
    AmpsEnumeratorSettings forParallelism(IntSupplier parallelism) {
        return kind != AmpsSubscriptionKind.QUEUE
                ? this
                : new AmpsEnumeratorSettings(
                        selection,
                        sharding.competingBy(parallelism),
                        filter,
                        kind,
                        start,
                        stop,
                        positionOverrides,
                        discoveryInterval,
                        clientName,
                        commandTimeout,
                        backoff,
                        retryDeadline);
    }
}
