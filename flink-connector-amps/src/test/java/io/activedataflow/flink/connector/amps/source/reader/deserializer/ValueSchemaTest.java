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

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ValueSchemaTest {

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

    /** Keeps the array, as schemas may. */
    private static final class Keeping extends AbstractDeserializationSchema<byte[]> {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] deserialize(byte[] message) {
            return message;
        }
    }

    private static final class Nothing extends SimpleStringSchema {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(byte[] message) {
            return null;
        }
    }

    @Test
    void readsTheBodyThroughASchemaOfFlink() throws Exception {
        SchemaRun<String> run =
                new SchemaRun<>(
                        AmpsDeserializationSchema.value(
                                new SimpleStringSchema(StandardCharsets.ISO_8859_1)));

        assertThat(run.read(messageOf(new byte[] {(byte) 0xE4}))).containsExactly("ä");
        assertThat(run.read(messageOf(""))).containsExactly("");
    }

    @Test
    void opensTheSchemaAndUsesItsCollector() throws Exception {
        SchemaRun<String> run = new SchemaRun<>(AmpsDeserializationSchema.value(new Letters()));

        assertThat(run.read(messageOf("ab"))).containsExactly("a opened", "b opened");
        assertThat(run.read(messageOf(""))).isEmpty();
    }

    @Test
    void yieldsNothingWhereTheSchemaReturnsNull() throws Exception {
        SchemaRun<String> run = new SchemaRun<>(AmpsDeserializationSchema.value(new Nothing()));

        assertThat(run.read(messageOf("v"))).isEmpty();
    }

    @Test
    void givesTheSchemaAnArrayToKeep() throws Exception {
        SchemaRun<byte[]> run = new SchemaRun<>(AmpsDeserializationSchema.value(new Keeping()));
        TestMessage message = messageOf("kept");

        byte[] kept = run.collect(message).get(0);
        Arrays.fill(message.bodyArray(), (byte) 'x');

        assertThat(kept).isEqualTo(utf8("kept"));
    }

    @Test
    void hasTheTypeOfTheSchema() {
        assertThat(AmpsDeserializationSchema.value(new SimpleStringSchema()).getProducedType())
                .isEqualTo(Types.STRING);
    }

    @Test
    void refusesNoSchema() {
        assertThatThrownBy(() -> AmpsDeserializationSchema.value(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("schema");
    }
}
