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

import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.Messages;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.DefaultServerChooser;
import com.crankuptheamps.client.FixedDelayStrategy;
import com.crankuptheamps.client.HAClient;
import com.crankuptheamps.client.MemoryBookmarkStore;
import com.crankuptheamps.client.MemoryPublishStore;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageStream;
import com.crankuptheamps.client.exception.AMPSException;
import com.crankuptheamps.client.exception.BadFilterException;
import com.crankuptheamps.client.exception.BadRegexTopicException;
import com.crankuptheamps.client.exception.CommandException;
import com.crankuptheamps.client.exception.InvalidBookmarkException;
import com.crankuptheamps.client.exception.InvalidOptionsException;
import com.crankuptheamps.client.exception.InvalidTopicException;
import com.crankuptheamps.client.exception.NotEntitledException;
import com.crankuptheamps.client.exception.SubidInUseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The stand-in server and the official client, used as its users use it. */
@Timeout(60)
class OfficialClientITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TIMEOUT = 10_000;

    private final AtomicReference<AmpsStandIn> started = new AtomicReference<>();

    @AfterEach
    void stop() {
        started.get().close();
    }

    private AmpsStandIn start() {
        return start(AmpsStandIn.builder());
    }

    private AmpsStandIn start(AmpsStandIn.Builder builder) {
        started.set(builder.persistedAckInterval(Duration.ofMillis(50)).start());
        return started.get();
    }

    private Client connected(String name) throws Exception {
        Client client = new Client(name);
        client.connect(started.get().uri("json"));
        client.logon(TIMEOUT);
        return client;
    }

    private HAClient highlyAvailable(String name) throws Exception {
        HAClient client = new HAClient(name);
        client.setServerChooser(new DefaultServerChooser().add(started.get().uri("json")));
        client.setReconnectDelayStrategy(new FixedDelayStrategy(20, 20_000));
        return client;
    }

    private static Command subscribe(String topic) {
        return new Command("subscribe").setTopic(topic).setTimeout(TIMEOUT);
    }

    @Test
    void publishedMessagesReachAPlainSubscription() throws Exception {
        start();
        try (Client subscriber = connected("subscriber");
                Client publisher = connected("publisher")) {
            MessageStream messages = subscriber.subscribe("orders", "/id > 1");

            publisher.publish("orders", "{\"id\":1}");
            publisher.publish("orders", "{\"id\":2}");
            publisher.publish("orders", "{\"id\":3}");
            publisher.publishFlush(TIMEOUT);

            assertThat(Messages.take(messages, 2)).containsExactly("{\"id\":2}", "{\"id\":3}");
        }
    }

    @Test
    void bookmarkSubscriptionReplaysTheLogAndGoesOn() throws Exception {
        AmpsStandIn server = start();
        server.publish("orders", "one");
        server.publish("orders", "two");
        try (Client subscriber = connected("subscriber")) {
            MessageStream messages =
                    subscriber.execute(subscribe("orders").setBookmark(Client.Bookmarks.EPOCH));

            assertThat(Messages.take(messages, 2)).containsExactly("one", "two");
            server.publish("orders", "three");
            assertThat(Messages.take(messages, 1)).containsExactly("three");
        }
    }

    @Test
    void patternOfTopicsIsFoundAnywhereUnlessToldOtherwise() throws Exception {
        AmpsStandIn server = start();
        try (Client subscriber = connected("subscriber")) {
            MessageStream pattern = subscriber.execute(subscribe("order.n").setBookmark("0"));
            MessageStream name =
                    subscriber.execute(
                            subscribe("order.n").setBookmark("0").setOptions("non_regex_topic"));
            server.publish("preorder-north", "a");
            server.publish("orders", "b");
            server.publish("order.n", "c");

            assertThat(Messages.take(pattern, 2)).containsExactly("a", "c");
            assertThat(Messages.take(name, 1)).containsExactly("c");
        }
    }

    @Test
    void selectedFieldsAndTimestampsAreSent() throws Exception {
        AmpsStandIn server = start();
        server.publish("orders", "{\"id\":1,\"text\":\"x\"}");
        try (Client subscriber = connected("subscriber")) {
            MessageStream messages =
                    subscriber.execute(
                            subscribe("orders")
                                    .setBookmark("0")
                                    .setOptions("select=[-/,+/id],timestamp"));

            Message message = Messages.next(messages);
            assertThat(message.getData()).isEqualTo("{\"id\":1}");
            assertThat(message.getTimestamp())
                    .isEqualTo(Timestamps.text(server.log().entry(1).timestampMicros()));
            assertThat(message.getBookmark()).isEqualTo(server.log().entry(1).bookmark());
        }
    }

    @Test
    void highlyAvailableSubscriberResumesWhereItWas() throws Exception {
        AmpsStandIn server = start();
        List<String> received = new CopyOnWriteArrayList<>();
        try (HAClient subscriber = highlyAvailable("subscriber")) {
            MemoryBookmarkStore store = new MemoryBookmarkStore();
            subscriber.setBookmarkStore(store);
            subscriber.connectAndLogon();
            subscriber.executeAsync(
                    subscribe("orders").setBookmark(Client.Bookmarks.MOST_RECENT).setSubId("S"),
                    message -> {
                        if (message.getCommand() == Message.Command.Publish) {
                            received.add(message.getData());
                            discard(store, message);
                        }
                    });
            for (int i = 1; i <= 300; i++) {
                server.publish("p" + i % 3, i, "orders", bytes("m" + i));
                if (i % 50 == 0) {
                    int sent = i;
                    Await.until("messages", PATIENCE, () -> received.size() >= sent - 20);
                    server.faults().dropConnections();
                }
                if (i == 120) {
                    server.restart();
                }
            }
            Await.until("all messages", PATIENCE, () -> received.size() == 300);
        }
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            expected.add("m" + i);
        }
        assertThat(received).containsExactlyElementsOf(expected);
    }

    private static void discard(MemoryBookmarkStore store, Message message) {
        try {
            store.discard(message);
        } catch (AMPSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void publishStoreGetsEverythingIntoTheLogOnce() throws Exception {
        AmpsStandIn server = start();
        try (HAClient publisher = highlyAvailable("publisher")) {
            publisher.setPublishStore(new MemoryPublishStore(1000));
            publisher.connectAndLogon();
            for (int i = 1; i <= 500; i++) {
                publisher.publish("orders", "m" + i);
                if (i % 100 == 0) {
                    server.faults().dropConnections();
                }
            }
            publisher.publishFlush(TIMEOUT);

            assertThat(server.log().size()).isEqualTo(500);
            for (int i = 1; i <= 500; i++) {
                assertThat(server.log().entry(i).body()).isEqualTo(bytes("m" + i));
            }
            assertThat(server.log().entry(1).publisherId())
                    .isEqualTo(AmpsStandIn.publisherId("publisher"));
        }
    }

    @Test
    void failedWritesAreReported() throws Exception {
        AmpsStandIn server = start();
        List<Integer> reasons = new CopyOnWriteArrayList<>();
        try (HAClient publisher = highlyAvailable("publisher")) {
            publisher.setPublishStore(new MemoryPublishStore(1000));
            publisher.setFailedWriteHandler((message, reason) -> reasons.add(reason));
            publisher.connectAndLogon();
            publisher.publish("orders", "good");
            publisher.publishFlush(TIMEOUT);
            server.faults().failPublishes("not entitled", 2);
            publisher.publish("orders", "bad");
            publisher.publish("orders", "bad");
            publisher.publish("orders", "good");
            publisher.publishFlush(TIMEOUT);

            assertThat(reasons)
                    .containsExactly(Message.Reason.NotEntitled, Message.Reason.NotEntitled);
            assertThat(server.log().size()).isEqualTo(2);
        }
    }

    @Test
    void persistedIsNotToldBeforeTheReplicasHaveIt() throws Exception {
        AmpsStandIn server = start();
        server.faults().holdReplicationAfter(0);
        try (HAClient publisher = highlyAvailable("publisher")) {
            MemoryPublishStore store = new MemoryPublishStore(1000);
            publisher.setPublishStore(store);
            publisher.connectAndLogon();
            publisher.publish("orders", "m");
            Await.until("the message", PATIENCE, () -> server.log().size() == 1);
            assertThatThrownBy(() -> publisher.publishFlush(300)).hasMessageContaining("flush");

            server.faults().acknowledgeReplication();
            publisher.publishFlush(TIMEOUT);
            assertThat(store.unpersistedCount()).isZero();
        }
    }

    @Test
    void reasonsBecomeTheExceptionsThatUsersKnow() throws Exception {
        AmpsStandIn server =
                start(
                        AmpsStandIn.builder()
                                .logged(topic -> !topic.equals("unlogged"))
                                .entitlement(
                                        Entitlement.topics(
                                                topic -> !topic.equals("secret"), topic -> true)));
        try (Client client = connected("client")) {
            assertThatThrownBy(() -> client.execute(subscribe("t").setFilter("/a =")))
                    .isInstanceOf(BadFilterException.class);
            assertThatThrownBy(() -> client.execute(subscribe("t(")))
                    .isInstanceOf(BadRegexTopicException.class);
            assertThatThrownBy(() -> client.execute(subscribe("secret")))
                    .isInstanceOf(NotEntitledException.class);
            assertThatThrownBy(() -> client.execute(subscribe("t").setOptions("nonsense")))
                    .isInstanceOf(InvalidOptionsException.class);
            assertThatThrownBy(() -> client.execute(subscribe("unlogged").setBookmark("0")))
                    .isInstanceOf(InvalidTopicException.class);
            assertThatThrownBy(() -> client.execute(subscribe("t").setBookmark("junk")))
                    .isInstanceOf(InvalidBookmarkException.class);
            assertThatThrownBy(
                            () ->
                                    client.execute(
                                            subscribe("t")
                                                    .setBookmark("1|2|")
                                                    .setOptions("bookmark_not_found=fail")))
                    .isInstanceOf(InvalidBookmarkException.class);
            assertThatThrownBy(() -> client.sow("t")).isInstanceOf(CommandException.class);
            client.execute(subscribe("t").setSubId("twice"));
            assertThatThrownBy(() -> client.execute(subscribe("t").setSubId("twice")))
                    .isInstanceOf(SubidInUseException.class);
            server.faults().failSubscribes("invalid options", 1);
            assertThatThrownBy(() -> client.execute(subscribe("t")))
                    .isInstanceOf(InvalidOptionsException.class);
            client.execute(subscribe("t"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
