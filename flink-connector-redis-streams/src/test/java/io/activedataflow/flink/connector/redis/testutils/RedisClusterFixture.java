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

import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.util.JedisClusterCRC16;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A Redis Cluster of processes on this machine. The slots are dealt out evenly, in order, to the
 * masters. Not thread-safe, but for the processes themselves.
 *
 * <p>A failover by itself needs the votes of most masters, so three of them at least.
 */
public final class RedisClusterFixture implements AutoCloseable {

    /** How many hash slots there are. */
    public static final int SLOTS = 16_384;

    private static final int NODE_TIMEOUT_MILLIS = 2_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final List<ClusterNode> nodes = new ArrayList<>();

    private RedisClusterFixture() {}

    /** Starts a cluster and returns when every node finds it complete and every replica follows. */
    public static RedisClusterFixture start(
            RedisServerBinary binary, int masters, int replicasPerMaster) {
        return start(binary, masters, replicasPerMaster, node -> {});
    }

    /**
     * As {@link #start(RedisServerBinary, int, int)}, with further settings for every node, such as
     * {@code appendOnlyAlways()}.
     */
    public static RedisClusterFixture start(
            RedisServerBinary binary,
            int masters,
            int replicasPerMaster,
            Consumer<RedisProcessBuilder> settings) {
        RedisClusterFixture cluster = new RedisClusterFixture();
        try {
            for (int i = 0; i < masters * (1 + replicasPerMaster); i++) {
                cluster.startNode(binary, settings);
            }
            cluster.form(masters);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** The hash slot of a key. */
    public static int slotOf(String key) {
        return JedisClusterCRC16.getSlot(key);
    }

    /** All nodes, running or not; those which were masters first come first. */
    public List<ClusterNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The masters that run now. */
    public List<ClusterNode> masters() {
        return running().stream().filter(node -> role(node).equals("master")).toList();
    }

    /** The running replicas of a node, which may be down. */
    public List<ClusterNode> replicasOf(ClusterNode master) {
        return running().stream()
                .filter(
                        node ->
                                view(node)
                                        .member(node)
                                        .map(self -> self.master().equals(master.id()))
                                        .orElse(false))
                .toList();
    }

    /** The master that serves the key now. */
    public ClusterNode masterOf(String key) {
        return ownerOf(slotOf(key));
    }

    /** The master that serves the slot now. */
    public ClusterNode ownerOf(int slot) {
        return running().stream()
                .flatMap(node -> view(node).ownerOf(slot).stream())
                .map(this::node)
                .filter(node -> node.process().isRunning())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Slot " + slot + " has no master."));
    }

    /** A connection to the master that serves the key now; the caller closes it. */
    public RedisCommands connectFor(String key) {
        return masterOf(key).connect();
    }

    /** {@code host:port} of every node. */
    public List<String> addresses() {
        return nodes.stream().map(ClusterNode::address).toList();
    }

    /** How a client of any node must connect. */
    public JedisClientConfig clientConfig() {
        return nodes.get(0).process().clientConfig();
    }

    /** Puts the slot on its way to another master; all its keys are still where they were. */
    public SlotMigration beginMigration(int slot, ClusterNode to) {
        SlotMigration migration = new SlotMigration(this, slot, ownerOf(slot), to);
        migration.begin();
        return migration;
    }

    /** Moves the slot and its keys to another master, calling the hook in between. */
    public void migrateSlot(int slot, ClusterNode to, SlotMigration.Hook hook) {
        SlotMigration migration = beginMigration(slot, to);
        hook.at(SlotMigration.Stage.BEFORE_KEYS);
        migration.moveKeys();
        hook.at(SlotMigration.Stage.AFTER_KEYS);
        migration.finish();
    }

    /**
     * Kills the master with SIGKILL and waits until one of its replicas has taken over everywhere.
     * What the replica had not received yet is lost.
     *
     * @return the new master
     */
    public ClusterNode killAndFailOver(ClusterNode master) {
        List<ClusterNode> candidates = replicasOf(master);
        master.process().kill9();
        return awaitPromotion(candidates);
    }

    /**
     * Swaps the replica with its master without losing anything ({@code CLUSTER FAILOVER}) and
     * waits until that is so everywhere.
     */
    public void failOverTo(ClusterNode replica) {
        try (RedisCommands redis = replica.connect()) {
            redis.text("CLUSTER", "FAILOVER");
        }
        awaitPromotion(List.of(replica));
    }

    /** Waits until every running node finds the cluster complete and sees no trouble. */
    public void awaitHealthy() {
        Await.until(
                "a healthy cluster",
                TIMEOUT,
                () -> running().stream().allMatch(this::isHealthyTo),
                this::describe);
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process().close());
    }

    void awaitOwner(int slot, ClusterNode owner) {
        Await.until(
                owner + " to own slot " + slot + " everywhere",
                TIMEOUT,
                () ->
                        running().stream()
                                .allMatch(
                                        node ->
                                                view(node)
                                                        .ownerOf(slot)
                                                        .filter(owner.id()::equals)
                                                        .isPresent()),
                this::describe);
    }

    private void startNode(RedisServerBinary binary, Consumer<RedisProcessBuilder> settings) {
        RedisProcessBuilder builder =
                RedisProcess.builder(binary)
                        .clusterEnabled(NODE_TIMEOUT_MILLIS)
                        .config("cluster-replica-validity-factor", "0");
        settings.accept(builder);
        RedisProcess process = builder.start();
        try (RedisCommands redis = process.connect()) {
            nodes.add(new ClusterNode(redis.text("CLUSTER", "MYID"), process));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private void form(int masters) {
        for (int i = 0; i < nodes.size(); i++) {
            try (RedisCommands redis = nodes.get(i).connect()) {
                redis.text("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
                if (i < masters) {
                    addSlots(redis, i * SLOTS / masters, (i + 1) * SLOTS / masters);
                }
                ClusterNode first = nodes.get(0);
                redis.text("CLUSTER", "MEET", first.host(), first.port());
            }
        }
        Await.until("all nodes to meet", TIMEOUT, this::haveAllMet, this::describe);
        for (int i = masters; i < nodes.size(); i++) {
            try (RedisCommands redis = nodes.get(i).connect()) {
                redis.text("CLUSTER", "REPLICATE", nodes.get(i % masters).id());
            }
        }
        awaitHealthy();
    }

    /** One by one, for servers before 7.0 know no ranges here. */
    private static void addSlots(RedisCommands redis, int first, int end) {
        List<Object> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        for (int slot = first; slot < end; slot++) {
            words.add(slot);
        }
        redis.text(words.toArray());
    }

    private boolean haveAllMet() {
        return nodes.stream()
                .map(this::view)
                .allMatch(
                        view ->
                                view.members().size() == nodes.size()
                                        && view.members().stream()
                                                .allMatch(ClusterView.Member::isHealthy));
    }

    private boolean isHealthyTo(ClusterNode node) {
        try (RedisCommands redis = node.connect()) {
            ClusterView view = ClusterView.of(redis);
            Map<String, String> replication = redis.info("replication");
            return redis.text("CLUSTER", "INFO").contains("cluster_state:ok")
                    && running().stream()
                            .allMatch(
                                    other ->
                                            view.member(other)
                                                    .filter(ClusterView.Member::isHealthy)
                                                    .filter(m -> m.isMaster() == isMaster(other))
                                                    .isPresent())
                    && (replication.get("role").equals("master")
                            || replication.get("master_link_status").equals("up"));
        }
    }

    private ClusterNode awaitPromotion(List<ClusterNode> candidates) {
        Await.until(
                "one of " + candidates + " to become a master",
                TIMEOUT,
                () -> candidates.stream().anyMatch(this::isMaster),
                this::describe);
        awaitHealthy();
        return candidates.stream().filter(this::isMaster).findFirst().orElseThrow();
    }

    private boolean isMaster(ClusterNode node) {
        return role(node).equals("master");
    }

    private String role(ClusterNode node) {
        try (RedisCommands redis = node.connect()) {
            return redis.info("replication").get("role");
        }
    }

    private ClusterView view(ClusterNode node) {
        try (RedisCommands redis = node.connect()) {
            return ClusterView.of(redis);
        }
    }

    private List<ClusterNode> running() {
        return nodes.stream().filter(node -> node.process().isRunning()).toList();
    }

    private ClusterNode node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (ClusterNode node : running()) {
            try (RedisCommands redis = node.connect()) {
                text.append("\n").append(node).append(" says:\n");
                text.append(redis.text("CLUSTER", "NODES"));
            }
        }
        return text.toString();
    }
}
