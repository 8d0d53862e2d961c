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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsServerUri;

import com.crankuptheamps.client.JSONProtocol;
import com.crankuptheamps.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A message on its way from the client to a handler costs no object of the connector. */
@Timeout(60)
class DeliveryAllocationTest {

    private static final int MESSAGES = 50_000;
    private static final AmpsServerUri SERVER =
            new AmpsServerUri("tcp://h:1/amps/json", "h", 1, false, "json");

    /** Reads what every split reads of every message. */
    private static final class Looking implements AmpsSubscriptionHandler {

        private final Bookmarks bookmarks = new Bookmarks();
        private long sum;

        @Override
        public void onMessage(AmpsDelivery message) {
            if (bookmarks.parse(message.bookmark())) {
                sum += bookmarks.sequence();
            }
            sum += ServerTimestamps.parse(message.timestamp()) % 2 + message.body().length();
        }

        @Override
        public void onPersisted(AmpsBookmark bookmark) {}

        @Override
        public void onGroupBegin() {}

        @Override
        public void onGroupEnd() {}

        @Override
        public void onCompleted(AmpsBookmark bookmark) {}

        @Override
        public void onLastChance(String description) {}

        @Override
        public void onDisconnected(AmpsException cause) {}
    }

    @Test
    void handsMessagesOnWithoutAllocation() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported());
        Looking handler = new Looking();
        SubscriptionAdapter adapter =
                new SubscriptionAdapter(
                        SERVER,
                        new AmpsSubscribeCommand("T", null, "0", List.of(), false),
                        handler,
                        () -> {});
        Message message = message();
        deliver(adapter, message);

        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        deliver(adapter, message);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        assertThat(handler.sum).isPositive();
        assertThat((after - before) / MESSAGES).isZero();
    }

    private static void deliver(SubscriptionAdapter adapter, Message message) {
        for (int i = 0; i < MESSAGES; i++) {
            adapter.invoke(message);
        }
    }

    private static Message message() {
        Message message = new JSONProtocol().allocateMessage();
        message.setCommand(Message.Command.Publish);
        message.setTopic("T");
        message.setBookmark("18446744073709551615|7|");
        message.setData("{}");
        byte[] time = "20260102T030405.678901Z".getBytes(StandardCharsets.UTF_8);
        message.getTimestampRaw().set(time, 0, time.length);
        return message;
    }
}
