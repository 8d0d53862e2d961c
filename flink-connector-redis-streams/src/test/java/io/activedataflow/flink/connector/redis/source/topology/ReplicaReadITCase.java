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
import io.activedataflow.flink.connector.redis.RedisStreamsReadFrom;
import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.ClusterNode;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisClusterFixture;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;
import io.activedataflow.flink.connector.redis.testutils.TcpProxy;

import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads from replicas, which may be behind, absent, or no replicas any more. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ReplicaReadITCase {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();
    private static final List<String> KEYS = RedisStreamsSelection.topic("orders", 4).fixedKeys();
    private static final String ENTRY = "orders-0";

    @RegisterExtension static final MiniClusterExtension FLINK = TopologyJob.flink(METRICS);

    @EachRedis
    void aReplicaOfAClusterIsRead(RedisServerBinary binary) throws Exception {
        try (RedisClusterFixture cluster = RedisClusterFixture.start(binary, 2, 1);
                LoadWriter writer = LoadWriter.start(cluster::connectFor, 0, KEYS);
                TopologyJob job =
                        TopologyJob.start(
                                TopologyJob.source(
                                                replicas(
                                                        RedisStreamsConnectionOptions.cluster(
                                                                cluster.addresses()
                                                                        .toArray(String[]::new))))
                                        .setTopic("orders", 4),
                                1)) {
            for (String key : KEYS) {
                awaitReads(cluster.replicasOf(cluster.masterOf(key)).get(0).process());
            }
            Map<ClusterNode, Long> before = readsOf(cluster.masters());
            job.awaitProgress(writer, KEYS);
            assertThat(readsOf(cluster.masters())).isEqualTo(before);
            job.awaitExactly(writer.stop());
        }
    }

    @EachRedis
    void aReplicaThatIsBehindIsWaitedFor(RedisServerBinary binary) throws Exception {
        try (RedisProcess master = RedisProcess.start(binary);
                TcpProxy replication = TcpProxy.to(master);
                RedisProcess replica = replicaThrough(replication, binary);
                RedisCommands redis = master.connect()) {
            addNumbers(redis, 0, 100);
            awaitLength(replica, 100);
            try (TopologyJob job =
                    TopologyJob.start(
                            TopologyJob.source(standalone(master)).setStreams(ENTRY), 1)) {
                job.awaitExactly(Map.of(ENTRY, 100L));
                replication.stall();
                addNumbers(redis, 100, 200);
                awaitPositionCheck(master);
                assertThat(job.countOf(ENTRY)).isEqualTo(100);

                replication.resume();
                job.awaitExactly(Map.of(ENTRY, 200L));
                assertThat(calls(replica, "xread")).isPositive();
                assertThat(calls(master, "xread")).isZero();
            }
        }
    }

    @EachRedis
    void aBoundedReadDoesNotEndWhereTheReplicaDoes(RedisServerBinary binary) throws Exception {
        try (RedisProcess master = RedisProcess.start(binary);
                TcpProxy replication = TcpProxy.to(master);
                RedisProcess replica = replicaThrough(replication, binary);
                RedisCommands redis = master.connect()) {
            addNumbers(redis, 0, 100);
            awaitLength(replica, 100);
            replication.stall();
            addNumbers(redis, 100, 200);
            try (TopologyJob latest =
                            TopologyJob.start(
                                    TopologyJob.source(standalone(master))
                                            .setStreams(ENTRY)
                                            .setBounded(RedisStreamsStopPosition.latest()),
                                    1);
                    TopologyJob byId =
                            TopologyJob.start(
                                    TopologyJob.source(standalone(master))
                                            .setStreams(ENTRY)
                                            .setBounded(
                                                    RedisStreamsStopPosition.ids(
                                                            Map.of(
                                                                    ENTRY,
                                                                    new StreamEntryId(300, 0)))),
                                    1)) {
                latest.awaitEndAfter(Map.of(ENTRY, 200L));
                byId.awaitAtLeast(Map.of(ENTRY, 100L));
                awaitPositionCheck(master);
                assertThat(byId.hasEnded()).isFalse();

                // Only the master knows of the end.
                addNumbers(redis, 200, 300);
                byId.awaitEndAfter(Map.of(ENTRY, 300L));
            }
        }
    }

    @Test
    void theMasterIsReadWhileThereIsNoReplica() throws Exception {
        RedisServerBinary binary = RedisServerBinary.newest();
        try (RedisProcess master = RedisProcess.start(binary);
                LoadWriter writer = LoadWriter.start(key -> master.connect(), 0, KEYS);
                TopologyJob job =
                        TopologyJob.start(
                                TopologyJob.source(standalone(master)).setTopic("orders", 4), 1)) {
            job.awaitProgress(writer, KEYS);
            assertThat(calls(master, "xread")).isPositive();

            try (RedisProcess replica = RedisProcess.builder(binary).replicaOf(master).start()) {
                awaitReads(replica);
                long before = calls(master, "xread");
                job.awaitProgress(writer, KEYS);
                assertThat(calls(master, "xread")).isEqualTo(before);
            }
            job.awaitProgress(writer, KEYS);

            try (RedisProcess deserter = RedisProcess.builder(binary).replicaOf(master).start();
                    RedisCommands redis = deserter.connect()) {
                awaitReads(deserter);
                redis.text("REPLICAOF", "NO", "ONE");
                job.awaitProgress(writer, KEYS);
            }
            job.awaitExactly(writer.stop());
        }
    }

    private static RedisStreamsConnectionOptions standalone(RedisServer master) {
        return replicas(RedisStreamsConnectionOptions.standalone(master.host(), master.port()));
    }

    private static RedisStreamsConnectionOptions replicas(
            RedisStreamsConnectionOptionsBuilder options) {
        return options.setReadFrom(RedisStreamsReadFrom.REPLICA).build();
    }

    private static RedisProcess replicaThrough(TcpProxy replication, RedisServerBinary binary) {
        return RedisProcess.builder(binary)
                .config("replicaof", replication.host(), Integer.toString(replication.port()))
                .start();
    }

    private static void addNumbers(RedisCommands redis, long from, long to) {
        for (long number = from; number < to; number++) {
            redis.xadd(ENTRY, (number + 1) + "-0", "n", Long.toString(number));
        }
    }

    private static void awaitLength(RedisProcess replica, long length) {
        try (RedisCommands redis = replica.connect()) {
            Await.until(
                    "the replica to have " + length,
                    TopologyJob.PATIENCE,
                    () -> redis.xlen(ENTRY) == length);
        }
    }

    /** Whatever has to be noticed by asking the master has been noticed after some questions. */
    private static void awaitPositionCheck(RedisServer master) {
        long before = calls(master, "xinfo");
        Await.until(
                "positions to be checked",
                TopologyJob.PATIENCE,
                () -> calls(master, "xinfo") >= before + 6);
    }

    /** Once a server is read over and over, all streams have got there. */
    private static void awaitReads(RedisServer server) {
        Await.until(
                server + " to be read", TopologyJob.PATIENCE, () -> calls(server, "xread") > 20);
    }

    private static Map<ClusterNode, Long> readsOf(List<ClusterNode> nodes) {
        return nodes.stream()
                .collect(Collectors.toMap(node -> node, node -> calls(node.process(), "xread")));
    }

    private static long calls(RedisServer server, String command) {
        try (RedisCommands redis = server.connect()) {
            return redis.info("commandstats").entrySet().stream()
                    .filter(stat -> stat.getKey().startsWith("cmdstat_" + command))
                    .mapToLong(
                            stat ->
                                    Long.parseLong(
                                            stat.getValue().replaceAll("calls=(\\d+),.*", "$1")))
                    .sum();
        }
    }
}
