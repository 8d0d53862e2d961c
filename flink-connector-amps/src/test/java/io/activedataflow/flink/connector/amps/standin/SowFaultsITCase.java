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
import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What can go wrong with queries, and queries that are cancelled. */
@Timeout(60)
class SowFaultsITCase {

    private static final String SOW = "{\"c\":\"sow\",\"t\":\"T\",";
    private static final String BOTH = "{\"c\":\"sow_and_subscribe\",\"t\":\"T\",\"sub_id\":\"S\",";
    private static final String ASKED =
            "\"cid\":\"1\",\"query_id\":\"Q\",\"batch_size\":4,\"a\":\"completed,stats\"}";
    private static final String END = "{\"c\":\"group_end\",\"query_id\":\"Q\"}";

    private final AmpsStandIn server =
            AmpsStandIn.builder().sow(SowTopic.keyed("T", "/id")).admin(true).start();

    @BeforeEach
    void publish() {
        for (int i = 1; i <= 10; i++) {
            server.publish("T", "{\"id\":" + i + "}");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FrameSocket asked(String command) throws IOException {
        FrameSocket client = FrameSocket.loggedOn(server.port(), "c");
        client.send(command + ASKED);
        return client;
    }

    private static List<String> upTo(FrameSocket client, String last) throws IOException {
        List<String> frames = new ArrayList<>();
        do {
            frames.add(client.receive());
        } while (!frames.get(frames.size() - 1).contains(last));
        return frames;
    }

    private static int records(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.contains("\"c\":\"sow\""))
                .mapToInt(frame -> frame.split("\\{\"id\":").length - 1)
                .sum();
    }

    @Test
    void connectionIsCutBehindTheNthRecord() throws Exception {
        server.faults().sow().cutAfterRecords(6);
        try (FrameSocket client = asked(SOW)) {
            List<String> frames = List.of(client.receive(), client.receive(), client.receive());
            assertThat(records(frames)).isEqualTo(6);
            assertThat(client.isAtEnd()).isTrue();
        }
        try (FrameSocket client = asked(SOW)) {
            assertThat(records(upTo(client, "stats"))).isEqualTo(10);
        }
    }

    @Test
    void connectionIsCutBetweenSnapshotAndUpdates() throws Exception {
        server.faults().sow().cutBehindGroupEnd(1);
        server.faults().holdMessages(true);
        try (FrameSocket client = asked(BOTH)) {
            client.send("{\"c\":\"p\",\"t\":\"T\"}{\"id\":11}");
            server.faults().holdMessages(false);
            assertThat(records(upTo(client, "group_end"))).isEqualTo(10);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void updatesWaitBehindAGroupEndThatIsHeld() throws Exception {
        server.faults().sow().holdGroupEnds(true);
        try (FrameSocket client = asked(BOTH)) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.receive()).doesNotContain("group_end");
            }
            server.publish("T", "{\"id\":11}");
            server.faults().sow().holdGroupEnds(false);
            assertThat(client.receive()).isEqualTo(END);
            assertThat(client.receive()).contains("\"a\":\"completed\"");
            assertThat(client.receive()).contains("\"a\":\"stats\"");
            assertThat(client.receive()).contains("\"c\":\"p\"").endsWith("{\"id\":11}");
        }
    }

    @Test
    void failureIsToldLate() throws Exception {
        server.faults().sow().failCompleted("sow store failed", 1);
        try (FrameSocket client = asked(SOW)) {
            List<String> frames = upTo(client, "\"a\":\"stats\"");
            assertThat(records(frames)).isEqualTo(10);
            assertThat(frames)
                    .containsSubsequence(
                            END,
                            "{\"c\":\"ack\",\"cid\":\"1\",\"a\":\"completed\","
                                    + "\"status\":\"failure\",\"reason\":\"sow store failed\","
                                    + "\"query_id\":\"Q\",\"records_returned\":10}");
            assertThat(frames).last().asString().contains("failure");
            client.send(SOW + ASKED);
            assertThat(upTo(client, "\"a\":\"stats\""))
                    .noneSatisfy(frame -> assertThat(frame).contains("failure"));
        }
    }

    @Test
    void queryFailsInTheMiddle() throws Exception {
        server.faults().sow().failAfterRecords(7, "sow store failed", 1);
        try (FrameSocket client = asked(SOW)) {
            List<String> frames = upTo(client, "\"a\":\"stats\"");
            assertThat(records(frames)).isEqualTo(7);
            assertThat(frames).contains(END).last().asString().contains("sow store failed");
        }
    }

    @Test
    void lateAcknowledgementIsKeptBack() throws Exception {
        server.faults().withholdAck("completed");
        try (FrameSocket client = asked(SOW)) {
            assertThat(upTo(client, "\"a\":\"stats\""))
                    .noneSatisfy(frame -> assertThat(frame).contains("\"a\":\"completed\""));
            server.faults().releaseAcks();
            assertThat(client.receive()).contains("\"a\":\"completed\"").contains("success");
        }
    }

    @Test
    void subscriptionDoesNotBeginBeforeItIsAcknowledged() throws Exception {
        try (FrameSocket client = FrameSocket.loggedOn(server.port(), "c")) {
            server.faults().withholdAck("processed");
            client.send(BOTH + ASKED.replace("\"a\":\"", "\"a\":\"processed,"));
            client.send("{\"c\":\"p\",\"t\":\"T\"}{\"id\":11}");
            client.send("{\"c\":\"flush\",\"cid\":\"8\",\"a\":\"completed\"}");
            assertThat(client.receive()).contains("\"cid\":\"8\"");
            assertThat(server.subscriptions()).isEmpty();
            server.faults().releaseAcks();
            // What was published meanwhile is in the snapshot and comes only there.
            assertThat(records(upTo(client, "\"a\":\"stats\""))).isEqualTo(11);
            server.publish("T", "{\"id\":12}");
            assertThat(client.receive()).endsWith("{\"id\":12}");
        }
    }

    @Test
    void queryIsRefused() throws Exception {
        server.faults().sow().refuseQueries("sow store failed", 1);
        try (FrameSocket client = asked(SOW)) {
            assertThat(client.receive()).endsWith("\"reason\":\"sow store failed\"}");
        }
    }

    @Test
    void lastBatchMayBeFilledUp() throws Exception {
        server.faults().sow().roundTopNUp(true);
        try (FrameSocket client = asked(SOW + "\"top_n\":5,")) {
            assertThat(records(upTo(client, "stats"))).isEqualTo(8);
        }
    }

    @Test
    void cancelledQuerySaysSoAtItsEnd() throws Exception {
        server.faults().holdMessages(true);
        try (FrameSocket client = asked(SOW)) {
            client.send("{\"c\":\"unsubscribe\",\"cid\":\"9\",\"query_id\":\"Q\"}");
            // The reader of the server has come here when this is answered to somebody else.
            client.send("{\"c\":\"p\",\"t\":\"T\"}{\"id\":12}");
            while (server.sow().size("T") < 11) {
                Thread.onSpinWait();
            }
            server.faults().holdMessages(false);
            List<String> frames = upTo(client, "\"a\":\"stats\"");
            assertThat(records(frames)).isZero();
            assertThat(frames)
                    .contains(
                            END,
                            "{\"c\":\"ack\",\"cid\":\"1\",\"a\":\"completed\","
                                    + "\"status\":\"failure\",\"reason\":\"sow canceled\","
                                    + "\"query_id\":\"Q\",\"records_returned\":0}");
        }
    }

    @Test
    void administrationTellsWhatHasHappened() throws Exception {
        server.publish("T", "{\"id\":1,\"v\":1}");
        server.sow().delete("T", server.sow().contents("T").keySet().iterator().next());
        String json =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        server.adminUri()
                                                                + "/amps/instance/sow.json"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        assertThat(json)
                .contains(
                        "\"topic\":\"T\",\"message_type\":\"json\",\"valid_keys\":9,"
                                + "\"insert_count\":10,\"update_count\":1,\"delete_count\":1");
    }
}
