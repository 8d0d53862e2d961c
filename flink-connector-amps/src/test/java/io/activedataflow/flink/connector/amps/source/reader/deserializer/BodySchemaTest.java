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

import org.apache.flink.api.common.typeinfo.Types;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class BodySchemaTest {

    private static final byte[] NOT_UTF8 = {'a', (byte) 0xC3, 'b'};

    @Test
    void readsText() throws Exception {
        SchemaRun<String> run = new SchemaRun<>(AmpsDeserializationSchema.string());

        assertThat(run.readOne(messageOf("grüße"))).isEqualTo("grüße");
        assertThat(run.readOne(messageOf(""))).isEmpty();
    }

    @Test
    void refusesToReplaceBytesThatAreNotText() throws Exception {
        SchemaRun<String> run = new SchemaRun<>(AmpsDeserializationSchema.string());

        assertThatThrownBy(() -> run.read(messageOf(NOT_UTF8)))
                .isInstanceOf(IOException.class)
                .hasMessage("The body 'a\uFFFDb' is not UTF-8.");
        assertThat(run.readOne(messageOf("a\uFFFDb"))).isEqualTo("a\uFFFDb");
    }

    @Test
    void keepsBytesAsTheyAre() throws Exception {
        SchemaRun<byte[]> run = new SchemaRun<>(AmpsDeserializationSchema.bytes());

        assertThat(run.readOne(messageOf(NOT_UTF8))).isEqualTo(NOT_UTF8);
        assertThat(run.readOne(messageOf(""))).isEmpty();
    }

    @Test
    void hasTheTypeOfFlink() {
        assertThat(AmpsDeserializationSchema.string().getProducedType()).isEqualTo(Types.STRING);
        assertThat(AmpsDeserializationSchema.bytes().getProducedType())
                .isEqualTo(Types.PRIMITIVE_ARRAY(Types.BYTE));
    }
}
