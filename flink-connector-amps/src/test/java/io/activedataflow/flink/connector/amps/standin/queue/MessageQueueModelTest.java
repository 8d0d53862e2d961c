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

import io.activedataflow.flink.connector.amps.standin.queue.QueueFixture.Consumer;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random publishes, subscriptions, acknowledgements, cancels, expirations and disconnects: whatever
 * happens, nothing is lost, nothing is in two hands, and no backlog is exceeded.
 */
@Timeout(120)
class MessageQueueModelTest {

    private static final int STEPS = 3_000;
    private static final int LARGEST_BACKLOG = 4;
    private static final int INSTANCE_BACKLOG = 7;

    /** What the subscriptions know: who holds what, by the messages and acknowledgements alone. */
    private static final class Run {

        private final Random random;
        private final boolean strict;
        private final QueueFixture fixture;
        private final List<Consumer> consumers = new ArrayList<>();
        private final Map<Consumer, Integer> seen = new HashMap<>();
        private final Map<String, Holding> held = new HashMap<>();
        private final Set<String> published = new HashSet<>();
        private final Set<String> gone = new HashSet<>();
        private int names;

        private record Holding(Consumer consumer, long until) {}

        Run(long seed) {
            random = new Random(seed);
            // Not drawn, because the first draws of neighbouring seeds are much the same.
            strict = seed % 2 == 0;
            QueueDefinition.Fairness[] fairness = QueueDefinition.Fairness.values();
            fixture =
                    new QueueFixture(
                            QueueFixture.leasing()
                                    .maxPerSubscriptionBacklog(LARGEST_BACKLOG)
                                    .maxBacklog(INSTANCE_BACKLOG)
                                    .fairness(fairness[(int) (seed % fairness.length)])
                                    .leasing(
                                            strict
                                                    ? QueueDefinition.Leasing.STRICT
                                                    : QueueDefinition.Leasing.SUBLET));
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 ->
                        published.add(fixture.publish("{\"id\":" + random.nextInt(5) + "}"));
                case 3 -> join();
                case 4 -> leave();
                case 5, 6 -> settle(Settlement.ACKNOWLEDGE);
                case 7 -> settle(Settlement.CANCEL);
                case 8 -> settleOne(Settlement.EXPIRE);
                default -> advance();
            }
            check();
        }

        private void join() {
            if (consumers.size() < 5) {
                String filter = random.nextInt(3) == 0 ? "/id < 3" : "1 = 1";
                Consumer consumer = fixture.join("c" + names++ % 3, 1 + random.nextInt(6), filter);
                consumers.add(consumer);
                seen.put(consumer, 0);
            }
        }

        private void leave() {
            if (!consumers.isEmpty()) {
                Consumer leaving = consumers.remove(random.nextInt(consumers.size()));
                held.values().removeIf(holding -> holding.consumer() == leaving);
                fixture.queue().leave(leaving);
                seen.remove(leaving);
            }
        }

        private void advance() {
            Duration time = Duration.ofMillis(random.nextInt(5_000));
            long then = fixture.now() + time.toMillis() * 1000;
            held.values().removeIf(holding -> holding.until() <= then);
            fixture.advance(time);
        }

        private void settle(Settlement settlement) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                settleOne(settlement);
            }
        }

        private void settleOne(Settlement settlement) {
            if (published.isEmpty()) {
                return;
            }
            String bookmark = "1|" + (1 + random.nextInt(published.size())) + '|';
            if (!held.isEmpty() && random.nextInt(4) > 0) {
                bookmark = new ArrayList<>(held.keySet()).get(random.nextInt(held.size()));
            }
            String owner = "c" + random.nextInt(3);
            Holding holding = held.get(bookmark);
            boolean allowed =
                    holding != null && (!strict || holding.consumer().clientName().equals(owner));
            if (allowed) {
                held.remove(bookmark);
                if (settlement != Settlement.CANCEL) {
                    gone.add(bookmark);
                }
            }
            int settled = fixture.queue().settle(owner, settlement, List.of(bookmark));
            assertThat(settled).isEqualTo(allowed ? 1 : 0);
            takeNoteOfDeliveries();
        }

        private void takeNoteOfDeliveries() {
            for (Consumer consumer : consumers) {
                List<String> received = consumer.received();
                for (int i = seen.put(consumer, received.size()); i < received.size(); i++) {
                    String bookmark = received.get(i);
                    assertThat(gone).as("delivered after its end").doesNotContain(bookmark);
                    Holding before =
                            held.put(bookmark, new Holding(consumer, consumer.leases().get(i)));
                    assertThat(before).as(bookmark + " in two hands").isNull();
                }
            }
        }

        private void check() {
            takeNoteOfDeliveries();
            MessageQueue queue = fixture.queue();
            assertThat(queue.leasedCount()).isEqualTo(held.size()).isLessThan(INSTANCE_BACKLOG + 1);
            for (Consumer consumer : consumers) {
                long leases =
                        held.values().stream().filter(one -> one.consumer() == consumer).count();
                assertThat(leases)
                        .isLessThanOrEqualTo(Math.min(LARGEST_BACKLOG, consumer.maxBacklog()));
            }
            assertThat(queue.depth()).isEqualTo(published.size() - gone.size());
            assertThat(queue.available()).hasSize(queue.depth() - held.size());
            checkThatNobodyWaitsInVain();
        }

        private void checkThatNobodyWaitsInVain() {
            if (held.size() >= INSTANCE_BACKLOG) {
                return;
            }
            for (Consumer consumer : consumers) {
                long leases =
                        held.values().stream().filter(one -> one.consumer() == consumer).count();
                if (leases < Math.min(LARGEST_BACKLOG, consumer.maxBacklog())) {
                    assertThat(fixture.queue().browse("json", consumer::wants))
                            .as("waiting while there is room")
                            .isEmpty();
                }
            }
        }

        /** Somebody who wants everything and acknowledges gets all that is left. */
        void drain() {
            while (!consumers.isEmpty()) {
                leave();
            }
            Consumer last = fixture.join("c0", LARGEST_BACKLOG);
            int acknowledged = 0;
            while (acknowledged < last.received().size()) {
                String bookmark = last.received().get(acknowledged++);
                assertThat(gone.add(bookmark)).isTrue();
                assertThat(fixture.acknowledge("c0", bookmark)).isEqualTo(1);
            }
            assertThat(gone).isEqualTo(published);
            assertThat(fixture.queue().depth()).isZero();
            assertThat(fixture.taken()).doesNotHaveDuplicates().hasSameSizeAs(published);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothingIsLostAndNothingIsInTwoHands(long seed) {
        Run run = new Run(seed);
        for (int i = 0; i < STEPS; i++) {
            run.step();
        }
        run.drain();
    }
}
