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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes numbered messages on a thread of its own until it is stopped: a publisher for each key,
 * in random turns. The first server takes them; the others get them by replication, per publisher
 * in order but each with an interleaving of its own: each further publisher may be further behind.
 * Servers that are stopped keep their log, so their logs go on growing: only clients notice.
 */
final class NumberWriter implements AutoCloseable {

    /** How much further each publisher may be behind on a replica, in messages. */
    private static final int MORE_BEHIND = 10;

    private final List<AmpsStandIn> servers;
    private final List<String> keys;
    private final String topic;
    private final long firstSequence;
    private final long pauseNanos;
    private final Random random = new Random(42);
    private final Map<String, Long> next = new ConcurrentHashMap<>();
    private final List<Map<String, Queue<LogEntry>>> behind;
    private final Thread thread;
    private volatile boolean stopped;

    private NumberWriter(
            List<AmpsStandIn> servers,
            List<String> keys,
            String topic,
            long firstSequence,
            Duration pause) {
        this.servers = List.copyOf(servers);
        this.keys = List.copyOf(keys);
        this.topic = topic;
        this.firstSequence = firstSequence;
        this.pauseNanos = pause.toNanos();
        this.behind = servers.stream().skip(1).map(server -> newQueues()).toList();
        this.thread = new Thread(this::run, "number-writer");
    }

    private Map<String, Queue<LogEntry>> newQueues() {
        Map<String, Queue<LogEntry>> queues = new HashMap<>();
        keys.forEach(key -> queues.put(key, new ArrayDeque<>()));
        return queues;
    }

    /** Writes to one server. */
    static NumberWriter start(AmpsStandIn server, List<String> keys, Duration pause) {
        return start(List.of(server), keys, 1, pause);
    }

    /**
     * Writes to the first server, and to the others by replication.
     *
     * @param firstSequence the sequence of the first message of each publisher; unsigned
     */
    static NumberWriter start(
            List<AmpsStandIn> servers, List<String> keys, long firstSequence, Duration pause) {
        NumberWriter writer =
                new NumberWriter(servers, keys, NumberedMessages.TOPIC, firstSequence, pause);
        writer.thread.start();
        return writer;
    }

    /** How many messages of this key have been published so far. */
    long written(String key) {
        return next.getOrDefault(key, 0L);
    }

    /** As {@link #written(String)}, of all keys. */
    Map<String, Long> written() {
        return Map.copyOf(next);
    }

    List<String> keys() {
        return keys;
    }

    /** Stops writing, and brings all replicas up to date. */
    void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void run() {
        while (!stopped) {
            publishOne();
            LockSupport.parkNanos(pauseNanos);
        }
        for (int replica = 0; replica < behind.size(); replica++) {
            while (replicateOne(replica)) {
                // until nothing is behind
            }
        }
    }

    private void publishOne() {
        String key = keys.get(random.nextInt(keys.size()));
        long number = written(key);
        LogEntry entry =
                servers.get(0)
                        .publish(
                                key,
                                firstSequence + number,
                                topic,
                                NumberedMessages.body(key, number));
        for (int replica = 0; replica < behind.size(); replica++) {
            behind.get(replica).get(key).add(entry);
            catchUp(replica);
        }
        next.put(key, number + 1);
    }

    private void catchUp(int replica) {
        int lag = MORE_BEHIND;
        for (String key : keys) {
            int most = random.nextInt(lag);
            while (behind.get(replica).get(key).size() > most) {
                replicate(replica, key);
            }
            lag += MORE_BEHIND;
        }
    }

    private void replicate(int replica, String key) {
        servers.get(replica + 1).replicate(behind.get(replica).get(key).remove());
    }

    private boolean replicateOne(int replica) {
        List<String> waiting =
                keys.stream().filter(key -> !behind.get(replica).get(key).isEmpty()).toList();
        if (waiting.isEmpty()) {
            return false;
        }
        replicate(replica, waiting.get(random.nextInt(waiting.size())));
        return true;
    }
}
