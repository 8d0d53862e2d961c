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

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** As many keys as a real topic has: nothing may take time by their square. */
@Timeout(120)
class SowLoadITCase {

    private static final int KEYS = 200_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void servesTwoHundredThousandKeys() throws Exception {
        try (AmpsStandIn server =
                        AmpsStandIn.builder()
                                .logged(topic -> false)
                                .sow(SowTopic.keyed("T", "/id"))
                                .start();
                Client client = new Client("reader")) {
            String filler = "\"text\":\"" + "x".repeat(400) + "\"}";
            for (int i = 0; i < KEYS; i++) {
                server.publish("T", "{\"id\":" + i + ",\"v\":" + i % 1000 + ',' + filler);
            }
            client.connect(server.uri("json"));
            client.logon(10_000);
            List<String> top = new ArrayList<>();
            for (Message message :
                    client.execute(
                            new Command("sow")
                                    .setTopic("T")
                                    .setFilter("/v >= 500")
                                    .setOrderBy("/v DESC, /id")
                                    .setTopN(3)
                                    .setBatchSize(10)
                                    .setOptions("select=[-/,+/id]"))) {
                if (message.getCommand() == Message.Command.SOW) {
                    top.add(message.getData());
                }
            }
            assertThat(top).containsExactly("{\"id\":999}", "{\"id\":1999}", "{\"id\":2999}");

            AtomicLong records = new AtomicLong();
            AtomicLong gone = new AtomicLong();
            client.executeAsync(
                    new Command("sow_and_subscribe")
                            .setTopic("T")
                            .setBatchSize(100)
                            .setOptions("oof"),
                    message -> {
                        if (message.getCommand() == Message.Command.SOW) {
                            records.incrementAndGet();
                        } else if (message.getCommand() == Message.Command.OOF) {
                            gone.incrementAndGet();
                        }
                    });
            Await.until("the snapshot", PATIENCE, () -> records.get() == KEYS);
            assertThat(client.sowDelete("T", "/v < 100", 30_000).getRecordsDeleted())
                    .isEqualTo(KEYS / 10);
            Await.until("what is gone", PATIENCE, () -> gone.get() == KEYS / 10);
            assertThat(server.sow().size("T")).isEqualTo(KEYS - KEYS / 10);
        }
    }
}
