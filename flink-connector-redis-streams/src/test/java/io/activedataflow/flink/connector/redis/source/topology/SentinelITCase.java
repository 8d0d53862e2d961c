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
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.EachRedis;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisSentinelFixture;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads behind sentinels while the master changes. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SentinelITCase {

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();
    private static final List<String> KEYS = RedisStreamsSelection.topic("orders", 4).fixedKeys();

    @RegisterExtension static final MiniClusterExtension FLINK = TopologyJob.flink(METRICS);

    @EachRedis
    void theMasterChangesUnderLoad(RedisServerBinary binary) throws Exception {
        try (RedisSentinelFixture sentinels = RedisSentinelFixture.start(binary, 2, 3);
                LoadWriter writer = LoadWriter.start(key -> sentinels.master().connect(), 2, KEYS);
                TopologyJob job =
                        TopologyJob.start(
                                TopologyJob.source(connection(sentinels)).setTopic("orders", 4),
                                2)) {
            job.awaitProgress(writer, KEYS);

            RedisProcess first = sentinels.master();
            writer.betweenEntries(
                    () -> {
                        sentinels.failOver();
                        awaitDemotion(first);
                    });
            job.awaitProgress(writer, KEYS);

            RedisProcess second = sentinels.master();
            // One replica alone cannot vouch for an entry: should the Sentinels change their minds,
            // what the job has read of the new master would be gone.
            writer.betweenEntries(
                    () -> {
                        sentinels.killAndFailOver();
                        second.start();
                        awaitDemotion(second);
                    });
            job.awaitProgress(writer, KEYS);
            assertThat(job.counter(METRICS, "reconnects")).isPositive();
            job.awaitExactly(writer.stop());
        }
    }

    /** A new master is asked for streams, too, and the old one not for ever. */
    @EachRedis
    void streamsThatAppearOnANewMasterAreFound(RedisServerBinary binary) throws Exception {
        List<String> early = KEYS.subList(0, 2);
        List<String> late = KEYS.subList(2, 4);
        try (RedisSentinelFixture sentinels = RedisSentinelFixture.start(binary, 3, 3);
                LoadWriter writer =
                        LoadWriter.start(key -> sentinels.master().connect(), 2, early);
                TopologyJob job =
                        TopologyJob.start(
                                TopologyJob.source(connection(sentinels)).setTopic("orders"), 2)) {
            job.awaitProgress(writer, early);
            // Two replicas are left for the new master, as many as the writer waits for.
            writer.betweenEntries(sentinels::killAndFailOver);
            job.awaitProgress(writer, early);

            try (LoadWriter later =
                    LoadWriter.start(key -> sentinels.master().connect(), 2, late)) {
                job.awaitProgress(later, late);
                job.awaitExactly(later.stop());
            }
            job.awaitExactly(writer.stop());
        }
    }

    /** What is written to the old master before it knows that it is none is lost. */
    private static void awaitDemotion(RedisProcess master) {
        Await.until(
                master + " to become a replica",
                TopologyJob.PATIENCE,
                () -> {
                    try (RedisCommands redis = master.connect()) {
                        return redis.info("replication").get("role").equals("slave");
                    }
                });
    }

    private static RedisStreamsConnectionOptions connection(RedisSentinelFixture sentinels) {
        return RedisStreamsConnectionOptions.sentinel(
                        RedisSentinelFixture.MASTER_NAME,
                        sentinels.sentinelAddresses().toArray(String[]::new))
                .build();
    }
}
