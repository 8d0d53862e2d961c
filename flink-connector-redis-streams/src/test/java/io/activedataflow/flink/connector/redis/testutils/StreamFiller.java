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
import redis.clients.jedis.exceptions.JedisDataException;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Adds entries in hand-encoded batches: the server works on one while the next is being encoded.
 * The server never waits for its replies to be read, so that batches may be of any size.
 */
final class StreamFiller {

    private static final int BATCH_ENTRIES = 2_000;
    private static final int BATCH_BYTES = 1 << 20;

    private final Connection connection;
    private final OutputStream out;
    private final byte[] commandAndKey;
    private final RespBuffer buffer = new RespBuffer();
    private byte[] lastId = bytes("0-0");

    /**
     * @param connection where replies are read; nothing may be outstanding on it
     * @param out the other direction of the same connection
     */
    StreamFiller(Connection connection, OutputStream out, byte[] key) {
        this.connection = connection;
        this.out = out;
        this.commandAndKey = commandAndKey(key);
    }

    StreamEntryId fill(long count, LongFunction<byte[][]> fieldsAndValues) {
        int inFlight = 0;
        for (long next = 0; next < count; ) {
            int batch = 0;
            buffer.clear();
            while (next < count && batch < BATCH_ENTRIES && buffer.size() < BATCH_BYTES) {
                encode(fieldsAndValues.apply(next++));
                batch++;
            }
            readReplies(inFlight);
            send();
            inFlight = batch;
        }
        readReplies(inFlight);
        return StreamEntryId.parse(new String(lastId, StandardCharsets.US_ASCII));
    }

    private void encode(byte[][] fieldsAndValues) {
        buffer.header('*', 3 + fieldsAndValues.length);
        buffer.raw(commandAndKey);
        for (byte[] word : fieldsAndValues) {
            buffer.bulk(word);
        }
    }

    private void send() {
        try {
            buffer.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send entries.", e);
        }
    }

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

    private static byte[] commandAndKey(byte[] key) {
        RespBuffer words = new RespBuffer();
        words.bulk(bytes("XADD"));
        words.bulk(key);
        words.bulk(bytes("*"));
        return words.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
