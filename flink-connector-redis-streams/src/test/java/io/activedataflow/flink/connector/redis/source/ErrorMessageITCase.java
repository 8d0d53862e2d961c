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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong is told in our words: which server, which stream, what to do, no secret. */
@Timeout(300)
class ErrorMessageITCase {

    private static final String USER = "flink";
    private static final String PASSWORD = "s3cr3t-of-flink";
    private static final String OURS = RedisStreamsException.class.getName() + ": ";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    @Test
    void serverThatStaysAwayFromTheReader() throws Exception {
        assertThat(failureWithoutServer(RedisStreamsStartPosition.earliest()))
                .contains("Stream 'orders' could not be read", "'retry.deadline'");
    }

    @Test
    void serverThatStaysAwayFromTheEnumerator() throws Exception {
        assertThat(failureWithoutServer(RedisStreamsStartPosition.latest()))
                .contains("the start of the stream 'orders'", "raise 'retry.deadline'");
    }

    private String failureWithoutServer(RedisStreamsStartPosition start) throws Exception {
        try (RedisProcess server = RedisProcess.builder(RedisServerBinary.newest()).build()) {
            String failure =
                    TestJobs.awaitFailure(
                            jobs.job(
                                            NumberedStreams.source(server)
                                                    .setStreams("orders")
                                                    .setStartPosition(start)
                                                    .setRetryDeadline(Duration.ofMillis(500)))
                                    .start());
            assertThat(failure).contains(OURS, server.address(), "Check that the server runs");
            return failure;
        }
    }

    @Test
    void serverThatComesUpLate() throws Exception {
        try (RedisProcess server = RedisProcess.builder(RedisServerBinary.newest()).build()) {
            jobs.job(NumberedStreams.source(server).setStreams("orders"))
                    .checkpointEvery(Duration.ofMillis(100))
                    .start();
            jobs.ledger().awaitCheckpoints(2);
            server.start();
            try (RedisCommands redis = server.connect()) {
                NumberedStreams.append(redis, "orders", 0, 10);
            }
            jobs.ledger().awaitCount("orders", 10);
            assertThat(jobs.ledger().attempts()).isOne();
        }
    }

    @EachRedis
    void wrongPassword(RedisServerBinary binary) throws Exception {
        try (RedisProcess server =
                RedisProcess.builder(binary).user(USER, "another", "~*", "+@all").start()) {
            assertThat(failure(asUser(server)))
                    .contains(OURS, server.address(), "WRONGPASS")
                    .contains("Check the user and the password")
                    .doesNotContain(PASSWORD);
        }
    }

    @EachRedis
    void noPassword(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.builder(binary).password(PASSWORD).start()) {
            assertThat(failure(NumberedStreams.source(server)))
                    .contains(OURS, server.address(), "NOAUTH")
                    .contains("The server wants a password. Set setPassword");
        }
    }

    @EachRedis
    void noPermissionToRead(RedisServerBinary binary) throws Exception {
        try (RedisProcess server =
                RedisProcess.builder(binary)
                        .user(USER, PASSWORD, "~*", "+@all", "-xread")
                        .start()) {
            fill(server);
            assertThat(failure(asUser(server)))
                    .contains(OURS, server.address(), "XREAD", "orders", "NOPERM")
                    .contains("+xread ~<key pattern>")
                    .doesNotContain(PASSWORD);
        }
    }

    @EachRedis
    void noPermissionToInspect(RedisServerBinary binary) throws Exception {
        try (RedisProcess server =
                RedisProcess.builder(binary)
                        .user(USER, PASSWORD, "~*", "+@all", "-xinfo")
                        .start()) {
            fill(server);
            assertThat(failure(asUser(server)))
                    .contains(OURS, server.address(), "XINFO STREAM", "'orders'", "NOPERM")
                    .contains("+xinfo")
                    .doesNotContain(PASSWORD);
        }
    }

    @EachRedis
    void wrongType(RedisServerBinary binary) throws Exception {
        try (RedisProcess server = RedisProcess.start(binary);
                RedisCommands redis = server.connect()) {
            redis.call("SET", "orders", "not a stream");
            assertThat(failure(NumberedStreams.source(server)))
                    .contains(OURS, server.address(), "'orders'", "WRONGTYPE")
                    .contains("The key does not hold a stream");
        }
    }

    /** Without a group, three commands suffice and nothing is written. */
    @EachRedis
    void threePermissionsSuffice(RedisServerBinary binary) throws Exception {
        try (RedisProcess server =
                        RedisProcess.builder(binary)
                                .user(USER, PASSWORD, "~t-*", "+xread", "+xinfo", "+scan")
                                .start();
                RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, "t-0", 0, 100);
            redis.text("CONFIG", "RESETSTAT");
            String changes = redis.info("persistence").get("rdb_changes_since_last_save");

            jobs.job(asUser(server).setTopic("t").setDiscoveryInterval(Duration.ofMillis(100)))
                    .checkpointEvery(Duration.ofMillis(100))
                    .start();
            jobs.ledger().awaitCount("t-0", 100);
            jobs.ledger().awaitCheckpoints(3);
            ServerStats.awaitCalls(redis, "xinfo", 3);

            assertThat(redis.info("persistence").get("rdb_changes_since_last_save"))
                    .isEqualTo(changes);
            assertThat(ServerStats.commands(redis))
                    .contains("xread", "xinfo", "scan")
                    .isSubsetOf(
                            "xread", "xinfo", "scan", "hello", "auth", "client", "select", "info",
                            "config", "ping");
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().attempts()).isOne();
        }
    }

    private String failure(RedisStreamsSourceBuilder<Tuple2<String, Long>> source)
            throws Exception {
        return TestJobs.awaitFailure(jobs.job(source.setStreams("orders")).start());
    }

    private static RedisStreamsSourceBuilder<Tuple2<String, Long>> asUser(RedisServer server) {
        RedisStreamsConnectionOptions connection =
                NumberedStreams.connection(server.host(), server.port())
                        .setUser(USER)
                        .setPassword(PASSWORD)
                        .build();
        return NumberedStreams.source(connection);
    }

    private static void fill(RedisServer server) {
        try (RedisCommands redis = server.connect()) {
            NumberedStreams.append(redis, "orders", 0, 10);
        }
    }
}
