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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;

import redis.clients.jedis.exceptions.JedisException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that keeps appending numbered entries to some streams in turn, until it is ended. When
 * the server goes away it waits for it and goes on after the last entry that survived.
 */
final class NumberWriter implements AutoCloseable {

    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(20);

    private final RedisServer server;
    private final Map<String, Long> written = new LinkedHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "number-writer");
    private final long pauseNanos;

    private NumberWriter(RedisServer server, List<String> keys, Duration pause) {
        this.server = server;
        this.pauseNanos = pause.toNanos();
        keys.forEach(key -> written.put(key, 0L));
    }

    /** Starts to write, with a pause after each round of one entry per stream. */
    static NumberWriter start(RedisServer server, List<String> keys, Duration pause) {
        NumberWriter writer = new NumberWriter(server, keys, pause);
        writer.thread.setDaemon(true);
        writer.thread.start();
        return writer;
    }

    private void run() {
        try {
            while (!isEnded(0)) {
                try (RedisCommands redis = server.connect()) {
                    for (String key : written.keySet()) {
                        written.put(key, lastNumber(redis, key) + 1);
                    }
                    writeUntilEnded(redis);
                } catch (JedisException e) {
                    // The server is down, as the test wants it to be now and then.
                    isEnded(RECONNECT_PAUSE.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilEnded(RedisCommands redis) throws InterruptedException {
        do {
            for (Map.Entry<String, Long> stream : written.entrySet()) {
                redis.xadd(stream.getKey(), "*", "v", stream.getValue());
                stream.setValue(stream.getValue() + 1);
            }
        } while (!isEnded(pauseNanos));
    }

    private boolean isEnded(long waitNanos) throws InterruptedException {
        return end.await(waitNanos, TimeUnit.NANOSECONDS);
    }

    private static long lastNumber(RedisCommands redis, String key) {
        List<Object> last = redis.list("XREVRANGE", key, "+", "-", "COUNT", 1);
        if (last.isEmpty()) {
            return -1;
        }
        List<?> fields = (List<?>) ((List<?>) last.get(0)).get(1);
        return Long.parseLong(new String((byte[]) fields.get(1), StandardCharsets.US_ASCII));
    }

    /** Ends the writing; returns how many entries each stream has. */
    Map<String, Long> finish() throws InterruptedException {
        end.countDown();
        thread.join(SequenceLedger.PATIENCE.toMillis());
        if (thread.isAlive()) {
            throw new AssertionError("The writer does not end.");
        }
        try (RedisCommands redis = server.connect()) {
            written.replaceAll((key, ignored) -> lastNumber(redis, key) + 1);
        }
        return Map.copyOf(written);
    }

    @Override
    public void close() {
        end.countDown();
        thread.interrupt();
    }
}
