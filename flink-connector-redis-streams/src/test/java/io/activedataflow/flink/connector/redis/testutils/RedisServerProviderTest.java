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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedisServerProviderTest {

    private static final Map<String, String> NOTHING = Map.of();

    @Test
    void withoutSettingsAProcessServesAndDockerIsNotEvenAsked() {
        RedisServerProvider provider =
                new ProviderSelection(NOTHING, NOTHING, RedisServerProviderTest::notAsked).select();

        try (RedisServer server = provider.start();
                RedisCommands redis = server.connect()) {
            assertThat(redis.ping()).isEqualTo("PONG");
            assertThat(provider.description()).contains(server.version().toString());
            assertThat(server).isInstanceOf(RedisProcess.class);
        }
    }

    @Test
    void aNamedAddressWinsAndThatServerIsLeftRunning() {
        try (RedisProcess users =
                RedisProcess.builder(RedisServerBinary.newest()).password("secret").start()) {
            String uri = "redis://:secret@" + users.address();
            for (RedisServerProvider provider :
                    new RedisServerProvider[] {
                        RedisServerProvider.from(Map.of("redis.uri", uri), NOTHING),
                        RedisServerProvider.from(NOTHING, Map.of("REDIS_TEST_URI", uri)),
                        RedisServerProvider.from(
                                Map.of("redis.provider", "external", "redis.uri", uri), NOTHING)
                    }) {
                try (RedisServer server = provider.start()) {
                    assertThat(server.port()).isEqualTo(users.port());
                    assertThat(server.toString() + provider.description()).doesNotContain("secret");
                }
                assertThat(users.isRunning()).isTrue();
            }
        }
    }

    @Test
    void anAddressNobodyAnswersAtIsReportedWithoutItsPassword() {
        RedisServerProvider provider =
                RedisServerProvider.from(
                        Map.of("redis.uri", "redis://u:secret@127.0.0.1:" + FreePort.pick()),
                        NOTHING);

        assertThatThrownBy(provider::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertRefused(Map.of("redis.provider", "magic"), "none of auto, process");
        assertRefused(Map.of("redis.provider", "external"), "REDIS_TEST_URI");
        assertRefused(Map.of("redis.uri", "http://localhost:1"), "redis[s]://");
        assertRefused(Map.of("redis.uri", "redis://localhost:1/3"), "redis[s]://");
        assertRefused(Map.of("redis.provider", "container"), "No Docker engine");
    }

    @Test
    void aContainerRunsTheImageOnTheUsualPort() {
        Map<String, String> settings =
                Map.of("redis.provider", "container", "redis.image", "redis:8.0");
        RedisServerProvider provider =
                new ProviderSelection(settings, NOTHING, () -> true).select();

        assertThat(provider).isEqualTo(new ContainerRedisServerProvider("redis:8.0"));
        assertThat(provider.description()).contains("redis:8.0");
        GenericContainer<?> container = ((ContainerRedisServerProvider) provider).container();
        assertThat(container.getExposedPorts()).containsExactly(6379);
        assertThat(container.getCommandParts())
                .containsExactly(
                        "redis-server", "--protected-mode", "no", "--save", "", "--port", "6379");
    }

    @Test
    void askingForDockerHasAnAnswerEverywhere() {
        // Either answer is right; that there is one, without an exception, is the point.
        assertThat(DockerEngine.answers()).isIn(true, false);
    }

    private static boolean notAsked() {
        throw new AssertionError("Docker was asked.");
    }

    private static void assertRefused(Map<String, String> properties, String reason) {
        assertThatThrownBy(() -> new ProviderSelection(properties, NOTHING, () -> false).select())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }
}
