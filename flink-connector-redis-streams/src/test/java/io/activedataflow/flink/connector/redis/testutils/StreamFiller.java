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

package io.activedataflow.flink.connector.redis.testutils;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;

/** Adds entries in pipelined batches: the server works on one while the next is written. */
final class StreamFiller {

    /** Small enough for the replies of two batches to fit into any socket buffer. */
    private static final int BATCH = 500;

    private static final ProtocolCommand XADD =
            RedisCommands.command("XADD".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] NEXT_ID = {'*'};

    private final Connection connection;
    private byte[] lastId = "0-0".getBytes(StandardCharsets.US_ASCII);

    StreamFiller(Connection connection) {
        this.connection = connection;
    }

    StreamEntryId fill(byte[] key, long count, LongFunction<byte[][]> fieldsAndValues) {
        int inFlight = 0;
        for (long done = 0; done < count; ) {
            int batch = (int) Math.min(BATCH, count - done);
            for (int i = 0; i < batch; i++) {
                send(key, fieldsAndValues.apply(done + i));
            }
            readReplies(inFlight);
            inFlight = batch;
            done += batch;
        }
        readReplies(inFlight);
        return StreamEntryId.parse(new String(lastId, StandardCharsets.US_ASCII));
    }

    private void send(byte[] key, byte[][] fieldsAndValues) {
        byte[][] arguments = new byte[2 + fieldsAndValues.length][];
        arguments[0] = key;
        arguments[1] = NEXT_ID;
        System.arraycopy(fieldsAndValues, 0, arguments, 2, fieldsAndValues.length);
        connection.sendCommand(XADD, arguments);
    }

    /** Reading flushes all that is written so far. */
    private void readReplies(int count) {
        if (count == 0) {
            return;
        }
        List<Object> replies = connection.getMany(count);
        for (Object reply : replies) {
            if (reply instanceof JedisDataException failure) {
                throw failure;
            }
        }
        lastId = (byte[]) replies.get(count - 1);
    }
}
