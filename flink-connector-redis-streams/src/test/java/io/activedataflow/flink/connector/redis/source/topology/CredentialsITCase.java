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

package io.activedataflow.flink.connector.redis.source.topology;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.redis.RedisStreamsCredentialsProvider;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads as a user of few rights whose password changes. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CredentialsITCase {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();
    private static final String KEY = "orders-0";
    private static final String FIRST = "the-first-secret";
    private static final String SECOND = "the-second-secret";

    @RegisterExtension static final MiniClusterExtension FLINK = TopologyJob.flink(METRICS);

    @TempDir Path directory;

    @EachRedis
    void aRotatedPasswordIsTakenUpByConnectionsThatStayOpen(RedisServerBinary binary)
            throws Exception {
        try (RedisProcess server = server(binary);
                RedisCommands admin = server.connect();
                LoadWriter writer = LoadWriter.start(key -> server.connect(), 0, List.of(KEY))) {
            save(FIRST);
            try (TopologyJob job = job(connection(server, fromFile()))) {
                job.awaitProgress(writer, List.of(KEY));

                long logins = calls(admin, "auth");
                admin.aclSetUser("reader", ">" + SECOND);
                save(SECOND);
                Await.until(
                        "the data connection to log in again",
                        TopologyJob.PATIENCE,
                        () -> calls(admin, "auth") > logins);
                job.awaitProgress(writer, List.of(KEY));

                // Now only the new one is any good.
                admin.aclSetUser("reader", "<" + FIRST);
                job.awaitProgress(writer, List.of(KEY));
                assertThat(job.counter(METRICS, "reconnects")).isZero();

                admin.integer("CLIENT", "KILL", "USER", "reader");
                job.awaitProgress(writer, List.of(KEY));
                assertThat(job.counter(METRICS, "reconnects")).isPositive();

                // A provider that is out of order for a while is no reason to stop.
                Files.delete(passwordFile());
                job.awaitProgress(writer, List.of(KEY));
                awaitPositionChecks(admin);
                job.awaitProgress(writer, List.of(KEY));
                admin.integer("CLIENT", "KILL", "USER", "reader");
                save(SECOND);
                job.awaitProgress(writer, List.of(KEY));
                job.awaitExactly(writer.stop());
            }
        }
    }

    @EachRedis
    void aPasswordThatIsNoLongerRightEndsTheJob(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = server(binary);
                RedisCommands admin = server.connect();
                LoadWriter writer = LoadWriter.start(key -> server.connect(), 0, List.of(KEY))) {
            save(FIRST);
            try (TopologyJob job = job(connection(server, fromFile()))) {
                job.awaitProgress(writer, List.of(KEY));

                save("the-wrong-secret");

                assertThat(job.awaitFailure())
                        .contains(server.address(), "WRONGPASS", "Check the user and the password")
                        .doesNotContain(FIRST)
                        .doesNotContain("the-wrong-secret");
            }
            save(FIRST);
            try (TopologyJob job = job(connection(server, fromFile()))) {
                job.awaitProgress(writer, List.of(KEY));

                admin.aclSetUser("reader", "<" + FIRST);
                admin.integer("CLIENT", "KILL", "USER", "reader");

                assertThat(job.awaitFailure())
                        .contains(server.address(), "WRONGPASS")
                        .doesNotContain(FIRST);
            }
        }
    }

    @EachRedis
    void userAndPasswordFromTheEnvironment(RedisServerBinary binary) throws Exception {
        // The values of variables that are there anyway; nothing can be set for this JVM.
        Map.Entry<String, String> password =
                System.getenv().entrySet().stream()
                        .filter(e -> e.getValue().matches("[A-Za-z0-9/_.-]{2,}"))
                        .findFirst()
                        .orElseThrow();
        try (RedisProcess server =
                        RedisProcess.builder(binary)
                                .user(
                                        password.getValue(),
                                        password.getValue(),
                                        "~orders-*",
                                        "+xread",
                                        "+xinfo")
                                .start();
                LoadWriter writer = LoadWriter.start(key -> server.connect(), 0, List.of(KEY));
                TopologyJob job =
                        job(
                                connection(
                                        server,
                                        RedisStreamsCredentialsProvider.fromEnvironment(
                                                password.getKey(), password.getKey())))) {
            job.awaitProgress(writer, List.of(KEY));
            job.awaitExactly(writer.stop());
        }
    }

    private static RedisProcess server(RedisServerBinary binary) {
        return RedisProcess.builder(binary)
                .user("reader", FIRST, "~orders-*", "+xread", "+xinfo")
                .start();
    }

    private static RedisStreamsConnectionOptions connection(
            RedisProcess server, RedisStreamsCredentialsProvider provider) {
        RedisStreamsConnectionOptionsBuilder options =
                RedisStreamsConnectionOptions.standalone(server.host(), server.port());
        return options.setCredentialsProvider(provider).build();
    }

    private static TopologyJob job(RedisStreamsConnectionOptions connection) throws Exception {
        return TopologyJob.start(TopologyJob.source(connection).setStreams(KEY), 1);
    }

    private RedisStreamsCredentialsProvider fromFile() {
        return RedisStreamsCredentialsProvider.fromFile("reader", passwordFile().toString());
    }

    private Path passwordFile() {
        return directory.resolve("password");
    }

    private void save(String password) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), password + "\n");
        Files.move(next, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitPositionChecks(RedisCommands admin) {
        long before = calls(admin, "xinfo");
        Await.until(
                "positions to be checked",
                TopologyJob.PATIENCE,
                () -> calls(admin, "xinfo") >= before + 6);
    }

    private static long calls(RedisCommands redis, String command) {
        return redis.info("commandstats").entrySet().stream()
                .filter(stat -> stat.getKey().startsWith("cmdstat_" + command))
                .mapToLong(
                        stat -> Long.parseLong(stat.getValue().replaceAll("calls=(\\d+),.*", "$1")))
                .sum();
    }
}
