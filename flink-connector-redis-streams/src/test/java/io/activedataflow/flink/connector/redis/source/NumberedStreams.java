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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Streams whose entries are numbered in a field {@code v}, and sources that read them. */
final class NumberedStreams {

    private NumberedStreams() {}

    /** Appends the numbers from (inclusive) to (exclusive). */
    static void append(RedisCommands redis, String key, long from, long to) {
        redis.fill(key, to - from, n -> text(from + n));
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** Elements are (stream key, number). */
    static RedisStreamsDeserializationSchema<Tuple2<String, Long>> schema() {
        return RedisStreamsDeserializationSchema.field("v", new SimpleStringSchema())
                .withMetadata(
                        (value, entry) -> Tuple2.of(entry.streamKey(), Long.valueOf(value)),
                        Types.TUPLE(Types.STRING, Types.LONG));
    }

    /** A source with short pauses and frequent checks. */
    static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(
            RedisStreamsConnectionOptions connection) {
        return RedisStreamsSource.<Tuple2<String, Long>>builder()
                .setConnection(connection)
                .setDeserializer(schema())
                .setRetryBackoff(Duration.ofMillis(20), Duration.ofMillis(200))
                .setRetryDeadline(Duration.ofMinutes(2))
                .setPositionCheckInterval(Duration.ofMillis(200));
    }

    static RedisStreamsSourceBuilder<Tuple2<String, Long>> source(RedisServer server) {
        return source(connection(server.host(), server.port()).build());
    }

    static RedisStreamsConnectionOptionsBuilder connection(String host, int port) {
        return RedisStreamsConnectionOptions.standalone(host, port)
                .setConnectTimeout(Duration.ofSeconds(10))
                .setCommandTimeout(Duration.ofSeconds(10));
    }
}
