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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A master with replicas under the watch of Sentinels, all processes on this machine. Not
 * thread-safe, but for the processes themselves.
 */
public final class RedisSentinelFixture implements AutoCloseable {

    /** What the Sentinels call the master. */
    public static final String MASTER_NAME = "mymaster";

    /** Long enough for a busy machine, on which a failover that nobody asked for loses entries. */
    private static final int DOWN_AFTER_MILLIS = 3_000;

    private static final int FAILOVER_TIMEOUT_MILLIS = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final List<RedisProcess> servers = new ArrayList<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();

    private RedisSentinelFixture() {}

    /** Starts all and returns when every Sentinel knows every other one and every replica. */
    public static RedisSentinelFixture start(
            RedisServerBinary binary, int replicas, int sentinels) {
        return start(binary, replicas, sentinels, server -> {});
    }

    /**
     * As {@link #start(RedisServerBinary, int, int)}, with further settings for the master and the
     * replicas, such as a password, which the Sentinels then use too. The Sentinels themselves
     * demand none.
     */
    public static RedisSentinelFixture start(
            RedisServerBinary binary,
            int replicas,
            int sentinels,
            Consumer<RedisProcessBuilder> settings) {
        RedisSentinelFixture fixture = new RedisSentinelFixture();
        try {
            fixture.startServers(binary, replicas, settings);
            for (int i = 0; i < sentinels; i++) {
                fixture.startSentinel(binary, sentinels / 2 + 1);
            }
            fixture.awaitAcquainted();
            return fixture;
        } catch (RuntimeException | Error e) {
            fixture.close();
            throw e;
        }
    }

    /** {@code host:port} of every Sentinel. */
    public List<String> sentinelAddresses() {
        return sentinels.stream().map(RedisProcess::address).toList();
    }

    public List<RedisProcess> sentinels() {
        return List.copyOf(sentinels);
    }

    /** All servers, running or not; the first one was the first master. */
    public List<RedisProcess> servers() {
        return List.copyOf(servers);
    }

    /** The master all running Sentinels agree on. */
    public RedisProcess master() {
        List<Integer> ports =
                sentinels.stream()
                        .filter(RedisProcess::isRunning)
                        .map(RedisSentinelFixture::masterPortOf)
                        .distinct()
                        .toList();
        if (ports.size() != 1) {
            throw new IllegalStateException("The Sentinels name masters at ports " + ports + '.');
        }
        return servers.stream()
                .filter(server -> server.port() == ports.get(0))
                .findFirst()
                .orElseThrow();
    }

    /** The running servers that are not the master. */
    public List<RedisProcess> replicas() {
        RedisProcess master = master();
        return servers.stream().filter(server -> server != master && server.isRunning()).toList();
    }

    /**
     * Kills the master with SIGKILL and waits until the Sentinels have promoted a replica and agree
     * on it. What the replica had not received yet is lost.
     *
     * @return the new master
     */
    public RedisProcess killAndFailOver() {
        RedisProcess old = master();
        old.kill9();
        return awaitMasterOtherThan(old);
    }

    /**
     * Lets the Sentinels promote a replica of a healthy master and waits until they agree on it.
     *
     * @return the new master
     */
    public RedisProcess failOver() {
        RedisProcess old = master();
        // A Sentinel that has not heard of the last replica's state yet has none good enough.
        Await.until(
                "a Sentinel to start a failover",
                TIMEOUT,
                () -> {
                    try (RedisCommands sentinel = sentinels.get(0).connect()) {
                        return "OK".equals(sentinel.text("SENTINEL", "FAILOVER", MASTER_NAME));
                    }
                });
        return awaitMasterOtherThan(old);
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProcess::close);
        servers.forEach(RedisProcess::close);
    }

    private void startServers(
            RedisServerBinary binary, int replicas, Consumer<RedisProcessBuilder> settings) {
        RedisProcessBuilder first = RedisProcess.builder(binary);
        settings.accept(first);
        RedisProcess master = first.start();
        servers.add(master);
        for (int i = 0; i < replicas; i++) {
            RedisProcessBuilder builder = RedisProcess.builder(binary);
            settings.accept(builder);
            servers.add(builder.replicaOf(master).start());
        }
        for (RedisProcess replica : servers.subList(1, servers.size())) {
            Await.until(
                    replica + " to follow",
                    TIMEOUT,
                    () -> "up".equals(replication(replica).get("master_link_status")));
        }
    }

    private void startSentinel(RedisServerBinary binary, int quorum) {
        RedisProcess master = servers.get(0);
        RedisProcessBuilder builder =
                RedisProcess.builder(binary)
                        .sentinel()
                        .config(
                                "sentinel",
                                "monitor",
                                MASTER_NAME,
                                master.host(),
                                Integer.toString(master.port()),
                                Integer.toString(quorum))
                        .config(
                                "sentinel",
                                "down-after-milliseconds",
                                MASTER_NAME,
                                Integer.toString(DOWN_AFTER_MILLIS))
                        .config(
                                "sentinel",
                                "failover-timeout",
                                MASTER_NAME,
                                Integer.toString(FAILOVER_TIMEOUT_MILLIS));
        String password = master.clientConfig().getPassword();
        if (password != null) {
            builder.config("sentinel", "auth-pass", MASTER_NAME, password);
        }
        sentinels.add(builder.start());
    }

    private void awaitAcquainted() {
        for (RedisProcess sentinel : sentinels) {
            Await.until(
                    sentinel + " to know the others",
                    TIMEOUT,
                    () -> {
                        Map<String, Object> master = masterOf(sentinel);
                        return master.get("num-slaves").equals("" + (servers.size() - 1))
                                && master.get("num-other-sentinels")
                                        .equals("" + (sentinels.size() - 1));
                    },
                    () -> masterOf(sentinel).toString());
        }
    }

    private RedisProcess awaitMasterOtherThan(RedisProcess old) {
        Await.until(
                "the Sentinels to agree on another master than " + old,
                TIMEOUT,
                () -> {
                    RedisProcess now = master();
                    return now != old && "master".equals(replication(now).get("role"));
                },
                () -> sentinels.stream().map(s -> masterOf(s).toString()).toList().toString());
        return master();
    }

    private static Map<String, String> replication(RedisProcess server) {
        try (RedisCommands redis = server.connect()) {
            return redis.info("replication");
        }
    }

    private static Map<String, Object> masterOf(RedisProcess sentinel) {
        try (RedisCommands redis = sentinel.connect()) {
            return redis.map("SENTINEL", "MASTER", MASTER_NAME);
        }
    }

    private static int masterPortOf(RedisProcess sentinel) {
        try (RedisCommands redis = sentinel.connect()) {
            List<Object> address = redis.list("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
            return Integer.parseInt(new String((byte[]) address.get(1)));
        }
    }
}
