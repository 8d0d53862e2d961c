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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** What is on the wire for the state of the world, letter by letter. */
@Timeout(60)
class SowTranscriptITCase {

    private static final long SECOND = 1_000_000;

    private final AtomicLong clock = new AtomicLong(1_704_164_645_000_000L);
    private final AmpsStandIn server =
            AmpsStandIn.builder()
                    .publisherId("p", 1)
                    .clock(clock::get)
                    .sow(SowTopic.explicit("T"))
                    .sow(SowTopic.keyed("orders-a", "/id"))
                    .sow(SowTopic.keyed("orders-b", "/id"))
                    .sow(SowTopic.keyed("tags", "/id").ofType("nvfix"))
                    .sow(
                            SowTopic.keyed("past", "/id")
                                    .remembering(Duration.ofMinutes(1), Duration.ofSeconds(10)))
                    .start();

    @AfterEach
    void stop() {
        server.close();
    }

    private FrameSocket client() throws IOException {
        return FrameSocket.loggedOn(server.port(), "c");
    }

    @Test
    void snapshotThenUpdatesThenOutOfFocus() throws Exception {
        server.sow().publish("T", "1", "A");
        try (FrameSocket client = client()) {
            client.send(
                    SowTalk.command(
                            "'sow_and_subscribe','t':'T','cid':'auto7','a':'processed,completed',"
                                    + "'opts':'oof','sub_id':'auto7','query_id':'auto7',"
                                    + "'batch_size':10"));
            assertThat(SowTalk.upTo(client, "\"a\":\"completed\""))
                    .containsExactly(
                            "{'c':'ack','cid':'auto7','a':'processed','status':'success',"
                                    + "'sub_id':'auto7','query_id':'auto7'}",
                            "{'c':'group_begin','query_id':'auto7'}",
                            "{'c':'sow','query_id':'auto7','t':'T','bs':1}{'k':'1','l':1}A",
                            "{'c':'group_end','query_id':'auto7'}",
                            "{'c':'ack','cid':'auto7','a':'completed','status':'success',"
                                    + "'query_id':'auto7','records_returned':1}");
            server.sow().publish("T", "2", "live1");
            server.sow().delete("T", "1");
            assertThat(client.receive())
                    .isEqualTo("{\"c\":\"p\",\"t\":\"T\",\"sids\":\"auto7\",\"k\":\"2\"}live1");
            assertThat(client.receive())
                    .isEqualTo(
                            "{\"c\":\"oof\",\"t\":\"T\",\"sids\":\"auto7\","
                                    + "\"reason\":\"deleted\",\"k\":\"1\"}A");
        }
    }

    @Test
    void recordsComeInBatchesWithWhatWasAskedFor() throws Exception {
        for (int i = 1; i <= 3; i++) {
            server.publish("p", i, "T", ("m" + i).getBytes(StandardCharsets.UTF_8), "eA==");
        }
        server.sow().publish("T", "a", "x");
        try (FrameSocket client = client()) {
            assertThat(
                            SowTalk.ask(
                                    client,
                                    "'sow','t':'T','batch_size':2,'opts':'timestamp,bookmark'"))
                    .containsExactly(
                            "{'c':'ack','cid':'1','a':'processed','status':'success',"
                                    + "'query_id':'1'}",
                            "{'c':'group_begin','query_id':'1'}",
                            "{'c':'sow','query_id':'1','t':'T','bs':2}"
                                    + "{'k':'18446744073709551615','l':2,'bm':'1|3|',"
                                    + "'ts':'20240102T030405.000000Z','x':'eA=='}m3"
                                    + "{'k':'a','l':1,'bm':'"
                                    + server.log().entry(4).bookmark()
                                    + "','ts':'20240102T030405.000000Z'}x",
                            "{'c':'group_end','query_id':'1'}",
                            "{'c':'ack','cid':'1','a':'completed','status':'success',"
                                    + "'query_id':'1','records_returned':2}",
                            "{'c':'ack','cid':'1','a':'stats','status':'success','query_id':'1',"
                                    + "'matches':2,'topic_matches':2,'records_returned':2}");
            assertThat(SowTalk.ask(client, "'sow','t':'T','sow_keys':'a,b','opts':'no_sowkey'"))
                    .contains("{'c':'sow','query_id':'1','t':'T','bs':1}{'l':1}x");
            assertThat(SowTalk.ask(client, "'sow','t':'T','opts':'top_n=0'"))
                    .hasSize(5)
                    .last()
                    .asString()
                    .endsWith("'matches':2,'topic_matches':2,'records_returned':0}");
        }
    }

    @Test
    void topicsOfAPatternComeInTheOrderOfTheConfiguration() throws Exception {
        server.publish("orders-b", "{\"id\":1,\"v\":2}");
        server.publish("orders-a", "{\"id\":1,\"v\":1}");
        try (FrameSocket client = client()) {
            List<String> frames =
                    SowTalk.ask(client, "'sow','t':'^orders','opts':'select=[-/,+/v]'");
            assertThat(frames.get(2)).contains("'t':'orders-a'").endsWith("{'v':1}");
            assertThat(frames.get(3)).contains("'t':'orders-b'").endsWith("{'v':2}");
            // Keys are of the domain, which is the topic.
            assertThat(server.sow().contents("orders-a").keySet())
                    .doesNotContainAnyElementsOf(server.sow().contents("orders-b").keySet());
        }
    }

    @Test
    void deltasAreMergedAndOnlyChangesAreSent() throws Exception {
        try (FrameSocket client = client()) {
            client.send(
                    SowTalk.command(
                            "'sow_and_delta_subscribe','t':'orders-a','cid':'1','sub_id':'1',"
                                    + "'query_id':'1','a':'completed','opts':'no_empties,"
                                    + "no_sowkey'"));
            SowTalk.upTo(client, "completed");
            server.publish("orders-a", "{\"id\":1,\"n\":{\"a\":1,\"b\":2},\"t\":\"x\"}");
            server.sow().publishDelta("orders-a", "{\"id\":1,\"n\":{\"b\":3}}");
            server.publish("orders-a", "{\"id\":1,\"n\":{\"a\":1,\"b\":3},\"t\":\"x\"}");
            server.publish("orders-a", "{\"id\":1,\"n\":{\"a\":1,\"b\":3}}");
            String prefix = "{'c':'p','t':'orders-a','sids':'1'}";
            assertThat(client.receive().replace('"', '\''))
                    .isEqualTo(prefix + "{'id':1,'n':{'a':1,'b':2},'t':'x'}");
            assertThat(client.receive().replace('"', '\''))
                    .isEqualTo(prefix + "{'id':1,'n':{'b':3}}");
            assertThat(client.receive().replace('"', '\'')).isEqualTo(prefix + "{'id':1,'t':null}");
            assertThat(server.log().entry(2).body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"id\":1,\"n\":{\"a\":1,\"b\":3},\"t\":\"x\"}");
        }
    }

    @Test
    void outOfFocusHasFourReasons() throws Exception {
        try (AmpsStandIn guarded =
                        AmpsStandIn.builder()
                                .clock(clock::get)
                                .sow(SowTopic.keyed("T", "/id"))
                                .entitlement(Entitlements.filtered("/secret IS NULL"))
                                .start();
                FrameSocket client = FrameSocket.loggedOn(guarded.port(), "c")) {
            client.send(
                    SowTalk.command(
                            "'sow_and_subscribe','t':'T','cid':'1','a':'completed','filter':'/v "
                                    + "> 0','opts':'oof,no_sowkey,timestamp'"));
            SowTalk.upTo(client, "completed");
            clock.addAndGet(SECOND);
            guarded.publish("T", "{\"id\":1,\"v\":1}");
            guarded.publish("T", "{\"id\":2,\"v\":2}");
            guarded.publish("T", "{\"id\":3,\"v\":3}");
            guarded.sow().publishExpiring("T", "{\"id\":4,\"v\":4}", 5);
            for (int i = 1; i <= 4; i++) {
                assertThat(client.receive()).contains("\"c\":\"p\"");
            }
            guarded.publish("T", "{\"id\":1,\"v\":0}");
            guarded.publish("T", "{\"id\":1,\"v\":0}");
            guarded.publish("T", "{\"id\":2,\"v\":2,\"secret\":1}");
            clock.addAndGet(5 * SECOND);
            String key = guarded.sow().contents("T").keySet().toArray(String[]::new)[2];
            guarded.sow().delete("T", key);
            assertThat(client.receive())
                    .contains("\"reason\":\"match\"")
                    .contains("\"ts\":\"20240102T030406.000000Z\"")
                    .endsWith("{\"id\":1,\"v\":0}");
            assertThat(client.receive())
                    .contains("\"reason\":\"entitlement\"")
                    .endsWith("{\"id\":2,\"v\":2}");
            assertThat(client.receive())
                    .contains("\"reason\":\"expired\"")
                    .endsWith("{\"id\":4,\"v\":4}");
            assertThat(client.receive())
                    .contains("\"reason\":\"deleted\"")
                    .endsWith("{\"id\":3,\"v\":3}");
        }
    }

    @Test
    void plainSubscriptionTellsKeysAndOutOfFocusIfAsked() throws Exception {
        server.publish("orders-a", "{\"id\":1,\"v\":1}");
        try (FrameSocket client = client()) {
            client.send(
                    SowTalk.command(
                            "'subscribe','t':'orders-a','cid':'1','a':'processed','filter':'/v = 1'"
                                    + ",'opts':'oof'"));
            client.send(
                    SowTalk.command(
                            "'subscribe','t':'orders-a','cid':'2','a':'processed','filter':'1=1'"));
            client.send(
                    SowTalk.command(
                            "'subscribe','t':'orders-a','cid':'3','a':'processed','bookmark':'0'"));
            SowTalk.upTo(client, "'cid':'3'");
            assertThat(client.receive()).contains("\"bm\":").contains("\"k\":\"");
            server.publish("orders-a", "{\"id\":1,\"v\":2}");
            List<String> frames = List.of(client.receive(), client.receive(), client.receive());
            String key = server.sow().contents("orders-a").keySet().iterator().next();
            assertThat(frames)
                    .allSatisfy(frame -> assertThat(frame).contains("\"k\":\"" + key))
                    .anySatisfy(
                            frame ->
                                    assertThat(frame)
                                            .startsWith("{\"c\":\"oof\"")
                                            .contains("\"sids\":\"1\",\"reason\":\"match\""))
                    .anySatisfy(frame -> assertThat(frame).contains("\"sids\":\"2\""))
                    .anySatisfy(frame -> assertThat(frame).contains("\"sids\":\"3\",\"k\":"));
        }
    }

    @Test
    void deltaSubscriptionBeginsWithWhatIsNewInFocus() throws Exception {
        server.publish("orders-a", "{\"id\":1,\"v\":1,\"w\":1}");
        try (FrameSocket client = client()) {
            client.send(
                    SowTalk.command(
                            "'delta_subscribe','t':'orders-a','cid':'1','a':'processed','filter':"
                                    + "'/v > 1','opts':'no_sowkey'"));
            client.receive();
            server.publish("orders-a", "{\"id\":1,\"v\":2,\"w\":1}");
            server.publish("orders-a", "{\"id\":1,\"v\":3,\"w\":1}");
            server.publish("orders-a", "{\"id\":1,\"v\":3,\"w\":1}");
            assertThat(client.receive()).endsWith("}{\"id\":1,\"v\":2,\"w\":1}");
            assertThat(client.receive()).endsWith("}{\"id\":1,\"v\":3}");
            assertThat(client.receive()).endsWith("}{\"id\":1}");
        }
    }

    @Test
    void bodiesOfTagsHaveKeysDeltasAndOrders() throws Exception {
        server.publish("tags", "id=1\u0001v=5\u0001");
        server.publish("tags", "id=2\u0001v=7\u0001");
        server.sow().publishDelta("tags", "id=1\u0001w=6\u0001");
        try (FrameSocket client = FrameSocket.connect(server.port())) {
            client.send(
                    SowTalk.command(
                            "'logon','cid':'1','client_name':'t','a':'processed','mt':'nvfix'"));
            client.receive();
            List<String> frames =
                    SowTalk.ask(client, "'sow','t':'tags','orderby':'/v DESC','opts':'no_sowkey'");
            assertThat(frames.get(2)).endsWith("{'l':9}id=2\u0001v=7\u0001");
            assertThat(frames.get(3)).endsWith("id=1\u0001v=5\u0001w=6\u0001");
        }
    }
}
