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

import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.source.RedisStreamsDataLossPolicy;
import io.activedataflow.flink.connector.redis.source.RedisStreamsResetPolicy;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a reader needs to know besides its splits.
 *
 * @param multiKeyReads whether one command may read streams of different hash slots (not in a
 *     cluster)
 * @param readFromReplica whether entries are read from a replica; positions are always checked
 *     against the master
 * @param maxEntries the most entries to ask for, per stream and read
 * @param targetBytes how large a reply should be at most, as far as entry sizes can be foreseen
 * @param positionCheckInterval how often positions are compared with the server
 * @param commandTimeout how long a read may go without a byte from the server, blocking excluded
 * @param backoff the pauses after retriable errors
 * @param retryDeadline how long one incident may last before the job fails
 * @param group the consumer group whose cursor is committed, or null for none
 * @param consumer the consumer to show in the group, or null for none
 */
@Internal
public record ReaderOptions(
        boolean multiKeyReads,
        boolean readFromReplica,
        int maxEntries,
        long targetBytes,
        Duration positionCheckInterval,
        Duration commandTimeout,
        ExponentialBackoff backoff,
        Duration retryDeadline,
        RedisStreamsDataLossPolicy dataLossPolicy,
        RedisStreamsResetPolicy resetPolicy,
        @Nullable String group,
        @Nullable String consumer)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}
