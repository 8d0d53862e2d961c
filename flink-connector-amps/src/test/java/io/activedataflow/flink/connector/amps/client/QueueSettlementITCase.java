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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.queue.QueueView;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Queues through the official client: the backlog, acknowledging, giving back. */
@Timeout(60)
class QueueSettlementITCase {

    private static final String QUEUE = "jobs";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AmpsStandIn server =
            AmpsStandIn.builder()
                    .queue(QueueDefinition.named(QUEUE).maxPerSubscriptionBacklog(3).build())
                    .start();
    private final TestConnections connections = new TestConnections();
    private final Answer answer = new Answer();

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void theServerSaysHowManyMessagesItLeases() {
        RecordingHandler handler = subscribed(connection());

        // On the client's thread, which may be behind the one that has subscribed.
        handler.await("the backlog", () -> !handler.backlogs().isEmpty());
        assertThat(handler.backlogs()).containsExactly(3);
        assertThat(handler.all(RecordingHandler.LastChance.class)).isEmpty();
    }

    @Test
    void whatIsAcknowledgedLeavesTheQueueAndMakesRoom() {
        publish(4);
        AmpsConnection connection = connection();
        RecordingHandler handler = subscribed(connection);
        List<String> first = bookmarks(handler.awaitMessages(3));
        connection.acknowledge(QUEUE, first.get(0) + ',' + first.get(1), answer);

        answer.await("processed");
        assertThat(bookmarks(handler.awaitMessages(4))).hasSize(4);
        assertThat(queue().acknowledged()).hasSize(2);
    }

    @Test
    void whatIsGivenBackIsDeliveredAgain() {
        publish(1);
        AmpsConnection connection = connection();
        RecordingHandler handler = subscribed(connection);
        connection.giveBack(QUEUE, bookmarks(handler.awaitMessages(1)).get(0));

        assertThat(bookmarks(handler.awaitMessages(2))).hasSize(2);
    }

    @Test
    void aRefusalIsTold() {
        publish(1);
        AmpsConnection connection = connection();
        RecordingHandler handler = subscribed(connection);
        server.faults().queues().refuseAcks("not entitled", 1);
        connection.acknowledge(QUEUE, bookmarks(handler.awaitMessages(1)).get(0), answer);

        answer.await(
                "AMPS server "
                        + connection.server()
                        + " refused the acknowledgement of messages of queue 'jobs': not entitled."
                        + " Grant the user this right, or connect as another user.");
    }

    /** The answer waits behind the message, but the acknowledgement does not. */
    @Test
    void acknowledgingDoesNotWaitForAHandlerThatBlocks() {
        publish(1);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AmpsConnection connection = connection();
        connection.subscribe(command(), RecordingHandler.blocked(entered, gate));
        Await.until("the message", PATIENCE, () -> entered.getCount() == 0);
        connection.acknowledge(QUEUE, queue().leases().get(0).message().bookmark(), answer);
        Await.until("the queue to be empty", PATIENCE, () -> queue().acknowledged().size() == 1);

        assertThat(answer.told).isEmpty();
        gate.countDown();
        answer.await("processed");
    }

    @Test
    void aLostConnectionAcknowledgesNothing() {
        AmpsConnection connection = connection();
        RecordingHandler handler = subscribed(connection);
        server.faults().dropConnections();
        handler.awaitEnd();

        AmpsException failure =
                catchThrowableOfType(
                        AmpsException.class, () -> connection.acknowledge(QUEUE, "1|1|", answer));
        assertThat(failure.isRetriable()).isTrue();
        assertThat(failure).hasMessageContaining("queue 'jobs'");
    }

    @Test
    void anAnswerThatIsLostWithTheConnectionIsTold() {
        publish(1);
        AmpsConnection connection = connection();
        RecordingHandler handler = subscribed(connection);
        server.faults().queues().loseAckAfter(0);
        connection.acknowledge(QUEUE, bookmarks(handler.awaitMessages(1)).get(0), answer);

        Await.until("the loss", PATIENCE, () -> !answer.told.isEmpty());
        assertThat(answer.told)
                .singleElement()
                .asString()
                .startsWith("The connection to AMPS server " + connection.server() + " was lost");
    }

    @Test
    void whoeverClosesTheConnectionIsToldNothing() {
        AmpsConnection connection = connection();
        server.faults().withholdAck("processed");
        connection.acknowledge(QUEUE, "1|1|", answer);
        connection.close();

        assertThat(answer.told).isEmpty();
    }

    private AmpsConnection connection() {
        return connections.open(server.uri("json"));
    }

    private static RecordingHandler subscribed(AmpsConnection connection) {
        RecordingHandler handler = new RecordingHandler();
        connection.subscribe(command(), handler);
        return handler;
    }

    private static AmpsSubscribeCommand command() {
        return new AmpsSubscribeCommand(
                AmpsSubscribeCommand.Verb.QUEUE_SUBSCRIBE,
                QUEUE,
                null,
                null,
                List.of("max_backlog=10"),
                false,
                null);
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            server.publish(QUEUE, "{\"n\":" + i + '}');
        }
    }

    private QueueView queue() {
        return server.queue(QUEUE);
    }

    private static List<String> bookmarks(List<RecordingHandler.Received> messages) {
        return messages.stream().map(RecordingHandler.Received::bookmark).toList();
    }

    private static final class Answer implements AmpsAnswerHandler {

        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void onProcessed() {
            told.add("processed");
        }

        @Override
        public void onRefused(AmpsException cause) {
            told.add(cause.getMessage());
        }

        private void await(String what) {
            Await.until(what, PATIENCE, () -> told.contains(what), told::toString);
        }
    }
}
