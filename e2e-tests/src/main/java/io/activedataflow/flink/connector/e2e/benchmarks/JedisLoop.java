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

package io.activedataflow.flink.connector.e2e.benchmarks;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntryBinary;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads with the client alone, no Flink. */
final class JedisLoop implements Contestant {

    private final String host;
    private final int port;
    private final Dataset dataset;

    JedisLoop(String host, int port, Dataset dataset) {
        this.host = host;
        this.port = port;
        this.dataset = dataset;
    }

    @Override
    public void run(Meter meter) {
        byte[] key = dataset.key().getBytes(StandardCharsets.UTF_8);
        XReadParams params = XReadParams.xReadParams().count(COUNT).block(BLOCK_MILLIS);
        StreamEntryID last = new StreamEntryID(0, 0);
        try (Jedis jedis = new Jedis(host, port)) {
            for (long read = 0; read < dataset.entries(); ) {
                List<Map.Entry<byte[], List<StreamEntryBinary>>> reply =
                        jedis.xreadBinary(params, Map.of(key, last));
                if (reply == null) {
                    throw new IllegalStateException(
                            "Miscounted: only " + read + " entries of " + dataset.entries() + '.');
                }
                List<StreamEntryBinary> entries = reply.get(0).getValue();
                if (read == 0) {
                    meter.count(1, "");
                }
                read += entries.size();
                StreamEntryBinary tail = entries.get(entries.size() - 1);
                last = tail.getID();
                if (read >= dataset.entries()) {
                    byte[] value = tail.getFields().values().iterator().next();
                    meter.count(read, new String(value, StandardCharsets.US_ASCII));
                }
            }
        }
    }
}
