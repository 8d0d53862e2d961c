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

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.StreamEntryBinary;

import javax.annotation.Nullable;

/** Reads the one stream over a connection of Jedis'. Fetcher thread. */
abstract class JedisSplitReader implements SplitReader<StreamEntryBinary, StreamSplit> {

    private final StreamAddress address;
    private final byte[] key;
    @Nullable private Jedis jedis;

    JedisSplitReader(StreamAddress address) {
        this.address = address;
        this.key = address.keyBytes();
    }

    /** Starts to read after this entry. */
    abstract void start(StreamSplit split);

    abstract EntryList read(Jedis connection);

    final byte[] key() {
        return key;
    }

    final String splitId() {
        return address.key();
    }

    @Override
    public final RecordsWithSplitIds<StreamEntryBinary> fetch() {
        return read(jedis);
    }

    @Override
    public final void handleSplitsChanges(SplitsChange<StreamSplit> change) {
        jedis = new Jedis(address.host(), address.port());
        start(change.splits().get(0));
    }

    /** A read returns by itself soon enough. */
    @Override
    public final void wakeUp() {}

    @Override
    public final void close() {
        if (jedis != null) {
            jedis.close();
        }
    }
}
