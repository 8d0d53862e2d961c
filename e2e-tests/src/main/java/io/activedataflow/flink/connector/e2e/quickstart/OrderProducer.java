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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes the orders at a steady rate, on a thread of its own. While the server is away it waits;
 * once it is back, it asks each stream for its last order and goes on after that one, as an entry
 * may have been added whose confirmation got lost.
 */
final class OrderProducer implements AutoCloseable {

    private static final long TICK_MILLIS = 50;
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
    private final long total;
    private final long backlog;
    private final long nanosOfPacing;
    private final long[] nextPosition = new long[Orders.PARTITIONS];
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("order-producer"));
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    private volatile long written;
    private @Nullable RedisCommands redis;
    private long startNanos;

    /**
     * @param total how many orders to write
     * @param backlog how many of them to write at once, by {@link #writeBacklog}
     * @param pacing how long to take for the rest
     */
    OrderProducer(RedisServer server, long total, long backlog, Duration pacing) {
        this.server = server;
        this.total = total;
        this.backlog = backlog;
        this.nanosOfPacing = pacing.toNanos();
    }

    /** Writes the first orders as fast as it goes, and returns when they are in the server. */
    void writeBacklog() {
        connect();
        writeUpTo(backlog);
    }

    /** Starts to write the others. */
    void start() {
        startNanos = System.nanoTime();
        thread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many orders the server has confirmed. Any thread. */
    long written() {
        return written;
    }

    /** Fails if the producer has given up. Any thread. */
    void check() {
        RuntimeException reason = failure.get();
        if (reason != null) {
            throw new IllegalStateException("The producer of orders has failed.", reason);
        }
    }

    private void tick() {
        try {
            if (redis == null) {
                connect();
            }
            writeUpTo(due());
        } catch (JedisException e) {
            // The server is away or still loading; what is due is written when it is back.
            disconnect();
        } catch (RuntimeException e) {
            failure.set(e);
            throw e;
        }
    }

    private long due() {
        double elapsed = System.nanoTime() - startNanos;
        long paced = (long) ((total - backlog) * Math.min(1.0, elapsed / nanosOfPacing));
        return Math.min(total, backlog + paced);
    }

    /** In small portions, so that the partitions keep pace with each other, and the count too. */
    private void writeUpTo(long orders) {
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

    private void disconnect() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }

    @Override
    public void close() {
        thread.execute(this::disconnect);
        thread.shutdown();
    }
}
