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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads what the server has not delivered to the group yet. Fetcher thread. */
final class GroupSplitReader extends JedisSplitReader {

    private static final byte[] CONSUMER = "consumer".getBytes(StandardCharsets.US_ASCII);

    private final byte[] group;
    private final XReadGroupParams params;
    private final Map<byte[], StreamEntryID> undelivered;

    GroupSplitReader(StreamAddress address, String group, int count, int blockMillis) {
        super(address);
        this.group = group.getBytes(StandardCharsets.UTF_8);
        this.params = XReadGroupParams.xReadGroupParams().count(count).block(blockMillis);
        this.undelivered = Map.of(key(), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY);
    }

    @Override
    void start(StreamSplit split) {}

    @Override
    EntryList read(Jedis connection) {
        return EntryList.of(
                splitId(), connection.xreadGroupBinary(group, CONSUMER, params, undelivered));
    }
}
