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

package io.activedataflow.flink.connector.redis.source.topology;

import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Adds the numbers 0, 1, 2 and so on to each of some streams, in turn, until it is stopped: exactly
 * once, whatever happens to the servers meanwhile, for the ID of an entry follows from its number.
 * A stream that cannot be written to is tried again at its next turn.
 *
 * <p>One thread writes; the methods are the test's.
 */
final class LoadWriter implements AutoCloseable {

    private static final long PACE_NANOS = 300_000;
    private static final int WAIT_MILLIS = 1_000;

    private final Route route;
    private final int copies;
    private final Map<String, Long> written = new LinkedHashMap<>();
    private final Map<String, RedisCommands> connections = new HashMap<>();
    private final Map<String, RuntimeException> failing = new LinkedHashMap<>();
    private final ReentrantLock betweenEntries = new ReentrantLock(true);
    private final Condition noneInDoubt = betweenEntries.newCondition();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean abandoned;

    /** Finds the server of a stream. */
    @FunctionalInterface
    interface Route {

        RedisCommands connect(String key);
    }

    private LoadWriter(Route route, int copies, List<String> keys) {
        this.route = route;
        this.copies = copies;
        keys.forEach(key -> written.put(key, 0L));
        this.thread = new Thread(this::run, "load-writer");
        thread.setDaemon(true);
    }

    /**
     * Starts to write.
     *
     * @param copies how many replicas must have an entry before the next one is added
     */
    static LoadWriter start(Route route, int copies, List<String> keys) {
        LoadWriter writer = new LoadWriter(route, copies, keys);
        writer.thread.start();
        return writer;
    }

    /** The fields and values of the entry of a number. */
    static byte[][] numbered(long number) {
        return new byte[][] {{'n'}, Long.toString(number).getBytes(StandardCharsets.US_ASCII)};
    }

    /** Does something while every entry is either not yet there or safe. */
    void betweenEntries(Runnable action) {
        betweenEntries.lock();
        try {
            // An entry that too few replicas have acknowledged is there, and may have been read.
            while (!failing.isEmpty()) {
                noneInDoubt.await();
            }
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while entries were in doubt: " + this, e);
        } finally {
            betweenEntries.unlock();
        }
    }

    /** How many entries a stream has by now. */
    long countOf(String key) {
        betweenEntries.lock();
        try {
            return written.get(key);
        } finally {
            betweenEntries.unlock();
        }
    }

    /** Stops when no stream is left in doubt; returns how many entries each of them has. */
    Map<String, Long> stop() {
        stopped = true;
        join();
        return written;
    }

    @Override
    public void close() {
        stopped = true;
        abandoned = true;
        join();
        connections.values().forEach(RedisCommands::close);
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a writer stopped.", e);
        }
    }

    private void run() {
        List<String> keys = new ArrayList<>(written.keySet());
        while (!abandoned && !(stopped && failing.isEmpty())) {
            for (String key : keys) {
                if (abandoned || stopped && !failing.containsKey(key)) {
                    continue;
                }
                betweenEntries.lock();
                try {
                    write(key);
                } finally {
                    betweenEntries.unlock();
                }
                LockSupport.parkNanos(PACE_NANOS);
            }
        }
    }

    private void write(String key) {
        long number = written.get(key);
        try {
            RedisCommands redis = connections.computeIfAbsent(key, route::connect);
            try {
                add(redis, key, number);
            } catch (JedisAskDataException e) {
                HostAndPort target = e.getTargetNode();
                try (RedisCommands other =
                        RedisCommands.connect(target.getHost(), target.getPort())) {
                    other.text("ASKING");
                    add(other, key, number);
                }
            }
            written.put(key, number + 1);
            failing.remove(key);
            if (failing.isEmpty()) {
                noneInDoubt.signalAll();
            }
        } catch (RuntimeException e) {
            failing.put(key, e);
            RedisCommands broken = connections.remove(key);
            if (broken != null) {
                broken.close();
            }
        }
    }

    private void add(RedisCommands redis, String key, long number) {
        try {
            redis.xadd(key, (number + 1) + "-0", "n", Long.toString(number));
        } catch (JedisDataException e) {
            if (!e.getMessage().contains("equal or smaller")) {
                throw e;
            }
            // It was added, only the acknowledgement was lost.
            if (copies > 0) {
                // WAIT covers nothing but what its own connection has written.
                redis.text("SET", "written-after:{" + key + '}', Long.toString(number));
            }
        }
        if (copies > 0 && redis.integer("WAIT", copies, WAIT_MILLIS) < copies) {
            throw new IllegalStateException("Not enough replicas have entry " + number + '.');
        }
    }

    @Override
    public String toString() {
        return "written=" + written + ", failing=" + failing;
    }
}
