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
import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** A million messages, and a reader that does not read. */
@Timeout(240)
class LoadITCase {

    private static final int MESSAGES = 1_000_000;
    private static final String SUBSCRIBE =
            "{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"sub_id\":\"1\",\"bookmark\":\"0\"}";

    @Test
    void servesAMillionMessagesWhileAnotherReaderIsStuck() throws Exception {
        byte[] body = ("{\"text\":\"" + "x".repeat(189) + "\"}").getBytes(StandardCharsets.UTF_8);
        try (AmpsStandIn server = AmpsStandIn.builder().start();
                FrameSocket stuck = FrameSocket.loggedOn(server.port(), "stuck");
                Client client = new Client("reader")) {
            for (int i = 1; i <= MESSAGES; i++) {
                server.publish("p" + i % 2, i, "T", body);
            }
            stuck.send(SUBSCRIBE);
            AtomicLong received = new AtomicLong();
            AtomicLong bytes = new AtomicLong();
            client.connect(server.uri("json"));
            client.logon(10_000);
            client.executeAsync(
                    new Command("subscribe").setTopic("T").setBookmark("0"),
                    message -> {
                        if (message.getCommand() == Message.Command.Publish) {
                            received.incrementAndGet();
                            bytes.addAndGet(message.getDataRaw().length);
                        }
                    });

            Await.until("all messages", Duration.ofMinutes(3), () -> received.get() == MESSAGES);
            assertThat(bytes.get()).isEqualTo((long) MESSAGES * body.length);
            // The stuck reader still gets everything, in order, when it reads.
            assertThat(stuck.receive()).contains("|1|");
            assertThat(stuck.receive()).contains("|2|");
        }
    }

    @Test
    void slowPlainSubscriberIsCutOffAndHoldsUpNobody() throws Exception {
        byte[] body = new byte[1 << 20];
        try (AmpsStandIn server = AmpsStandIn.builder().logged(topic -> false).start();
                FrameSocket slow = FrameSocket.loggedOn(server.port(), "slow")) {
            slow.send("{\"c\":\"subscribe\",\"t\":\"T\",\"cid\":\"1\",\"a\":\"processed\"}");
            assertThat(slow.receive()).contains("success");
            for (int i = 0; i < 200; i++) {
                server.publish("p", i + 1, "T", body);
            }

            assertThat(server.clientNames()).doesNotContain("slow");
        }
    }
}
