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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RedisSentinelFixtureITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @EachRedis
    void sentinelsPromoteAReplicaWhenTheMasterIsKilledAndWhenAsked(RedisServerBinary binary) {
        try (RedisSentinelFixture fixture =
                RedisSentinelFixture.start(binary, 2, 3, server -> server.password("secret"))) {
            RedisProcess first = fixture.master();
            assertThat(fixture.servers()).first().isSameAs(first);
            assertThat(fixture.replicas()).hasSize(2).doesNotContain(first);
            assertThat(fixture.sentinelAddresses()).hasSize(3);
            try (RedisCommands redis = first.connect()) {
                redis.xadd("orders-0", "1-1", "v", "x");
                assertThat(redis.integer("WAIT", 2, TIMEOUT.toMillis())).isEqualTo(2);
            }

            RedisProcess second = fixture.killAndFailOver();

            assertThat(second).isNotSameAs(first);
            try (RedisCommands redis = second.connect()) {
                assertThat(redis.xadd("orders-0", "2-1", "v", "x")).hasToString("2-1");
                assertThat(redis.xlen("orders-0")).isEqualTo(2);
            }
        }
    }

    @EachRedis
    void oneSentinelIsEnoughToSwapMasterAndReplica(RedisServerBinary binary) {
        try (RedisSentinelFixture fixture = RedisSentinelFixture.start(binary, 1, 1)) {
            RedisProcess first = fixture.master();

            RedisProcess second = fixture.failOver();

            assertThat(second).isNotSameAs(first);
            assertThat(fixture.replicas()).containsExactly(first);
        }
    }
}
