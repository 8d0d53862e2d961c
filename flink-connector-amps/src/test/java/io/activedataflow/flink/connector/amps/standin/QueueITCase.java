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
import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Queues on the wire, letter by letter. */
@Timeout(60)
class QueueITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SUBSCRIBE =
            "{\"c\":\"subscribe\",\"t\":\"Q\",\"cid\":\"auto3\",\"a\":\"processed\","
                    + "\"opts\":\"max_backlog=5\",\"sub_id\":\"auto3\"}";
    private static final String ACK_OF_SUBSCRIBE =
            "{\"c\":\"ack\",\"cid\":\"auto3\",\"a\":\"processed\",\"status\":\"success\","
                    + "\"sub_id\":\"auto3\",\"opts\":\"max_backlog=5\"}";

    private final AtomicReference<AmpsStandIn> started = new AtomicReference<>();
    private final AtomicLong clock = new AtomicLong(1_795_169_462_000_000L);

    @AfterEach
    void stop() {
        if (started.get() != null) {
            started.get().close();
        }
    }

    private static QueueDefinition.Builder queue() {
        return QueueDefinition.named("Q")
                .leasePeriod(Duration.ofSeconds(10))
                .maxPerSubscriptionBacklog(10);
    }

    private AmpsStandIn start(QueueDefinition.Builder queue) {
        return start(AmpsStandIn.builder(), queue);
    }

    private AmpsStandIn start(AmpsStandIn.Builder builder, QueueDefinition.Builder queue) {
        started.set(builder.clock(clock::get).queue(queue.build()).start());
        return started.get();
    }

    private void publish(long... sequences) {
        for (long sequence : sequences) {
            started.get()
                    .replicate(
                            new LogEntry(
                                    1, 5, sequence, "Q", 0, bytes("m" + sequence), null, null));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FrameSocket loggedOn(String name) throws Exception {
        return FrameSocket.loggedOn(started.get().port(), name);
    }

    private FrameSocket subscribed(String name) throws Exception {
        FrameSocket client = loggedOn(name);
        client.send(SUBSCRIBE);
        assertThat(client.receive()).isEqualTo(ACK_OF_SUBSCRIBE);
        return client;
    }

    private static void await(String what, QueueView queue, int depth) {
        Await.until(what, PATIENCE, () -> queue.depth() == depth);
    }

    private static List<String> texts(List<QueuedMessage> messages) {
        return messages.stream().map(QueuedMessage::text).toList();
    }

    @Test
    void messagesAreLeasedAcknowledgedInABatchAndGone() throws Exception {
        AmpsStandIn server = start(queue());
        try (FrameSocket client = subscribed("hac")) {
            publish(20, 21, 22);
            for (String number : List.of("20", "21", "22")) {
                assertThat(client.receive())
                        .isEqualTo(
                                "{\"c\":\"p\",\"t\":\"Q\",\"sids\":\"auto3\",\"bm\":\"5|"
                                        + number
                                        + "|\",\"lp\":\"20261120T101112.000000Z\"}m"
                                        + number);
            }
            assertThat(server.queue("Q").leases())
                    .extracting(QueueView.Lease::clientName)
                    .containsExactly("hac", "hac", "hac");
            client.send(
                    "{\"c\":\"sow_delete\",\"t\":\"Q\",\"cid\":\"auto1\","
                            + "\"bookmark\":\"5|20|,5|21|,5|22|\"}");
            client.send("{\"c\":\"unsubscribe\",\"cid\":\"auto4\",\"sub_id\":\"auto3\"}");
            client.send("{\"c\":\"flush\",\"cid\":\"8\",\"a\":\"processed\"}");
            assertThat(client.receive()).contains("\"cid\":\"8\"");
        }
        assertThat(texts(server.queue("Q").acknowledged())).containsExactly("m20", "m21", "m22");
        assertThat(server.queue("Q").depth()).isZero();
        assertThat(server.queue("Q").consumers()).isZero();
    }

    @Test
    void effectiveBacklogIsToldAndMessagesHaveWhatWasAskedFor() throws Exception {
        AmpsStandIn server = start(queue().maxPerSubscriptionBacklog(2));
        try (FrameSocket client = loggedOn("c")) {
            client.send(SUBSCRIBE.replace("max_backlog=5", "timestamp,select=[-/,+/a]"));
            assertThat(client.receive()).contains("\"opts\":\"max_backlog=1\"");
            server.publish("p", 1, "Q", bytes("{\"a\":1,\"b\":2}"), "QUJD");
            assertThat(client.receive())
                    .endsWith(
                            ",\"lp\":\"20261120T101112.000000Z\","
                                    + "\"ts\":\"20261120T101102.000000Z\",\"x\":\"QUJD\"}{\"a\":1}");
            client.send(
                    SUBSCRIBE
                            .replace("\"sub_id\":\"auto3\"", "\"sub_id\":\"x\"")
                            .replace("=5", "=99"));
            assertThat(client.receive()).contains("\"sub_id\":\"x\",\"opts\":\"max_backlog=2\"");
        }
    }

    @Test
    void leaseEndsWithConnectionUnsubscribeAndTime() throws Exception {
        AmpsStandIn server = start(queue());
        publish(1);
        try (FrameSocket first = subscribed("a");
                FrameSocket second = subscribed("b")) {
            assertThat(first.receive()).endsWith("m1");
            first.send("{\"c\":\"unsubscribe\",\"cid\":\"4\",\"sub_id\":\"auto3\"}");
            assertThat(second.receive()).endsWith("m1");
            first.send(SUBSCRIBE);
            assertThat(first.receive()).isEqualTo(ACK_OF_SUBSCRIBE);
            server.faults().dropConnection("b");
            assertThat(first.receive()).endsWith("m1");
            clock.addAndGet(10_000_000);
            assertThat(first.receive())
                    .isEqualTo(
                            "{\"c\":\"p\",\"t\":\"Q\",\"sids\":\"auto3\",\"bm\":\"5|1|\","
                                    + "\"lp\":\"20261120T101122.000000Z\"}m1");
        }
        assertThat(server.queue("Q").expiredLeases()).isEqualTo(1);
        assertThat(server.queue("Q").redelivered()).hasSize(3);
    }

    @Test
    void settlementsAreAnsweredWhereAskedFor() throws Exception {
        AmpsStandIn server = start(queue());
        try (FrameSocket client = subscribed("c")) {
            publish(1, 2, 3);
            client.receive();
            client.receive();
            client.receive();
            client.send(
                    "{\"c\":\"sow_delete\",\"t\":\"Q\",\"cid\":\"1\",\"opts\":\"cancel,\","
                            + "\"bookmark\":\"5|2\"}");
            assertThat(client.receive()).contains("\"bm\":\"5|2|\"");
            client.send(
                    "{\"c\":\"sow_delete\",\"t\":\"Q\",\"cid\":\"2\",\"opts\":\"expire\","
                            + "\"a\":\"processed,stats\",\"bookmark\":\"5|3|,5|9|\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"2\",\"a\":\"processed\","
                                    + "\"status\":\"success\"}");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"ack\",\"cid\":\"2\",\"a\":\"stats\",\"status\":\"success\","
                                    + "\"records_deleted\":1,\"matches\":1,\"topic_matches\":3}");
            client.send(
                    "{\"c\":\"sow_delete\",\"t\":\"Q\",\"cid\":\"3\",\"a\":\"stats,persisted\","
                            + "\"filter\":\"BOOKMARK() = '5|1|'\"}");
            assertThat(client.receive()).contains("\"a\":\"persisted\"");
            assertThat(client.receive()).contains("\"records_deleted\":1");
        }
        assertThat(texts(server.queue("Q").expired())).containsExactly("m3");
        assertThat(texts(server.queue("Q").acknowledged())).containsExactly("m1");
        assertThat(texts(server.queue("Q").messages())).containsExactly("m2");
    }

    @Test
    void strictLeasesAreThoseOfTheConnection() throws Exception {
        AmpsStandIn server = start(queue().leasing(QueueDefinition.Leasing.STRICT));
        String ack =
                "{\"c\":\"sow_delete\",\"t\":\"Q\",\"cid\":\"1\",\"a\":\"stats\","
                        + "\"bookmark\":\"5|1|\"}";
        try (FrameSocket holder = subscribed("a");
                FrameSocket other = loggedOn("b")) {
            publish(1);
            holder.receive();
            other.send(ack);
            assertThat(other.receive()).contains("\"records_deleted\":0");
            holder.send(ack);
            assertThat(holder.receive()).contains("\"records_deleted\":1");
        }
        assertThat(server.queue("Q").depth()).isZero();
    }

    @Test
    void whatIsNotSupportedIsRefused() throws Exception {
        start(queue().underlyingTopic("T"));
        try (FrameSocket client = subscribed("c")) {
            refused(client, "not supported", "{\"c\":\"sow_and_subscribe\",\"t\":\"Q\"");
            refused(client, "not supported", "{\"c\":\"subscribe\",\"t\":\"Q\",\"bookmark\":\"0\"");
            refused(client, "regex topic not supported", "{\"c\":\"subscribe\",\"t\":\"^Q\"");
            refused(client, "regex topic not supported", "{\"c\":\"sow\",\"t\":\"^Q\"");
            refused(
                    client,
                    "not supported",
                    "{\"c\":\"subscribe\",\"t\":\"T\",\"opts\":\"replace\",\"sub_id\":\"auto3\"");
            refused(
                    client,
                    "subid in use",
                    "{\"c\":\"subscribe\",\"t\":\"Q\",\"sub_id\":\"auto3\"");
            refused(client, "invalid options", "{\"c\":\"subscribe\",\"t\":\"Q\",\"opts\":\"oof\"");
            refused(
                    client,
                    "invalid options",
                    "{\"c\":\"subscribe\",\"t\":\"Q\",\"opts\":\"max_backlog=0\"");
            refused(client, "bad filter", "{\"c\":\"subscribe\",\"t\":\"Q\",\"filter\":\"/a =\"");
            refused(client, "not supported", "{\"c\":\"sow\",\"t\":\"Q\",\"orderby\":\"/a\"");
            refused(client, "not supported", "{\"c\":\"sow\",\"t\":\"Q\",\"bookmark\":\"0\"");
            refused(
                    client,
                    "not supported",
                    "{\"c\":\"sow_delete\",\"t\":\"Q\",\"sow_keys\":\"1\"");
            refused(client, "bad filter", "{\"c\":\"sow_delete\",\"t\":\"Q\",\"filter\":\"/a =\"");
            refused(client, "invalid bookmark", "{\"c\":\"sow_delete\",\"t\":\"Q\",\"bm\":\"x\"");
            refused(
                    client,
                    "invalid options",
                    "{\"c\":\"sow_delete\",\"t\":\"Q\",\"bm\":\"1|1|\",\"opts\":\"ack\"");
            refused(
                    client,
                    "sow_delete command only supports one of: filter, sow_keys, bookmark, or data",
                    "{\"c\":\"sow_delete\",\"t\":\"Q\",\"bm\":\"1|1|\",\"filter\":\"1=1\"");
        }
    }

    private static void refused(FrameSocket client, String reason, String command)
            throws Exception {
        client.send(command + ",\"cid\":\"9\",\"a\":\"processed\"}");
        assertThat(client.receive())
                .as(command)
                .isEqualTo(
                        "{\"c\":\"ack\",\"cid\":\"9\",\"a\":\"processed\","
                                + "\"status\":\"failure\",\"reason\":\""
                                + reason
                                + "\"}");
    }

    @Test
    void queryShowsWhatIsNotLeasedInBatches() throws Exception {
        start(queue().maxPerSubscriptionBacklog(1));
        try (FrameSocket client = subscribedOnce()) {
            publish(1, 2, 3, 4);
            client.receive();
            client.send(
                    "{\"c\":\"sow\",\"t\":\"Q\",\"cid\":\"7\",\"a\":\"processed,completed\","
                            + "\"query_id\":\"7\",\"batch_size\":2}");
            assertThat(client.receive()).contains("\"a\":\"processed\"", "\"query_id\":\"7\"");
            assertThat(client.receive()).isEqualTo("{\"c\":\"group_begin\",\"query_id\":\"7\"}");
            String first = "{\"bm\":\"5|2|\",\"ts\":\"20261120T101102.000000Z\",\"l\":2}m2";
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"sow\",\"query_id\":\"7\",\"t\":\"Q\",\"bs\":2}"
                                    + first
                                    + first.replace("5|2|", "5|3|").replace("m2", "m3"));
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"sow\",\"query_id\":\"7\",\"t\":\"Q\",\"bs\":1}"
                                    + first.replace("5|2|", "5|4|").replace("m2", "m4"));
            assertThat(client.receive()).isEqualTo("{\"c\":\"group_end\",\"query_id\":\"7\"}");
            assertThat(client.receive())
                    .contains("\"a\":\"completed\"", "\"matches\":3", "\"records_returned\":3");
        }
    }

    private FrameSocket subscribedOnce() throws Exception {
        FrameSocket client = loggedOn("c");
        client.send(SUBSCRIBE);
        assertThat(client.receive()).contains("\"opts\":\"max_backlog=1\"");
        return client;
    }

    @Test
    void replacedSubscriptionKeepsItsLeases() throws Exception {
        AmpsStandIn server = start(queue());
        try (FrameSocket client = subscribed("c")) {
            publish(1);
            client.receive();
            client.send(SUBSCRIBE.replace("max_backlog=5", "max_backlog=2,replace"));
            assertThat(client.receive()).contains("\"opts\":\"max_backlog=2\"");
            publish(2, 3);
            assertThat(client.receive()).endsWith("m2");
            assertThat(server.queue("Q").leasedCount()).isEqualTo(2);
            assertThat(server.queue("Q").consumers()).isEqualTo(1);
        }
        Await.until("the leases end", PATIENCE, () -> server.queue("Q").leasedCount() == 0);
    }

    @Test
    void publishToTheQueueGoesToItsTopicAndIsLoggedThere() throws Exception {
        AmpsStandIn server = start(queue().underlyingTopic("T"));
        try (FrameSocket client = subscribed("c")) {
            client.send("{\"c\":\"p\",\"t\":\"Q\"}one");
            assertThat(client.receive()).startsWith("{\"c\":\"p\",\"t\":\"Q\"").endsWith("one");
        }
        assertThat(server.log().entries()).extracting(LogEntry::topic).containsExactly("T");
    }

    @Test
    void messagesMayHaveALifetime() throws Exception {
        AmpsStandIn server = start(queue());
        try (FrameSocket client = loggedOn("c")) {
            client.send("{\"c\":\"p\",\"t\":\"Q\",\"e\":30}one");
            client.send("{\"c\":\"p\",\"t\":\"Q\"}two");
            await("both messages", server.queue("Q"), 2);
        }
        clock.addAndGet(30_000_000);
        server.queue("Q").tick();
        assertThat(texts(server.queue("Q").messages())).containsExactly("two");
    }

    @Test
    void nextServerWithTheLogHasWhatWasNotTaken() throws Exception {
        AmpsStandIn server = start(queue());
        publish(1, 2, 3);
        try (FrameSocket client = subscribed("c")) {
            client.receive();
            client.send("{\"c\":\"sow_delete\",\"t\":\"Q\",\"bookmark\":\"5|2|\"}");
            await("the acknowledgement", server.queue("Q"), 2);
        }
        server.close();
        start(AmpsStandIn.builder().log(server.log()), queue());
        assertThat(texts(started.get().queue("Q").available())).containsExactly("m1", "m3");
        started.get().wipeLog();
        assertThat(started.get().queue("Q").depth()).isZero();
    }

    @Test
    void leasesEndWhenTheServerStops() throws Exception {
        AmpsStandIn server = start(queue());
        publish(1);
        subscribed("c").receive();
        server.restart();
        assertThat(server.queue("Q").leasedCount()).isZero();
        try (FrameSocket client = subscribed("c")) {
            assertThat(client.receive()).endsWith("m1");
        }
    }

    @Test
    void acknowledgementsCanBeLostRefusedOrFollowedByTheEndOfTheConnection() throws Exception {
        AmpsStandIn server = start(queue());
        publish(1, 2, 3, 4);
        String ack = "{\"c\":\"sow_delete\",\"t\":\"Q\",\"a\":\"stats\",\"cid\":\"1\",\"bm\":\"5|";
        server.faults().queues().loseAckAfter(1);
        try (FrameSocket client = subscribed("c")) {
            client.send(ack + "1|\"}");
            client.send(ack + "2|\"}");
            while (!client.isAtEnd()) {
                assertThat(client).isNotNull();
            }
        }
        assertThat(texts(server.queue("Q").acknowledged())).containsExactly("m1");
        server.faults().queues().dropAfterAcks(1);
        try (FrameSocket client = subscribed("c")) {
            client.send(ack + "2|\"}");
            await("the acknowledgement", server.queue("Q"), 2);
            while (!client.isAtEnd()) {
                assertThat(client).isNotNull();
            }
        }
        server.faults().queues().refuseAcks("not entitled", 1);
        try (FrameSocket client = subscribed("c")) {
            client.receive();
            client.receive();
            client.send(ack + "3|\"}");
            assertThat(client.receive()).contains("\"reason\":\"not entitled\"");
            client.send(ack + "3|\"}");
            assertThat(client.receive()).contains("\"records_deleted\":1");
        }
    }

    @Test
    void deliveriesCanBeDelayedWhileTheLeaseRuns() throws Exception {
        AmpsStandIn server = start(queue());
        server.faults().queues().delayDeliveries(Duration.ofHours(1));
        try (FrameSocket client = subscribed("c")) {
            publish(1);
            assertThat(server.queue("Q").leasedCount()).isEqualTo(1);
            client.send("{\"c\":\"unsubscribe\",\"sub_id\":\"auto3\"}");
            Await.until("the lease ends", PATIENCE, () -> server.queue("Q").leasedCount() == 0);
        }
    }

    @Test
    void administrationShowsFigures() throws Exception {
        AmpsStandIn server = start(AmpsStandIn.builder().admin(true), queue());
        try (FrameSocket client = subscribed("c")) {
            publish(1, 2, 3, 4, 5, 6, 7);
            client.receive();
            clock.addAndGet(10_000_000);
            server.queue("Q").tick();
            clock.addAndGet(4_500_000);
            String figures =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            server.adminUri()
                                                                    + "/amps/instance/queues.json"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            assertThat(figures)
                    .contains(
                            "{\"topic\":\"Q\",\"queue_depth\":7,\"backlog\":5,"
                                    + "\"age_of_oldest_lease\":4,\"expired_leases\":5}");
        }
    }

    @Test
    void configurationThatCannotWorkIsRefused() {
        assertThatThrownBy(
                        () ->
                                AmpsStandIn.builder()
                                        .logged(topic -> false)
                                        .queue(queue().build())
                                        .build())
                .hasMessageContaining("Queue Q needs its topic in the transaction log");
        assertThatThrownBy(
                        () ->
                                AmpsStandIn.builder()
                                        .queue(queue().build())
                                        .queue(queue().build())
                                        .build())
                .hasMessageContaining("two queues Q");
        assertThatThrownBy(() -> AmpsStandIn.builder().build().queue("Q"))
                .hasMessageContaining("There is no queue Q");
    }
}
