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
import io.activedataflow.flink.connector.redis.source.RedisStreamsSource;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSourceBuilder;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.testutils.Await;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running job that reads numbered streams and checks that nothing is lost, repeated or out of
 * order. It takes checkpoints and is never restarted: whatever happens to the servers, the source
 * has to get over it by itself.
 */
final class TopologyJob implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ReadLedger ledger = new ReadLedger();
    private final JobClient job;

    private TopologyJob(RedisStreamsSourceBuilder<Tuple2<String, Long>> source, int parallelism)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        ReadLedger pages = ledger;
        RedisStreamsSource<Tuple2<String, Long>> built = source.build();
        env.fromSource(built, WatermarkStrategy.noWatermarks(), "entries")
                .map(
                        entry -> {
                            pages.enter(entry.f0, entry.f1);
                            return entry.f1;
                        })
                .returns(Types.LONG)
                .sinkTo(new DiscardingSink<>());
        job = env.executeAsync();
    }

    /** A local cluster whose metrics are to be seen. */
    static MiniClusterExtension flink(InMemoryReporter reporter) {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(2)
                        .setConfiguration(reporter.addToConfiguration(new Configuration()))
                        .build());
    }

    /** A source of what a {@link LoadWriter} writes, which looks after its servers often. */
    static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(
            RedisStreamsConnectionOptions connection) {
        return RedisStreamsSource.<Tuple2<String, Long>>builder()
                .setConnection(connection)
                .setPositionCheckInterval(Duration.ofMillis(500))
                .setDiscoveryInterval(Duration.ofMillis(500))
                .setRetryBackoff(Duration.ofMillis(20), Duration.ofMillis(500))
                .setDeserializer(
                        RedisStreamsDeserializationSchema.field("n", new SimpleStringSchema())
                                .withMetadata(
                                        (number, entry) ->
                                                Tuple2.of(entry.streamKey(), Long.valueOf(number)),
                                        Types.TUPLE(Types.STRING, Types.LONG)));
    }

    static TopologyJob start(
            RedisStreamsSourceBuilder<Tuple2<String, Long>> source, int parallelism)
            throws Exception {
        return new TopologyJob(source, parallelism);
    }

    /** How many entries of the stream were read so far. */
    long countOf(String stream) {
        return ledger.countOf(stream);
    }

    /** Waits until the job has read that many entries of each stream. */
    void awaitAtLeast(Map<String, Long> counts) throws Exception {
        Await.until(
                counts + " to be read",
                PATIENCE,
                () ->
                        hasEnded()
                                || counts.entrySet().stream()
                                        .allMatch(e -> countOf(e.getKey()) >= e.getValue()),
                ledger::toString);
        if (hasEnded()) {
            // Says why.
            job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Waits until the job has read as many entries of the stream as there are by now, and more. */
    void awaitProgress(LoadWriter writer, Iterable<String> streams) throws Exception {
        for (String stream : streams) {
            awaitAtLeast(Map.of(stream, writer.countOf(stream) + 50));
        }
    }

    /** Waits until all of it was read, and sees that it was read once and in order. */
    void awaitExactly(Map<String, Long> counts) throws Exception {
        awaitAtLeast(counts);
        assertExactly(counts);
    }

    /** Waits for the end of a bounded job that reads all of it, once and in order. */
    void awaitEndAfter(Map<String, Long> counts) throws Exception {
        job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertExactly(counts);
    }

    private void assertExactly(Map<String, Long> counts) {
        assertThat(ledger.violations()).isEmpty();
        counts.forEach((stream, count) -> assertThat(countOf(stream)).as(stream).isEqualTo(count));
    }

    /** Waits until the job has failed; returns the reasons, one below the other. */
    String awaitFailure() throws Exception {
        Await.until("the failure of the job", PATIENCE, this::hasEnded, ledger::toString);
        try {
            job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return ExceptionUtils.stringifyException(e);
        }
        throw new AssertionError("The job has ended as " + job.getJobStatus().get());
    }

    /** The sum over all readers of a counter of the connector. */
    long counter(InMemoryReporter reporter, String name) {
        return reporter.findMetrics(job.getJobID(), name).values().stream()
                .mapToLong(metric -> ((Counter) metric).getCount())
                .sum();
    }

    boolean hasEnded() throws Exception {
        return job.getJobStatus().get().isGloballyTerminalState();
    }

    @Override
    public void close() throws Exception {
        if (!hasEnded()) {
            job.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Await.until("the end of the job", PATIENCE, this::hasEnded);
        }
        ledger.close();
    }
}
