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

package io.activedataflow.flink.connector.amps.standin;

import io.activedataflow.flink.connector.amps.standin.sow.SowTable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a running server does by itself, in a thread of its own: it lets records expire and tells
 * how many there are.
 */
final class Chores {

    private static final String STATS_TOPIC = "/AMPS/SOWStats";
    private static final long PAUSE_MILLIS = 10;

    private final Broker broker;
    private final Ticker stats = new Ticker();
    private CountDownLatch stopped;

    private Chores(Broker broker) {
        this.broker = broker;
    }

    static Chores of(Broker broker) {
        return new Chores(broker);
    }

    synchronized void start() {
        if (stopped != null || broker.settings().sowTopics().isEmpty()) {
            return;
        }
        Duration interval = broker.settings().sowStatsInterval();
        if (interval != null) {
            stats.every(interval);
        }
        stopped = new CountDownLatch(1);
        CountDownLatch end = stopped;
        Thread thread =
                new Thread(() -> run(end), "amps-standin-" + broker.settings().name() + "-chores");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void stop() {
        if (stopped != null) {
            stopped.countDown();
            stopped = null;
        }
    }

    private void run(CountDownLatch end) {
        try {
            while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                // Whatever is done in order lets records expire before.
                broker.inOrder(() -> {});
                if (stats.isDue(System.nanoTime())) {
                    broker.inOrder(this::publishStats);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishStats() {
        for (SowTable table : broker.stateOfTheWorld().tables()) {
            String body =
                    AdminJson.write(
                            Map.of(
                                    "SOWStats",
                                    new TreeMap<>(
                                            Map.of(
                                                    "message_type", table.topic().messageType(),
                                                    "topic", table.topic().name(),
                                                    "record_count", table.counts().records(),
                                                    "timestamp",
                                                            Timestamps.text(
                                                                    broker.settings()
                                                                            .clock()
                                                                            .getAsLong())))));
            broker.publishEvent(STATS_TOPIC, body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
