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

import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.DefaultServerChooser;
import com.crankuptheamps.client.FixedDelayStrategy;
import com.crankuptheamps.client.HAClient;
import com.crankuptheamps.client.MemoryBookmarkStore;
import com.crankuptheamps.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances with the same messages in different orders, and a client that moves over. */
@Timeout(60)
class ReplicasITCase {

    private static final int PER_PUBLISHER = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void clientThatMovesOverGetsEachMessageOnce() throws Exception {
        try (AmpsStandIn first = AmpsStandIn.builder().name("first").start();
                AmpsStandIn second = AmpsStandIn.builder().name("second").start()) {
            List<LogEntry> alternating = new ArrayList<>();
            for (int i = 1; i <= PER_PUBLISHER; i++) {
                alternating.add(first.publish("p", i, "T", bytes("p" + i)));
                alternating.add(first.publish("q", i, "T", bytes("q" + i)));
            }
            inBlocksOfFive(alternating).forEach(second::replicate);
            assertThat(second.log().entries())
                    .extracting(LogEntry::bookmark)
                    .hasSameElementsAs(
                            first.log().entries().stream().map(LogEntry::bookmark).toList())
                    .isNotEqualTo(first.log().entries().stream().map(LogEntry::bookmark).toList());

            List<String> received = movingOverAfter(first, second, 13);

            assertThat(received).hasSize(2 * PER_PUBLISHER).doesNotHaveDuplicates();
            assertThat(received.stream().filter(body -> body.startsWith("p")).toList())
                    .isEqualTo(
                            alternating.stream()
                                    .map(entry -> new String(entry.body(), StandardCharsets.UTF_8))
                                    .filter(body -> body.startsWith("p"))
                                    .toList());
        }
    }

    /** Per publisher in the same order, but p1 to p5, then q1 to q5, and so on. */
    private static List<LogEntry> inBlocksOfFive(List<LogEntry> alternating) {
        List<LogEntry> blocks = new ArrayList<>();
        for (int start = 0; start < alternating.size(); start += 10) {
            for (int publisher = 0; publisher < 2; publisher++) {
                for (int i = publisher; i < 10; i += 2) {
                    blocks.add(alternating.get(start + i));
                }
            }
        }
        return blocks;
    }

    private static List<String> movingOverAfter(AmpsStandIn first, AmpsStandIn second, int messages)
            throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        try (HAClient client = new HAClient("client")) {
            client.setServerChooser(
                    new DefaultServerChooser().add(first.uri("json")).add(second.uri("json")));
            client.setReconnectDelayStrategy(new FixedDelayStrategy(20, 20_000));
            client.setBookmarkStore(new MemoryBookmarkStore());
            client.connectAndLogon();
            first.faults().dropAfterMessages(messages);
            first.refuseConnections(true);
            client.executeAsync(
                    new Command("subscribe").setTopic("T").setBookmark("0").setSubId("S"),
                    message -> {
                        if (message.getCommand() == Message.Command.Publish) {
                            received.add(message.getData());
                        }
                    });
            Await.until(
                    "the messages of both",
                    PATIENCE,
                    () -> received.size() >= 2 * PER_PUBLISHER,
                    received::toString);
        }
        return received;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
