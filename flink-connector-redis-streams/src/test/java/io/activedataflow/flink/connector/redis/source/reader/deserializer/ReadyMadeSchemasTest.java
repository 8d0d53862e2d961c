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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.entryOf;
import static org.assertj.core.api.Assertions.assertThat;

/** What all ready-made schemas have in common. */
@Timeout(60)
class ReadyMadeSchemasTest {

    public record Order(String id, byte[] raw) {}

    static Stream<RedisStreamsDeserializationSchema<?>> schemas() {
        return Stream.of(
                RedisStreamsDeserializationSchema.field("id", new SimpleStringSchema()),
                RedisStreamsDeserializationSchema.fieldIfPresent("id", new SimpleStringSchema()),
                RedisStreamsDeserializationSchema.stringMap(),
                RedisStreamsDeserializationSchema.bytesMap(),
                RedisStreamsDeserializationSchema.row(
                        Types.ROW_NAMED(
                                new String[] {"id", "raw"},
                                Types.STRING,
                                Types.PRIMITIVE_ARRAY(Types.BYTE))),
                RedisStreamsDeserializationSchema.pojo(Order.class),
                RedisStreamsDeserializationSchema.stringMap()
                        .map(map -> map.get("id"), Types.STRING),
                RedisStreamsDeserializationSchema.bytesMap()
                        .withMetadata((map, entry) -> entry.nameAsString(0), Types.STRING));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void keepNothingOfTheBuffer(RedisStreamsDeserializationSchema<Object> schema) throws Exception {
        SchemaRun<Object> run = new SchemaRun<>(schema);
        RedisStreamsEntry entry = entryOf("id", "first", "raw", "bytes");
        RedisStreamsEntry same = entryOf("id", "first", "raw", "bytes");

        Object element = run.collect(entry).get(0);
        Arrays.fill(entry.buffer(), (byte) 'x');

        assertThat(element).usingRecursiveComparison().isEqualTo(run.collect(same).get(0));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void neverEmitOneObjectTwice(RedisStreamsDeserializationSchema<Object> schema)
            throws Exception {
        SchemaRun<Object> run = new SchemaRun<>(schema);
        RedisStreamsEntry entry = entryOf("id", "first", "raw", "bytes");

        assertThat(run.collect(entry).get(0)).isNotSameAs(run.collect(entry).get(0));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void areReadableInLogs(RedisStreamsDeserializationSchema<Object> schema) {
        assertThat(schema.toString()).doesNotContain("@").doesNotContain("$$Lambda");
    }
}
