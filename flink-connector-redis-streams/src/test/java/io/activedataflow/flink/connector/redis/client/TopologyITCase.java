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
import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.testutils.ClusterNode;
import io.activedataflow.flink.connector.redis.testutils.RedisClusterFixture;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisSentinelFixture;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;
import io.activedataflow.flink.connector.redis.testutils.SlotMigration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(300)
class TopologyITCase {

    private static final StreamEntryId FIRST = new StreamEntryId(1, 1);

    private final EntryBuffer buffer = new EntryBuffer();

    @Test
    void testClusterWithMigrationAndFailover() {
        try (RedisClusterFixture cluster =
                        RedisClusterFixture.start(RedisServerBinary.newest(), 3, 1);
                JedisStreamsClient client = cluster(cluster)) {
            for (int i = 0; i < 12; i++) {
                try (RedisCommands redis = cluster.connectFor("orders-" + i)) {
                    redis.xadd("orders-" + i, "1-1", "f", "v");
                }
            }
            assertThat(client.scanStreams("orders-*")).hasSize(12);
            for (int i = 0; i < 12; i++) {
                String key = "orders-" + i;
                assertThat(client.streamInfo(key)).isPresent();
                assertThat(client.locate(key, false)).isEqualTo(node(cluster.masterOf(key)));
            }
            readsFromReplica(cluster, client);
            followsAMigration(cluster, client);

            ClusterNode lost = cluster.masterOf("orders-1");
            cluster.killAndFailOver(lost);
            assertThatThrownBy(() -> client.streamInfo("orders-1"))
                    .isInstanceOf(RedisStreamsException.class)
                    .satisfies(e -> assertThat(((RedisStreamsException) e).isRetriable()).isTrue());
            // The failure made the client forget where the stream is.
            assertThat(client.entryExists("orders-1", FIRST)).isTrue();
        }
    }

    private void readsFromReplica(RedisClusterFixture cluster, JedisStreamsClient client) {
        RedisNode replica;
        do {
            replica = client.locate("orders-0", true);
        } while (replica.equals(client.locate("orders-0", false)));
        assertThat(replica)
                .isEqualTo(node(cluster.replicasOf(cluster.masterOf("orders-0")).get(0)));
        try (StreamReadConnection connection = client.connect(replica, true)) {
            assertThat(read(connection, "orders-0", false).error()).isNull();
        }
        try (StreamReadConnection connection = client.connect(replica, false)) {
            assertThat(read(connection, "orders-0", false).error()).startsWith("MOVED");
        }
    }

    private void followsAMigration(RedisClusterFixture cluster, JedisStreamsClient client) {
        String key = "orders-0";
        ClusterNode from = cluster.masterOf(key);
        ClusterNode to =
                cluster.masters().stream().filter(node -> !node.equals(from)).findFirst().get();
        cluster.migrateSlot(
                RedisClusterFixture.slotOf(key),
                to,
                stage -> {
                    assertThat(client.entryExists(key, FIRST)).isTrue();
                    if (stage == SlotMigration.Stage.AFTER_KEYS) {
                        asks(client, key, from);
                    }
                });
        assertThat(client.entryExists(key, FIRST)).isTrue();
        client.commitCursor(key, "g", FIRST, 1);
        assertThat(client.groupCursor(key, "g")).isPresent();
        assertThat(client.locate(key, false)).isEqualTo(node(to));
    }

    private void asks(JedisStreamsClient client, String key, ClusterNode from) {
        RedisRedirect redirect;
        try (StreamReadConnection connection = client.connect(node(from), false)) {
            String error = read(connection, key, false).error();
            redirect = RedisRedirect.parse(error, node(from)).orElseThrow();
            assertThat(redirect.ask()).isTrue();
        }
        try (StreamReadConnection connection = client.connect(redirect.target(), false)) {
            assertThat(read(connection, key, false).error()).startsWith("MOVED");
            StreamReadConnection.Reply reply = read(connection, key, true);
            assertThat(reply.error()).isNull();
            assertThat(reply.entries()).isOne();
        }
    }

    private StreamReadConnection.Reply read(
            StreamReadConnection connection, String key, boolean asking) {
        buffer.clear();
        connection.send(RespReplies.positions(key), 10, -1, asking);
        return connection.poll(buffer, 60_000);
    }

    @Test
    void testSentinelsNameTheMasterAndItsReplicas() {
        try (RedisSentinelFixture fixture =
                RedisSentinelFixture.start(RedisServerBinary.newest(), 1, 3)) {
            String[] sentinels = fixture.sentinelAddresses().toArray(new String[0]);
            try (JedisStreamsClient client =
                            new JedisStreamsClient(
                                    RedisStreamsConnectionOptions.sentinel(
                                                    RedisSentinelFixture.MASTER_NAME, sentinels)
                                            .build());
                    JedisStreamsClient wrongName =
                            new JedisStreamsClient(
                                    RedisStreamsConnectionOptions.sentinel("nobody", sentinels)
                                            .build())) {
                RedisNode master = node(fixture.master());
                assertThat(client.locate("s", false)).isEqualTo(master);
                assertThat(client.streamInfo("s")).isEmpty();
                assertThat(client.scanStreams("*")).isEmpty();
                assertThat(client.locate("s", true)).isEqualTo(node(fixture.replicas().get(0)));
                assertThatThrownBy(() -> wrongName.locate("s", false))
                        .hasMessageContaining("does not know a master named 'nobody'");

                fixture.failOver();
                client.refreshTopology();
                assertThat(client.locate("s", false))
                        .isEqualTo(node(fixture.master()))
                        .isNotEqualTo(master);
                assertThat(client.streamInfo("s")).isEmpty();

                fixture.sentinels().get(0).kill9();
                client.refreshTopology();
                assertThat(client.locate("s", false)).isEqualTo(node(fixture.master()));
            }
        }
    }

    @Test
    void testReplicasOfAStandaloneServer() {
        try (RedisProcess master = RedisProcess.start(RedisServerBinary.newest());
                JedisStreamsClient client = standalone(master)) {
            assertThat(client.locate("s", true)).isEqualTo(node(master));
            try (RedisProcess replica =
                    RedisProcess.builder(RedisServerBinary.newest()).replicaOf(master).start()) {
                RedisNode found;
                do {
                    client.refreshTopology();
                    found = client.locate("s", true);
                } while (found.equals(node(master)));
                assertThat(found.port()).isEqualTo(replica.port());
            }
        }
    }

    @Test
    void testWrongModeIsSaid() {
        try (RedisProcess server = RedisProcess.start(RedisServerBinary.newest());
                JedisStreamsClient client =
                        new JedisStreamsClient(
                                RedisStreamsConnectionOptions.cluster(
                                                server.host() + ":" + server.port())
                                        .build())) {
            assertThatThrownBy(() -> client.streamInfo("s"))
                    .hasMessageContaining("standalone(...)")
                    .satisfies(
                            e -> assertThat(((RedisStreamsException) e).isRetriable()).isFalse());
        }
    }

    private static JedisStreamsClient cluster(RedisClusterFixture cluster) {
        List<String> addresses = cluster.addresses();
        return new JedisStreamsClient(
                RedisStreamsConnectionOptions.cluster(addresses.toArray(new String[0])).build());
    }

    private static JedisStreamsClient standalone(RedisProcess server) {
        return new JedisStreamsClient(
                RedisStreamsConnectionOptions.standalone(server.host(), server.port()).build());
    }

    private static RedisNode node(ClusterNode node) {
        return new RedisNode(node.host(), node.port());
    }

    private static RedisNode node(RedisProcess server) {
        return new RedisNode(server.host(), server.port());
    }
}
