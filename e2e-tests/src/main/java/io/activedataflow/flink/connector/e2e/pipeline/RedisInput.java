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

package io.activedataflow.flink.connector.e2e.pipeline;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSource;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSourceBuilder;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.Optional;

/**
 * The parts that are in streams of Redis, one field for each component.
 *
 * @param group the consumer group that is told of the progress
 */
record RedisInput(String host, int port, Login login, Optional<String> group) {

    static final String NAME = "redis";
    static final String TOPIC = "orders";
    static final int PARTITIONS = 4;

    private static final String EXAMPLE = "localhost:6379";

    static RedisInput parse(PipelineArguments arguments) {
        String address = arguments.required(NAME, EXAMPLE);
        int colon = address.lastIndexOf(':');
        try {
            return new RedisInput(
                    address.substring(0, colon),
                    Integer.parseInt(address.substring(colon + 1)),
                    Login.parse(arguments, NAME),
                    arguments.text("redis-group"));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + address + "' is no host and port. Give for example " + EXAMPLE + '.', e);
        }
    }

    DataStream<OrderPart> read(StreamExecutionEnvironment env, PipelineSettings job) {
        RedisStreamsConnectionOptionsBuilder connection =
                RedisStreamsConnectionOptions.standalone(host, port);
        login.forRedis().ifPresent(connection::setCredentialsProvider);
        RedisStreamsSourceBuilder<OrderPart> source =
                RedisStreamsSource.<OrderPart>builder()
                        .setConnection(connection.build())
                        .setTopic(TOPIC, PARTITIONS)
                        .setDeserializer(RedisStreamsDeserializationSchema.pojo(OrderPart.class));
        group.ifPresent(source::setConsumerGroup);
        if (job.bounded()) {
            source.setBounded(RedisStreamsStopPosition.latest());
        }
        return env.fromSource(source.build(), job.eventTime().watermarks(), NAME).uid(NAME);
    }
}
