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

import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the user decided, as far as readers are concerned.
 *
 * @param clientName the beginning of the names of connections
 * @param filter the user's content filter, or null
 * @param subscribeOptions further options of the subscription, such as {@code fully_durable} or
 *     {@code select=[-/,+/id]}
 * @param timestamps whether to ask for server times (option {@code timestamp})
 * @param endpointsAreStable whether each URI always means the same instance
 * @param failoverOverlap how far before the last server time to resume on another server
 * @param dataLossPolicy what to do when the position is gone
 * @param pruning which publishers are remembered
 * @param bufferMessages the most messages held per split
 * @param bufferBytes the most bytes held per split; one larger message is held alone
 * @param heartbeatInterval how often both ends give a sign of life; zero for never
 * @param commandTimeout how long a server may take to answer
 * @param backoff how long to wait between attempts
 * @param retryDeadline how long a row of failed attempts may last
 * @param kindOptions what concerns one kind of subscription only
 */
@Internal
public record ReaderOptions(
        String clientName,
        @Nullable String filter,
        List<String> subscribeOptions,
        boolean timestamps,
        boolean endpointsAreStable,
        Duration failoverOverlap,
        AmpsDataLossPolicy dataLossPolicy,
        PublisherPruning pruning,
        int bufferMessages,
        long bufferBytes,
        Duration heartbeatInterval,
        Duration commandTimeout,
        ExponentialBackoff backoff,
        Duration retryDeadline,
        KindOptions kindOptions)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public ReaderOptions {
        subscribeOptions = List.copyOf(subscribeOptions);
    }

    /** Whether queues are read. */
    boolean areOfQueues() {
        return kindOptions instanceof KindOptions.Queue;
    }

    /** Whether to remember which records are in focus. */
    boolean trackKeys() {
        return kindOptions instanceof KindOptions.Snapshot snapshot && snapshot.trackKeys();
    }
}
