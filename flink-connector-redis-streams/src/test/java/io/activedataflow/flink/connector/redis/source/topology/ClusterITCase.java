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
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.RedisStreamsTopic;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.ClusterNode;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisClusterFixture;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcessBuilder;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads topics of a cluster while its slots and masters move. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClusterITCase {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();
    private static final Map<RedisServerBinary, RedisClusterFixture> CLUSTERS = new HashMap<>();
    private static final int PARTITIONS = 8;
    private static final long FILLED = 5_000;

    @RegisterExtension static final MiniClusterExtension FLINK = TopologyJob.flink(METRICS);

    @AfterAll
    static void stopClusters() {
        CLUSTERS.values().forEach(RedisClusterFixture::close);
        CLUSTERS.clear();
    }

    @EachRedis
    void readsThePartitionsOfAllMastersAndNoIdleOneHoldsThemUp(RedisServerBinary binary)
            throws Exception {
        RedisClusterFixture cluster = clusterOf(binary);
        RedisStreamsTopic topic = RedisStreamsSelection.topic("spread", PARTITIONS);
        assertThat(topic.fixedKeys().stream().map(cluster::masterOf).distinct().count())
                .isGreaterThan(1);
        Map<String, Long> counts = fill(cluster, topic.fixedKeys().subList(1, PARTITIONS));
        try (TopologyJob job =
                TopologyJob.start(TopologyJob.source(connection(cluster)).setSelection(topic), 2)) {
            job.awaitExactly(counts);
        }
    }

    @EachRedis
    void findsStreamsOnEveryMasterByPatternAndHashTag(RedisServerBinary binary) throws Exception {
        RedisClusterFixture cluster = clusterOf(binary);
        RedisStreamsTopic tagged =
                RedisStreamsSelection.topic("tagged")
                        .withKeyTemplate("<topic>-{<partition>}:entries");
        List<String> keys =
                List.of(tagged.keyOf(0), tagged.keyOf(1), tagged.keyOf(2), tagged.keyOf(3));
        assertThat(keys.stream().map(cluster::masterOf).distinct()).hasSizeGreaterThan(1);
        Map<String, Long> first = fill(cluster, keys.subList(0, 3));
        try (TopologyJob byTemplate =
                        TopologyJob.start(
                                TopologyJob.source(connection(cluster)).setSelection(tagged), 1);
                TopologyJob byPattern =
                        TopologyJob.start(
                                TopologyJob.source(connection(cluster)).setPattern("tagged-{?}:*"),
                                1)) {
            byTemplate.awaitExactly(first);
            byPattern.awaitExactly(first);

            Map<String, Long> later = fill(cluster, keys.subList(3, 4));
            byTemplate.awaitExactly(later);
            byPattern.awaitExactly(later);
        }
    }

    @EachRedis
    void aSlotMovesUnderLoad(RedisServerBinary binary) throws Exception {
        RedisClusterFixture cluster = clusterOf(binary);
        RedisStreamsTopic topic = RedisStreamsSelection.topic("moved", PARTITIONS);
        List<String> keys = topic.fixedKeys();
        String key = keys.get(0);
        ClusterNode target =
                cluster.masters().stream()
                        .filter(node -> !node.equals(cluster.masterOf(key)))
                        .findFirst()
                        .orElseThrow();
        try (LoadWriter writer = LoadWriter.start(cluster::connectFor, 0, keys);
                TopologyJob job =
                        TopologyJob.start(
                                TopologyJob.source(connection(cluster)).setSelection(topic), 2)) {
            job.awaitProgress(writer, keys);

            cluster.migrateSlot(
                    RedisClusterFixture.slotOf(key),
                    target,
                    stage -> awaitProgress(job, writer, keys));

            assertThat(cluster.masterOf(key)).isEqualTo(target);
            job.awaitProgress(writer, keys);
            job.awaitExactly(writer.stop());
            assertThat(job.counter(METRICS, "redirects")).isPositive();
        }
    }

    @EachRedis
    void aReplicaSwapsWithItsMasterUnderLoad(RedisServerBinary binary) throws Exception {
        RedisClusterFixture cluster = clusterOf(binary);
        RedisStreamsTopic topic = RedisStreamsSelection.topic("swapped", PARTITIONS);
        List<String> keys = topic.fixedKeys();
        ClusterNode master = cluster.masterOf(keys.get(0));
        try (LoadWriter writer = LoadWriter.start(cluster::connectFor, 0, keys);
                TopologyJob job =
                        TopologyJob.start(
                                TopologyJob.source(connection(cluster)).setSelection(topic), 2)) {
            job.awaitProgress(writer, keys);

            cluster.failOverTo(cluster.replicasOf(master).get(0));

            assertThat(cluster.masterOf(keys.get(0))).isNotEqualTo(master);
            job.awaitProgress(writer, keys);
            job.awaitExactly(writer.stop());
            assertThat(job.counter(METRICS, "redirects")).isPositive();
        }
    }

    @EachRedis
    void aMasterIsKilledUnderLoad(RedisServerBinary binary) throws Exception {
        RedisClusterFixture cluster = clusterOf(binary);
        RedisStreamsTopic topic = RedisStreamsSelection.topic("killed", PARTITIONS);
        List<String> keys = topic.fixedKeys();
        ClusterNode master = cluster.masterOf(keys.get(0));
        try (LoadWriter writer = LoadWriter.start(cluster::connectFor, 1, keys);
                TopologyJob job =
                        TopologyJob.start(
                                TopologyJob.source(connection(cluster)).setSelection(topic), 2)) {
            job.awaitProgress(writer, keys);

            writer.betweenEntries(() -> master.process().kill9());
            Await.until(
                    "another master",
                    TopologyJob.PATIENCE,
                    () -> !cluster.masterOf(keys.get(0)).equals(master));
            master.process().start();

            job.awaitProgress(writer, keys);
            job.awaitExactly(writer.stop());
            assertThat(job.counter(METRICS, "reconnects")).isPositive();
        }
        cluster.awaitHealthy();
    }

    @Test
    void aDeadNodeHoldsUpOnlyItsOwnPartitions() throws Exception {
        try (RedisClusterFixture cluster =
                RedisClusterFixture.start(
                        RedisServerBinary.newest(), 3, 0, ClusterITCase::survivesAlone)) {
            List<String> keys = RedisStreamsSelection.topic("partly", PARTITIONS).fixedKeys();
            ClusterNode node = cluster.masterOf(keys.get(0));
            Map<Boolean, List<String>> split =
                    keys.stream()
                            .collect(
                                    Collectors.partitioningBy(
                                            key -> cluster.masterOf(key).equals(node)));
            List<String> there = split.get(true);
            List<String> elsewhere = split.get(false);
            assertThat(elsewhere).isNotEmpty();
            try (LoadWriter writer = LoadWriter.start(cluster::connectFor, 0, there);
                    LoadWriter other = LoadWriter.start(cluster::connectFor, 0, elsewhere);
                    TopologyJob job =
                            TopologyJob.start(
                                    TopologyJob.source(connection(cluster))
                                            .setTopic("partly", PARTITIONS),
                                    1)) {
                job.awaitProgress(writer, there);

                node.process().pause();
                job.awaitProgress(other, elsewhere);
                job.awaitProgress(other, elsewhere);
                node.process().resume();
                job.awaitProgress(writer, there);

                node.process().kill9();
                job.awaitProgress(other, elsewhere);
                job.awaitProgress(other, elsewhere);
                node.process().start();
                job.awaitProgress(writer, there);
                job.awaitExactly(writer.stop());
                job.awaitExactly(other.stop());
            }
        }
    }

    private static void survivesAlone(RedisProcessBuilder node) {
        node.appendOnlyAlways().config("cluster-require-full-coverage", "no");
    }

    private static void awaitProgress(TopologyJob job, LoadWriter writer, List<String> keys) {
        try {
            job.awaitProgress(writer, keys);
        } catch (Exception e) {
            throw new IllegalStateException("The job has ended.", e);
        }
    }

    private static Map<String, Long> fill(RedisClusterFixture cluster, List<String> keys) {
        Map<String, Long> counts = new HashMap<>();
        for (String key : keys) {
            try (RedisCommands redis = cluster.connectFor(key)) {
                redis.fillFields(key, FILLED, LoadWriter::numbered);
            }
            counts.put(key, FILLED);
        }
        return counts;
    }

    private static RedisStreamsConnectionOptions connection(RedisClusterFixture cluster) {
        return RedisStreamsConnectionOptions.cluster(cluster.addresses().toArray(String[]::new))
                .build();
    }

    private static RedisClusterFixture clusterOf(RedisServerBinary binary) {
        return CLUSTERS.computeIfAbsent(binary, b -> RedisClusterFixture.start(b, 3, 1));
    }
}
