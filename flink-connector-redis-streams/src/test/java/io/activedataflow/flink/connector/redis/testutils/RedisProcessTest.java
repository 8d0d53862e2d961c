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
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import javax.net.ssl.SSLContext;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RedisProcessTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @EachRedis
    void aStartedServerAnswersAndIsTheProgramItWasStartedFrom(RedisServerBinary binary) {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            assertThat(redis.ping()).isEqualTo("PONG");
            assertThat(server.version()).isEqualTo(binary.version());
            assertThat(redis.info("server").get("process_id"))
                    .isEqualTo(Long.toString(server.pid()));
        }
    }

    @EachRedis
    void closingEndsTheProcessAndDeletesItsDirectory(RedisServerBinary binary) {
        RedisProcess server = RedisProcess.start(binary);
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        server.pause();

        server.close();
        server.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(server.directory()).doesNotExist();
    }

    @EachRedis
    void whatWasAcknowledgedSurvivesAKillWithAppendOnlyAlways(RedisServerBinary binary) {
        try (RedisProcess server = RedisProcess.builder(binary).appendOnlyAlways().start()) {
            int port = server.port();
            long firstRun = server.pid();
            try (RedisCommands redis = server.connect()) {
                redis.fill("orders-0", 1_000, RedisProcessTest::payload);
            }

            server.kill9();
            assertThat(server.isRunning()).isFalse();
            server.start();

            assertThat(server.port()).isEqualTo(port);
            assertThat(server.pid()).isNotEqualTo(firstRun);
            try (RedisCommands redis = server.connect()) {
                assertThat(redis.xlen("orders-0")).isEqualTo(1_000);
            }
        }
    }

    @EachRedis
    void withoutPersistenceARestartForgetsEverything(RedisServerBinary binary) {
        try (RedisProcess server = RedisProcess.start(binary)) {
            try (RedisCommands redis = server.connect()) {
                redis.xadd("orders-0", "1-1", "v", "x");
            }

            server.restart();

            try (RedisCommands redis = server.connect()) {
                assertThat(redis.xlen("orders-0")).isZero();
            }
        }
    }

    @EachRedis
    void aPausedServerAnswersOnlyAfterItIsResumed(RedisServerBinary binary) {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            server.pause();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(redis::ping);
            Await.until("a stopped process", TIMEOUT, () -> state(server).startsWith("T"));
            assertThat(answer).isNotDone();

            server.resume();

            assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("PONG");
        }
    }

    @EachRedis
    void aServerCanBeUsedWhileItIsLoading(RedisServerBinary binary) {
        try (RedisProcess server =
                RedisProcess.builder(binary).config("rdbcompression", "no").start()) {
            try (RedisCommands redis = server.connect()) {
                for (int i = 0; i < 64; i++) {
                    redis.call("SET", "key-" + i, new byte[1 << 20]);
                }
                redis.text("SAVE");
            }
            server.stop();

            // Loading takes longer than any guard of this test, and nobody waits for it.
            server.startLoading("--key-load-delay", "500000");

            try (RedisCommands redis = server.connect()) {
                assertThatThrownBy(redis::ping)
                        .isInstanceOf(JedisDataException.class)
                        .hasMessageContaining("LOADING");
            }
        }
    }

    @EachRedis
    void passwordsAndUsersAreDemanded(RedisServerBinary binary) {
        try (RedisProcess server =
                RedisProcess.builder(binary)
                        .password("pass \"word\\")
                        .user("reader", "secret", "~orders-*", "+xread", "+ping")
                        .start()) {
            try (RedisCommands admin = server.connect()) {
                admin.xadd("orders-0", "1-1", "v", "x");
            }
            try (RedisCommands anonymous = RedisCommands.connect(server.host(), server.port())) {
                assertThatThrownBy(anonymous::ping)
                        .isInstanceOf(JedisDataException.class)
                        .hasMessageContaining("NOAUTH Authentication required");
            }
            try (RedisCommands reader =
                    RedisCommands.connect(
                            server.host(),
                            server.port(),
                            ClientConfigs.of("reader", "secret", null))) {
                assertThat(reader.ping()).isEqualTo("PONG");
                assertThatThrownBy(() -> reader.xadd("orders-0", "2-1", "v", "x"))
                        .isInstanceOf(JedisAccessControlException.class)
                        .hasMessageContaining("NOPERM");
            }
        }
    }

    @EachRedis
    void aReplicaFollowsItsMasterWithItsPassword(RedisServerBinary binary) {
        try (RedisProcess master = RedisProcess.builder(binary).password("secret").start();
                RedisProcess replica = RedisProcess.builder(binary).replicaOf(master).start();
                RedisCommands onMaster = master.connect();
                RedisCommands onReplica = replica.connect()) {
            onMaster.xadd("orders-0", "1-1", "v", "x");

            Await.until("replication", TIMEOUT, () -> onReplica.xlen("orders-0") == 1);
        }
    }

    @EachRedis
    void aServerBuiltWithTlsSpeaksIt(RedisServerBinary binary) {
        assumeTrue(binary.supportsTls(), binary + " was built without TLS");
        TestCertificates certificates = TestCertificates.shared();
        try (RedisProcess server = RedisProcess.builder(binary).tls(certificates, true).start()) {
            try (RedisCommands redis = server.connect()) {
                assertThat(redis.ping()).isEqualTo("PONG");
            }
            SSLContext withoutCertificate = certificates.clientContextWithoutCertificate();
            try (RedisCommands redis =
                    RedisCommands.connect(
                            server.host(),
                            server.port(),
                            ClientConfigs.of(null, null, withoutCertificate))) {
                assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
            }
        }
    }

    @EachRedis
    void aPortThatIsTakenWhenTheServerStartsIsNotMistakenForTheServer(RedisServerBinary binary)
            throws Exception {
        try (RedisProcess first = RedisProcess.start(binary)) {
            RedisProcess second = RedisProcess.builder(binary).port(first.port()).build();
            CompletableFuture<Void> start = CompletableFuture.runAsync(second::start);
            Await.until(
                    "a failed bind",
                    TIMEOUT,
                    () ->
                            Files.exists(second.logFile())
                                    && Files.readString(second.logFile()).contains("in use"));
            assertThat(start).isNotDone();

            first.close();

            start.orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(second.isRunning()).isTrue();
            second.close();
        }
    }

    @EachRedis
    void aServerThatCannotStartSaysWhyInItsOwnWords(RedisServerBinary binary) {
        assertThatThrownBy(() -> RedisProcess.builder(binary).config("no-such-option", "1").start())
                .hasMessageContaining("ENDED_BY_ITSELF")
                .hasMessageContaining("no-such-option");
    }

    @EachRedis
    void aDirectoryOfTheTestsIsKept(RedisServerBinary binary, @TempDir Path directory) {
        try (RedisProcess server =
                RedisProcess.builder(binary).appendOnlyAlways().directory(directory).start()) {
            try (RedisCommands redis = server.connect()) {
                redis.xadd("orders-0", "1-1", "v", "x");
            }
        }
        try (RedisProcess server =
                        RedisProcess.builder(binary)
                                .appendOnlyAlways()
                                .directory(directory)
                                .start();
                RedisCommands redis = server.connect()) {
            assertThat(redis.xlen("orders-0")).isEqualTo(1);
        }
    }

    private static String state(RedisProcess server) throws Exception {
        Process ps =
                new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(server.pid())).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static byte[] payload(long n) {
        return Long.toString(n).getBytes(StandardCharsets.US_ASCII);
    }
}
