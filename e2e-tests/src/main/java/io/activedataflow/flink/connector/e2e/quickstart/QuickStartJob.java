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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSource;
import io.activedataflow.flink.connector.redis.source.reader.RedisStreamsMalformedPolicy;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * The job of the quick start, on a local cluster with web UI: reads orders from Redis Streams,
 * counts them per customer in Flink's state, and commits each to a file together with its count.
 */
final class QuickStartJob {

    /** The name of the source on screen and in the web UI. */
    static final String REDIS_STREAMS = "redis-streams";

    static final int PARALLELISM = 2;

    private QuickStartJob() {}

    static JobClient submit(QuickStartSettings settings, String redisHost, int redisPort)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration(settings));
        env.setParallelism(PARALLELISM);
        RedisStreamsSource<Long> source =
                RedisStreamsSource.<Long>builder()
                        .setConnection(
                                RedisStreamsConnectionOptions.standalone(redisHost, redisPort)
                                        .build())
                        .setTopic(Orders.TOPIC, Orders.PARTITIONS)
                        .setDeserializer(
                                RedisStreamsDeserializationSchema.field(
                                                Orders.FIELD, new SimpleStringSchema())
                                        .map(Long::parseLong, Types.LONG))
                        // Only by hand can one be added; the verdict would show it as lost.
                        .onMalformed(RedisStreamsMalformedPolicy.skip())
                        .build();
        env.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), REDIS_STREAMS)
                .uid(REDIS_STREAMS)
                .map(new Arrivals<>())
                .returns(Types.LONG)
                .name(Arrivals.operatorOf(REDIS_STREAMS))
                .uid(Arrivals.operatorOf(REDIS_STREAMS))
                .keyBy(Orders::customerOf, Types.INT)
                .process(new CustomerTally())
                .name("count-per-customer")
                .uid("count-per-customer")
                .map(new CrashOnRequest<>(settings.crashRequest().toString()))
                .returns(CountedOrder.class)
                .name("crash-on-request")
                .uid("crash-on-request")
                .sinkTo(committedFiles(settings))
                .name("committed-files")
                .uid("committed-files");
        return env.executeAsync("ActiveDataFlow quick start");
    }

    private static FileSink<CountedOrder> committedFiles(QuickStartSettings settings) {
        return FileSink.forRowFormat(
                        new Path(settings.output().toUri()),
                        new SimpleStringEncoder<CountedOrder>())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }

    /** Texts rather than options, as these differ between the Flink lines. */
    private static Configuration configuration(QuickStartSettings settings) {
        Configuration configuration = new Configuration();
        configuration.setString("rest.address", "localhost");
        configuration.setString("rest.port", Integer.toString(settings.webPort()));
        configuration.setString("rest.bind-port", Integer.toString(settings.webPort()));
        configuration.setString("metrics.fetcher.update-interval", "250");
        configuration.setString("web.refresh-interval", "250");
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "10");
        configuration.setString("restart-strategy.fixed-delay.delay", "1 s");
        configuration.setString("execution.checkpointing.interval", "1 s");
        configuration.setString("execution.checkpointing.storage", "filesystem");
        configuration.setString(
                "execution.checkpointing.dir", settings.checkpoints().toUri().toString());
        return configuration;
    }
}
