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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;

import redis.clients.jedis.exceptions.JedisException;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Adds the orders to streams of Redis. Whenever it has connected, it asks each stream for its last
 * order and goes on after that one, as an entry may have been added whose confirmation got lost.
 */
final class RedisOrders implements OrderWriter {

    private static final long PORTION = 5_000;

    /** Adds one entry per order; in the server, so that it syncs to disk once per portion. */
    private static final String ADD_ORDERS =
            """
            local order = tonumber(ARGV[2])
            for i = 1, tonumber(ARGV[4]) do
                redis.call('XADD', KEYS[1], '*', ARGV[1], string.format('%.0f', order))
                order = order + tonumber(ARGV[3])
            end
            """;

    private final RedisServer server;
    private final long[] nextPosition = new long[Orders.PARTITIONS];

    private volatile long written;
    private @Nullable RedisCommands redis;

    RedisOrders(RedisServer server) {
        this.server = server;
    }

    @Override
    public void writeUpTo(long orders) {
        try {
            if (redis == null) {
                connect();
            }
            writeInPortions(orders);
        } catch (JedisException e) {
            // The server is away or still loading.
            close();
        }
    }

    @Override
    public long written() {
        return written;
    }

    /** In small portions, so that the partitions keep pace with each other, and the count too. */
    private void writeInPortions(long orders) {
        boolean more = true;
        while (more) {
            more = false;
            for (int partition = 0; partition < Orders.PARTITIONS; partition++) {
                long missing = Orders.positionsUpTo(partition, orders) - nextPosition[partition];
                if (missing > 0) {
                    write(partition, Math.min(PORTION, missing));
                    more = true;
                }
            }
        }
    }

    private void write(int partition, long count) {
        redis.call(
                "EVAL",
                ADD_ORDERS,
                1,
                Orders.streamOf(partition),
                Orders.FIELD,
                Orders.orderAt(partition, nextPosition[partition]),
                Orders.PARTITIONS,
                count);
        nextPosition[partition] += count;
        written += count;
    }

    private void connect() {
        RedisCommands connection = server.connect();
        try {
            long found = 0;
            for (int partition = 0; partition < Orders.PARTITIONS; partition++) {
                nextPosition[partition] = positionAfterLast(connection, partition);
                found += nextPosition[partition];
            }
            written = found;
            redis = connection;
        } finally {
            if (redis == null) {
                connection.close();
            }
        }
    }

    private static long positionAfterLast(RedisCommands connection, int partition) {
        List<Object> newest =
                connection.list("XREVRANGE", Orders.streamOf(partition), "+", "-", "COUNT", 1);
        return newest.isEmpty() ? 0 : Orders.positionOf(orderOf(newest.get(0))) + 1;
    }

    /** The order in an entry as the server replies it: ID, and fields and values alternating. */
    static long orderOf(Object entry) {
        List<?> fieldsAndValues = (List<?>) ((List<?>) entry).get(1);
        return Long.parseLong(
                new String((byte[]) fieldsAndValues.get(1), StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }
}
