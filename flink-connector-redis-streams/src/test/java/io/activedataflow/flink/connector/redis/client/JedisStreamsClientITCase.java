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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;
import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.ClientKillParams.SkipMe;
import redis.clients.jedis.params.XAddParams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(120)
class JedisStreamsClientITCase {

    private static final String MAX_HALF = "18446744073709551615";

    @EachRedis
    void testStreamInfo(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.start(binary);
                Jedis jedis = jedis(redis);
                JedisStreamsClient client = client(redis)) {
            assertThat(client.streamInfo("s")).isEmpty();
            add(jedis, "s", "5-1");
            add(jedis, "s", MAX_HALF + "-7");
            jedis.xdel("s", new StreamEntryID("5-1"));
            StreamInfo info = client.streamInfo("s").orElseThrow();
            assertThat(info.length()).isOne();
            assertThat(info.lastGeneratedId()).isEqualTo(new StreamEntryId(-1, 7));
            assertThat(info.firstEntryId()).isEqualTo(new StreamEntryId(-1, 7));
            if (binary.equals(RedisServerBinary.embedded())) {
                assertThat(info.countsEntries()).isFalse();
                assertThat(info.maxDeletedEntryId()).isNull();
            } else {
                assertThat(info.entriesAdded()).isEqualTo(2);
                assertThat(info.maxDeletedEntryId()).isEqualTo(new StreamEntryId(5, 1));
            }
            jedis.xtrim("s", 0, false);
            assertThat(client.streamInfo("s").orElseThrow().firstEntryId()).isNull();
            jedis.set("text", "x");
            RedisStreamsException e = refused(() -> client.streamInfo("text"));
            assertThat(e)
                    .hasMessageContainingAll(
                            redis.host() + ":" + redis.port(), "text", "XINFO STREAM");
            assertThat(e.kind()).isEqualTo(RedisStreamsException.Kind.FATAL);
        }
    }

    @EachRedis
    void testGroupCursor(RedisServerBinary binary) throws Exception {
        boolean counts = !binary.equals(RedisServerBinary.embedded());
        try (RedisProcess redis = RedisProcess.start(binary);
                Jedis jedis = jedis(redis);
                JedisStreamsClient client = client(redis)) {
            assertThat(client.groupCursor("s", "g")).isEmpty();
            client.commitCursor("s", "g", new StreamEntryId(1, 1), 1);
            client.createConsumer("s", "g", "c");
            assertThat(jedis.exists("s")).isFalse();
            add(jedis, "s", "1-1");
            add(jedis, "s", MAX_HALF + "-" + MAX_HALF);
            assertThat(client.groupCursor("s", "g")).isEmpty();
            client.createConsumer("s", "g", "c");
            client.commitCursor("s", "g", new StreamEntryId(1, 1), 1);
            assertThat(client.groupCursor("s", "g"))
                    .contains(new GroupCursor(new StreamEntryId(1, 1), counts ? 1 : -1));
            assertThat(client.groupCursor("s", "other")).isEmpty();
            client.commitCursor("s", "g", StreamEntryId.MAX, 2);
            assertThat(client.groupCursor("s", "g"))
                    .contains(new GroupCursor(StreamEntryId.MAX, counts ? 2 : -1));
            client.commitCursor("s", "g", new StreamEntryId(1, 1), StreamInfo.UNKNOWN);
            assertThat(client.groupCursor("s", "g").orElseThrow().lastDeliveredId())
                    .isEqualTo(new StreamEntryId(1, 1));
            client.createConsumer("s", "g", "c");
            client.createConsumer("s", "g", "c");
            assertThat(jedis.xinfoConsumers("s", "g")).hasSize(1);
        }
    }

    @EachRedis
    void testScanEntryExistsAndTime(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.start(binary);
                Jedis jedis = jedis(redis);
                JedisStreamsClient client = client(redis)) {
            for (int i = 0; i < 1500; i++) {
                jedis.set("orders-text-" + i, "x");
            }
            add(jedis, "orders-\u00e9", "1-1");
            add(jedis, "orders-2", "7-0");
            add(jedis, "other", "1-1");
            assertThat(client.scanStreams("orders-*")).containsExactly("orders-2", "orders-\u00e9");
            assertThat(client.entryExists("orders-2", new StreamEntryId(7, 0))).isTrue();
            assertThat(client.entryExists("orders-2", new StreamEntryId(6, -1))).isFalse();
            assertThat(client.entryExists("orders-2", StreamEntryId.ZERO)).isFalse();
            assertThat(client.entryExists("none", StreamEntryId.MAX)).isFalse();
            long before = System.currentTimeMillis();
            assertThat(client.serverTimeMillis("other"))
                    .isBetween(before - 60_000, before + 60_000);

            jedis.xadd(
                    new byte[] {'o', 'r', 'd', 'e', 'r', 's', '-', (byte) 0xFF},
                    XAddParams.xAddParams(),
                    Map.of(new byte[] {'f'}, new byte[] {'v'}));
            RedisStreamsException e = refused(() -> client.scanStreams("orders-*"));
            assertThat(e.isRetriable()).isFalse();
            assertThat(e).hasMessageContainingAll("orders-\\xff", "narrower pattern");
        }
    }

    @EachRedis
    void testMinimalPermissionsSuffice(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.start(binary);
                Jedis jedis = jedis(redis)) {
            jedis.aclSetUser("reader", "on", ">secret-1", "~*", "+xread", "+xinfo", "+scan");
            add(jedis, "s", "1-1");
            RedisStreamsConnectionOptionsBuilder options =
                    options(redis).setUser("reader").setPassword("secret-1");
            try (JedisStreamsClient client = new JedisStreamsClient(options.build())) {
                assertThat(client.scanStreams("*")).containsExactly("s");
                assertThat(client.streamInfo("s")).isPresent();
                assertThat(client.entryExists("s", new StreamEntryId(1, 1))).isTrue();
                try (StreamReadConnection connection =
                        client.connect(client.locate("s", false), false)) {
                    EntryBuffer buffer = new EntryBuffer();
                    connection.send(RespReplies.positions("s"), 10, -1, false);
                    assertThat(connection.poll(buffer, 10_000).entries()).isOne();
                }
                RedisStreamsException e =
                        refused(() -> client.commitCursor("s", "g", StreamEntryId.ZERO, -1));
                assertThat(e.isRetriable()).isFalse();
                assertThat(e).hasMessageContainingAll("NOPERM", "ACL SETUSER", "+xgroup|setid");
            }
        }
    }

    @EachRedis
    void testRefusals(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.builder(binary).password("right-secret").start()) {
            try (JedisStreamsClient client =
                    new JedisStreamsClient(options(redis).setPassword("wrong-secret").build())) {
                RedisStreamsException e = refused(() -> client.streamInfo("s"));
                assertThat(e.isRetriable()).isFalse();
                assertThat(e)
                        .hasMessageContainingAll("WRONGPASS", redis.host() + ":" + redis.port());
                assertNoSecret(e);
                assertNoSecret(refused(() -> client.connect(client.locate("s", false), false)));
            }
            try (JedisStreamsClient client = client(redis)) {
                RedisStreamsException e = refused(() -> client.streamInfo("s"));
                assertThat(e.isRetriable()).isFalse();
                assertThat(e).hasMessageContainingAll("NOAUTH", "setPassword");
            }
            try (JedisStreamsClient client =
                    new JedisStreamsClient(
                            options(redis).setPassword("right-secret").setDatabase(99).build())) {
                RedisStreamsException e = refused(() -> client.streamInfo("s"));
                assertThat(e.isRetriable()).isFalse();
                assertThat(e).hasMessageContaining("setDatabase");
            }
        }
    }

    @EachRedis
    void testPooledConnectionsThatWereLostAreReplaced(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.start(binary);
                Jedis jedis = jedis(redis);
                JedisStreamsClient client = client(redis)) {
            assertThat(client.streamInfo("s")).isEmpty();
            jedis.clientKill(ClientKillParams.clientKillParams().skipMe(SkipMe.YES));
            assertThat(client.streamInfo("s")).isEmpty();
        }
    }

    @EachRedis
    void testReadsEntries(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.builder(binary).password("secret-1").start();
                Jedis jedis = jedis(redis)) {
            jedis.select(3);
            try (JedisStreamsClient client =
                            new JedisStreamsClient(
                                    options(redis).setPassword("secret-1").setDatabase(3).build());
                    StreamReadConnection connection =
                            client.connect(client.locate("a", false), false)) {
                assertThat(jedis.clientList()).contains("name=flink-redis-streams");
                for (int i = 1; i <= 2000; i++) {
                    jedis.xadd("a", XAddParams.xAddParams().id("1-" + i), Map.of("f", "v" + i));
                }
                jedis.xadd("b", XAddParams.xAddParams().id("9-9"), Map.of("", "y".repeat(3 << 20)));
                List<StreamReadPosition> streams = RespReplies.positions("b", "none", "a");
                for (int i = 0; i < 30; i++) {
                    connection.send(streams, 1 + i * 100, i % 2 == 0 ? -1 : 1, false);
                }
                assertThat(connection.outstanding()).isEqualTo(30);
                for (int i = 0; i < 30; i++) {
                    EntryBuffer buffer = new EntryBuffer();
                    StreamReadConnection.Reply reply = null;
                    while (reply == null) {
                        reply = connection.poll(buffer, 1000);
                    }
                    assertThat(reply.entries()).isEqualTo(1 + Math.min(2000, 1 + i * 100));
                    assertThat(buffer.sectionStream(0)).isSameAs(streams.get(0));
                    assertThat(buffer.valueLength(0, 0)).isEqualTo(3 << 20);
                    assertThat(buffer.sectionStream(1)).isSameAs(streams.get(2));
                    assertThat(buffer.idSequence(reply.entries() - 1))
                            .isEqualTo(reply.entries() - 1);
                    assertThat(buffer.filled()).isEqualTo(buffer.decoded());
                }
                assertThat(connection.outstanding()).isZero();

                EntryBuffer buffer = new EntryBuffer();
                streams.get(0).moveTo(9, 9);
                streams.get(2).moveTo(1, 2000);
                connection.send(streams, 1, 60_000, false);
                assertThat(connection.poll(buffer, 1)).isNull();
                jedis.xadd("none", XAddParams.xAddParams().id("1-1"), Map.of("f", "v"));
                assertThat(connection.poll(buffer, 60_000).entries()).isOne();

                jedis.set("text", "x");
                connection.send(RespReplies.positions("text"), 1, -1, false);
                assertThat(connection.poll(buffer, 60_000).error()).startsWith("WRONGTYPE");
            }
        }
    }

    @EachRedis
    void testReauthenticates(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.start(binary);
                Jedis jedis = jedis(redis);
                JedisStreamsClient client = client(redis);
                StreamReadConnection connection =
                        client.connect(client.locate("s", false), false)) {
            jedis.aclSetUser("other", "on", ">secret-2", "~*", "+xread");
            connection.reauthenticate(new RedisStreamsCredentials("other", "secret-2"));
            connection.send(RespReplies.positions("s"), 1, -1, false);
            EntryBuffer buffer = new EntryBuffer();
            assertThat(connection.poll(buffer, 60_000).error()).isNull();
            assertThat(jedis.clientList()).contains("user=other");
            connection.reauthenticate(new RedisStreamsCredentials("other", "wrong-secret"));
            connection.send(RespReplies.positions("s"), 1, -1, false);
            RedisStreamsException e = refused(() -> connection.poll(buffer, 60_000));
            assertThat(e.isRetriable()).isFalse();
            assertThat(e).hasMessageContainingAll("AUTH", "WRONGPASS");
            assertNoSecret(e);
        }
    }

    @EachRedis
    void testClosingEndsABlockedRead(RedisServerBinary binary) throws Exception {
        try (RedisProcess redis = RedisProcess.start(binary);
                Jedis jedis = jedis(redis);
                JedisStreamsClient client = client(redis)) {
            StreamReadConnection connection = client.connect(client.locate("s", false), false);
            connection.send(RespReplies.positions("s"), 1, 0, false);
            List<Throwable> thrown = new ArrayList<>();
            Thread reader =
                    new Thread(
                            () -> {
                                try {
                                    connection.poll(new EntryBuffer(), Integer.MAX_VALUE);
                                } catch (RuntimeException e) {
                                    thrown.add(e);
                                }
                            });
            reader.start();
            while (!jedis.clientList().contains("cmd=xread")) {
                Thread.onSpinWait();
            }
            connection.close();
            reader.join();
            assertThat(thrown).hasSize(1);
            assertThat(thrown.get(0)).isInstanceOf(RedisStreamsException.class);
            assertThatThrownBy(() -> connection.send(RespReplies.positions("s"), 1, 0, false))
                    .isInstanceOf(RedisStreamsException.class);
        }
    }

    private static void assertNoSecret(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain("secret");
        }
    }

    private static RedisStreamsException refused(ThrowingCallable call) {
        return catchThrowableOfType(RedisStreamsException.class, call);
    }

    private static void add(Jedis jedis, String key, String id) {
        jedis.sendCommand(
                Protocol.Command.XADD,
                key.getBytes(StandardCharsets.UTF_8),
                id.getBytes(StandardCharsets.UTF_8),
                new byte[] {'f'},
                new byte[] {'v'});
    }

    private static Jedis jedis(RedisProcess redis) {
        return new Jedis(new HostAndPort(redis.host(), redis.port()), redis.clientConfig());
    }

    private static RedisStreamsConnectionOptionsBuilder options(RedisProcess redis) {
        return RedisStreamsConnectionOptions.standalone(redis.host(), redis.port());
    }

    private static JedisStreamsClient client(RedisProcess redis) {
        return new JedisStreamsClient(options(redis).build());
    }
}
