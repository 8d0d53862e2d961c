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

package io.activedataflow.flink.connector.redis.testutils;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedisCommandsTest {

    private static final String KEY = "orders-0";

    @EachRedis
    void streamsCanBeWrittenTrimmedAndInspected(RedisServerBinary binary) {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            for (int i = 1; i <= 5; i++) {
                redis.xadd(KEY, i + "-1", "v", i);
            }
            StreamEntryId huge = redis.xadd(KEY, "18446744073709551615-7", "v", "x");
            assertThat(huge).isEqualTo(new StreamEntryId(-1L, 7L));

            assertThat(redis.xdel(KEY, id(3), id(9))).isEqualTo(1);
            assertThat(redis.xtrimMinId(KEY, id(2))).isEqualTo(1);
            assertThat(redis.xtrimMaxLen(KEY, 2)).isEqualTo(2);
            assertThat(redis.ids(KEY)).containsExactly(id(5), huge);
            redis.xsetid(KEY, StreamEntryId.MAX);
            assertThat(redis.xinfoStream(KEY))
                    .containsEntry("length", 2L)
                    .containsEntry("last-generated-id", StreamEntryId.MAX.toString());

            redis.xgroupCreate(KEY, "group", "0-0");
            assertThat(redis.xinfoGroups(KEY))
                    .singleElement()
                    .satisfies(group -> assertThat(group).containsEntry("name", "group"));
            assertThat(redis.xgroupDestroy(KEY, "group")).isTrue();
            assertThat(redis.xgroupDestroy(KEY, "group")).isFalse();

            assertThat(redis.del(KEY, "absent")).isEqualTo(1);
            redis.xadd(KEY, "*", "v", "x");
            redis.flushDb();
            assertThat(redis.xlen(KEY)).isZero();
        }
    }

    @EachRedis
    void anyBytesGoInAndComeOut(RedisServerBinary binary) {
        byte[] odd = {0, (byte) 0xC3, 0x28, '\r', '\n', (byte) 0xFF};
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            redis.xadd(KEY, "1-1", odd, odd, "f", "", odd, "again");

            assertThat(fields(redis.list("XRANGE", KEY, "-", "+").get(0)))
                    .containsExactly(odd, odd, bytes("f"), bytes(""), odd, bytes("again"));
        }
    }

    @EachRedis
    void fillingAddsAllEntriesInOrder(RedisServerBinary binary) {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            StreamEntryId last = redis.fill(KEY, 12_345, n -> bytes("value-" + n));

            List<Object> entries = redis.list("XRANGE", KEY, "-", "+");
            assertThat(entries).hasSize(12_345);
            for (int n = 0; n < entries.size(); n++) {
                assertThat(fields(entries.get(n))).containsExactly(bytes("v"), bytes("value-" + n));
            }
            assertThat(redis.ids(KEY)).last().isEqualTo(last);
            assertThat(redis.fill("empty", 0, n -> bytes("x"))).isEqualTo(StreamEntryId.ZERO);
            assertThatThrownBy(
                            () -> {
                                redis.call("SET", "text", "x");
                                redis.fill("text", 3, n -> bytes("x"));
                            })
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("WRONGTYPE");
        }
    }

    @EachRedis
    void otherClientsCanBeKilledAndUsersChanged(RedisServerBinary binary) {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect();
                RedisCommands victim = server.connect()) {
            redis.configSet("maxmemory", "100mb");
            assertThat(victim.ping()).isEqualTo("PONG");

            assertThat(redis.clientKillNormal()).isEqualTo(1);
            assertThatThrownBy(victim::ping).isInstanceOf(JedisConnectionException.class);

            redis.aclSetUser("reader", "on", ">secret", "+ping");
            try (RedisCommands reader =
                    RedisCommands.connect(
                            server.host(),
                            server.port(),
                            ClientConfigs.of("reader", "secret", null))) {
                assertThat(reader.ping()).isEqualTo("PONG");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> fields(Object entry) {
        return (List<Object>) ((List<?>) entry).get(1);
    }

    private static StreamEntryId id(long ms) {
        return new StreamEntryId(ms, 1L);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
