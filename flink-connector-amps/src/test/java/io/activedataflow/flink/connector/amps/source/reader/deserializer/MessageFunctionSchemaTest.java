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

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MessageFunctionSchemaTest {

    private static final class EachLetter implements AmpsDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(AmpsMessage message, Collector<String> out) {
            for (byte letter : message.body()) {
                out.collect(String.valueOf((char) letter));
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    @Test
    void mapsEachElement() throws Exception {
        SchemaRun<Integer> run = new SchemaRun<>(new EachLetter().map(Integer::valueOf, Types.INT));

        assertThat(run.read(messageOf("12"))).containsExactly(1, 2);
        assertThat(run.read(messageOf(""))).isEmpty();
        assertThatThrownBy(() -> run.read(messageOf("a")))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    void addsMetadata() throws Exception {
        SchemaRun<Tuple3<String, String, Long>> run =
                new SchemaRun<>(
                        AmpsDeserializationSchema.string()
                                .withMetadata(
                                        (body, message) ->
                                                Tuple3.of(
                                                        body,
                                                        message.topic() + '@' + message.bookmark(),
                                                        message.timestampMicros()),
                                        Types.TUPLE(Types.STRING, Types.STRING, Types.LONG)));

        assertThat(run.readOne(messageOf("v")))
                .isEqualTo(Tuple3.of("v", "orders@7|1|", 1_500_000L));
    }

    @Test
    void wrapsReadyMadeSchemasInAnEnvelope() throws Exception {
        SchemaRun<Either<String, Map<String, String>>> run =
                new SchemaRun<>(
                        AmpsDeserializationSchema.nvfixMap()
                                .<Either<String, Map<String, String>>>map(
                                        Either::Right,
                                        Types.EITHER(
                                                Types.STRING,
                                                Types.MAP(Types.STRING, Types.STRING))));

        assertThat(run.readOne(messageOf("a=1")).right()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void opensWhatItWraps() throws Exception {
        SchemaRun<Integer> run =
                new SchemaRun<>(
                        AmpsDeserializationSchema.nvfixMap()
                                .map(Map::size, Types.INT)
                                .map(size -> size + 1, Types.INT));

        assertThat(run.readOne(messageOf("a=1"))).isEqualTo(2);
    }

    @Test
    void refusesWhatIsMissing() {
        EachLetter schema = new EachLetter();

        assertThatThrownBy(() -> schema.map(null, Types.INT))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("function");
        assertThatThrownBy(() -> schema.map(Integer::valueOf, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("type");
        assertThatThrownBy(() -> schema.withMetadata(null, Types.INT))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("function");
    }
}
