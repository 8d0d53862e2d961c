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

package io.activedataflow.flink.connector.e2e.benchmarks;

import io.activedataflow.flink.connector.e2e.benchmarks.rivals.BookmarkReaders;
import io.activedataflow.flink.connector.e2e.benchmarks.rivals.EntryConverter;
import io.activedataflow.flink.connector.e2e.benchmarks.rivals.GroupReaders;
import io.activedataflow.flink.connector.e2e.benchmarks.rivals.StreamAddress;
import io.activedataflow.flink.connector.e2e.benchmarks.rivals.StreamSource;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSource;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.connector.source.Source;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

import java.nio.charset.StandardCharsets;

/**
 * Makes contestants. Entries of one field become the text of that field, entries of several fields
 * a map of texts.
 */
final class Contestants {

    private static final String GROUP = "benchmark";

    private final String host;
    private final int port;
    private final Dataset dataset;
    private final StreamAddress address;

    Contestants(String host, int port, Dataset dataset) {
        this.host = host;
        this.port = port;
        this.dataset = dataset;
        this.address = new StreamAddress(host, port, dataset.key());
    }

    Contestant create(Role role) {
        return switch (role) {
            case DRAIN -> new SocketDrain(host, port, dataset);
            case JEDIS_LOOP -> new JedisLoop(host, port, dataset);
            case SOURCE ->
                    job(
                            dataset.fields() == 1
                                    ? ours(
                                            RedisStreamsDeserializationSchema.field(
                                                    field(), new SimpleStringSchema()))
                                    : ours(RedisStreamsDeserializationSchema.stringMap()));
            case JEDIS_SOURCE ->
                    job(
                            dataset.fields() == 1
                                    ? onBookmarks(EntryConverter.field(field()))
                                    : onBookmarks(EntryConverter.stringMap()));
            case GROUP_SOURCE ->
                    new FlinkJob(
                            dataset.fields() == 1
                                    ? inGroup(EntryConverter.field(field()))
                                    : inGroup(EntryConverter.stringMap()),
                            this::recreateGroup);
        };
    }

    private static FlinkJob job(Source<?, ?, ?> source) {
        return new FlinkJob(source, () -> {});
    }

    private String field() {
        return dataset.fieldNames().get(0);
    }

    private <T> Source<T, ?, ?> ours(RedisStreamsDeserializationSchema<T> schema) {
        return RedisStreamsSource.<T>builder()
                .setConnection(RedisStreamsConnectionOptions.standalone(host, port).build())
                .setStreams(dataset.key())
                .setStartPosition(RedisStreamsStartPosition.earliest())
                .setDeserializer(schema)
                .build();
    }

    private <T> Source<T, ?, ?> onBookmarks(EntryConverter<T> converter) {
        return new StreamSource<>(
                converter,
                new BookmarkReaders<>(
                        address, converter, Contestant.COUNT, Contestant.BLOCK_MILLIS));
    }

    private <T> Source<T, ?, ?> inGroup(EntryConverter<T> converter) {
        return new StreamSource<>(
                converter,
                new GroupReaders<>(
                        address, GROUP, converter, Contestant.COUNT, Contestant.BLOCK_MILLIS));
    }

    private void recreateGroup() {
        byte[] key = dataset.key().getBytes(StandardCharsets.UTF_8);
        byte[] group = GROUP.getBytes(StandardCharsets.UTF_8);
        try (Jedis jedis = new Jedis(host, port)) {
            jedis.xgroupDestroy(key, group);
            jedis.xgroupCreate(key, group, "0-0".getBytes(StandardCharsets.US_ASCII), false);
        } catch (JedisDataException e) {
            throw new IllegalStateException("Cannot create the group " + GROUP + '.', e);
        }
    }
}
