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

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.entryOf;
import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class SingleFieldSchemaTest {

    /** Says each letter as an element, with what it has been opened with. */
    private static final class Letters extends AbstractDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;
        private boolean opened;

        @Override
        public void open(InitializationContext context) {
            opened = context instanceof SchemaRun.Context;
        }

        @Override
        public String deserialize(byte[] message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deserialize(byte[] message, Collector<String> out) {
            for (byte letter : message) {
                out.collect((char) letter + (opened ? " opened" : " not opened"));
            }
        }
    }

    private static final class Nothing extends SimpleStringSchema {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(byte[] message) {
            return null;
        }
    }

    private static <T> SchemaRun<T> field(String name, DeserializationSchema<T> schema)
            throws Exception {
        return new SchemaRun<>(RedisStreamsDeserializationSchema.field(name, schema));
    }

    @Test
    void readsOneFieldThroughASchemaOfFlink() throws Exception {
        SchemaRun<String> run = field("payload", new SimpleStringSchema());

        assertThat(run.read(entryOf("id", "7", "payload", "grüße"))).containsExactly("grüße");
        assertThat(run.read(entryOf("payload", ""))).containsExactly("");
    }

    @Test
    void takesTheLastOfSeveral() throws Exception {
        assertThat(
                        field("a", new SimpleStringSchema())
                                .read(entryOf("a", "1", "b", "2", "a", "3", "b", "4")))
                .containsExactly("3");
    }

    @Test
    void opensTheSchemaAndUsesItsCollector() throws Exception {
        SchemaRun<String> run = field("f", new Letters());

        assertThat(run.read(entryOf("f", "ab"))).containsExactly("a opened", "b opened");
        assertThat(run.read(entryOf("f", ""))).isEmpty();
    }

    @Test
    void yieldsNothingWhereTheSchemaReturnsNull() throws Exception {
        assertThat(field("f", new Nothing()).read(entryOf("f", "v"))).isEmpty();
    }

    @Test
    void handsOverTheBytesThemselves() throws Exception {
        byte[] value = {0, (byte) 0xFF, '\r', '\n'};
        SimpleStringSchema latin1 = new SimpleStringSchema(StandardCharsets.ISO_8859_1);

        assertThat(
                        field("größe", latin1)
                                .readOne(entryOf(new byte[][] {utf8("größe"), value}))
                                .getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(value);
    }

    @Test
    void takesAMissingFieldAsMalformed() throws Exception {
        SchemaRun<String> run = field("payload", new SimpleStringSchema());

        assertThatThrownBy(() -> run.read(entryOf("payloa", "v", "payload2", "v")))
                .isInstanceOf(IOException.class)
                .hasMessage("The entry has no field 'payload'.");
        assertThatThrownBy(() -> run.read(entryOf())).isInstanceOf(IOException.class);
    }

    @Test
    void leavesAMissingFieldOutOnRequest() throws Exception {
        SchemaRun<String> run =
                new SchemaRun<>(
                        RedisStreamsDeserializationSchema.fieldIfPresent(
                                "payload", new SimpleStringSchema()));

        assertThat(run.read(entryOf("other", "v"))).isEmpty();
        assertThat(run.read(entryOf("payload", "v"))).containsExactly("v");
    }

    @Test
    void hasTheTypeOfTheSchema() {
        assertThat(
                        RedisStreamsDeserializationSchema.field("f", new SimpleStringSchema())
                                .getProducedType())
                .isEqualTo(Types.STRING);
    }
}
