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
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntryBinary;

import java.util.Map;

/** Reads on after the last entry that was read. Fetcher thread. */
final class BookmarkSplitReader extends JedisSplitReader {

    private final XReadParams params;
    private StreamEntryID last;

    BookmarkSplitReader(StreamAddress address, int count, int blockMillis) {
        super(address);
        this.params = XReadParams.xReadParams().count(count).block(blockMillis);
    }

    @Override
    void start(StreamSplit split) {
        last = new StreamEntryID(split.milliseconds(), split.sequence());
    }

    @Override
    EntryList read(Jedis connection) {
        EntryList entries =
                EntryList.of(splitId(), connection.xreadBinary(params, Map.of(key(), last)));
        StreamEntryBinary tail = entries.last();
        if (tail != null) {
            last = tail.getID();
        }
        return entries;
    }
}
