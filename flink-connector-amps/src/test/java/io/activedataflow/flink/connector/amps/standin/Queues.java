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

import io.activedataflow.flink.connector.amps.standin.filter.TopicMatcher;
import io.activedataflow.flink.connector.amps.standin.queue.MessageQueue;
import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.queue.QueueFaults;
import io.activedataflow.flink.connector.amps.standin.queue.QueueView;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The queues of an instance. They live on while the server is stopped, as the log does, and begin
 * with what the log holds for them. Locked after the order of publishes and after the subscriptions
 * of a connection, and before its out queue. Thread-safe.
 */
final class Queues {

    private static final long TICK_MILLIS = 10;

    private final String instance;
    private final Map<String, MessageQueue> queues = new LinkedHashMap<>();
    private final QueueFaults faults = new QueueFaults(this::resume);
    private ScheduledExecutorService keeper;

    /**
     * @throws IllegalArgumentException if there are two of one name, or if the topic of a queue is
     *     not logged
     */
    Queues(Settings settings, TransactionLog log) {
        this.instance = settings.name();
        for (QueueDefinition definition : settings.queues()) {
            String name = definition.name();
            if (!settings.logged().test(definition.publishTarget())) {
                throw new IllegalArgumentException(
                        "Queue " + name + " needs its topic in the transaction log.");
            }
            MessageQueue queue =
                    new MessageQueue(
                            definition,
                            settings.clock(),
                            faults,
                            bookmark -> log.takenFromQueue(name, bookmark));
            if (queues.put(name, queue) != null) {
                throw new IllegalArgumentException("There are two queues " + name + '.');
            }
            recover(queue, log);
        }
    }

    private static void recover(MessageQueue queue, TransactionLog log) {
        String name = queue.definition().name();
        for (long position = log.firstPosition(); position <= log.lastPosition(); position++) {
            LogSegment segment = log.segmentOf(position);
            Message message = Message.at(segment, (int) (position - segment.firstPosition()));
            if (queue.definition().isFedBy(message.topic())
                    && !log.isTakenFromQueue(name, message.bookmark())) {
                queue.enter(QueueMessage.of(message), null);
            }
        }
    }

    QueueFaults faults() {
        return faults;
    }

    /** The queue of that name, null if there is none; a name is never taken for a pattern. */
    MessageQueue named(String topic) {
        return queues.get(topic);
    }

    QueueView view(String topic) {
        MessageQueue queue = queues.get(topic);
        if (queue == null) {
            throw new IllegalArgumentException(
                    "There is no queue " + topic + "; tell the builder of it.");
        }
        return queue;
    }

    boolean anyIsMeantBy(TopicMatcher topics) {
        return queues.keySet().stream().anyMatch(topics::matches);
    }

    /** Where a message goes: what is published to a queue is published to a topic of it. */
    Publication target(Publication publication) {
        MessageQueue queue = queues.get(publication.topic());
        return queue == null || queue.definition().publishTarget().equals(publication.topic())
                ? publication
                : publication.to(queue.definition().publishTarget());
    }

    /** A message has been published; a negative lifetime is none. */
    void published(Message message, long lifetimeSeconds) {
        if (!message.bookmarked()) {
            return;
        }
        for (MessageQueue queue : queues.values()) {
            if (queue.definition().isFedBy(message.topic())) {
                queue.enter(
                        QueueMessage.of(message),
                        lifetimeSeconds < 0 ? null : Duration.ofSeconds(lifetimeSeconds));
            }
        }
    }

    Stream<AdminModel.Queue> figures() {
        return queues.values().stream()
                .map(
                        queue ->
                                new AdminModel.Queue(
                                        queue.definition().name(),
                                        queue.depth(),
                                        queue.leasedCount(),
                                        queue.ageOfOldestLease(),
                                        queue.expiredLeases()));
    }

    /** The server is started. */
    synchronized void open() {
        if (keeper == null && !queues.isEmpty()) {
            queues.values().forEach(MessageQueue::restarted);
            keeper =
                    Executors.newSingleThreadScheduledExecutor(
                            work -> {
                                Thread thread =
                                        new Thread(work, "amps-standin-" + instance + "-queues");
                                thread.setDaemon(true);
                                return thread;
                            });
            keeper.scheduleWithFixedDelay(
                    this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The server is stopped. */
    synchronized void close() {
        if (keeper != null) {
            keeper.shutdownNow();
            keeper = null;
        }
    }

    void wipe() {
        queues.values().forEach(MessageQueue::wipe);
    }

    private void resume() {
        queues.values().forEach(MessageQueue::resume);
    }

    private void tick() {
        queues.values().forEach(MessageQueue::tick);
    }
}
