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

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The stand-in server and the official client, used as its users use it. */
@Timeout(60)
class OfficialClientITCase {

    private final AmpsStandIn server = AmpsStandIn.builder().start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void publishedMessagesReachAPlainSubscription() throws Exception {
        try (Client subscriber = connected("subscriber");
                Client publisher = connected("publisher")) {
            MessageStream messages = subscriber.subscribe("orders", "/id > 1");

            publisher.publish("orders", "{\"id\":1}");
            publisher.publish("orders", "{\"id\":2}");
            publisher.publish("orders", "{\"id\":3}");
            publisher.publishFlush(10_000);

            assertThat(take(messages, 2)).containsExactly("{\"id\":2}", "{\"id\":3}");
        }
    }

    @Test
    void bookmarkSubscriptionReplaysTheLogAndGoesOn() throws Exception {
        server.publish("orders", "one");
        server.publish("orders", "two");
        try (Client subscriber = connected("subscriber")) {
            MessageStream messages =
                    subscriber.execute(
                            new Command("subscribe")
                                    .setTopic("orders")
                                    .setBookmark(Client.Bookmarks.EPOCH)
                                    .setTimeout(10_000));

            assertThat(take(messages, 2)).containsExactly("one", "two");
            server.publish("orders", "three");
            assertThat(take(messages, 1)).containsExactly("three");
        }
    }

    private Client connected(String name) throws Exception {
        Client client = new Client(name);
        client.connect(server.uri("json"));
        client.logon(10_000);
        return client;
    }

    /** The bodies of the next publish messages. */
    private static List<String> take(MessageStream messages, int count) {
        List<String> bodies = new ArrayList<>();
        while (bodies.size() < count && messages.hasNext()) {
            Message message = messages.next();
            if (message != null && message.getCommand() == Message.Command.Publish) {
                bodies.add(message.getData());
            }
        }
        return bodies;
    }
}
