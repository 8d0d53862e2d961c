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

import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.Messages;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.DefaultServerChooser;
import com.crankuptheamps.client.FixedDelayStrategy;
import com.crankuptheamps.client.HAClient;
import com.crankuptheamps.client.MemoryPublishStore;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageStream;
import com.crankuptheamps.client.exception.BadSowKeyException;
import com.crankuptheamps.client.exception.InvalidOrderByException;
import com.crankuptheamps.client.exception.InvalidTopicException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The state of the world of the stand-in server and the official client. */
@Timeout(60)
class SowOfficialClientITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TIMEOUT = 10_000;

    private final AmpsStandIn server =
            AmpsStandIn.builder()
                    .persistedAckInterval(Duration.ofMillis(50))
                    .sow(SowTopic.keyed("orders", "/id"))
                    .sow(SowTopic.explicit("named"))
                    .sow(SowTopic.keyed("fills", "/id"))
                    .sowStatsInterval(Duration.ofMillis(30))
                    .start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Client connected(String name) throws Exception {
        Client client = new Client(name);
        client.connect(server.uri("json"));
        client.logon(TIMEOUT);
        return client;
    }

    private static List<String> records(MessageStream messages) {
        List<String> records = new ArrayList<>();
        for (Message message : messages) {
            if (message.getCommand() == Message.Command.SOW) {
                records.add(message.getData());
            }
        }
        return records;
    }

    @Test
    void queriesWhatItHasPublished() throws Exception {
        try (Client client = connected("c")) {
            for (int i = 1; i <= 25; i++) {
                client.publish("orders", "{\"id\":" + i + ",\"v\":" + i % 3 + "}");
            }
            client.deltaPublish("orders", "{\"id\":25,\"w\":7}");
            client.publishFlush(TIMEOUT);

            assertThat(records(client.sow("orders"))).hasSize(25);
            assertThat(records(client.sow("orders", "/id > 23")))
                    .containsExactly("{\"id\":24,\"v\":0}", "{\"id\":25,\"v\":1,\"w\":7}");
            List<String> keys = new ArrayList<>();
            for (Message message : client.sow("orders", "/id = 3")) {
                if (message.getCommand() == Message.Command.SOW) {
                    keys.add(message.getSowKey());
                    assertThat(message.getTopic()).isEqualTo("orders");
                }
            }
            assertThat(
                            records(
                                    client.execute(
                                            new Command("sow")
                                                    .setTopic("orders")
                                                    .setSowKeys(keys.get(0))
                                                    .setTimeout(TIMEOUT))))
                    .containsExactly("{\"id\":3,\"v\":0}");
        }
    }

    @Test
    void asynchronousQueryEndsWithItsLateAcknowledgement() throws Exception {
        server.publish("orders", "{\"id\":1}");
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Client client = connected("c")) {
            // Handlers get only what they have asked for themselves, not what the client adds.
            client.executeAsync(
                    new Command("sow")
                            .setTopic("orders")
                            .addAckType(Message.AckType.Completed)
                            .setTimeout(TIMEOUT),
                    message ->
                            seen.add(
                                    message.getCommand() == Message.Command.Ack
                                            ? "ack " + message.getAckType()
                                            : message.getCommand() + " " + message.getData()));
            Await.until(
                    "the completed acknowledgement",
                    PATIENCE,
                    () -> seen.contains("ack " + Message.AckType.Completed),
                    seen::toString);
        }
        assertThat(seen)
                .containsSubsequence(
                        Message.Command.GroupBegin + " ",
                        Message.Command.SOW + " {\"id\":1}",
                        Message.Command.GroupEnd + " ",
                        "ack " + Message.AckType.Completed);
    }

    @Test
    void snapshotGoesOnWithUpdatesAndOutOfFocus() throws Exception {
        server.publish("orders", "{\"id\":1,\"v\":1}");
        server.publish("orders", "{\"id\":2,\"v\":0}");
        try (Client client = connected("c")) {
            List<String> seen = new CopyOnWriteArrayList<>();
            client.sowAndSubscribe(
                    message ->
                            seen.add(
                                    message.getCommand()
                                            + (message.getCommand() == Message.Command.OOF
                                                    ? " " + message.getReasonText()
                                                    : "")
                                            + message.getData()),
                    "orders",
                    "/v = 1",
                    10,
                    true,
                    TIMEOUT);
            server.publish("orders", "{\"id\":3,\"v\":1}");
            server.publish("orders", "{\"id\":1,\"v\":2}");
            Await.until("all messages", PATIENCE, () -> seen.size() >= 5);
            assertThat(seen)
                    .containsExactly(
                            Message.Command.GroupBegin + "",
                            Message.Command.SOW + "{\"id\":1,\"v\":1}",
                            Message.Command.GroupEnd + "",
                            Message.Command.Publish + "{\"id\":3,\"v\":1}",
                            Message.Command.OOF + " match{\"id\":1,\"v\":2}");
        }
    }

    @Test
    void deletesByFilterKeysAndData() throws Exception {
        try (Client client = connected("c")) {
            for (int i = 1; i <= 5; i++) {
                client.publish("orders", "{\"id\":" + i + "}");
            }
            Message byFilter = client.sowDelete("orders", "/id <= 2", TIMEOUT);
            assertThat(byFilter.getRecordsDeleted()).isEqualTo(2);
            assertThat(byFilter.getTopicMatches()).isEqualTo(5);
            String key = server.sow().contents("orders").keySet().iterator().next();
            List<Long> deleted = new CopyOnWriteArrayList<>();
            client.sowDeleteByKeys(
                    message -> deleted.add(message.getRecordsDeleted()), "orders", key, TIMEOUT);
            client.sowDeleteByData(
                    message -> deleted.add(message.getRecordsDeleted()),
                    "orders",
                    "{\"id\":4,\"x\":1}",
                    TIMEOUT);
            Await.until("both counts", PATIENCE, () -> deleted.equals(List.of(1L, 1L)));
            assertThat(server.sow().contents("orders").values()).containsExactly("{\"id\":5}");
        }
    }

    @Test
    void publishStoreIsEmptiedByDeletes() throws Exception {
        try (HAClient client = new HAClient("publisher")) {
            client.setServerChooser(new DefaultServerChooser().add(server.uri("json")));
            client.setPublishStore(new MemoryPublishStore(100));
            client.connectAndLogon();
            client.publish("orders", "{\"id\":1}");
            client.sowDelete("orders", "/id = 1", TIMEOUT);
            client.publish("orders", "{\"id\":2}");
            client.publishFlush(TIMEOUT);

            assertThat(server.sow().contents("orders").values()).containsExactly("{\"id\":2}");
        }
    }

    @Test
    void explicitKeysComeBackAsTheyAre() throws Exception {
        try (Client client = connected("c")) {
            client.execute(new Command("publish").setTopic("named").setSowKey("a+/=").setData("x"));
            client.publishFlush(TIMEOUT);
            for (Message message : client.sow("named")) {
                if (message.getCommand() == Message.Command.SOW) {
                    assertThat(message.getSowKey()).isEqualTo("a+/=");
                }
            }
            assertThat(server.sow().contents("named")).containsEntry("a+/=", "x");
        }
    }

    @Test
    void expiresByItself() throws Exception {
        try (Client client = connected("c")) {
            MessageStream messages =
                    client.execute(
                            new Command("sow_and_subscribe")
                                    .setTopic("orders")
                                    .setOptions("oof")
                                    .setTimeout(TIMEOUT));
            client.publish("orders", "{\"id\":1}", 1);
            Message message = Messages.next(messages);
            while (message.getCommand() != Message.Command.OOF) {
                message = Messages.next(messages);
            }
            assertThat(message.getReasonText()).isEqualTo("expired");
            assertThat(server.sow().size("orders")).isZero();
        }
    }

    @Test
    void reconnectTakesTheSnapshotAgain() throws Exception {
        server.publish("orders", "{\"id\":1}");
        List<String> bodies = new CopyOnWriteArrayList<>();
        try (HAClient client = new HAClient("ha")) {
            client.setServerChooser(new DefaultServerChooser().add(server.uri("json")));
            client.setReconnectDelayStrategy(new FixedDelayStrategy(20, 20_000));
            client.connectAndLogon();
            client.executeAsync(
                    new Command("sow_and_subscribe").setTopic("orders").setTimeout(TIMEOUT),
                    message -> {
                        if (message.getCommand() == Message.Command.SOW) {
                            bodies.add(message.getData());
                        }
                    });
            Await.until("the first snapshot", PATIENCE, () -> bodies.size() == 1);
            server.faults().dropConnections();
            Await.until("the second snapshot", PATIENCE, () -> bodies.size() == 2);
        }
    }

    @Test
    void refusalsAreExceptions() throws Exception {
        try (Client client = connected("c")) {
            assertThatThrownBy(() -> client.sow("plain")).isInstanceOf(InvalidTopicException.class);
            assertThatThrownBy(
                            () ->
                                    client.execute(
                                            new Command("sow")
                                                    .setTopic("orders")
                                                    .setOrderBy("nothing")
                                                    .setTimeout(TIMEOUT)))
                    .isInstanceOf(InvalidOrderByException.class);
            assertThatThrownBy(
                            () ->
                                    client.execute(
                                            new Command("sow")
                                                    .setTopic("orders")
                                                    .setSowKeys("no-key")
                                                    .setTimeout(TIMEOUT)))
                    .isInstanceOf(BadSowKeyException.class);
        }
    }

    @Test
    void countsAreToldPeriodically() throws Exception {
        server.publish("orders", "{\"id\":1}");
        try (Client client = connected("c")) {
            MessageStream messages = client.subscribe("/AMPS/SOWStats");
            List<String> bodies = Messages.take(messages, 3);
            assertThat(bodies.get(0)).startsWith("{\"SOWStats\":{\"message_type\":\"json\",");
            assertThat(bodies)
                    .anySatisfy(
                            body ->
                                    assertThat(body)
                                            .contains("\"topic\":\"orders\"")
                                            .contains("\"record_count\":1"));
        }
    }
}
