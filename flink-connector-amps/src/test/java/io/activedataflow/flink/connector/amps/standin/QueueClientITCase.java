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

import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.queue.QueueView;
import io.activedataflow.flink.connector.amps.standin.queue.QueuedMessage;
import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.Messages;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.DefaultServerChooser;
import com.crankuptheamps.client.FixedDelayStrategy;
import com.crankuptheamps.client.HAClient;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageHandler;
import com.crankuptheamps.client.MessageStream;
import com.crankuptheamps.client.exception.AMPSException;
import com.crankuptheamps.client.exception.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Queues of the stand-in server and the official client, used as its users use it. */
@Timeout(60)
class QueueClientITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TIMEOUT = 10_000;

    private final AtomicReference<AmpsStandIn> started = new AtomicReference<>();

    @AfterEach
    void stop() {
        started.get().close();
    }

    private QueueView start(QueueDefinition.Builder queue) {
        started.set(AmpsStandIn.builder().queue(queue.build()).start());
        return started.get().queue("Q");
    }

    private static QueueDefinition.Builder queue() {
        return QueueDefinition.named("Q").maxPerSubscriptionBacklog(100);
    }

    private Client connected(String name) throws Exception {
        Client client = new Client(name);
        client.connect(started.get().uri("json"));
        client.logon(TIMEOUT);
        return client;
    }

    private static Command subscribe(int backlog) {
        return new Command("subscribe")
                .setTopic("Q")
                .setTimeout(TIMEOUT)
                .setOptions("max_backlog=" + backlog);
    }

    private static MessageHandler data(Handler handler) {
        return message -> {
            if (message.getCommand() == Message.Command.Publish) {
                handler.handle(message.getData(), message);
            }
        };
    }

    private interface Handler {
        void handle(String body, Message message);
    }

    private List<String> publish(int messages) {
        List<String> bodies = new ArrayList<>();
        for (int i = 1; i <= messages; i++) {
            bodies.add("{\"id\":" + i + "}");
            started.get().publish("Q", bodies.get(i - 1));
        }
        return bodies;
    }

    private static void ack(Message message, String options) {
        try {
            if (options == null) {
                message.ack();
            } else {
                message.ack(options);
            }
        } catch (AMPSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(List<QueuedMessage> messages) {
        return messages.stream().map(QueuedMessage::text).toList();
    }

    @Test
    void acknowledgesByItselfInBatches() throws Exception {
        AtomicInteger commands = new AtomicInteger();
        started.set(
                AmpsStandIn.builder()
                        .queue(queue().leasePeriod(Duration.ofMinutes(1)).build())
                        .trace(
                                line -> {
                                    if (line.contains("\"sow_delete\"")) {
                                        commands.incrementAndGet();
                                    }
                                })
                        .start());
        QueueView queue = started.get().queue("Q");
        List<String> received = new CopyOnWriteArrayList<>();
        try (Client client = connected("c")) {
            client.setAutoAck(true);
            client.setAckBatchSize(5);
            client.executeAsync(subscribe(10), data((body, message) -> received.add(body)));
            List<String> bodies = publish(23);
            Await.until("all messages", PATIENCE, () -> received.size() == 23);
            client.flushAcks();

            assertThat(received).containsExactlyElementsOf(bodies);
            assertThat(texts(queue.acknowledged())).containsExactlyElementsOf(bodies);
            assertThat(queue.depth()).isZero();
            assertThat(commands.get()).isBetween(5, 9);
        }
    }

    @Test
    void acknowledgesByItselfAlsoWhereLeasesHaveNoEnd() throws Exception {
        QueueView queue = start(queue());
        try (Client client = connected("c")) {
            client.setAutoAck(true);
            client.executeAsync(subscribe(1), data((body, message) -> {}));
            publish(5);
            Await.until("all acknowledgements", PATIENCE, () -> queue.acknowledged().size() == 5);
        }
    }

    @Test
    void exceptionOfTheHandlerGivesTheMessageBack() throws Exception {
        QueueView queue = start(queue());
        List<String> received = new CopyOnWriteArrayList<>();
        try (Client client = connected("c")) {
            client.setAutoAck(true);
            client.executeAsync(
                    subscribe(1),
                    data(
                            (body, message) -> {
                                received.add(body);
                                if (received.size() == 1) {
                                    throw new IllegalStateException("on purpose");
                                }
                            }));
            List<String> bodies = publish(2);
            Await.until("all acknowledgements", PATIENCE, () -> queue.depth() == 0);

            assertThat(received).containsExactly(bodies.get(0), bodies.get(0), bodies.get(1));
            assertThat(queue.cancels()).isEqualTo(1);
        }
    }

    @Test
    void cancelsExpiresAndAcknowledgesOneByOne() throws Exception {
        QueueView queue = start(queue());
        try (Client client = connected("c")) {
            MessageStream messages = client.execute(subscribe(1));
            List<String> bodies = publish(3);
            Message first = Messages.next(messages);
            assertThat(first.getLeasePeriod()).isEqualTo("99991231T235959.999999Z");
            ack(first, "cancel");
            Message again = Messages.next(messages);
            assertThat(again.getData()).isEqualTo(bodies.get(0));
            ack(again, "expire");
            Message second = Messages.next(messages);
            client.ack(second.getTopic(), second.getBookmark());
            ack(Messages.next(messages), null);

            Await.until("an empty queue", PATIENCE, () -> queue.depth() == 0);
            assertThat(texts(queue.expired())).containsExactly(bodies.get(0));
            assertThat(texts(queue.acknowledged())).containsExactly(bodies.get(1), bodies.get(2));
        }
    }

    @Test
    void deletesByFilterAndIsToldHowMuch() throws Exception {
        start(queue());
        try (Client client = connected("c")) {
            MessageStream messages = client.execute(subscribe(10));
            publish(4);
            Messages.take(messages, 4);

            Message answer = client.sowDelete("Q", "/id > 1", TIMEOUT);
            assertThat(answer.getRecordsDeleted()).isEqualTo(3);
        }
    }

    @Test
    void queriesWhatIsWaiting() throws Exception {
        start(queue());
        try (Client client = connected("c")) {
            MessageStream leased = client.execute(subscribe(1));
            publish(4);
            Messages.next(leased);

            List<String> bodies = new ArrayList<>();
            for (Message message : client.sow("Q", "/id <> 3")) {
                if (message.getCommand() == Message.Command.SOW) {
                    bodies.add(message.getData());
                }
            }
            assertThat(bodies).containsExactly("{\"id\":2}", "{\"id\":4}");
            assertThatThrownBy(() -> client.sowAndSubscribe("Q", "1=1"))
                    .isInstanceOf(CommandException.class);
        }
    }

    @Test
    void competitorTakesOverWhenTheOtherGoes() throws Exception {
        QueueView queue = start(queue());
        Set<String> taken = ConcurrentHashMap.newKeySet();
        List<String> bodies = publish(40);
        try (Client survivor = connected("survivor")) {
            try (Client idle = connected("idle")) {
                idle.execute(subscribe(10));
                Await.until("leases", PATIENCE, () -> queue.leasedCount() == 10);
                survivor.setAutoAck(true);
                survivor.executeAsync(subscribe(10), data((body, message) -> taken.add(body)));
                Await.until("what is left over", PATIENCE, () -> queue.depth() == 10);
                assertThat(taken).hasSize(30);
                assertThat(queue.leases())
                        .extracting(QueueView.Lease::clientName)
                        .containsOnly("idle");
            }
            Await.until("the rest", PATIENCE, () -> queue.depth() == 0);
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(bodies);
        assertThat(queue.redelivered()).hasSize(10);
    }

    @Test
    void highlyAvailableClientGoesOnAfterCutsAndLostAcknowledgements() throws Exception {
        QueueView queue = start(queue());
        Set<String> received = ConcurrentHashMap.newKeySet();
        List<String> bodies = publish(200);
        try (HAClient client = new HAClient("c")) {
            client.setServerChooser(new DefaultServerChooser().add(started.get().uri("json")));
            client.setReconnectDelayStrategy(new FixedDelayStrategy(20, 20_000));
            client.setAutoAck(true);
            client.connectAndLogon();
            started.get().faults().queues().loseAckAfter(50);
            client.executeAsync(subscribe(10), data((body, message) -> received.add(body)));
            Await.until("the cut", PATIENCE, () -> !queue.redelivered().isEmpty());
            started.get().faults().queues().dropAfterAcks(20);
            Await.until("an empty queue", PATIENCE, () -> queue.depth() == 0);
        }
        assertThat(received).containsExactlyInAnyOrderElementsOf(bodies);
        assertThat(texts(queue.acknowledged())).containsExactlyInAnyOrderElementsOf(bodies);
    }

    @Test
    void nothingIsLostAmongCompetitorsWhoAreCutOffAndLoseLeases() throws Exception {
        QueueView queue = start(queue().leasePeriod(Duration.ofMillis(200)));
        Set<String> received = ConcurrentHashMap.newKeySet();
        List<String> bodies = publish(600);
        List<HAClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                HAClient client = new HAClient("c" + i);
                clients.add(client);
                client.setServerChooser(new DefaultServerChooser().add(started.get().uri("json")));
                client.setReconnectDelayStrategy(new FixedDelayStrategy(20, 20_000));
                client.setAutoAck(true);
                client.setAckBatchSize(1 + i);
                client.setAckTimeout(50);
                client.connectAndLogon();
                client.executeAsync(subscribe(5), data((body, message) -> received.add(body)));
            }
            for (int left = 500; left >= 0; left -= 100) {
                int depth = left;
                Await.until("progress", PATIENCE, () -> queue.depth() <= depth);
                if (left > 0) {
                    started.get().faults().dropConnection("c" + left / 100 % 3);
                }
            }
        } finally {
            clients.forEach(HAClient::close);
        }
        assertThat(received).containsExactlyInAnyOrderElementsOf(bodies);
        assertThat(texts(queue.acknowledged())).containsExactlyInAnyOrderElementsOf(bodies);
    }
}
