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

package io.activedataflow.flink.connector.amps.standin.queue;

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilter;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A queue with a clock that only moves when told, without a server around it. */
final class QueueFixture {

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final QueueFaults faults;
    private final MessageQueue queue;
    private final List<String> taken = new ArrayList<>();
    private int published;

    QueueFixture(QueueDefinition.Builder definition) {
        MessageQueue[] later = new MessageQueue[1];
        this.faults = new QueueFaults(() -> later[0].resume());
        this.queue = new MessageQueue(definition.build(), clock::get, faults, taken::add);
        later[0] = queue;
    }

    /** A queue Q that leases 10 messages to a subscription for 10 seconds. */
    static QueueDefinition.Builder leasing() {
        return QueueDefinition.named("Q")
                .leasePeriod(Duration.ofSeconds(10))
                .maxPerSubscriptionBacklog(10);
    }

    /** A published message. */
    private record Published(String bookmark, String json, long timestampMicros)
            implements QueuedMessage {

        @Override
        public String topic() {
            return "Q";
        }

        @Override
        public byte[] body() {
            return json.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String correlationId() {
            return null;
        }
    }

    /** A subscription that remembers what it got. */
    final class Consumer implements QueueConsumer {

        private final String name;
        private final int backlog;
        private final ContentFilter filter;
        private final List<String> received = new ArrayList<>();
        private final List<Long> leases = new ArrayList<>();

        private Consumer(String name, int backlog, String filter) {
            this.name = name;
            this.backlog = backlog;
            try {
                this.filter = ContentFilter.parse(filter);
            } catch (FilterSyntaxException e) {
                throw new IllegalArgumentException(e);
            }
        }

        /** Bookmarks in the order of delivery. */
        List<String> received() {
            return received;
        }

        /** The ends of the leases of what was received; null for what was given away. */
        List<Long> leases() {
            return leases;
        }

        @Override
        public Object owner() {
            return name;
        }

        @Override
        public String clientName() {
            return name;
        }

        @Override
        public String subId() {
            return "S";
        }

        @Override
        public String messageType() {
            return "json";
        }

        @Override
        public int maxBacklog() {
            return backlog;
        }

        @Override
        public boolean wants(FilterSubject message) {
            return filter.matches(message);
        }

        @Override
        public void deliver(QueuedMessage message, Long leaseUntilMicros) {
            received.add(message.bookmark());
            leases.add(leaseUntilMicros);
        }
    }

    MessageQueue queue() {
        return queue;
    }

    QueueFaults faults() {
        return faults;
    }

    /** The bookmarks of what has left the queue. */
    List<String> taken() {
        return taken;
    }

    long now() {
        return clock.get();
    }

    /** Publishes the next message, whose bookmark is 1|n|. */
    String publish(String json) {
        return publish(json, null);
    }

    String publish(String json, Duration lifetime) {
        String bookmark = "1|" + ++published + '|';
        queue.enter(new Published(bookmark, json, clock.get()), lifetime);
        return bookmark;
    }

    Consumer join(String name, int backlog) {
        return join(name, backlog, "1 = 1");
    }

    Consumer join(String name, int backlog, String filter) {
        Consumer consumer = new Consumer(name, backlog, filter);
        queue.join(consumer);
        return consumer;
    }

    Consumer replace(Consumer older, int backlog, String filter) {
        Consumer consumer = new Consumer(older.name, backlog, filter);
        queue.replace(older, consumer);
        return consumer;
    }

    /** Lets time go by, and the queue do what is due. */
    void advance(Duration time) {
        clock.addAndGet(time.toNanos() / 1000);
        queue.tick();
    }

    int acknowledge(String owner, String... bookmarks) {
        return queue.settle(owner, Settlement.ACKNOWLEDGE, List.of(bookmarks));
    }

    int cancel(String owner, String... bookmarks) {
        return queue.settle(owner, Settlement.CANCEL, List.of(bookmarks));
    }
}
