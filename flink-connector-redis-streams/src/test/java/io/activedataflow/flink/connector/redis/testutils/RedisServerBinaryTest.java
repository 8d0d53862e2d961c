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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedisServerBinaryTest {

    @Test
    void theEmbeddedOneIsAlwaysThereAndComesFirst() {
        assertThat(RedisServerBinary.available()).first().isSameAs(RedisServerBinary.embedded());
        assertThat(RedisServerBinary.embedded().executable()).isExecutable();
        assertThat(RedisServerBinary.embedded().version().major()).isEqualTo(6);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void whereItsLibrariesAreMissingAStatic32BitProgramStandsIn() {
        RedisServerBinary standIn = EmbeddedExecutable.findStatic32().orElseThrow();

        assertThat(standIn.version()).isEqualTo(new RedisVersion(6, 2, 7));
        try (RedisProcess server = RedisProcess.start(standIn);
                RedisCommands redis = server.connect()) {
            assertThat(redis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void aProgramWithoutTlsIsNotAskedForIt() {
        RedisServerBinary embedded = RedisServerBinary.embedded();
        RedisServerBinary withoutTls =
                new RedisServerBinary("named", embedded.executable(), embedded.version(), false);

        assertThatThrownBy(
                        () -> RedisProcess.builder(withoutTls).tls(TestCertificates.shared(), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TcpProxy");
    }

    @Test
    void noVersionIsListedTwice() {
        assertThat(RedisServerBinary.available())
                .extracting(RedisServerBinary::version)
                .doesNotHaveDuplicates();
    }

    @Test
    void theDistributionsIsListedIfItIsThere() {
        RedisServerBinary.distribution()
                .ifPresent(
                        found ->
                                assertThat(RedisServerBinary.available())
                                        .extracting(RedisServerBinary::version)
                                        .contains(found.version()));
    }

    @Test
    void versionsAreComparedByNumber() {
        RedisVersion seven = RedisVersion.parse("Redis server v=7.0.15 sha=00000000:0");

        assertThat(seven).isEqualTo(new RedisVersion(7, 0, 15)).hasToString("7.0.15");
        assertThat(seven.isAtLeast(7, 0)).isTrue();
        assertThat(seven.isAtLeast(7, 2)).isFalse();
        assertThat(RedisVersion.parse("10.0.0")).isGreaterThan(seven);
        assertThatThrownBy(() -> RedisVersion.parse("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
    }
}
