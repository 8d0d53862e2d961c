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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Acknowledges entries on a thread and a connection of its own, so that neither the task nor the
 * reading waits, and in pieces, so that the server can do something else in between.
 */
final class Acknowledger implements AutoCloseable {

    private static final int IDS_PER_COMMAND = 1000;

    private final StreamAddress address;
    private final byte[] key;
    private final byte[] group;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private Future<?> latest;
    private Jedis jedis;

    Acknowledger(StreamAddress address, String group) {
        this.address = address;
        this.key = address.keyBytes();
        this.group = group.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns at once; throws what went wrong before. Task thread. */
    void acknowledge(List<List<StreamEntryID>> epochs) throws Exception {
        if (latest != null && latest.isDone()) {
            try {
                latest.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("Cannot acknowledge entries.", e.getCause());
            }
        }
        latest = thread.submit(() -> epochs.forEach(this::send));
    }

    private void send(List<StreamEntryID> ids) {
        if (jedis == null) {
            jedis = new Jedis(address.host(), address.port());
        }
        for (int from = 0; from < ids.size(); from += IDS_PER_COMMAND) {
            byte[][] some = new byte[Math.min(IDS_PER_COMMAND, ids.size() - from)][];
            for (int i = 0; i < some.length; i++) {
                some[i] = ids.get(from + i).toString().getBytes(StandardCharsets.US_ASCII);
            }
            jedis.xack(key, group, some);
        }
    }

    @Override
    public void close() {
        thread.submit(this::disconnect);
        thread.shutdown();
    }

    private void disconnect() {
        if (jedis != null) {
            jedis.close();
        }
    }
}
