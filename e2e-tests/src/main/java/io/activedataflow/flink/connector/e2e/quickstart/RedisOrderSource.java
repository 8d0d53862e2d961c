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
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Reads the orders in the streams of Redis. */
final class RedisOrderSource {

    static final String NAME = "redis-streams";

    private RedisOrderSource() {}

    static DataStream<Long> read(
            StreamExecutionEnvironment env, RedisStreamsConnectionOptions connection) {
        RedisStreamsSource<Long> source =
                RedisStreamsSource.<Long>builder()
                        .setConnection(connection)
                        .setTopic(Orders.TOPIC, Orders.PARTITIONS)
                        .setDeserializer(
                                RedisStreamsDeserializationSchema.field(
                                                Orders.FIELD, new SimpleStringSchema())
                                        .map(Long::parseLong, Types.LONG))
                        // Only by hand can one be added; the verdict would show it as lost.
                        .onMalformed(RedisStreamsMalformedPolicy.skip())
                        .build();
        return env.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), NAME).uid(NAME);
    }
}
