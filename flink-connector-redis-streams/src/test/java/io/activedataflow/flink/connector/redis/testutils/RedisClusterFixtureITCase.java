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

import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RedisClusterFixtureITCase {

    private static final String KEY = "orders-0";

    @EachRedis
    void aClusterMovesSlotsAndFailsOver(RedisServerBinary binary) {
        try (RedisClusterFixture cluster = RedisClusterFixture.start(binary, 3, 1)) {
            assertThat(cluster.nodes()).hasSize(6);
            assertThat(cluster.masters()).hasSize(3).isEqualTo(cluster.nodes().subList(0, 3));
            for (ClusterNode master : cluster.masters()) {
                assertThat(cluster.replicasOf(master)).hasSize(1);
            }
            ClusterNode first = cluster.masterOf(KEY);
            ClusterNode second =
                    cluster.masters().stream().filter(node -> node != first).findAny().get();

            migrates(cluster, first, second);
            ClusterNode third = swaps(cluster, second);
            losesAMaster(cluster, third);
        }
    }

    private static void migrates(RedisClusterFixture cluster, ClusterNode from, ClusterNode to) {
        List<SlotMigration.Stage> stages = new ArrayList<>();
        try (RedisCommands source = from.connect();
                RedisCommands target = to.connect()) {
            source.xadd(KEY, "1-1", "v", "x");
            assertThatThrownBy(() -> target.xlen(KEY)).isInstanceOf(JedisMovedDataException.class);

            cluster.migrateSlot(
                    RedisClusterFixture.slotOf(KEY),
                    to,
                    stage -> {
                        stages.add(stage);
                        assertThatThrownBy(() -> target.xlen(KEY))
                                .isInstanceOf(JedisMovedDataException.class);
                        if (stage == SlotMigration.Stage.BEFORE_KEYS) {
                            assertThat(source.xlen(KEY)).isEqualTo(1);
                        } else {
                            assertThatThrownBy(() -> source.xlen(KEY))
                                    .isInstanceOf(JedisAskDataException.class);
                            target.text("ASKING");
                            assertThat(target.xlen(KEY)).isEqualTo(1);
                        }
                    });

            assertThat(stages).containsExactly(SlotMigration.Stage.values());
            assertThat(target.xlen(KEY)).isEqualTo(1);
            assertThatThrownBy(() -> source.xlen(KEY)).isInstanceOf(JedisMovedDataException.class);
            assertThat(cluster.masterOf(KEY)).isEqualTo(to);
        }
    }

    private static ClusterNode swaps(RedisClusterFixture cluster, ClusterNode master) {
        ClusterNode replica = cluster.replicasOf(master).get(0);

        cluster.failOverTo(replica);

        assertThat(cluster.masterOf(KEY)).isEqualTo(replica);
        assertThat(cluster.replicasOf(replica)).containsExactly(master);
        try (RedisCommands redis = cluster.connectFor(KEY)) {
            assertThat(redis.xlen(KEY)).isEqualTo(1);
        }
        return replica;
    }

    private static void losesAMaster(RedisClusterFixture cluster, ClusterNode master) {
        ClusterNode replica = cluster.replicasOf(master).get(0);

        ClusterNode promoted = cluster.killAndFailOver(master);

        assertThat(promoted).isEqualTo(replica);
        assertThat(cluster.masterOf(KEY)).isEqualTo(replica);
        assertThat(cluster.masters()).hasSize(3).doesNotContain(master);
        try (RedisCommands redis = cluster.connectFor(KEY)) {
            assertThat(redis.xlen(KEY)).isEqualTo(1);
        }

        master.process().start();
        cluster.awaitHealthy();
        assertThat(cluster.masters()).hasSize(3);
    }
}
