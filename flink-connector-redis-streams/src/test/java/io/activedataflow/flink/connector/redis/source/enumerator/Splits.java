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
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Splits where only the key matters. */
final class Splits {

    private Splits() {}

    static RedisStreamsSplit named(String key) {
        return new RedisStreamsSplit(
                key,
                RedisStreamsSplit.NO_PARTITION,
                new StreamEntryId(key.hashCode() & 0xff, 1),
                RedisStreamsSplit.UNKNOWN_ENTRIES_READ,
                true,
                true,
                null,
                null);
    }

    static List<RedisStreamsSplit> partitions(int... partitions) {
        return Arrays.stream(partitions).mapToObj(Splits::partition).toList();
    }

    private static RedisStreamsSplit partition(int partition) {
        return new RedisStreamsSplit(
                "orders-" + partition, partition, StreamEntryId.ZERO, -1, false, false, null, null);
    }

    static List<RedisStreamsSplit> of(String... keys) {
        return Arrays.stream(keys).map(Splits::named).toList();
    }

    static List<String> ids(List<RedisStreamsSplit> splits) {
        return splits.stream().map(RedisStreamsSplit::splitId).toList();
    }

    /** The state after the first round. */
    static RedisStreamsEnumState state(Set<String> assigned, List<RedisStreamsSplit> unassigned) {
        return new RedisStreamsEnumState(true, assigned, unassigned);
    }
}
