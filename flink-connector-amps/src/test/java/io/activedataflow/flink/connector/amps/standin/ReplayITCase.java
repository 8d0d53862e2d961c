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

import io.activedataflow.flink.connector.amps.testutils.ReplaySocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** Where replays begin and end, seen on the wire. */
@Timeout(60)
class ReplayITCase {

    private final AtomicReference<AmpsStandIn> started = new AtomicReference<>();

    @AfterEach
    void stop() {
        started.get().close();
    }

    private AmpsStandIn start(AmpsStandIn.Builder builder) {
        started.set(builder.publisherId("p", 1).start());
        return started.get();
    }

    /** Without periodic acknowledgements, so that what comes is what a test is about. */
    private AmpsStandIn start() {
        return start(AmpsStandIn.builder().persistedAckInterval(Duration.ofHours(1)));
    }

    private void publish(long from, long to) {
        for (long i = from; i <= to; i++) {
            byte[] body = ("{\"id\":" + i + '}').getBytes(StandardCharsets.UTF_8);
            started.get().publish("p", i, i % 2 == 0 ? "even" : "odd", body);
        }
    }

    private ReplaySocket connected() throws IOException {
        return ReplaySocket.connect(started.get().port());
    }

    @Test
    void completedComesBetweenThePastAndTheNew() throws Exception {
        start();
        publish(1, 3);
        try (ReplaySocket client = connected()) {
            client.subscribe("1|1|", ReplaySocket.ACKS);
            client.expectSuccess();
            client.expectMessages(2, 3);
            client.expectCompleted(3);
            publish(4, 4);
            client.expectMessages(4, 4);
        }
    }

    @Test
    void completedTellsThePositionAlsoIfNothingMatches() throws Exception {
        start();
        publish(1, 3);
        try (ReplaySocket client = connected()) {
            client.subscribe("0", ReplaySocket.ACKS + ",\"filter\":\"/id = 77\"");
            client.expectSuccess();
            client.expectCompleted(3);
        }
    }

    @Test
    void subscriptionFromNowIsCompletedAtOnce() throws Exception {
        start();
        publish(1, 3);
        try (ReplaySocket client = connected()) {
            client.subscribe("0|1|", ReplaySocket.ACKS);
            client.expectSuccess();
            client.expectCompleted(3);
            publish(4, 5);
            client.expectMessages(4, 5);
        }
    }

    @Test
    void subscriptionFromNowIsNotCompletedIfTold() throws Exception {
        start(
                AmpsStandIn.builder()
                        .persistedAckInterval(Duration.ofHours(1))
                        .ambiguities(Ambiguities.defaults().withCompletedForNow(false)));
        publish(1, 3);
        try (ReplaySocket client = connected()) {
            client.subscribe("0|1|", ReplaySocket.ACKS);
            client.expectSuccess();
            publish(4, 4);
            client.expectMessages(4, 4);
        }
    }

    @Test
    void rangeEndsWithCompletedAndNothingBehind() throws Exception {
        start();
        publish(1, 9);
        try (ReplaySocket client = connected()) {
            client.subscribe("(1|2|:1|5|]", ReplaySocket.ACKS);
            client.expectSuccess();
            client.expectMessages(3, 5);
            client.expectCompleted(5);
            publish(10, 10);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
        }
    }

    @Test
    void rangeIntoTheFutureEndsWhenItIsThere() throws Exception {
        start();
        publish(1, 2);
        try (ReplaySocket client = connected()) {
            client.subscribe("[1|2|:1|4|)", ReplaySocket.ACKS);
            client.expectSuccess();
            client.expectMessages(2, 2);
            publish(3, 4);
            client.expectMessages(3, 3);
            client.expectCompleted(3);
        }
    }

    @Test
    void rangeInTimeEndsWhenTheClockHasPassedIt() throws Exception {
        AtomicLong clock = new AtomicLong(1_704_164_645_000_000L);
        start(AmpsStandIn.builder().persistedAckInterval(Duration.ofMillis(20)).clock(clock::get));
        publish(1, 2);
        try (ReplaySocket client = connected()) {
            client.subscribe("[20240102T030405:20240102T030410)", ",\"a\":\"processed,completed\"");
            client.expectSuccess();
            client.expectMessages(1, 2);
            clock.addAndGet(4_000_000);
            publish(3, 3);
            client.expectMessages(3, 3);
            clock.addAndGet(1_000_000);
            client.expectCompleted(3);
            publish(4, 4);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
        }
    }

    @Test
    void topNEndsTheSubscription() throws Exception {
        start();
        publish(1, 9);
        try (ReplaySocket client = connected()) {
            client.subscribe("1|1|", ReplaySocket.ACKS + ",\"top_n\":3");
            client.expectSuccess();
            client.expectMessages(2, 4);
            client.expectCompleted(4);
            client.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"f\"");
        }
    }

    @Test
    void unknownBookmarkIsHandledAsAskedFor() throws Exception {
        start();
        publish(1, 4);
        started.get().pruneBefore(3);
        try (ReplaySocket client = connected()) {
            client.subscribe("1|1|", ReplaySocket.ACKS + ",\"opts\":\"bookmark_not_found=fail\"");
            client.expectFailure("invalid bookmark");
            client.subscribe("1|1|", ReplaySocket.ACKS + ",\"opts\":\"bookmark_not_found=epoch\"");
            client.expectSuccess();
            client.expectMessages(3, 4);
            client.expectCompleted(4);
            client.send("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"S\"}");
            client.subscribe("1|1|", ReplaySocket.ACKS);
            client.expectSuccess();
            client.expectCompleted(4);
        }
    }
}
