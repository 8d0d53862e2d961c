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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

/** What all ready-made schemas have in common. */
@Timeout(60)
class ReadyMadeSchemasTest {

    public record Order(@AmpsField("1") String id, @AmpsField("2") byte[] raw) {}

    public record JsonOrder(String id) {}

    private static final String FIELDS = "1=first\u00012=bytes\u0001";
    private static final String AVRO =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":["
                    + "{\"name\":\"id\",\"type\":\"string\"}]}";

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of(AmpsDeserializationSchema.value(new SimpleStringSchema()), FIELDS),
                Arguments.of(AmpsDeserializationSchema.string(), FIELDS),
                Arguments.of(AmpsDeserializationSchema.bytes(), FIELDS),
                Arguments.of(AmpsDeserializationSchema.json(JsonOrder.class), "{\"id\":\"first\"}"),
                Arguments.of(AmpsDeserializationSchema.avroGeneric(AVRO), "\nfirst"),
                Arguments.of(AmpsDeserializationSchema.avro(AvroTrade.class), "\nfirst\2"),
                Arguments.of(AmpsDeserializationSchema.nvfixMap(), FIELDS),
                Arguments.of(AmpsDeserializationSchema.fixMap(), FIELDS),
                Arguments.of(AmpsDeserializationSchema.nvfix(Order.class), FIELDS),
                Arguments.of(AmpsDeserializationSchema.fix(Order.class), FIELDS),
                Arguments.of(
                        AmpsDeserializationSchema.fixMap().map(map -> map.get("1"), Types.STRING),
                        FIELDS),
                Arguments.of(
                        AmpsDeserializationSchema.string()
                                .withMetadata((body, message) -> body, Types.STRING),
                        FIELDS));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void keepNothingOfTheBody(AmpsDeserializationSchema<Object> schema, String body)
            throws Exception {
        SchemaRun<Object> run = new SchemaRun<>(schema);
        TestMessage message = messageOf(body);

        Object element = run.collect(message).get(0);
        Arrays.fill(message.bodyArray(), (byte) 'x');

        assertThat(element)
                .usingRecursiveComparison()
                .isEqualTo(run.collect(messageOf(body)).get(0));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void changeNothingInTheBody(AmpsDeserializationSchema<Object> schema, String body)
            throws Exception {
        TestMessage message = messageOf(body);

        new SchemaRun<>(schema).collect(message);

        assertThat(message.bodyArray()).isEqualTo(messageOf(body).bodyArray());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void neverEmitOneObjectTwice(AmpsDeserializationSchema<Object> schema, String body)
            throws Exception {
        SchemaRun<Object> run = new SchemaRun<>(schema);
        TestMessage message = messageOf(body);

        assertThat(run.collect(message).get(0)).isNotSameAs(run.collect(message).get(0));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void surviveTheirSerializer(AmpsDeserializationSchema<Object> schema, String body)
            throws Exception {
        SchemaRun<Object> run = new SchemaRun<>(schema);

        assertThat(run.readOne(messageOf(body)))
                .usingRecursiveComparison()
                .isEqualTo(run.collect(messageOf(body)).get(0));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void areReadableInLogs(AmpsDeserializationSchema<Object> schema, String body) {
        assertThat(schema.toString()).doesNotContain("@").doesNotContain("$$Lambda");
    }
}
