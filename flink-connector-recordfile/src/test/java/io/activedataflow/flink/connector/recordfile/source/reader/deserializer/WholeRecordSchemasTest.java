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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.activedataflow.flink.connector.recordfile.source.reader.TestRecord.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class WholeRecordSchemasTest {

    private static final byte[] NOT_UTF8 = {'a', (byte) 0xE4, 'b'};

    /** As many elements as the record has characters; none at all through the other method. */
    private static final class EachCharacter extends AbstractDeserializationSchema<String> {
        private static final long serialVersionUID = 1L;
        private boolean opened;

        @Override
        public void open(InitializationContext context) {
            opened = context.getMetricGroup() != null;
        }

        @Override
        public void deserialize(byte[] message, Collector<String> out) {
            assertThat(opened).isTrue();
            for (byte b : message) {
                out.collect(Character.toString(b));
            }
        }

        @Override
        public String deserialize(byte[] message) {
            throw new UnsupportedOperationException();
        }
    }

    /** Null for what begins with a sharp. */
    private static final class WithoutComments extends SimpleStringSchema {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(byte[] message) {
            String text = super.deserialize(message);
            return text.startsWith("#") ? null : text;
        }
    }

    @Test
    void textIsTheRecord() throws Exception {
        SchemaRun<String> run = new SchemaRun<>(RecordFileDeserializationSchema.text());

        assertThat(run.readOne(whole("Grüße, 世界 \uD83D\uDE00")))
                .isEqualTo("Grüße, 世界 \uD83D\uDE00");
        assertThat(run.readOne(whole(""))).isEmpty();
        assertThat(run.readOne(whole("\uFFFD"))).isEqualTo("\uFFFD");
    }

    @Test
    void textThatIsNotUtf8IsMalformed() throws Exception {
        SchemaRun<String> run = new SchemaRun<>(RecordFileDeserializationSchema.text());

        assertThatThrownBy(() -> run.read(whole(NOT_UTF8)))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class,
                        e -> assertThat(e.error()).isEqualTo(RecordFileError.ENCODING))
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void bytesAreACopyOfTheRecord() throws Exception {
        SchemaRun<byte[]> run = new SchemaRun<>(RecordFileDeserializationSchema.bytes());
        TestRecord record = whole(NOT_UTF8);

        assertThat(run.readOne(record)).isEqualTo(NOT_UTF8);
        assertThat(run.collect(record).get(0)).isNotSameAs(record.buffer());
    }

    @Test
    void valuesOfFlinksSchemas() throws Exception {
        assertThat(
                        new SchemaRun<>(RecordFileDeserializationSchema.value(new EachCharacter()))
                                .read(whole("abc")))
                .containsExactly("a", "b", "c");

        SchemaRun<String> run =
                new SchemaRun<>(RecordFileDeserializationSchema.value(new WithoutComments()));
        assertThat(run.read(whole("# nothing"))).isEmpty();
        assertThat(run.read(whole("something"))).containsExactly("something");
    }

    @Test
    void functionsAreAppliedToEachElement() throws Exception {
        SchemaRun<Integer> run =
                new SchemaRun<>(
                        RecordFileDeserializationSchema.value(new EachCharacter())
                                .map(text -> (int) text.charAt(0), Types.INT));

        assertThat(run.read(whole("ab"))).containsExactly((int) 'a', (int) 'b');
    }

    @Test
    void metadataIsThatOfTheRecord() throws Exception {
        TypeInformation<Tuple2<String, List<String>>> type =
                Types.TUPLE(Types.STRING, Types.LIST(Types.STRING));
        SchemaRun<Tuple2<String, List<String>>> run =
                new SchemaRun<>(
                        RecordFileDeserializationSchema.text()
                                .withMetadata(
                                        (text, record) ->
                                                Tuple2.of(
                                                        text,
                                                        List.of(
                                                                record.path(),
                                                                "offset " + record.offset(),
                                                                "length " + record.length(),
                                                                "line " + record.line(),
                                                                "number " + record.recordNumber(),
                                                                "time " + record.modificationTime(),
                                                                record.pathParts().toString())),
                                        type));

        assertThat(run.readOne(whole("abc")))
                .isEqualTo(
                        Tuple2.of(
                                "abc",
                                List.of(
                                        "file:/in/2026/orders.csv",
                                        "offset 1000",
                                        "length 4",
                                        "line 7",
                                        "number 5",
                                        "time 1700000000000",
                                        "{year=2026}")));
    }

    @Test
    void whatSchemasAreCalled() {
        assertThat(RecordFileDeserializationSchema.text()).hasToString("record as String");
        assertThat(RecordFileDeserializationSchema.value(new SimpleStringSchema()))
                .hasToString("record by SimpleStringSchema");
        assertThat(
                        RecordFileDeserializationSchema.text()
                                .map(
                                        text -> text.getBytes(StandardCharsets.UTF_8).length,
                                        Types.INT))
                .hasToString("record as String as Integer");
    }
}
