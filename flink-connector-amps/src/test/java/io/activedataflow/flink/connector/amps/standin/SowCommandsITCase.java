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

/** Deletes, queries of the past, and commands that are refused. */
@Timeout(60)
class SowCommandsITCase {

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
    void recordsAreDeletedInFourWaysAndCounted() throws Exception {
        for (int i = 1; i <= 6; i++) {
            server.publish("orders-a", "{\"id\":" + i + ",\"v\":" + i % 2 + "}");
        }
        String[] keys = server.sow().contents("orders-a").keySet().toArray(String[]::new);
        try (FrameSocket client = client()) {
            String ask = "'sow_delete','t':'orders-a','cid':'1','a':'processed,stats'";
            client.send(SowTalk.command(ask + ",'filter':'/v = 1'"));
            assertThat(SowTalk.upTo(client, "stats"))
                    .containsExactly(
                            "{'c':'ack','cid':'1','a':'processed','status':'success'}",
                            "{'c':'ack','cid':'1','a':'stats','status':'success',"
                                    + "'records_deleted':3,'matches':3,'topic_matches':6}");
            client.send(SowTalk.command(ask + ",'sow_keys':'" + keys[1] + ",1'"));
            assertThat(SowTalk.upTo(client, "stats").get(1)).contains("'records_deleted':1,");
            client.send(SowTalk.command(ask) + "{\"id\":4,\"anything\":true}");
            assertThat(SowTalk.upTo(client, "stats").get(1)).contains("'records_deleted':1,");
            client.send(
                    SowTalk.command(
                            "'sow_delete','t':'orders-a','cid':'1','a':'persisted,stats','s':7,"
                                    + "'filter':'1=1'"));
            assertThat(SowTalk.upTo(client, "persisted"))
                    .satisfies(frames -> assertThat(frames.get(0)).contains("'records_deleted':1,"))
                    .last()
                    .isEqualTo("{'c':'ack','a':'persisted','s':7,'status':'success'}");
            assertThat(server.sow().contents("orders-a")).isEmpty();
        }
    }

    @Test
    void topicWithoutRecordsIsReplayedBehindAnEmptySnapshot() throws Exception {
        for (int i = 1; i <= 3; i++) {
            server.publish("p", i, "plain", ("m" + i).getBytes(StandardCharsets.UTF_8));
        }
        try (FrameSocket client = client()) {
            client.send(
                    SowTalk.command(
                            "'sow_and_subscribe','t':'plain','cid':'1','a':'completed',"
                                    + "'bookmark':'1|1|'"));
            assertThat(SowTalk.upTo(client, "completed")).hasSize(3);
            assertThat(client.receive()).endsWith("m2");
            assertThat(client.receive()).endsWith("m3");
        }
    }

    @Test
    void thePastIsAnsweredAsOfAMultipleOfTheGranularity() throws Exception {
        // The clock begins at second 5 of a minute.
        server.publish("past", "{\"id\":1,\"v\":1}");
        clock.addAndGet(10 * SECOND);
        server.publish("past", "{\"id\":1,\"v\":2}");
        server.publish("past", "{\"id\":2,\"v\":2}");
        clock.addAndGet(10 * SECOND);
        server.publish("past", "{\"id\":1,\"v\":3}");
        try (FrameSocket client = client()) {
            // Second 19 is rounded down to 10.
            assertThat(
                            SowTalk.ask(
                                    client,
                                    "'sow','t':'past','opts':'no_sowkey',"
                                            + "'bookmark':'20240102T030419Z'"))
                    .hasSize(6)
                    .contains("{'c':'sow','query_id':'1','t':'past','bs':1}{'l':14}{'id':1,'v':1}");
            assertThat(SowTalk.ask(client, "'sow','t':'past','bookmark':'20240102T020419Z'"))
                    .hasSize(5);
            assertThat(SowTalk.ask(client, "'sow','t':'past','bookmark':'0'")).hasSize(5);
            client.send(
                    SowTalk.command(
                            "'sow_and_subscribe','t':'past','cid':'2','a':'processed,completed',"
                                    + "'opts':'no_sowkey','bookmark':'20240102T030419Z'"));
            List<String> frames = SowTalk.upTo(client, "completed");
            assertThat(frames).hasSize(5);
            assertThat(frames.get(2)).endsWith("{'id':1,'v':1}");
            server.publish("past", "{\"id\":9}");
            assertThat(client.receive()).contains("\"bm\":").endsWith("{\"id\":1,\"v\":2}");
            assertThat(client.receive()).endsWith("{\"id\":2,\"v\":2}");
            assertThat(client.receive()).endsWith("{\"id\":1,\"v\":3}");
            assertThat(client.receive()).endsWith("{\"id\":9}");
        }
    }

    @Test
    void withoutHistoryOnlyNowIsAnswered() throws Exception {
        server.publish("orders-a", "{\"id\":1}");
        try (FrameSocket client = client()) {
            assertThat(SowTalk.ask(client, "'sow','t':'orders-a','bookmark':'0'"))
                    .last()
                    .asString()
                    .endsWith("'reason':'invalid bookmark'}");
            client.send(
                    SowTalk.command(
                            "'sow_and_subscribe','t':'orders-a','cid':'2','a':'completed',"
                                    + "'opts':'no_sowkey','bookmark':'0|1|'"));
            assertThat(SowTalk.upTo(client, "completed")).hasSize(4);
            server.publish("orders-a", "{\"id\":2}");
            assertThat(client.receive()).contains("\"bm\":").endsWith("{\"id\":2}");
        }
    }

    @Test
    void otherTopicsHaveNoRecordsButMessages() throws Exception {
        try (FrameSocket client = client()) {
            client.send(
                    SowTalk.command(
                            "'sow_and_subscribe','t':'plain','cid':'1','sub_id':'S',"
                                    + "'query_id':'Q','a':'processed,completed'"));
            assertThat(SowTalk.upTo(client, "completed"))
                    .containsExactly(
                            "{'c':'ack','cid':'1','a':'processed','status':'success',"
                                    + "'sub_id':'S','query_id':'Q'}",
                            "{'c':'group_begin','query_id':'Q'}",
                            "{'c':'group_end','query_id':'Q'}",
                            "{'c':'ack','cid':'1','a':'completed','status':'success',"
                                    + "'query_id':'Q','records_returned':0}");
            server.publish("plain", "hello");
            assertThat(client.receive())
                    .isEqualTo("{\"c\":\"p\",\"t\":\"plain\",\"sids\":\"S\"}hello");
        }
    }

    @Test
    void whatIsWrongIsRefusedWithItsReason() throws Exception {
        String[][] commands = {
            {"'sow','t':'plain'", "invalid topic"},
            {"'sow','t':'tags'", "invalid topic"},
            {"'sow'", "no topic"},
            {"'sow','t':'orders-a','filter':'/id ='", "bad filter"},
            {"'sow','t':'orders-a','orderby':'id'", "invalid orderby"},
            {"'sow','t':'orders-a','orderby':'/id UP'", "invalid orderby"},
            {"'sow','t':'orders-a','batch_size':10001", "invalid options"},
            {"'sow','t':'orders-a','opts':'skip_n=1'", "invalid options"},
            {"'sow','t':'orders-a','opts':'oof'", "invalid options"},
            {"'sow','t':'orders-a','sow_keys':'abc'", "bad sow key"},
            {"'sow','t':'orders-a','bookmark':'junk'", "invalid bookmark"},
            {"'sow','t':'orders-a','opts':'grouping=[/a],projection=[/a]'", "not supported"},
            {"'sow_and_subscribe','t':'T','opts':'oof','bookmark':'0'", "invalid options"},
            {"'sow_and_subscribe','t':'T','bookmark':'0'", "invalid bookmark"},
            {"'sow_and_subscribe','t':'plain','opts':'oof'", "invalid options"},
            {"'sow_and_subscribe','t':'T','opts':'top_n=1,skip_n=1'", "invalid orderby"},
            {
                "'sow_and_subscribe','t':'^o','orderby':'/id','opts':'top_n=1,skip_n=1'",
                "regex topic not supported"
            },
            {"'sow_and_subscribe','t':'T','opts':'conflation=1s'", "not supported"},
            {"'subscribe','t':'plain','opts':'oof'", "invalid options"},
            {"'subscribe','t':'T','opts':'oof','bookmark':'0'", "invalid options"},
            {"'sow_delete','t':'plain','filter':'1=1'", "invalid topic"},
            {"'sow_delete','t':'^o','filter':'1=1'", "regex topic not supported"},
            {
                "'sow_delete','t':'T'",
                "sow_delete command only supports one of: filter, sow_keys, bookmark, or data"
            },
            {"'p','t':'orders-a'", "parse error"},
        };
        try (FrameSocket client = client()) {
            for (String[] command : commands) {
                client.send(SowTalk.command(command[0] + ",'cid':'1','a':'processed'"));
                assertThat(client.receive())
                        .as(command[0])
                        .isEqualTo(
                                "{\"c\":\"ack\",\"cid\":\"1\",\"a\":\"processed\","
                                        + "\"status\":\"failure\",\"reason\":\""
                                        + command[1]
                                        + "\"}");
            }
        }
    }
}
