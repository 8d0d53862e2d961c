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

package io.activedataflow.flink.connector.e2e.environment;

import io.activedataflow.flink.connector.redis.testutils.Await;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.DefaultServerChooser;
import com.crankuptheamps.client.FixedDelayStrategy;
import com.crankuptheamps.client.HAClient;
import com.crankuptheamps.client.MemoryPublishStore;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The servers as processes of this machine, and the harm that is done to them. */
@Timeout(120)
class ProcessEnvironmentITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMEOUT = 10_000;
    private static final String PASSWORD = "tops3cret";

    /** Of more than one command: what Redis repeats of scripts when it loads its data. */
    private static final String COUNT =
            "redis.call('SET', KEYS[2], 'yes') return redis.call('INCR', KEYS[1])";

    private static final ServerSettings ORDERS =
            ServerSettings.named("orders").withCredentials("reader", PASSWORD);

    @TempDir private Path folder;

    private Environment environment;

    @BeforeEach
    void open() {
        environment = new ProcessEnvironment(folder.resolve("environment"));
    }

    @AfterEach
    void nothingIsLeft() {
        environment.close();
        assertThat(folder.resolve("environment")).doesNotExist();
    }

    private static Jedis jedis(Endpoint endpoint) {
        return new Jedis(
                new HostAndPort(endpoint.host(), endpoint.port()),
                DefaultJedisClientConfig.builder()
                        .user("reader")
                        .password(PASSWORD)
                        .timeoutMillis(1000)
                        .build());
    }

    private static HAClient amps(String name, Endpoint endpoint) throws Exception {
        HAClient client = new HAClient(name);
        client.setServerChooser(
                new DefaultServerChooser()
                        .add("tcp://reader:" + PASSWORD + '@' + endpoint + "/amps/json"));
        client.setReconnectDelayStrategy(new FixedDelayStrategy(20, 30_000));
        return client;
    }

    private static List<String> replay(HAClient client, int count) throws Exception {
        MessageStream messages =
                client.execute(
                                new Command("subscribe")
                                        .setTopic("orders")
                                        .setTimeout(TIMEOUT)
                                        .setBookmark(Client.Bookmarks.EPOCH))
                        .timeout(TIMEOUT);
        List<String> bodies = new ArrayList<>();
        while (bodies.size() < count && messages.hasNext()) {
            Message message = messages.next();
            assertThat(message).as("the message after %s", bodies).isNotNull();
            if (message.getCommand() == Message.Command.Publish) {
                bodies.add(message.getData());
            }
        }
        return bodies;
    }

    @Test
    void redisHasWhatItAcknowledgedAfterBeingKilled() {
        ServerProcess redis = environment.startRedis(ORDERS);
        for (int i = 1; i <= 3; i++) {
            try (Jedis client = jedis(redis.endpointOfTest())) {
                assertThat(client.eval(COUNT, 2, "counter", "counted")).isEqualTo((long) i);
            }
            redis.kill();
            assertThat(redis.isRunning()).isFalse();
            assertThat(redis.residentBytes()).isZero();
            redis.start();
        }
        try (Jedis client = jedis(redis.endpointOfJobs())) {
            assertThat(client.get("counter")).isEqualTo("3");
        }
        assertThat(redis.residentBytes()).isBetween(1L << 20, 100L << 20);
        assertThat(redis.log()).contains("Ready to accept connections").doesNotContain(PASSWORD);
        assertNobodyGetsInWithoutPassword(redis);
    }

    private static void assertNobodyGetsInWithoutPassword(ServerProcess redis) {
        Endpoint endpoint = redis.endpointOfTest();
        try (Jedis client = new Jedis(endpoint.host(), endpoint.port())) {
            assertThatThrownBy(client::ping).hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void standInHasWhatItAcknowledgedAfterBeingKilled() throws Exception {
        ServerProcess amps = environment.startAmps(ORDERS);
        List<String> expected = new ArrayList<>();
        try (HAClient publisher = amps("publisher", amps.endpointOfTest())) {
            MemoryPublishStore store = new MemoryPublishStore(100);
            publisher.setPublishStore(store);
            publisher.connectAndLogon();
            for (int i = 1; i <= 3; i++) {
                expected.add("message " + i);
                publisher.publish("orders", "message " + i);
                if (i == 1) {
                    // The others are still in the publisher's store and sent again.
                    awaitAcknowledged(store);
                }
                amps.kill();
                amps.start();
            }
            awaitAcknowledged(store);
        }
        try (HAClient reader = amps("reader", amps.endpointOfJobs())) {
            reader.connectAndLogon();
            assertThat(replay(reader, 3)).isEqualTo(expected);
        }
        assertThat(amps.residentBytes()).isBetween(10L << 20, 500L << 20);
        assertThat(amps.log()).contains("ready").doesNotContain(PASSWORD);
    }

    private static void awaitAcknowledged(MemoryPublishStore store) {
        Await.until("all acknowledged", PATIENCE, () -> store.unpersistedCount() == 0);
    }

    @Test
    void networkOfTheJobsIsCutWhileTheTestGoesOn() throws IOException {
        ServerProcess redis = environment.startRedis(ORDERS);
        Endpoint jobs = redis.endpointOfJobs();
        try (Jedis test = jedis(redis.endpointOfTest());
                Socket job = new Socket(jobs.host(), jobs.port())) {
            job.setSoTimeout(TIMEOUT);
            job.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat((char) job.getInputStream().read()).isEqualTo('-');
            assertThat(redis.network().connections()).isEqualTo(1);

            redis.network().cut();

            assertThatThrownBy(job.getInputStream()::readAllBytes)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThatThrownBy(() -> new Socket(jobs.host(), jobs.port()))
                    .hasMessageContaining("refused");
            assertThat(test.ping()).isEqualTo("PONG");
            Await.until("connections to end", PATIENCE, () -> redis.network().connections() == 0);

            redis.network().restore();

            try (Jedis again = jedis(jobs)) {
                assertThat(again.ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void pausedServerAnswersAfterwardsAndCanBeKilledMeanwhile() {
        ServerProcess redis = environment.startRedis(ORDERS);
        Endpoint endpoint = redis.endpointOfTest();
        try (Jedis client = jedis(endpoint)) {
            client.set("key", "value");
        }
        redis.pause();
        assertThat(redis.isRunning()).isTrue();
        assertThat(Reachability.answersAsRedis(endpoint)).isFalse();
        redis.resume();
        assertThat(Reachability.answersAsRedis(endpoint)).isTrue();
        redis.pause();
        redis.kill();
        redis.start();
        try (Jedis client = jedis(endpoint)) {
            assertThat(client.get("key")).isEqualTo("value");
        }
    }

    @Test
    void flinkRunsBesideTheServers() {
        FlinkCluster flink =
                environment.startFlink(
                        ClusterSettings.standard()
                                .withTaskManagers(1, 1)
                                .withoutHighAvailability());
        ServerProcess redis = environment.startRedis(ORDERS);

        assertThat(flink.rest().overview().taskManagers()).isEqualTo(1);
        assertThat(flink.processes()).hasSize(2).allMatch(ManagedProcess::isRunning);

        environment.close();

        assertThat(flink.processes()).noneMatch(ManagedProcess::isRunning);
        assertThat(redis.isRunning()).isFalse();
    }

    @Test
    void nameIsGivenOnce() {
        environment.startRedis(ORDERS);

        assertThatThrownBy(() -> environment.startAmps(ORDERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders");
    }

    @Test
    void everythingEndsWithTheEnvironment() {
        ServerProcess redis = environment.startRedis(ORDERS);
        ServerProcess amps = environment.startAmps(ServerSettings.named("amps"));
        Path shared = environment.sharedFolder();
        assertThat(Files.isDirectory(shared)).isTrue();
        amps.pause();

        environment.close();

        assertThat(redis.isRunning()).isFalse();
        assertThat(amps.isRunning()).isFalse();
        assertThat(shared).doesNotExist();
        assertThat(Reachability.answersAsRedis(redis.endpointOfTest())).isFalse();
    }
}
